"""What every screen of ours is shown by: theme, frames, and an end that leaves the terminal as it was."""
