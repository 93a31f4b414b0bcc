"""What holds for every test.

PyTorch computes in one thread, as it does in the engine process: where tests run side by side, threads that wait for
each other on tensors of one element take ten times as long. And no property test has a deadline: a busy machine is no
defect.
"""

import os

from hypothesis import settings

os.environ["OMP_NUM_THREADS"] = "1"
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
