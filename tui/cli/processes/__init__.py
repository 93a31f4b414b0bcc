"""Processes of our own that the command line waits for."""
