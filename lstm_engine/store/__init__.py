"""Runs on disk: directories, SQLite histories, checkpoints' records, locks."""
