"""CSV with a header line, record by record."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.importers.headed_csv import RECORD_LINES_MAX, HeadedRow, headed_rows
from screening.importers.rows import Rejected, UnreadableSourceError


def _rows(content: bytes, required: tuple[str, ...] = ("a", "b")) -> list[HeadedRow | Rejected]:
    return list(headed_rows(io.BufferedReader(io.BytesIO(content)), "x.csv", required))


def test_a_record_keeps_its_line_and_its_cells() -> None:
    """Cells come by the name of their column, stripped, with the line of the record's start."""
    assert _rows(b"\xef\xbb\xbfa,b\n 1 ,2\n\n3,\n") == [
        HeadedRow(line=2, cells={"a": "1", "b": "2"}),
        HeadedRow(line=4, cells={"a": "3", "b": ""}),
    ]


def test_a_title_above_the_header_is_passed_over() -> None:
    """The British list begins with the day of its last update."""
    assert _rows(b"Last Updated,13/04/2018\na,b\n1,2\n") == [HeadedRow(line=3, cells={"a": "1", "b": "2"})]


def test_a_quoted_cell_may_hold_line_ends() -> None:
    """The record after it has its own line."""
    assert _rows(b'a,b\n1,"x\r\ny"\n2,z\n') == [
        HeadedRow(line=2, cells={"a": "1", "b": "x\ny"}),
        HeadedRow(line=4, cells={"a": "2", "b": "z"}),
    ]


def test_a_quote_that_never_closes_costs_its_line_alone() -> None:
    """The lines after it are read as records of their own."""
    rows = _rows(b'a,b\n1,"x\n2,y\n3,z\n')
    assert rows == [
        Rejected(file="x.csv", line=2, reason="quotes do not close"),
        HeadedRow(line=3, cells={"a": "2", "b": "y"}),
        HeadedRow(line=4, cells={"a": "3", "b": "z"}),
    ]


def test_an_open_quote_is_given_up_after_so_many_lines() -> None:
    """No broken quote makes a record of half a file, and no line after it is lost."""
    lines = b"".join(b"%d,y\n" % number for number in range(3 * RECORD_LINES_MAX))
    rows = _rows(b'a,b\n1,"x\n' + lines + b'9,"closes"\n')
    assert sum(isinstance(row, HeadedRow) for row in rows) == 3 * RECORD_LINES_MAX + 1
    assert [row.reason for row in rows if isinstance(row, Rejected)] == ["quotes do not close"]


def test_a_wrong_number_of_columns_is_rejected_by_its_line() -> None:
    """The text of the line is not repeated."""
    assert _rows(b"a,b\n1,2,3\n") == [Rejected(file="x.csv", line=2, reason="3 columns instead of 2")]


def test_without_a_header_the_source_is_unreadable() -> None:
    """Also where a single required column is missing."""
    with pytest.raises(UnreadableSourceError, match="no header with the columns a, b"):
        _rows(b"a,c\n1,2\n")


def test_windows_1252_is_read_where_it_is_no_utf_8() -> None:
    """Line by line: the others stay UTF-8."""
    rows = _rows("a,b\n1,é\n".encode() + "2,é’\n".encode("cp1252"))
    assert [row.cells["b"] for row in rows if isinstance(row, HeadedRow)] == ["é", "é’"]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_rejections(content: bytes) -> None:
    """Each line below the header is accounted for by a row or a rejection that begins on it or before it."""
    rows = _rows(b"a,b\n" + content)
    lines = [row.line for row in rows]
    assert lines == sorted(set(lines))
    assert all(1 < line <= 2 + content.count(b"\n") for line in lines)
