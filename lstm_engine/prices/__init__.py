"""Prices by date: the table, the windows cut from it, how they are split and scaled, how good predictions are."""
