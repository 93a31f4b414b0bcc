"""`make bench`: speed, latency, memory and bytes of the real programs, each measured beside what it is compared with.

Run as `python -m tests.benchmarks [--quick] [--only NAME] [--json FILE]`. Figures are of the machine it runs on; pairs
are interleaved in one run and told as ratios, because a shared machine's speed changes from minute to minute.
"""
