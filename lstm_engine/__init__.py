"""The training engine: an LSTM unit built by hand, trained by a Lightning Trainer in a process of its own.

Importing this package, or any of its modules that the dashboard uses (`config`, `companies`, `parameters`, `cell`,
`events`, `history`, `runs`), imports neither torch nor Lightning; only the engine process does that.
"""
