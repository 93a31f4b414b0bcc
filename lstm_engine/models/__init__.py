"""The models, as LightningModules with one interface."""
