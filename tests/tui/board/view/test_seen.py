"""What the keys of the view make of what is seen."""

from __future__ import annotations

from tui.board.view.seen import VIEW_ACTIONS, WEIGHTS, Seen


def test_smoothing_goes_around() -> None:
    seen, weights = Seen(), []
    for _ in WEIGHTS:
        seen, _said = VIEW_ACTIONS["smooth"](seen)
        weights.append(seen.weight)
    assert weights == [*WEIGHTS[1:], WEIGHTS[0]]


def test_a_switch_turns_on_and_off_and_says_so() -> None:
    on, said = VIEW_ACTIONS["log_scale"](Seen())
    assert on.log
    assert "logarithmic" in said
    off, said = VIEW_ACTIONS["log_scale"](on)
    assert not off.log
    assert "linear" in said
    assert VIEW_ACTIONS["zoom"](Seen())[0].zoomed


def test_panels_are_opened_and_closed_one_at_a_time() -> None:
    assert Seen().toggled("log").toggled("facts").panel == "facts"
    assert Seen().toggled("log").toggled("log").panel == ""


def test_charts_are_chosen_within_what_there_is() -> None:
    assert [Seen(chosen=1).moved(by, 3).chosen for by in (-5, -1, 1, 5)] == [0, 0, 2, 2]
    assert Seen().moved(1, 0).chosen == 0


def test_another_filter_begins_at_the_first_chart() -> None:
    assert Seen(chosen=4).filtered("loss").chosen == 0


def test_a_run_is_hidden_and_drawn_again() -> None:
    assert Seen().hiding("a").hidden == {"a"}
    assert Seen().hiding("a").hiding("a").hidden == frozenset()
