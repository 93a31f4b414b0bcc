"""The lesson as data: its steps, and where a reader is in it."""
