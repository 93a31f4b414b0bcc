"""The inside of a module, for whoever looks at it."""
