"""The screen on a sweep: how the losses of its members spread, and which share of them learns."""
