"""From a file, a folder or a stream to a table of prices."""
