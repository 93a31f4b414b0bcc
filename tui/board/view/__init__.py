"""What of a board is shown, and how: pure functions from frozen data to frozen data."""
