"""The command line's part in training on prices by date."""
