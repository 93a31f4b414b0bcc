"""The texts of the tour: their figures, their length, their letters."""

from __future__ import annotations

import pytest

from lstm_engine.protocol.messages import Failed
from lstm_engine.run.config import RunConfig
from tests.support.published import PREDICTIONS
from tests.support.script import (
    session_after,
    training,
)
from tests.support.tour import at_epoch, plain, told
from tui.text.ascii import ascii_only
from tui.tour.lesson import lesson
from tui.tour.place import Place
from tui.tour.steps import STEPS
from tui.widgets.tour_panel import text_lines


@pytest.mark.parametrize(
    ("title", "epoch"), [("An untrained guess", 0), ("2000 epochs", 2000), ("1000 more", 3000), ("2000 more", 5000)]
)
def test_the_published_figures_are_told(title: str, epoch: int) -> None:
    for figure in PREDICTIONS[epoch]:
        assert f"{figure:.4f}" in told(title)


@pytest.mark.parametrize(
    ("title", "figures"),
    [
        ("Day 1, untrained", ("50 %", "56 %", "0.00", "-0.10", "14 %")),
        ("Day 1, trained", ("-0.31", "0.55", "-0.20", "0.50", "93 %", "14 %", "72 %")),
        ("Day 4, untrained", ("-0.04", "-0.05", "-0.17", "-0.16", "34 %", "-0.0377", "-0.0383")),
        ("Day 4, trained", ("-0.33", "1.48", "94 %", "100 %", "2.40", "42 %", "99 %", "0.0022", "0.9693")),
    ],
)
def test_the_gates_are_told_as_they_are(title: str, figures: tuple[str, ...]) -> None:
    assert not [figure for figure in figures if figure not in told(title)], told(title)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.title)
@pytest.mark.parametrize(("width", "height"), [(78, 5), (58, 6), (36, 13)], ids=["80x24", "60x20", "beside"])
def test_every_text_fits(step: object, width: int, height: int) -> None:
    number = STEPS.index(step)  # type: ignore[arg-type]
    config, epoch = STEPS[number].config, STEPS[number].epoch
    sessions = [at_epoch(epoch, config), session_after([]), at_epoch(300, RunConfig(seed=4_294_967_295))]
    sessions.append(session_after([*training(100, config=config), Failed(epoch=100, cause="it diverged")], config))
    if epoch > 100:
        sessions.append(session_after(training(100, target=epoch, config=config), config))
    for session in sessions:
        text = lesson(Place(STEPS, number), session).text
        lines = text_lines(text if width == 36 else text.replace("\n\n", " "), width)
        assert len(lines) <= height, "\n".join(line.plain for line in lines)
        assert max(line.cell_length for line in lines) <= width


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_every_text_has_a_letter_in_ascii_for_every_letter(number: int) -> None:
    step = STEPS[number]
    for session in (at_epoch(step.epoch, step.config), session_after([]), at_epoch(300, RunConfig(seed=7))):
        said = lesson(Place(STEPS, number), session)
        words = plain("\n".join([said.text, said.ahead, said.waiting, *said.titles]))
        assert len(ascii_only(words)) == len(words)
        assert ascii_only(words).count("?") == words.count("?")
