"""Tells of a Lightning training and steers it, from inside the script's process. The script knows nothing of it."""
