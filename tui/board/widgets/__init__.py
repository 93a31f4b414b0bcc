"""The parts of the board's screen."""
