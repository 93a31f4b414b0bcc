"""The engine's process: its command loop and the run it trains."""
