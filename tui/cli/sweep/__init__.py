"""The command line's part in sweeps."""
