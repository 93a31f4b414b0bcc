"""The training engine: an LSTM unit built by hand, trained by a Lightning Trainer in a process of its own.

From the ground up: `errors` and `text`; `lstm` (the formulas) and `data`; `prices`; `run` (what a run is, in memory);
`protocol` (commands and events) and `store` (runs on disk); `models`; `training` and `formats`; `service` (the
engine's process). Each imports only what is below it. Of these `models`, `training` and `service` import torch and
Lightning; the dashboard imports none of the three, nor `__main__`, which starts the process.
"""
