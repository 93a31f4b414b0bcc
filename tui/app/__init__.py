"""The Textual app: the dashboard, what its keys do, and its start and end."""
