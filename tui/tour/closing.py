"""The last texts of the tour: how much of it was its seed, what a longer window needs, and how to go on alone."""

from __future__ import annotations

from lstm_engine.lstm.cell import logistic
from tui.text.gates import percent
from tui.tour.facts import Facts, unbroken

#: Of the seeds 0 to 999, in percent: those that come to within 0.1 of both targets as this run is trained.
SOLVED = 76

#: From day 1 to day 20 a memory goes through so many forget gates.
_GATES = 19

_B = 1


def luck(facts: Facts) -> str:
    """Of the run that is trained to the end."""
    return (
        f"All of that was one seed, 42. Of the seeds 0 to 999, trained as it was to epoch {facts.epoch}, *{SOLVED} %* "
        "come within 0.1 of both targets; a quarter do not. A seed is luck, and one run says little.\n\n"
        "*M* trains many side by side, with other learning rates beside them, and shows how many learn."
    )


def longer_window(facts: Facts) -> str:
    """Of the run that is trained to the end, looked at before its training."""
    half, opened = logistic(0), logistic(1)
    return (
        f"Untrained, a forget gate keeps about half: *{facts.left(_B, 0)}* of day 1 is left on day 4. On day 20 it "
        f"would be {half:g}^{_GATES}, *{half**_GATES * 1e6:.0f} in a million*.\n\n"
        f"A bias of *1* keeps {unbroken(percent(opened))}, {(opened / half) ** _GATES:.0f} times as much by then. In "
        "a trial of 16 units, most seeds learned in 1000 steps to say day 1 again on day 20; with 0, none did. So "
        "models of prices take *--forget-bias*; not all gain by it."
    )


def closing(_: Facts) -> str:
    """With the run of the step before."""
    return (
        "That was the tour; *o* lists its runs. Go on by yourself: *e* gives a parameter another value, *x* a "
        "company other days, *r* takes another seed, the *arrow keys* walk through the epochs, *b* branches off "
        "there, *?* all keys.\n\n"
        "In a shell, *lstm-tui sweep* is for many seeds, *lstm-tui --data prices.csv* for your own prices."
    )
