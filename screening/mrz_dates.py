"""Dates of machine-readable zones: six characters YYMMDD, parts of which may be unknown (Doc 9303-3, clause 4.8).

Doc 9303 leaves the century open. The rules here, with `today` as an argument so that nothing reads a clock:

- birth: the latest century in which the date is not after today; a hundred-year-old is read as an infant, and the
  year of a person older than that cannot be known from the zone;
- expiry: the year within `EXPIRY_YEARS_AHEAD_MAX` years after today's, else in the past. Today's year being 2026, 75 is
  2075 and 76 is 1976.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from typing import Final

__all__ = ["EXPIRY_YEARS_AHEAD_MAX", "Day", "MrzDate", "read_birth_date", "read_expiry_date"]

Day = tuple[int, int, int]
"""(year, month, day) of the proleptic Gregorian calendar."""

EXPIRY_YEARS_AHEAD_MAX: Final = 49
"""Half a century each way: passports last ten years, some cards for life; machine-readable ones exist since 1980."""

_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PARTS: Final[dict[str, int | None]] = {f"{number:02}": number for number in range(100)} | {"<<": None}
"""Two characters to their number, None for an unknown part; what is not here is no part of a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MrzDate:
    """A date that may be partial: None is a part the document does not state.

    `valid` is False when the characters are no date at all (letters, month 13, 30 February); all parts are None then.
    `zero_filled`: the issuer wrote 00 for an unknown part, which Doc 9303 does not foresee but some issuers do.
    """

    year: int | None
    month: int | None
    day: int | None
    valid: bool = True
    zero_filled: bool = False


_IMPOSSIBLE: Final = MrzDate(year=None, month=None, day=None, valid=False)


def read_birth_date(text: str, today: Day) -> MrzDate:
    """Six characters to a date not after today; `_IMPOSSIBLE` for what is no date. Raises nothing."""
    return _read(text, today, is_birth=True)


def read_expiry_date(text: str, today: Day) -> MrzDate:
    """Six characters to the date in the window of a century around today. Raises nothing."""
    return _read(text, today, is_birth=False)


def _read(text: str, today: Day, *, is_birth: bool) -> MrzDate:
    try:
        year, month, day = _PARTS[text[:2]], _PARTS[text[2:4]], _PARTS[text[4:]]
    except KeyError:
        return _IMPOSSIBLE
    zero_filled = month == 0 or day == 0
    month, day = month or None, day or None
    if year is not None:
        year = _birth_year(year, month, day, today) if is_birth else _expiry_year(year, today)
    if not _is_possible(year, month, day):
        return _IMPOSSIBLE
    return MrzDate(year=year, month=month, day=day, zero_filled=zero_filled)


def _birth_year(year: int, month: int | None, day: int | None, today: Day) -> int:
    """The latest year ending in `year` with which the stated parts are not after today."""
    this_century = today[0] - today[0] % 100 + year
    return this_century if (this_century, month or 1, day or 1) <= today else this_century - 100


def _expiry_year(year: int, today: Day) -> int:
    last = today[0] + EXPIRY_YEARS_AHEAD_MAX
    return last - (last - year) % 100


def _is_possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether some calendar date has these parts; unknown parts exclude nothing."""
    if month is None:
        return day is None or day <= 31
    if month > 12:
        return False
    leap_day = month == 2 and (year is None or isleap(year))
    return day is None or day <= _DAYS[month - 1] + leap_day
