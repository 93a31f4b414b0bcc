"""What a benchmark finds out: a row of the table with its target and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import msgspec

MET, MISSED, TOLD = "met", "MISSED", "-"

_HEADINGS = ("what", "measured", "target", "verdict", "how")
_HOW_WIDTH = 60


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One row.

    what: its name in the issue's table. how: how it was measured. figure: what came out, for people.
    target: empty where there is none. verdict: `met`, `MISSED`, or `-` where there is no target.
    values: the numbers behind the figure, by name; times in seconds, sizes in bytes.
    """

    what: str
    how: str
    figure: str
    target: str
    verdict: str
    values: dict[str, float | list[float]]


def result(
    what: str, how: str, figure: str, target: str = "", *, met: bool | None = None, **values: float | Sequence[float]
) -> Result:
    """A row; met: whether the target is, None where there is none."""
    return Result(
        what=what,
        how=how,
        figure=figure,
        target=target,
        verdict=TOLD if met is None else MET if met else MISSED,
        values={name: value if isinstance(value, int | float) else list(value) for name, value in values.items()},
    )


def rendered(results: Sequence[Result]) -> str:
    """The table as text, one row an entry, with how it was measured wrapped in the last column."""
    cells = [(row.what, row.figure, row.target, row.verdict) for row in results]
    widths = [max(len(line[column]) for line in [_HEADINGS, *cells]) for column in range(4)]
    lines = [_line([*_HEADINGS[:4]], widths) + "  " + _HEADINGS[4]]
    lines.append("  ".join("─" * width for width in [*widths, _HOW_WIDTH]))
    for row, texts in zip(results, cells, strict=True):
        first, *rest = wrap(row.how, _HOW_WIDTH) or [""]
        lines.append(_line(texts, widths) + "  " + first)
        lines += [" " * (sum(widths) + 2 * len(widths)) + text for text in rest]
    return "\n".join(lines)


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True))
