"""What is told of a script's training, and what it can be told."""
