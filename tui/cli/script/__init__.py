"""Commands on the training of scripts that know nothing of us."""
