"""What is written into the run's file of events."""
