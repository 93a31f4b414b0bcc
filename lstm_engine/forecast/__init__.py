"""A model of prices, without PyTorch: its settings, what it is trained on, and what it predicted."""
