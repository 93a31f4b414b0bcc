"""The CSV reader: what it accepts, and that everything else is one sentence with file, line and expectation."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_engine.data.companies import WALK_THROUGH, Companies, checked
from lstm_engine.data.csv_reader import read_csv
from lstm_engine.errors import UserError
from lstm_engine.text import printable
from tests.support.bad_csv import BAD_CONTENTS

WALK_THROUGH_CSV = "company,day 1,day 2,day 3,day 4,day 5\nA,0,0.5,0.25,1,0\nB,1,0.5,0.25,1,1\n"


def read(folder: Path, content: str | bytes) -> Companies:
    path = folder / "prices.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_csv(path)


@pytest.mark.parametrize(
    "content",
    [
        WALK_THROUGH_CSV,
        WALK_THROUGH_CSV.rstrip("\n"),
        WALK_THROUGH_CSV.replace("\n", "\r\n"),
        WALK_THROUGH_CSV.replace("\n", "\r"),
        "\ufeff" + WALK_THROUGH_CSV,
        WALK_THROUGH_CSV.replace("\n", "\n\n") + "\n,,,,,\n",
        WALK_THROUGH_CSV.replace(",", " , "),
        WALK_THROUGH_CSV.replace("A,", '"A",').replace("0.25", '"2.5e-1"'),
        WALK_THROUGH_CSV.replace("A,0,0.5", '"A", "0", "0.5"'),
        WALK_THROUGH_CSV + "\x1a",
        WALK_THROUGH_CSV.replace("\n", "\r\n") + "\x1a\r\n",
        "# downloaded 2024-01-05\n\n#, from an example\n" + WALK_THROUGH_CSV,
        "sep=,\r\n" + WALK_THROUGH_CSV,
        WALK_THROUGH_CSV.replace("company,day 1,day 2,day 3,day 4,day 5", "ticker,2019,2020,2021,2022,2023"),
        WALK_THROUGH_CSV.replace("company,day 1,day 2,day 3,day 4,day 5", ",0,1,2,3,4"),
        WALK_THROUGH_CSV.replace("company,day 1", "company,2024-01-05"),
    ],
    ids=[
        *("plain", "no newline at the end", "CRLF", "CR", "BOM", "blank rows", "spaces", "quotes"),
        *("quotes after spaces", "DOS end mark", "DOS end mark on a line", "comments above", "Excel's hint"),
        *("years as header", "pandas' header", "a date in the header"),
    ],
)
def test_the_walk_through_as_a_file_is_the_walk_through(content: str, tmp_path: Path) -> None:
    expected = Companies("prices.csv", WALK_THROUGH.names, WALK_THROUGH.days, WALK_THROUGH.targets)
    assert read(tmp_path, content) == expected


def test_any_number_of_companies_and_days(tmp_path: Path) -> None:
    assert read(tmp_path, "name,day,next\nÅngström & Cie,1,2\n") == Companies(
        "prices.csv", ("Ångström & Cie",), ((1.0,),), (2.0,)
    )
    rows = "".join(f"c{number}," + "0.5," * 50 + "1\n" for number in range(100))
    companies = read(tmp_path, "name," + "day," * 50 + "next\n" + rows)
    assert (len(companies.names), companies.day_count) == (100, 50)


@given(
    st.lists(
        st.tuples(
            st.text("abc,\" äß漢'", min_size=1).filter(lambda name: bool(name.strip())).map(str.strip),
            st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=3, max_size=3),
        ),
        min_size=1,
        unique_by=lambda row: row[0],
    )
)
def test_numbers_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, list[float]]]
) -> None:
    def quoted(name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    lines = [",".join([quoted(name), *map(repr, numbers)]) for name, numbers in rows]
    companies = read(tmp_path_factory.getbasetemp(), "\n".join(["name,1st,2nd,next", *lines]))
    assert companies.names == tuple(name for name, _ in rows)
    assert companies.days == tuple(tuple(numbers[:-1]) for _, numbers in rows)
    assert companies.targets == tuple(numbers[-1] for _, numbers in rows)


def test_minus_signs_and_thousands_as_people_write_them(tmp_path: Path) -> None:
    companies = read(tmp_path, "name,d1,d2,next\nA,\u22120.5,43\u00a0000.12,42 999\nB,-1,1\u202f234\u202f567,0\n")
    assert companies.days == ((-0.5, 43000.12), (-1.0, 1234567.0))
    assert companies.targets == (42999.0, 0.0)


def test_names_with_joiners_are_names(tmp_path: Path) -> None:
    name = "سرمایه\u200cگذاری"
    companies = read(tmp_path, f"name,d1,next\n{name},0,1\n")
    assert companies.names == (name,)
    assert checked(companies) == companies
    assert printable(name) == name


@pytest.mark.parametrize(("content", "sentence"), BAD_CONTENTS.values(), ids=BAD_CONTENTS.keys())
def test_bad_contents_get_a_sentence(content: str | bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, content)
    text = str(caught.value)
    assert text.startswith(str(tmp_path / "prices.csv"))
    assert sentence in text
    assert "expected" in text
    assert text.isprintable()


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.csv does not exist: expected a CSV file"):
        read_csv(tmp_path / "none.csv")


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a directory: expected a CSV file"):
        read_csv(tmp_path)


def test_a_file_as_a_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"cannot be read \(Not a directory\)"):
        read_csv(tmp_path / "file" / "prices.csv")


def test_an_endless_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot be read \(File name too long\)"):
        read_csv(tmp_path / ("x" * 300))


def test_a_path_with_a_nul(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a possible path") as caught:
        read_csv(tmp_path / "a\0b")
    assert str(caught.value).isprintable()


def test_a_named_pipe_is_refused_before_it_blocks(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="is not a regular file"):
        read_csv(tmp_path / "pipe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text(WALK_THROUGH_CSV)
    path.chmod(0)
    with pytest.raises(UserError, match=r"cannot be read \(Permission denied\)"):
        read_csv(path)


def test_a_file_name_that_a_terminal_would_act_on(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[2J\udcff.csv"
    path.write_text(WALK_THROUGH_CSV)
    assert read_csv(path).source == "?[2J?.csv"
    assert printable("ü 漢 ✓") == "ü 漢 ✓"


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
        st.text('a0.,;"\n\r\0 \ufeffé-e+', max_size=200).map(str.encode),
        st.text('A01.,\n"', max_size=80).map(lambda rows: b"name,day 1,next\n" + rows.encode()),
    )
)
def test_arbitrary_bytes_are_companies_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    result = companies_or_sentence(tmp_path, content)
    if isinstance(result, str):
        assert "expected" in result
        assert result.isprintable()
    else:
        assert len(result.names) == len(set(result.names)) == len(result.days) == len(result.targets) > 0
        assert {len(days) for days in result.days} == {result.day_count}


def companies_or_sentence(folder: Path, content: bytes) -> Companies | str:
    try:
        return read(folder, content)
    except UserError as error:
        return str(error)
