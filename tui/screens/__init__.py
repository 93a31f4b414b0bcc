"""The screens: the bench, the list of runs, the comparison, questions, help."""
