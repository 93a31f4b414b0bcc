"""Characters from numbers: charts and pictures as cells; no Textual, no session."""
