"""What holds for every test: PyTorch computes in one thread, as it does in the engine process.

Where tests run side by side, threads that wait for each other on tensors of one element take ten times as long.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"
