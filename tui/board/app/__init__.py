"""The app around a board, from its start to its end."""
