"""What the user has run at a certain moment: from the events that lead to it to the process, whatever it does."""
