"""What a run is, in memory: settings, history, records."""
