"""Charts of metrics: characters from numbers."""
