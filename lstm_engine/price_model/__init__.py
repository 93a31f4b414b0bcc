"""A model of prices as a LightningModule, and the script that trains it. Imports PyTorch."""
