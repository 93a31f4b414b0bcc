"""Logs of trainings that lie in a folder, each read as it grows and told as a board takes it."""
