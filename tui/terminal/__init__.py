"""The last step to the terminal and the first from it, and all that touches Textual's private parts."""
