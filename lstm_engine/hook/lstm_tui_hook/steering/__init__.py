"""Commands to the training: how they come in, and what each of them does."""
