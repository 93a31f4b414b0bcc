"""What is told of a run, as frozen data, and how events move it on."""
