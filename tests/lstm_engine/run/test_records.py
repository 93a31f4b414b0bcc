"""What is known of a run beside its settings."""

import pytest

from lstm_engine.run.records import Stage, target_from


@pytest.mark.parametrize(
    ("epoch", "stages", "target"),
    [
        (0, [], 0),
        (7, [], 7),
        (3, [Stage(0, 10)], 10),
        (10, [Stage(0, 10)], 10),
        (12, [Stage(0, 10)], 12),  # its target is behind it
        (5, [Stage(0, 100), Stage(4, 20)], 20),  # the last one counts, not the furthest
    ],
)
def test_a_run_goes_on_to_its_last_target_where_that_is_ahead(epoch: int, stages: list[Stage], target: int) -> None:
    assert target_from(epoch, stages) == target
