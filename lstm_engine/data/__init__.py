"""Companies and their days, and what reads them."""
