"""The command line's part in writing runs out for other programs."""
