"""Who holds a run: its lock, the word and the heart beat of the process, and whether the folder is still there."""
