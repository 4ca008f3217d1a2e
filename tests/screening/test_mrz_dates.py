"""Dates of zones: partial, impossible, and the century rules at their edges."""

from __future__ import annotations

import pytest

from screening.mrz_dates import EXPIRY_YEARS_AHEAD_MAX, MrzDate, read_birth_date, read_expiry_date

TODAY = (2026, 11, 22)


def parts(date: MrzDate) -> tuple[int | None, int | None, int | None]:
    return date.year, date.month, date.day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("740812", (1974, 8, 12)),
        ("261122", (2026, 11, 22)),
        ("261123", (1926, 11, 23)),
        ("26<<<<", (2026, None, None)),
        ("27<<<<", (1927, None, None)),
        ("2612<<", (1926, 12, None)),
        ("000229", (2000, 2, 29)),
        ("<<0812", (None, 8, 12)),
        ("<<<<<<", (None, None, None)),
    ],
)
def test_births_are_not_after_today(text: str, expected: tuple[int | None, ...]) -> None:
    """A birth date is read in the latest century in which its stated parts are not in the future."""
    date = read_birth_date(text, TODAY)
    assert date.valid
    assert parts(date) == expected


@pytest.mark.parametrize(("text", "year"), [("750101", 2075), ("760101", 1976), ("261121", 2026), ("991231", 1999)])
def test_expiry_lies_within_half_a_century(text: str, year: int) -> None:
    """An expiry date is at most EXPIRY_YEARS_AHEAD_MAX years ahead, otherwise in the past."""
    assert read_expiry_date(text, TODAY).year == year
    assert year <= TODAY[0] + EXPIRY_YEARS_AHEAD_MAX


@pytest.mark.parametrize(
    "text",
    ["741312", "740230", "730229", "74O812", "7408", "", "7408123", "74<812", "74081²", "٧٤٠٨١٢", "+1+1+1", "<<<<32"],
)
def test_impossible_dates_are_invalid_not_errors(text: str) -> None:
    """What is no date comes back invalid, with all parts unknown."""
    for read in (read_birth_date, read_expiry_date):
        date = read(text, TODAY)
        assert not date.valid
        assert parts(date) == (None, None, None)


def test_zeros_are_unknown_parts_and_said_so() -> None:
    """Issuers that write 00 for an unknown day or month are understood, and the deviation is told."""
    date = read_birth_date("740000", TODAY)
    assert parts(date) == (1974, None, None)
    assert date.zero_filled
    assert not read_birth_date("74<<<<", TODAY).zero_filled
