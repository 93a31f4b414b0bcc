"""Dates as texts, and what they mean."""
