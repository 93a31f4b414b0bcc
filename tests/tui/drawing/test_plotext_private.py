"""plotext's private parts are as the drawing needs them: each test fails where another version has them otherwise."""

from __future__ import annotations

from importlib.metadata import requires, version
from typing import Any

import pytest
from packaging.requirements import Requirement

from tui.drawing.plotext_private import VERSION, add_signal, own_figure, set_limits_in_cells

#: The distance from a cell's edge at which a point must still fall into its cell: less than the insets' last digits.
HAIR = 1e-7


@pytest.fixture
def figure() -> Any:
    """Our figure, without axes, on a canvas of 8 × 5 cells."""
    ours = own_figure()
    ours.clear.data()
    ours.clear.settings()
    ours.axes(False)
    ours.ruler("x").frequency(0)
    ours.ruler("y").frequency(0)
    ours.plot_size(8, 5)
    return ours


def text(figure: Any) -> list[str]:
    return str(figure.build().string(True)).splitlines()


def test_the_installed_plotext_is_the_one_that_all_of_it_is_for() -> None:
    asked = [str(Requirement(line).specifier) for line in requires("lstm-tui") or () if line.startswith("plotext")]
    assert asked == [f"=={VERSION}"]
    assert version("plotext") == VERSION


def test_the_figure_is_ours_alone_and_of_any_size(figure: Any) -> None:
    import plotext

    assert figure is not plotext.figure
    figure.plot_size(1000, 400)
    assert {len(line) for line in text(figure)} == {1000}
    assert len(text(figure)) == 400


def test_a_signal_that_is_added_looks_like_one_that_is_drawn(figure: Any) -> None:
    set_limits_in_cells(figure, 8, 5)
    figure.draw(figure.signal([0.5, 7.5], [0.5, 4.5], marker="*"))
    drawn = text(figure)
    figure.clear.data()
    assert "*" not in "".join(text(figure))
    add_signal(figure, figure.signal([0.5, 7.5], [0.5, 4.5], marker="*"))
    assert text(figure) == drawn
    assert "".join(drawn).count("*") == 2


@pytest.mark.parametrize("from_edge", [HAIR, 0.5, 1 - HAIR])
def test_the_limits_make_coordinates_cells(figure: Any, from_edge: float) -> None:
    """Of every cell, a point at its middle and those a hair inside its edges."""
    for column in range(8):
        for row in range(5):
            figure.clear.data()
            set_limits_in_cells(figure, 8, 5)
            add_signal(figure, figure.signal([column + from_edge], [row + from_edge], marker="*"))
            lines = text(figure)
            found = [(x, 4 - y) for y, line in enumerate(lines) for x, mark in enumerate(line) if mark == "*"]
            assert found == [(column, row)]
