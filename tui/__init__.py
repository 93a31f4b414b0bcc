"""The dashboard and the command line: everything on screen, nothing of torch."""
