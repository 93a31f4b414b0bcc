"""What the keeper of a script does: it has the process, and writes what others go by."""
