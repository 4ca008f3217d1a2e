"""How two birth dates agree, said about dates as text: the twin of indexes/kernels/birth_dates.py."""

from __future__ import annotations

from collections.abc import Sequence

from indexes.build import BuildDate
from indexes.kernels.score_weights import DateAgreement

__all__ = ["agreement", "best_of"]


def agreement(a: BuildDate | None, b: BuildDate | None) -> DateAgreement:
    """The agreement of two dates; None where a side has none."""
    if a is None or b is None:
        return DateAgreement.UNKNOWN
    years_meet = not set(range(a.year, a.year_max + 1)).isdisjoint(range(b.year, b.year_max + 1))
    rest_agrees = all(0 in pair or pair[0] == pair[1] for pair in ((a.month, b.month), (a.day, b.day)))
    both_full = _is_full(a) and _is_full(b)
    if both_full and (a.year, a.month, a.day) == (b.year, b.month, b.day):
        return DateAgreement.EXACT
    if years_meet and rest_agrees:
        return DateAgreement.COMPATIBLE
    if both_full and years_meet and (a.month, a.day) == (b.day, b.month):
        return DateAgreement.SWAPPED
    if both_full and sum(x != y for x, y in zip(_digits(a), _digits(b), strict=True)) == 1:
        return DateAgreement.ONE_DIGIT
    gap = max(a.year - b.year_max, b.year - a.year_max)
    first_of_january = (1, 1) in ((a.month, a.day), (b.month, b.day))
    near = first_of_january if years_meet else gap <= 1 and (first_of_january or rest_agrees)
    return DateAgreement.NEAR if near else DateAgreement.CONTRADICTED


def best_of(asked: BuildDate | None, recorded: Sequence[BuildDate]) -> DateAgreement:
    """The best agreement with any recorded date; UNKNOWN where there is none."""
    return min((agreement(asked, date) for date in recorded), default=DateAgreement.UNKNOWN)


def _is_full(date: BuildDate) -> bool:
    return date.year == date.year_max and date.day > 0


def _digits(date: BuildDate) -> str:
    return f"{date.year:04}{date.month:02}{date.day:02}"
