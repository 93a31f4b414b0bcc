"""What is: the session as frozen data, and how updates move it on."""
