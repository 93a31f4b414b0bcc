"""The processes that train a sweep. Imports PyTorch, which alone draws what a seed stands for."""
