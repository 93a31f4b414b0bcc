"""The options of the command line, in groups, and which of them were given."""
