"""The command line's part in sweeps of models of prices."""
