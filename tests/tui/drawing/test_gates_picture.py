"""The unit as a picture, as a pure function."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.lstm.parameters import BY_HAND
from lstm_engine.lstm.trace import Trace, trace
from tests.support.gates import EXAMPLE, NAMES, choice, walk_through
from tests.support.script import parameter
from tui.drawing.cells import Cells, Role
from tui.drawing.gates_picture import Company, gates_picture
from tui.options import Marker
from tui.text.gates import QUANTITIES, Choice, Difference, difference, in_words


def drawn(companies: list[Company], chosen: Choice = Choice(), width: int = 158, height: int = 11) -> Cells:  # noqa: B008
    apart = difference(companies[0].trace, companies[1].trace) if len(companies) == 2 else None
    return gates_picture(companies, chosen, apart, width, height, "braille")


def lines(cells: Cells) -> list[str]:
    return [cells.text(row) for row in range(cells.height)]


@pytest.mark.parametrize("name", NAMES)
def test_neither_words_nor_numbers_have_a_signed_zero(name: str) -> None:
    share, below_zero = np.array([1e-7, 1e-7]), np.array([-1e-7, -1e-7])
    tiny = Trace(below_zero, share, share, below_zero, share, below_zero, below_zero, below_zero)
    other = tiny._replace(cell=np.array([0.0, 0.0]))
    for day in (0, 1):
        assert not {"-0", "+0"} & {word[:2] for word in in_words(tiny, choice(name, day), 0.0).split()}
    for width in (78, 158):
        picture = drawn([Company("A", tiny, 0.0), Company("B", other, 0.0)], choice(name), width, 14)
        assert not {"-0", "+0"} & {word[:2] for line in lines(picture) for word in line.replace(",", " ").split()}


# --- the picture -----------------------------------------------------------------------------------------------------


def test_numbers_and_bars_for_every_quantity_of_every_day() -> None:
    picture = lines(drawn(walk_through(5000)))
    assert picture[0].split("  ")[0:2] == [" A", "predicts 0.0022, observed 0.0000, off by +0.0022"]
    forget = next(line for line in picture if line.startswith(" forget"))
    assert [share.strip() for share in forget[11:78].replace("━", "").replace("╸", "").replace("╌", "").split("%")][
        :4
    ] == ["84", "89", "85", "94"]
    assert forget.count("forget") == 2, "both companies"
    assert "◆" in picture[1]
    assert picture[9].startswith(" ◆ A and B differ most on day 4, in the cell state c: 0.0052 and 2.4049")
    assert picture[10].startswith(" A, day 1: nothing is remembered yet")


def test_a_bar_is_as_long_as_its_share_and_goes_left_from_the_middle_below_zero() -> None:
    shares = EXAMPLE._replace(forget=np.array([0.0, 1.0]), candidate=np.array([-1.0, 0.5]))
    picture = lines(gates_picture([Company("A", shares, 1.0)], choice("x"), None, 78, 11, "braille"))
    bars = {line[1:10].strip(): line[11:] for line in picture[2:9]}
    width = bars["forget"].count("╌")
    assert bars["forget"].count("━") == width, "an empty one and a full one"
    middle = width // 2
    before, after = bars["candidate"].split("│")[:2]
    assert before.endswith("━" * middle)
    assert bars["candidate"].split("│")[2].startswith("━" * (middle // 2))
    assert after.startswith("╌" * middle)


def test_a_state_beyond_one_is_measured_against_the_next_round_number() -> None:
    high = EXAMPLE._replace(cell=np.array([1.2, 2.0]))
    picture = lines(gates_picture([Company("A", high, 1.0)], choice("x"), None, 78, 11, "braille"))
    bars = next(line for line in picture if line.startswith(" cell"))
    _, larger, largest = bars.split("│")
    assert largest.strip().strip("━") == "", "2.0 is a full bar"
    assert "╌" in larger.partition(" ")[0], "1.2 is not"


def ends(pictured: Cells) -> list[str]:
    """What stands beside the bars of the input and of the cell state."""
    return [line[:11].strip() for line in lines(pictured) if line.startswith((" input x", " x ", " cell", " c "))]


@pytest.mark.parametrize(
    ("x", "cell", "marker", "expected"),
    [
        ([0.0, 1.0], [0.1, -0.2], "braille", ["input x", "cell c ±1"]),
        ([0.0, 1.5], [0.1, 1.2], "braille", ["input x≤2", "cell c ±2"]),
        ([0.0, -1.5], [0.1, -12.0], "braille", ["input x±2", "cell c±20"]),
        ([0.0, 240.0], [0.1, 120.0], "braille", ["x ≤500", "c ±200"]),
        ([0.0, 2400.0], [0.1, 0.2], "ascii", ["x <=5e3", "cell c+-1"]),
        ([0.0, -3e18], [0.1, 12.0], "ascii", ["x +-5e18", "c +-20"]),
    ],
)
def test_the_end_of_a_scale_that_may_change_is_written(
    x: list[float], cell: list[float], marker: Marker, expected: list[str]
) -> None:
    company = Company("A", EXAMPLE._replace(x=np.array(x), cell=np.array(cell)), 1.0)
    for width, height in ((58, 11), (78, 11), (158, 11)):
        picture = gates_picture([company], choice("x"), None, width, height, marker)
        assert ends(picture) == expected
        assert all(line[10] == " " for line in lines(picture)[1:9]), "no label runs into the numbers"
        assert marker != "ascii" or "".join(lines(picture)).isascii()


def test_one_scale_is_written_for_both_companies_and_none_without_bars() -> None:
    for epoch, end in ((0, "cell c ±1"), (5000, "cell c ±5")):
        row = next(line for line in lines(drawn(walk_through(epoch))) if line.startswith(" cell"))
        assert row.count(end) == 2, epoch
    assert ends(drawn(of_days(9))) == ["input x", "cell c"]


def test_one_at_a_time_where_there_is_no_room_for_two() -> None:
    companies = walk_through(5000)
    picture = "\n".join(lines(drawn(companies, Choice(place=1), 78, 14)))
    assert picture.count("forget") == 1
    assert "predicts 0.9693" in picture
    assert "predicts 0.0022" not in picture


def test_the_chosen_number_and_the_widest_gap_stand_out() -> None:
    cells = drawn(walk_through(5000), Choice(place=1, day=1, quantity=NAMES.index("output")))
    (chosen,) = {int(row) for row in np.argwhere(cells.roles == Role.CHOSEN)[:, 0]}
    assert cells.text(chosen).startswith(" output")
    text = "".join(cells.glyphs[chosen][cells.roles[chosen] == Role.CHOSEN])
    assert text.strip() == "85 %"
    marked = NAMES.index("cell") + 2
    assert "0.005" in "".join(cells.glyphs[marked][cells.roles[marked] == Role.MARK])


@pytest.mark.parametrize("days", [1, 2, 9, 40])
@pytest.mark.parametrize("count", [1, 2])
@given(st.integers(1, 200), st.integers(1, 30), st.data())
def test_any_number_of_days_on_any_size(days: int, count: int, width: int, height: int, data: st.DataObject) -> None:
    parameters = [parameter(spec.name, 700) for spec in BY_HAND]
    inputs = [[(day * 7 + shift) % 5 - 1.0 for day in range(days)] for shift in range(count)]
    companies = [Company(f"company {n}", trace("by-hand", parameters, row), 1.0) for n, row in enumerate(inputs)]
    place, day, quantity = (data.draw(st.integers(0, several - 1)) for several in (count, days, len(QUANTITIES)))
    cells = drawn(companies, Choice(place, day, quantity), width, height)
    assert cells.glyphs.shape == (height, width)
    if width >= 58 and height >= 4:
        (row,) = {int(row) for row in np.argwhere(cells.roles == Role.CHOSEN)[:, 0]}
        assert cells.text(row)[1:].startswith(QUANTITIES[quantity].label), "the chosen quantity is in sight"
        text = "".join(lines(cells)).replace(" ", "")
        assert f"day{day + 1}" in text, "the chosen day is in sight"
        sentence = in_words(companies[place].trace, Choice(place, day, quantity), 1.0)
        assert sentence.replace(" ", "") in text, "and so is the sentence"


BESIDE_BARS = ["cell c ±5" if quantity.name == "cell" else quantity.label for quantity in QUANTITIES]


@pytest.mark.parametrize(
    ("name", "height", "names", "labels"),
    [
        ("x", 5, " ↓5", ["input x", "forget"]),
        ("cell", 5, " ↑3 ↓2", ["candidate", "cell c ±5"]),
        ("output", 5, " ↑4 ↓1", ["cell c ±5", "output"]),
        ("hidden", 5, " ↑5", ["output", "hidden h"]),
        ("output", 9, " ↑1", BESIDE_BARS[1:]),
        ("cell", 10, "", BESIDE_BARS),
    ],
)
def test_where_lines_are_scarce_the_rows_in_sight_are_those_around_the_chosen_one(
    name: str, height: int, names: str, labels: list[str]
) -> None:
    picture = lines(drawn(walk_through(5000), choice(name), 58, height))
    assert picture[0][:9].rstrip() == names
    assert [line[1:11].strip() for line in picture[1 : 1 + len(labels)]] == labels
    assert picture[1 + len(labels)].startswith(" A, day 2: ")


def of_days(count: int) -> list[Company]:
    parameters = [parameter(spec.name, 5000) for spec in BY_HAND]
    return [
        Company(name, trace("by-hand", parameters, [first, *[0.5] * (count - 2), last]), 1.0)
        for name, first, last in (("A", 0.0, 1.0), ("B", 0.0, 0.0))
    ]


@pytest.mark.parametrize(
    ("day", "seen", "before", "after"),
    [(0, range(1, 10), " ", "›◆"), (6, range(3, 12), "‹", "›◆"), (11, range(4, 13), "‹", " ")],
)
def test_more_days_than_fit_follow_the_chosen_one_and_the_edges_say_that_there_are_more(
    day: int, seen: range, before: str, after: str
) -> None:
    companies = of_days(12)
    apart = difference(companies[0].trace, companies[1].trace)
    assert apart is not None
    assert apart.day == 11
    names = lines(drawn(companies, Choice(day=day)))[1]
    for half in (names[:78], names[80:]):
        assert [int(number) for number in half.replace("◆", " ").split() if number.isdigit()] == list(seen)
        assert half[9] == before
        assert half[76:].strip() == after.strip()


def test_the_day_of_the_difference_is_marked_at_the_edge_behind_which_it_is() -> None:
    apart = Difference(0, NAMES.index("cell"), (0.0, 1.0))
    at_the_end = gates_picture(of_days(12), Choice(day=11), apart, 158, 11, "braille")
    assert lines(at_the_end)[1][8:10] == "◆‹"
    in_ascii = gates_picture(of_days(12), Choice(day=11, quantity=0), apart, 158, 4, "ascii")
    assert lines(in_ascii)[0][:10] == " v5     *<"


def test_days_that_all_fit_have_no_marks_of_more() -> None:
    assert not set("↑↓‹›") & set("".join(lines(drawn(of_days(9)))))
