"""The tour's keys, pressed in a dashboard on scripted events."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from lstm_engine.protocol.messages import AddEpochs, Failed, NewRun, OpenRun, Pause, Paused, Refused, Train
from lstm_engine.run.config import RunConfig
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.script import (
    READY,
    Bench,
    done,
    epochs,
    finished,
    opened,
    ready,
    resize,
    resumed,
    started,
    training,
    until,
)
from tests.support.tour import ADDS, DAY_1_BEFORE, OTHER_MODEL, TRAINED, TRAINS
from tui.drawing.cells import Role
from tui.text.gates import in_words
from tui.tour.place import Place
from tui.tour.steps import BUILT_IN, BY_HAND, STEPS
from tui.view.layout import CELL, DATA, LOSS
from tui.widgets.gates_panel import GatesPanel
from tui.widgets.tour_panel import TourPanel

ON, BACK = "greater_than_sign", "less_than_sign"


# --- the keys --------------------------------------------------------------------------------------------------------


def panel(hands: Hands) -> TourPanel:
    return hands.screen.query_one(TourPanel)


def text(hands: Hands) -> str:
    """All that the panel says, in one line."""
    shown = panel(hands)
    return f"{shown.border_title} " + " ".join(shown.render().plain.split())  # type: ignore[union-attr]


async def go_to(hands: Hands, number: int) -> None:
    """From the first step to that one."""
    assert "1 of" in text(hands)
    await hands.press(*[ON] * number)
    assert f"tour, {number + 1} of" in text(hands)


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL, (120, 34), (119, 50), (120, 20), (120, 24)])
async def test_i_opens_the_tour_and_leaves_it(size: tuple[int, int]) -> None:
    async with dashboard(Bench(ready()), size) as hands:
        assert not panel(hands).display
        await hands.press("i")
        assert panel(hands).display
        assert "the tour, 1 of" in text(hands)
        assert hands.screen.view.panel == DATA
        assert panel(hands).region.width == (40 if size >= (120, 24) else size[0])
        lines = panel(hands).render().plain.splitlines()  # type: ignore[union-attr]
        assert "i leaves" in "".join(lines[: panel(hands).content_size.height])
        assert hands.screen.focused is not None
        assert hands.screen.focused.region.height >= 7
        await hands.press("i")
        assert not panel(hands).display
        assert "comes back" in hands.session.notice


@pytest.mark.parametrize(("on", "back"), [(ON, BACK), ("full_stop", "comma")])
async def test_keys_go_on_and_back(on: str, back: str) -> None:
    async with dashboard(Bench(ready(), tour=True)) as hands:
        await hands.press(on, on)
        assert "the tour, 3 of" in text(hands)
        await hands.press(back)
        assert "the tour, 2 of" in text(hands)
        assert hands.screen.view.panel == CELL
        await hands.press(back, back)
        assert "the tour, 1 of" in text(hands)
        assert hands.session.notice == "this is the first step"
        assert hands.bench.asked == []


async def test_it_is_left_and_entered_again_at_the_same_step() -> None:
    async with dashboard(Bench(ready(), tour=True)) as hands:
        await go_to(hands, 2)
        await hands.press("i", "g", "i")
        assert "the tour, 3 of" in text(hands)


async def test_it_is_entered_from_the_palette() -> None:
    async with dashboard(Bench(ready())) as hands:
        commands = hands.app.get_system_commands(hands.app.screen)
        next(command for command in commands if command.title == "The tour (i)").callback()
        assert "the tour, 1 of" in text(hands)


async def test_its_keys_open_nothing_by_themselves() -> None:
    async with dashboard(Bench(ready())) as hands:
        for key in (ON, BACK):
            await hands.press("d", key)
            assert hands.session.notice == "i opens the tour first"
        assert not panel(hands).display


async def test_the_mouse_goes_on_and_leaves() -> None:
    async with dashboard(Bench(ready(), tour=True), NARROW) as hands:
        row = panel(hands).content_region.bottom - 1
        await hands.click(offset=(1, row))
        assert "the tour, 2 of" in text(hands)
        column = panel(hands).render().plain.splitlines()[-1].index("i leaves")  # type: ignore[union-attr]
        await hands.click(offset=(1 + column, row))
        assert not panel(hands).display


async def test_a_step_trains_waits_and_tells() -> None:
    async with dashboard(Bench(ready(), tour=True)) as hands:
        await go_to(hands, TRAINS)
        assert "> trains 2000 epochs" in text(hands)
        assert hands.bench.asked == []
        await hands.press(ON, ON)
        assert hands.bench.asked == [Train(epochs=2000)], "the second press is one too many"
        await hands.say(*training(1200)[3:])
        await until(lambda: "training to epoch 2000" in text(hands))
        await hands.press(ON)
        assert hands.session.notice == "the tour goes on at epoch 2000"
        assert hands.bench.asked == [Train(epochs=2000)]
        assert hands.screen.view.panel == LOSS
        await hands.say(epochs(1201, 2000), finished(2000))
        await until(lambda: "A 0.4342, B 0.6171" in text(hands))
        await hands.press(ON, ON)
        assert "> adds 1000 epochs" in text(hands)
        await hands.press(ON)
        assert hands.bench.asked == [Train(epochs=2000), Train(epochs=1000)]


async def test_a_key_between_the_last_epoch_and_its_end_adds_the_next_steps_epochs() -> None:
    """The engine tells the epoch that a step is about a moment before it tells that training has ended."""
    async with dashboard(Bench(ready(), tour=True)) as hands:
        await go_to(hands, TRAINED)
        await hands.say(*training(2000)[3:])
        await until(lambda: "A 0.4342, B 0.6171" in text(hands))
        await go_on(hands, ADDS - TRAINED)
        assert "> adds 1000 epochs" in text(hands)
        await hands.press(ON, ON)
        assert hands.bench.asked[-1] == AddEpochs(epochs=1000)
        assert hands.bench.asked.count(AddEpochs(epochs=1000)) == 1, "the next press is one too many"
        await hands.say(finished(2000), started(2000, 3000), epochs(2001, 2100))
        await until(lambda: "training to epoch 3000" in text(hands))


async def test_keys_of_the_dashboard_work_in_the_tour() -> None:
    async with dashboard(Bench(training(), tour=True)) as hands:
        await hands.press("space", "y")
        assert hands.bench.asked == [Pause()]
        assert hands.screen.view.log_scale


async def test_the_reader_may_look_elsewhere_during_a_step() -> None:
    async with dashboard(Bench(ready(), tour=True)) as hands:
        await until(lambda: hands.screen.view.panel == DATA)
        await hands.press("tab", "d")
        here = hands.screen.view
        assert here.panel != DATA
        await hands.say(*training(300)[3:])
        await until(lambda: hands.app.is_drawn)
        assert hands.screen.view == here


async def test_a_reader_who_paused_is_told_and_trains_on() -> None:
    async with dashboard(Bench(ready(), tour=True)) as hands:
        await go_to(hands, TRAINED)
        await hands.say(*training(1200)[3:], Paused(epoch=1200, target=2000))
        await until(lambda: "The run stands at epoch 1200" in text(hands))
        await hands.press(ON)
        assert hands.bench.asked[-1] == Train(epochs=800)


async def test_a_reader_who_went_on_alone_sees_the_steps_epoch_under_the_cursor() -> None:
    async with dashboard(Bench(resumed(), tour=True)) as hands:
        await go_to(hands, TRAINED)
        assert hands.screen.timeline.cursor == 2000
        assert "A 0.4342, B 0.6171" in text(hands)
        assert hands.bench.asked == []
        await go_on(hands, ADDS - TRAINED + 1)
        assert hands.screen.timeline.cursor is None, "live, on the way to epoch 3000"
        assert "training to epoch 3000" in text(hands)


async def go_on(hands: Hands, steps: int) -> None:
    await hands.press(*[ON] * steps)


async def test_the_cell_shows_the_day_and_the_epoch_of_the_step() -> None:
    async with dashboard(Bench([READY, opened(epoch=5000)], last_epoch=5000, tour=True)) as hands:
        await until(lambda: hands.session.history.last_epoch == 5000)
        cell = hands.screen.query_one(GatesPanel)
        for number, (epoch, day) in enumerate([(0, 0), (None, 0), (0, 3), (None, 3)], DAY_1_BEFORE):
            await go_on(hands, number if number == DAY_1_BEFORE else 1)
            assert f"tour, {number + 1} of" in text(hands)
            assert (hands.screen.timeline.cursor, cell.choice.day, hands.screen.view.panel) == (epoch, day, CELL)
            assert cell.display


async def test_a_what_if_is_put_back_before_figures_are_told() -> None:
    async with dashboard(Bench(ready(), tour=True)) as hands:
        await hands.press("e")
        await hands.question()
        await hands.press("9", "enter")
        await hands.closed()
        assert hands.screen.inspection.what_if
        await hands.press(ON)
        assert not hands.screen.inspection.what_if


async def test_another_run_is_told_of_and_the_tours_own_begun() -> None:
    other = RunConfig(seed=7)
    async with dashboard(Bench(done(other), config=other)) as hands:
        await hands.press("i")
        assert "about another run: by-hand · seed 42" in text(hands)
        assert "> new run" in text(hands)
        await hands.press(ON)
        assert hands.bench.engine.commands[-1] == NewRun(config=BY_HAND)
        await hands.press(ON)
        assert hands.bench.engine.commands.count(NewRun(config=BY_HAND)) == 1, "it is on its way"
        await hands.say(*ready()[1:])
        await until(lambda: "Two companies" in text(hands))
        assert hands.bench.asked == [], "the first step is about an untrained run"


async def test_the_other_model_is_trained_in_a_run_of_its_own_and_the_first_one_opened_again(tmp_path: Path) -> None:
    mine = msgspec.structs.replace(opened(epoch=5000), directory=str(tmp_path))
    async with dashboard(Bench([READY, mine], last_epoch=5000, tour=True)) as hands:
        await until(lambda: hands.session.history.last_epoch == 5000)
        await go_to(hands, OTHER_MODEL - 1)
        assert "> new run, 1000 epochs" in text(hands)
        await go_on(hands, 1)
        assert hands.bench.engine.commands[-1] == NewRun(config=BUILT_IN)
        await hands.say(*ready(BUILT_IN)[1:])
        assert hands.bench.engine.commands[-1] == Train(epochs=1000)
        await hands.say(started(0, 1000), epochs(1, 1000, BUILT_IN), finished(1000))
        await until(lambda: "16 numbers" in text(hands))
        await hands.press(BACK)
        assert "> opens its run" in text(hands)
        await go_on(hands, 1)
        assert hands.bench.engine.commands[-1] == OpenRun(source=str(tmp_path))
        await hands.say(mine)
        await until(lambda: "The same day, trained" in text(hands))
        assert hands.bench.engine.commands[-1] == OpenRun(source=str(tmp_path)), (
            "it has come as far as the step is about"
        )


async def test_a_run_that_cannot_be_opened_again_is_replaced(tmp_path: Path) -> None:
    mine = msgspec.structs.replace(opened(epoch=2000), directory=str(tmp_path))
    async with dashboard(Bench([READY, mine], tour=True)) as hands:
        await until(lambda: hands.session.history.last_epoch == 2000)
        await go_to(hands, TRAINED)
        await hands.say(*ready(RunConfig(seed=7))[1:])
        await until(lambda: "> opens its run" in text(hands))
        await go_on(hands, 1)
        assert hands.bench.engine.commands[-1] == OpenRun(source=str(tmp_path))
        await hands.say(Refused(command="open_run", reason="somebody else has it"))
        await until(lambda: "> new run, 2000 epochs" in text(hands))
        await go_on(hands, 1)
        assert hands.bench.engine.commands[-1] == NewRun(config=BY_HAND)


async def test_a_failure_is_retried() -> None:
    async with dashboard(Bench(ready(), tour=True)) as hands:
        await go_to(hands, TRAINED)
        await hands.say(*training(1200)[3:], Failed(epoch=1200, cause="it diverged"))
        await until(lambda: "> tries again" in text(hands))
        await go_on(hands, 1)
        assert hands.bench.asked[-1] == Train()


async def test_the_last_step_says_that_it_is_the_last() -> None:
    last = STEPS[-1]
    async with dashboard(Bench(ready(), tour=True)) as hands:
        end = last.epoch
        await hands.say(*ready(last.config)[1:], started(0, end), epochs(1, end, last.config), finished(end))
        hands.app._controls.tour._place = Place(STEPS, len(STEPS) - 1)  # all the way: test_terminal_tour.py
        await hands.press("i", "i")
        assert "That was the tour" in text(hands)
        await hands.press(ON)
        assert hands.session.notice == "this was the last step: i leaves the tour"


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["wide", "narrow", "small"])
async def test_what_a_step_is_about_is_in_sight_in_the_cell(size: tuple[int, int]) -> None:
    steps = [number for number, step in enumerate(STEPS) if step.scene.choice is not None]
    assert len(steps) == 6
    async with dashboard(Bench([READY, opened(epoch=5000)], last_epoch=5000, tour=True), size) as hands:
        await until(lambda: hands.session.history.last_epoch == 5000)
        for number in steps:
            hands.app._controls.tour._place = Place(STEPS, number)
            await hands.press("i", "i")
            assert f"{number + 1} of {len(STEPS)}" in text(hands)
            cell = hands.screen.query_one(GatesPanel)
            await until(lambda: cell.choice == STEPS[number].scene.choice and cell.content_size)  # noqa: B023
            cells = cell.picture(*cell.content_size)
            words = "".join(cells.text(row) for row in range(cells.height)).split()
            sentence = in_words(cell._companies[1].trace, cell.choice, 1.0)
            assert (cells.roles == Role.CHOSEN).any(), STEPS[number].title
            assert "".join(sentence.split()) in "".join(words), STEPS[number].title


async def test_it_waits_for_pytorch_where_a_step_is_about_a_run() -> None:
    async with dashboard(Bench([], tour=True), NARROW) as hands:
        await until(lambda: hands.screen.query(TourPanel) and "Two companies" in text(hands))
        await hands.press(ON, ON)
        await until(lambda: "PyTorch is still loading" in text(hands))
        await hands.press(ON)
        assert hands.session.notice == "one moment"
        await hands.say(*ready())
        await until(lambda: "twelve parameters" in text(hands))


@pytest.mark.soak
async def test_every_size_can_be_taken_on_in_the_tour() -> None:
    async with dashboard(Bench(done(), tour=True)) as hands:
        for size in (NARROW, (20, 5), SMALL, (59, 19), (119, 60), (120, 34), (300, 90), WIDE):
            await resize(hands.pilot, size)
        assert "the tour, 1 of" in text(hands)
        assert replace(hands.screen.view, tour=False) != hands.screen.view


async def test_a_resize_brings_the_form_of_the_new_place_at_once() -> None:
    """Without a key, and without a word of the engine."""
    async with dashboard(Bench(done()), WIDE) as hands:
        await hands.press("i", *[ON] * 4)
        for size in (NARROW, WIDE):
            await resize(hands.pilot, size)
            rendered, fits = str(panel(hands).render()).splitlines(), size == WIDE
            shown = panel(hands).content_size
            await resize(hands.pilot, size)
            await hands.press("left", "end")
            assert str(panel(hands).render()).splitlines() == rendered
            assert len(rendered) <= shown.height
            assert (lesson_title(hands) in rendered[0]) == fits


def lesson_title(hands: Hands) -> str:
    """Of the step that the panel shows; the tall form has it in its first line."""
    lesson = panel(hands)._lesson
    assert lesson is not None
    return lesson.title
