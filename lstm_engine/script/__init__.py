"""Trainings of scripts that know nothing of us: what they tell, what they can be told, and who keeps them."""
