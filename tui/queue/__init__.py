"""The screen on a sweep of models of prices: its members as they wait, train, and are done."""
