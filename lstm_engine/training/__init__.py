"""A run's Lightning Trainer: its callback, its checkpoints, its optimiser's state."""
