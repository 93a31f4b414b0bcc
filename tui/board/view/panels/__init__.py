"""What stands beside the charts: rows of text from boards."""
