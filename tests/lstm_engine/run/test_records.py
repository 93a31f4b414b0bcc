"""What is known of a run beside its settings."""

import pytest

from lstm_engine.run.records import Stage, resumes_after, target_from


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


def test_a_trainer_that_goes_on_is_a_resume_and_those_from_there_on_are_undone() -> None:
    assert resumes_after((100, 200, 300), 200, resumed=True) == (100, 200)
    assert resumes_after((100, 200), 150, resumed=False) == (100,)
    assert resumes_after((), 0, resumed=True) == ()
