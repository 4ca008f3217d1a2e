"""How two birth dates, either of them perhaps partial, agree."""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from indexes.kernels.array_types import Int16Array, UInt8Array

__all__ = ["YEARS_OF_APPROXIMATE", "DateArrays", "DateValue", "date_agreement"]

# The values of DateAgreement as plain numbers: minima are taken of them.
_EXACT, _COMPATIBLE, _SWAPPED, _ONE_DIGIT, _NEAR, _UNKNOWN, _CONTRADICTED = range(7)

YEARS_OF_APPROXIMATE = 2  # "Circa 1957" may be two years off: the width that list owners give when they state one.
YEARS_NEAR = 1  # Year noted one off: a common slip, and the error of an age turned into a year.


class DateValue(NamedTuple):
    """One date; 0 for an unknown part, or no date. year_max is the last year it may be, approximation included."""

    year: int
    year_max: int
    month: int
    day: int


class DateArrays(NamedTuple):
    """Recorded dates, (n,) each; a year of 0 stands for no date, year_max as in DateValue."""

    year: Int16Array
    year_max: Int16Array
    month: UInt8Array
    day: UInt8Array


@njit(cache=True, nogil=True)
def _differing_digits(a: int, b: int) -> int:
    count = 0
    while a > 0 or b > 0:
        count += a % 10 != b % 10
        a //= 10
        b //= 10
    return count


@njit(cache=True, nogil=True)
def date_agreement(asked: DateValue, recorded: DateValue) -> int:
    """The DateAgreement of a date asked about and one recorded. Symmetric. Cost: some ten comparisons.

    EXACT needs both dates full. COMPATIBLE: nothing that both know differs and something does agree. SWAPPED: day and
    month changed places. ONE_DIGIT: one character of YYYYMMDD differs (Delegated Regulation (EU) 2023/333 annex II,
    dates of birth (a) and (c)). NEAR: years one apart where the rest does not contradict, or 1 January, the registrar's
    placeholder, against another day of the year.
    """
    year, year_max, month, day = recorded
    if asked.year == 0 or year == 0:
        return _UNKNOWN
    single = asked.year == asked.year_max and year == year_max
    full = single and asked.day > 0 and day > 0
    same_month = asked.month == 0 or month == 0 or asked.month == month
    same_day = asked.day == 0 or day == 0 or asked.day == day
    if asked.year <= year_max and year <= asked.year_max:
        if same_month and same_day:
            return _EXACT if full else _COMPATIBLE
        if full and asked.month == day and asked.day == month:
            return _SWAPPED
        if full and _differing_digits(asked.month * 100 + asked.day, month * 100 + day) == 1:
            return _ONE_DIGIT
        placeholder = (asked.month == 1 and asked.day == 1) or (month == 1 and day == 1)
        return _NEAR if placeholder else _CONTRADICTED
    if full and same_month and same_day and _differing_digits(asked.year, year) == 1:
        return _ONE_DIGIT
    gap = max(asked.year - year_max, year - asked.year_max)
    placeholder = (asked.month == 1 and asked.day == 1) or (month == 1 and day == 1)
    return _NEAR if gap <= YEARS_NEAR and (placeholder or (same_month and same_day)) else _CONTRADICTED
