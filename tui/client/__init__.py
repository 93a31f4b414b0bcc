"""Talking to engines."""
