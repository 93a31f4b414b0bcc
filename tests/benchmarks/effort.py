"""How much is measured: all that the figures need, or just enough to see that every row still comes out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """How often, how long and how much.

    stages: epochs of the three stages of training. training_seconds: further rounds begin until then.
    toll_epochs, toll_pairs: trained with and without the dashboard.
    starts: dashboards started until the first frame. attaches: on a run that trains already.
    ready_pairs: until ready, each beside an import of Lightning.
    presses: keys while training, and at most so many elsewhere. loading_starts: dashboards with keys while loading.
    watched: seconds that a state is watched for bytes and processor time.
    linked: seconds on a slow link.
    histories: epochs that a frame is drawn over. frames: drawn over each of them, frame_rounds times in turn.
    grown: epochs told to a dashboard to see how much memory they take.
    long_history: epochs of the run that is opened. openings: how often.
    companies, days: of the crowd. crowd_epochs: trained a company at a time, and at full batch; crowd_rounds times.
    quits: trainings that are quit.
    script_steps: of a script with and without a board on it, script_pairs times in turn.
    real_seeds: trainings of each well-known series, over at most real_epochs.
    price_steps: of a model of prices, price_pairs times in turn. price_windows: that it trains on in one epoch.
    kept_epochs: whose parameters are kept.
    swept: member-epochs of each sweep, sweep_rounds times in turn.
    listed_runs: in the folder that is listed. listings: how often, in each way.
    """

    stages: tuple[int, int, int]
    training_seconds: float
    toll_epochs: int
    toll_pairs: int
    starts: int
    attaches: int
    ready_pairs: int
    presses: int
    loading_starts: int
    watched: float
    linked: float
    histories: tuple[int, ...]
    frames: int
    frame_rounds: int
    grown: int
    long_history: int
    openings: int
    companies: int
    days: int
    crowd_epochs: tuple[int, int]
    crowd_rounds: int
    quits: int
    listed_runs: int
    listings: int
    script_steps: int
    script_pairs: int
    price_steps: int
    price_pairs: int
    real_seeds: int
    real_epochs: int
    price_windows: int
    kept_epochs: int
    swept: int
    sweep_rounds: int


FULL = Effort(
    stages=(2000, 1000, 2000),
    training_seconds=40.0,
    toll_epochs=1500,
    toll_pairs=10,
    starts=10,
    attaches=30,
    ready_pairs=5,
    presses=108,
    loading_starts=4,
    watched=4.0,
    linked=12.0,
    histories=(1_000, 100_000, 1_000_000),
    frames=30,
    frame_rounds=4,
    grown=300_000,
    long_history=1_000_000,
    openings=3,
    companies=1000,
    days=60,
    crowd_epochs=(2, 100),
    crowd_rounds=3,
    quits=5,
    listed_runs=10_000,
    listings=5,
    script_steps=6_000,
    script_pairs=5,
    price_steps=60,
    price_pairs=3,
    real_seeds=3,
    real_epochs=600,
    price_windows=1_000_000,
    kept_epochs=80,
    swept=2_000_000,
    sweep_rounds=3,
)

QUICK = Effort(
    stages=(6, 4, 6),
    training_seconds=0.0,
    toll_epochs=60,
    toll_pairs=1,
    starts=1,
    attaches=1,
    ready_pairs=1,
    presses=4,
    loading_starts=1,
    watched=0.3,
    linked=1.0,
    histories=(100, 1_000),
    frames=3,
    frame_rounds=1,
    grown=2_000,
    long_history=2_000,
    openings=1,
    companies=20,
    days=5,
    crowd_epochs=(1, 2),
    crowd_rounds=1,
    quits=1,
    listed_runs=20,
    listings=1,
    script_steps=400,
    script_pairs=1,
    price_steps=5,
    price_pairs=1,
    real_seeds=1,
    real_epochs=2,
    price_windows=5_000,
    kept_epochs=4,
    swept=2_000,
    sweep_rounds=1,
)
