"""The commands and events that pass between engine and dashboard, and the channel they pass through."""
