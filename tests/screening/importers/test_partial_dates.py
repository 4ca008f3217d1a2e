"""Dates as lists write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.importers.partial_dates import date_of, date_of_text, seconds_of
from screening.model import Date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 Dec 1948", Date(year=1948, month=12, day=10)),
        ("10 October 1958", Date(year=1958, month=10, day=10)),
        ("March 22, 2018", Date(year=2018, month=3, day=22)),
        ("Sep. 1977 ", Date(year=1977, month=9)),
        ("1946", Date(year=1946)),
        ("1965/07", Date(year=1965, month=7)),
        ("1992/07/29", Date(year=1992, month=7, day=29)),
        ("1992-07-29", Date(year=1992, month=7, day=29)),
        ("29/07/1992", Date(year=1992, month=7, day=29)),
        ("00/00/1969", Date(year=1969)),
        ("circa 1957", Date(year=1957, approximate=True)),
        ("circa 07 Jul 1966", Date(year=1966, month=7, day=7, approximate=True)),
        ("1959 to 1960", Date(year=1959, year_max=1960)),
        ("between 1959 and 1960", Date(year=1959, year_max=1960)),
        ("circa 1961-1963", Date(year=1961, year_max=1963, approximate=True)),
        ("01 Jan 1963 to 31 Dec 1965", Date(year=1963, year_max=1965)),
        ("Jan 1963 to Mar 1963", Date(year=1963)),
        ("01 Jan 1963 to 31 Jan 1963", Date(year=1963, month=1)),
    ],
)
def test_reads_every_form_of_the_lists(text: str, expected: Date) -> None:
    """Full, partial, approximate and ranged dates come out with exactly the parts that are written."""
    assert date_of_text(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "unknown", "31 Feb 1985", "1985-02-31", "1985/13/01", "10 Foo 1948", "0000", "1965 to 1960", "00 Jan", "5"],
)
def test_refuses_what_is_no_date(text: str) -> None:
    """An impossible or unreadable date raises ValueError, and the error does not repeat it."""
    with pytest.raises(ValueError, match=r"^") as caught:
        date_of_text(text)
    assert not text or text not in str(caught.value)


def test_refuses_a_day_without_its_month() -> None:
    """A day needs its month (contract: PartialDate)."""
    with pytest.raises(ValueError, match="day without month"):
        date_of(1985, 0, 7)


@given(st.dates(date(1, 1, 1)))
def test_every_day_survives_the_list_notations(day: date) -> None:
    """A day written as OFAC, INTERPOL or ISO write it is read back as that day."""
    expected = Date(year=day.year, month=day.month, day=day.day)
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[day.month - 1]
    for text in (f"{day.day:02d} {month} {day.year:04d}", day.isoformat(), day.isoformat().replace("-", "/")):
        assert date_of_text(text) == expected
    assert seconds_of(expected) == int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


@given(st.text(max_size=40))
def test_never_anything_but_a_date_or_a_value_error(text: str) -> None:
    """Any text is a date or a ValueError."""
    try:
        assert date_of_text(text).year >= 1
    except ValueError:
        return
