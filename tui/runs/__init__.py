"""The runs on disk as lists and comparisons show them; no Textual."""
