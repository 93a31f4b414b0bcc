"""The companies' days through the unit."""

from __future__ import annotations

from tests.support.script import ready, session_after, training
from tui.text.gates import difference
from tui.view.traced import marked, traced


def test_companies_are_traced_once_there_is_a_model() -> None:
    assert traced(session_after([]), (0, 1)) == []
    session = session_after(training(3))
    companies = traced(session, (1, 0))
    assert [(company.name, company.target) for company in companies] == [("B", 1.0), ("A", 0.0)]
    assert abs(companies[0].trace.hidden[-1] - session.history.prediction(1)[-1]) < 1


def test_the_marked_day_is_where_two_differ() -> None:
    companies = traced(session_after(ready()), (0, 1))
    assert marked(companies) == difference(companies[0].trace, companies[1].trace)
    assert marked(companies[:1]) is None
