"""Where a run can go on from: what is on disk of it, an epoch of another run, a checkpoint of a plain script."""
