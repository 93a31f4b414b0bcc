"""Whoever comes to a training and goes, however, and whatever they ask: every history is whole, to the last bit.

The engine is a real process, and the clients are those of the dashboard (tests/support/attendants.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lstm_engine.listing.entries import entries
from lstm_engine.protocol.messages import AddEpochs, Command, Pause, Save, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history
from tests.support.attendants import Attendant, until
from tests.support.left_running import FAR, end_all
from tests.support.resuming import check_resumes_to_the_same_bits

COLUMNS = Columns.of(RunConfig())
#: What may be asked; the last of them is refused.
COMMANDS: tuple[Command, ...] = (Pause(), Train(), AddEpochs(epochs=50), Save(), AddEpochs(epochs=-1))
NAMES = ("attach", "detach", "hang up", "kill", "command", "train", "stand still", "go on")
LIKELY = (*NAMES, *("attach", "attach", "command", "command", "train", "kill"))
STEPS = st.lists(st.tuples(st.sampled_from(LIKELY), st.integers(0, 11)), min_size=5, max_size=12)


@dataclass
class House:
    """One run, and those who come to it; one after the other, whole sequences of them.

    histories: what everybody had in the end.
    """

    root: Path
    people: list[Attendant] = field(default_factory=list)
    histories: list[bytes] = field(default_factory=list)

    @property
    def steps(self) -> Mapping[str, Callable[[int], Awaitable[object]]]:
        return {
            "attach": lambda _: self.attach(),
            "detach": lambda number: self.go(number, Attendant.leave_running),
            "hang up": lambda number: self.go(number, Attendant.hang_up),
            "kill": lambda number: self.go(number, Attendant.die),
            "command": self.command,
            "train": self.train,
            "stand still": self.stand_still,
            "go on": self.go_on,
        }

    async def attach(self) -> Attendant | None:
        """By the name that is on disk; a new run, where none is."""
        if len(self.people) >= 4:
            return None
        run = next((entry.directory for entry in entries(self.root)), None) if self.root.exists() else None
        person = Attendant(self.root, run, FAR)
        await person.come()
        self.people.append(person)
        if run is None:
            await until(lambda: person.session.saved, "a checkpoint")
        return person

    async def go(self, number: int, how: Callable[[Attendant], Awaitable[bool | None]]) -> None:
        person = self.pick(number)
        if person is None:
            return
        person.go_on()
        if await how(person) is not False:
            self.people.remove(person)
            self.look_at(person)

    async def command(self, number: int) -> None:
        if (person := self.pick(number)) is not None:
            person.send(COMMANDS[number % len(COMMANDS)])

    async def train(self, number: int) -> None:
        if (person := self.pick(number)) is not None:
            person.go_on()
            await person.trains_on()

    async def stand_still(self, number: int) -> None:
        if (person := self.pick(number)) is not None:
            person.stand_still()

    async def go_on(self, number: int) -> None:
        if (person := self.pick(number)) is not None:
            person.go_on()

    def pick(self, number: int) -> Attendant | None:
        return self.people[number % len(self.people)] if self.people else None

    async def agree(self) -> None:
        """All stand at one epoch, with the history that is on disk; then training goes on without them."""
        for person in self.people:
            person.go_on()
        if all(person.is_out for person in self.people):
            self.people.clear()
            await self.attach()
        for person in self.people:
            await person.is_heard()
        there = [person for person in self.people if not person.is_out]
        witness = there[0]
        witness.send(Pause())
        await until(lambda: all(person.is_out or person.is_paused_with(witness) for person in there), "all to pause")
        directory = Path(str(witness.session.directory))
        on_disk = read_history(directory, COLUMNS).truncated(witness.session.epoch).rows.tobytes()
        for person in self.people:
            self.look_at(person)
        assert all(person.session.history.rows.tobytes() == on_disk for person in there if not person.is_out)
        witness.send(Train())
        await until(lambda: witness.session.state == "training", "training to go on")
        assert await witness.leave_running()
        self.people.remove(witness)
        for person in self.people:
            await person.hang_up()
        self.people.clear()

    def look_at(self, person: Attendant) -> None:
        person.check()
        rows = person.session.history.rows
        assert np.isfinite(rows[1:]).all(), "an epoch is missing"
        self.histories.append(rows.tobytes())


def check_any_sequence(root: Path, examples: int) -> None:
    house = House(root)

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],  # the run has gone on meanwhile: nothing could be told by less
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def holds(steps: list[tuple[str, int]]) -> None:
        async def play() -> None:
            house.people.clear()
            for name, number in [("attach", 0), *steps]:
                await house.steps[name if house.people else "attach"](number)
            await house.agree()

        asyncio.run(play())

    try:
        holds()
    finally:
        end_all(root)
    check_resumes_to_the_same_bits(root)
    (run,) = entries(root)
    rows = read_history(Path(run.directory), COLUMNS).rows.tobytes()
    assert len(house.histories) >= examples
    assert all(rows.startswith(history) for history in house.histories)


@pytest.mark.timeout(600)
def test_any_order_of_coming_and_going_leaves_every_history_whole(tmp_path: Path) -> None:
    check_any_sequence(tmp_path / "runs", 4)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_any_order_of_many_leaves_every_history_whole(tmp_path: Path) -> None:
    check_any_sequence(tmp_path / "runs", 200)
