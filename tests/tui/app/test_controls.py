"""Every action has somebody who carries it out, or is refused with a reason; and the end waits for the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from lstm_engine.protocol.messages import Event, Failed, Stopped
from lstm_engine.run.config import RunConfig
from tests.support.script import DIRECTORY, READY, RUN, checkpoint, history, opened, ready, training
from tui.actions import ACTIONS, Action, refusal
from tui.app.controls import Controls
from tui.client.engine_link import EngineLink, RunningEngine
from tui.options import DashboardOptions, EngineOptions
from tui.state.updates import EngineGone
from tui.terminal.output import Output

OPTIONS = DashboardOptions(config=RunConfig(), epochs=2000, engine=EngineOptions(checkpoints=Path("/runs")))
#: What the screen carries out, and what the app does.
SEEN = {action.id for action in ACTIONS if action.group in ("view", "time", "inside")}
PROGRAM = ("theme", "help", "palette", "suspend")

SCRIPTS: dict[str, list[Event]] = {
    "loading": [],
    "untrained": ready(),
    "failed": [*training(), Failed(epoch=1200, cause="it diverged")],
}


class Stage:
    """Controls whose app only notes what it is told."""

    def __init__(self, script: Iterable[Event], options: DashboardOptions = OPTIONS) -> None:
        self.is_leaving = False
        self.left = 0
        self.drawn = 0
        self.done: list[str] = []
        output = Output(lambda _: None, self._draw, 1000, lambda *_: None)
        link = EngineLink.for_options(options, self._start, lambda *_: history(2000))
        program = {name: self._note(name) for name in PROGRAM}
        self.controls = Controls(self, link, output, options, None, program)  # type: ignore[arg-type]
        for event in script:
            self.controls.store.apply(event)

    def _draw(self) -> None:
        self.drawn += 1

    def _note(self, name: str) -> Callable[[], None]:
        return lambda: self.done.append(name)

    async def _start(self, _: Callable[[str], None]) -> RunningEngine:
        raise AssertionError("no key of these tests starts an engine")

    def leave(self) -> None:
        self.left += 1

    def leave_when_saved(self) -> None:
        self.is_leaving = True


def test_each_action_is_carried_out_by_the_screen_or_has_a_handler() -> None:
    assert Stage([]).controls._handlers.keys() == {action.id for action in ACTIONS} - SEEN


def refused() -> list[tuple[str, Action]]:
    sessions = {name: Stage(script).controls.store.session for name, script in SCRIPTS.items()}
    return [(name, action) for name in SCRIPTS for action in ACTIONS if refusal(action, sessions[name])]


@pytest.mark.parametrize(("script", "action"), refused(), ids=lambda value: getattr(value, "id", value))
def test_what_makes_no_sense_now_says_why_and_does_nothing(
    script: str, action: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(SCRIPTS[script])
    controls, done = stage.controls, list[str]()
    monkeypatch.setattr(controls.main, "act", done.append)
    monkeypatch.setitem(controls._handlers, action.id, lambda: done.append(action.id))
    reason = refusal(action, controls.store.session)
    controls.perform(action.id)
    assert (controls.store.session.notice, controls.store.session.alert) == (reason, True)
    assert done == []


@pytest.mark.parametrize("name", sorted(SEEN))
def test_what_is_about_the_screen_is_done_there_and_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    controls = Stage(training()).controls
    monkeypatch.setattr(controls.main, "act", lambda asked: f"did {asked}")
    controls.perform(name)
    assert (controls.store.session.notice, controls.store.session.alert) == (f"did {name}", False)


@pytest.mark.parametrize("name", PROGRAM)
def test_what_the_app_does_itself_is_handed_on(name: str) -> None:
    stage = Stage([])
    stage.controls.perform(name)
    assert stage.done == [name]


def test_what_is_to_be_told_is_told_once_the_run_is_open() -> None:
    stage = Stage([], replace(OPTIONS, said="same bits as in the sweep"))
    store = stage.controls.store
    assert store.session.notice == ""
    for event in (READY, opened(epoch=10)):
        store.apply(event)
    assert (store.session.state, store.session.notice) == ("finished", "same bits as in the sweep")
    store.say("something else")
    store.apply(opened(epoch=10))
    assert store.session.notice == ""


def test_a_frame_follows_what_has_happened() -> None:
    stage = Stage(SCRIPTS["loading"])
    assert stage.drawn == 0
    stage.controls.store.apply(ready()[0])
    assert (stage.drawn, stage.left) == (1, 0)


@pytest.mark.parametrize(
    "end",
    [
        Stopped(run=RUN, directory=DIRECTORY, epoch=1200, checkpoint=checkpoint(1200)),
        EngineGone(status=1),
    ],
)
def test_who_leaves_goes_when_the_engine_has_saved_or_is_gone(end: Stopped | EngineGone) -> None:
    stage = Stage(training())
    stage.controls.store.apply(training()[-1])
    stage.is_leaving = True
    stage.controls.store.apply(training()[-1])
    assert stage.left == 0
    stage.controls.store.apply(end)
    assert stage.left == 1


def test_who_does_not_leave_stays_when_the_engine_is_gone() -> None:
    stage = Stage(training())
    stage.controls.store.apply(Stopped(run=RUN, directory=DIRECTORY, epoch=1200, checkpoint=checkpoint(1200)))
    assert stage.left == 0
