"""What makes a training that goes on from a checkpoint end in the bits of one that was never interrupted."""
