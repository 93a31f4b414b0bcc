"""Many runs of the one unit side by side, without PyTorch: their settings, their arithmetic, their folder."""
