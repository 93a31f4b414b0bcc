"""The dashboard's widgets, one file each."""
