"""Dates as lists write them, to `Date`: "10 Dec 1948", "circa 1957", "1959 to 1960", "1965/07", "Sep. 1977".

Impossible dates (31 February, month 13) raise ValueError without repeating the date; the calendar is the Gregorian one.
"""

from __future__ import annotations

import re
from calendar import timegm
from datetime import date

from screening.model import Date

__all__ = ["date_of", "date_of_numbers", "date_of_text", "seconds_of"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_CIRCA = re.compile(r"^(?:circa|c\.|ca\.?|approximately|approx\.?|about)\s+", re.IGNORECASE)
_RANGE = re.compile(r"^(?:between\s+)?(.+?)\s*(?:\bto\b|\band\b|(?<=\d{4})\s*[-\u2013])\s*(.+)$", re.IGNORECASE)
_WORDED = re.compile(r"^(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})$")
_MONTH_FIRST = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


def date_of_text(text: str) -> Date:
    """Reads one date, partial date, approximate date or range of years. Raises ValueError where it is none."""
    text = text.strip().rstrip(".").strip()
    if bare := _CIRCA.sub("", text):
        approximate = bare != text
        if _YEAR_FIRST.match(bare) is None and (span := _RANGE.match(bare)):
            return _range(_point(span[1]), _point(span[2]), approximate=approximate)
        return _approximated(_point(bare), approximate=approximate)
    raise ValueError("empty date")


def date_of(year: int, month: int = 0, day: int = 0, *, approximate: bool = False, year_max: int = 0) -> Date:
    """A checked `Date`. Raises ValueError for a day without its month, a day that month never had, a falling range."""
    if day and not month:
        raise ValueError("day without month")
    if year_max and year_max < year:
        raise ValueError("range ends before it begins")
    date(year, month or 1, day or 1)
    date(year_max or year, 1, 1)
    return Date(year=year, month=month, day=day, approximate=approximate, year_max=year_max)


def date_of_numbers(year: str, month: str = "", day: str = "", *, approximate: bool = False) -> Date:
    """A checked `Date` from decimal parts; empty or zero parts are unknown. Raises ValueError."""
    return date_of(int(year), int(month or 0), int(day or 0), approximate=approximate)


def seconds_of(moment: Date) -> int:
    """Seconds since 1970 at the start of the day in UTC; unknown month and day count as the first."""
    return timegm((moment.year, moment.month or 1, moment.day or 1, 0, 0, 0))


def _point(text: str) -> Date:
    """One date without any word around it."""
    text = text.strip()
    if found := _YEAR_FIRST.match(text):
        return date_of_numbers(found[1], found[2] or "", found[3] or "")
    if found := _WORDED.match(text):
        return date_of_numbers(found[3], _month(found[2]), found[1] or "")
    if found := _MONTH_FIRST.match(text):
        return date_of_numbers(found[3], _month(found[1]), found[2])
    if found := _DAY_FIRST.match(text):
        return date_of_numbers(found[3], found[2], found[1])
    raise ValueError("no date")


def _month(word: str) -> str:
    """Number of an English month, full or abbreviated to three letters or more. Raises ValueError for another word."""
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(word.lower()):
            return str(number)
    raise ValueError("no month")


def _range(first: Date, last: Date, *, approximate: bool) -> Date:
    """A range in whole years, because `Date` knows no other; within one year what both ends share is kept."""
    if first.year != last.year:
        return date_of(first.year, approximate=approximate, year_max=last.year)
    month = first.month if first.month == last.month else 0
    day = first.day if month and first.day == last.day else 0
    return date_of(first.year, month, day, approximate=approximate)


def _approximated(moment: Date, *, approximate: bool) -> Date:
    return date_of(moment.year, moment.month, moment.day, approximate=approximate)
