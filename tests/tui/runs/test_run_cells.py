"""What the list says of a run, cell by cell."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.listing.run_entry import RunEntry
from tests.support.run_folders import NOW, entry
from tui.runs.run_cells import (
    Showing,
    epochs_text,
    first_prediction,
    loss_text,
    predictions_text,
    ratio_text,
    script_text,
    setting_text,
    speed,
    speed_text,
    state_name,
    state_text,
    unless_damaged,
    watchers_text,
)

ELSEWHERE, HERE = Showing(None, NOW), Showing("calm-lake", NOW)
RUN = entry("calm-lake", "finished", 2000)


def with_(**changes: object) -> RunEntry:
    return msgspec.structs.replace(RUN, **changes)


def test_the_run_that_is_open_says_so() -> None:
    assert state_name(RUN, ELSEWHERE) == "finished"
    assert state_text(RUN, ELSEWHERE) == "✓ finished"
    assert state_text(RUN, HERE) == "▸ open here"


def test_what_a_run_has_not_told_is_an_empty_cell() -> None:
    silent = with_(train_loss=None, watchers=None, per_second=None, steps_per_second=None, predictions={"A": None})
    cells = [cell(silent, ELSEWHERE) for cell in (loss_text, watchers_text, speed_text, predictions_text)]
    assert cells == [""] * 4
    assert setting_text(None) == ""


@pytest.mark.parametrize(("steps", "said"), [(0.031, "0.031 steps/s"), (9.96, "10 steps/s"), (123.4, "123 steps/s")])
def test_a_script_s_speed_is_in_steps(steps: float, said: str) -> None:
    """Of a script an epoch may take hours."""
    assert speed(with_(kind="lightning", steps_per_second=steps)) == said


def test_the_lstm_s_speed_is_in_epochs() -> None:
    assert speed(with_(per_second=812.3)) == "812 epochs/s"
    assert speed_text(with_(per_second=812.3), ELSEWHERE) == "812/s"


def test_of_a_damaged_run_nothing_is_claimed() -> None:
    damaged = with_(problem="run.json is no JSON", state="damaged")
    assert epochs_text(damaged, ELSEWHERE) == ""
    assert unless_damaged(lambda _: "0.01")(damaged, ELSEWHERE) == ""
    assert unless_damaged(lambda _: "0.01")(RUN, ELSEWHERE) == "0.01"


def test_settings_are_written_as_they_were_given() -> None:
    assert (setting_text(7), setting_text(0.01), setting_text(1e-5)) == ("7", "0.01", "1e-05")


def test_a_long_name_is_cut_and_its_figure_never() -> None:
    run = with_(predictions={"a company of a long name": -0.4342, "B": 1.0, "C": 2.0})
    assert predictions_text(run, ELSEWHERE) == "a compa… -0.4342  B 1.0000"
    assert first_prediction(run, 11) == "a … -0.4342"


def test_a_model_of_prices_shows_how_good_it_is_and_its_data_once() -> None:
    model = msgspec.structs.replace(entry("red-cave", kind="lightning"), hidden=4, ratio=0.994, title="prices.csv")
    assert (ratio_text(model, ELSEWHERE), script_text(model)) == ("0.99", "")
    script = msgspec.structs.replace(entry("mine", kind="lightning"), title="train.py")
    assert (ratio_text(script, ELSEWHERE), script_text(script)) == ("", "train.py")
