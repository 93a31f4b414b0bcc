"""All members, or those of a combination, one after the other."""

from __future__ import annotations

from lstm_engine.sweep.settings import SweepSettings
from tests.support.sweeps import SETTINGS
from tui.sweep.chosen_members import ALL, choice_words, members_of, turned


def test_round_and_round() -> None:
    seen = [ALL]
    for _ in range(5):
        seen.append(turned(SETTINGS, seen[-1], 1))
    assert seen == [ALL, 0, 1, 2, 3, ALL]
    assert turned(SETTINGS, ALL, -1) == 3
    assert turned(SweepSettings(seeds=(1, 2)), ALL, 1) == ALL


def test_a_choice_is_the_members_that_its_words_name() -> None:
    assert choice_words(SETTINGS, ALL) == "all 400 members"
    for chosen in range(4):
        members = SETTINGS.members[members_of(SETTINGS, chosen)]
        assert len(members) == 100
        assert {f"{member.init}, lr {member.lr:g}" for member in members} == {choice_words(SETTINGS, chosen)}
    assert members_of(SETTINGS, ALL) == slice(0, 400)
