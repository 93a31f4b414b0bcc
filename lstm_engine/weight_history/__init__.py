"""The parameters of a training at the end of its epochs, in one file of a run's folder."""
