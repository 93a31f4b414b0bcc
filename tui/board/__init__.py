"""The board: the screen for any script's training, and for logs that exist."""
