"""Numbers, sentences and tables as text; no Textual."""
