"""The last texts of the tour: how much of what it told was its seed, and how to go on alone."""

from __future__ import annotations

from tui.tour.facts import Facts

#: Of the seeds 0 to 999, in percent: those that come to within 0.1 of both targets as this run is trained.
SOLVED = 76


def luck(facts: Facts) -> str:
    """Of the run that is trained to the end."""
    return (
        f"All of that was one seed, 42. Of the seeds 0 to 999, trained as it was to epoch {facts.epoch}, *{SOLVED} %* "
        "come within 0.1 of both targets; a quarter do not. A seed is luck, and one run says little.\n\n"
        "*M* trains many side by side, with other learning rates beside them, and shows how many learn."
    )


def closing(_: Facts) -> str:
    """With the run of the step before."""
    return (
        "That was the tour; *o* lists its runs. Go on by yourself: *e* gives a parameter another value, *x* a "
        "company other days, *r* takes another seed, the *arrow keys* walk through the epochs, *b* branches off "
        "there, *?* all keys.\n\n"
        "In a shell, *lstm-tui sweep* is for many seeds, *lstm-tui --data prices.csv* for your own prices."
    )
