"""All runs of a folder, of every kind: to list, rename and delete."""
