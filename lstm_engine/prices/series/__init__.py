"""Series that come along, so that nobody has to find a file first. Each says in its first line where it is from."""
