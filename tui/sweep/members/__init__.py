"""The members of a sweep one by one: their list, and each of them as a run."""
