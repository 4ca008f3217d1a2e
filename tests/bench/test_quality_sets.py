"""Labelled pairs of our own making."""

from __future__ import annotations

import pytest

from bench.draws import Draws
from bench.quality_sets import Pair, own_pairs
from bench.quality_slips import SLIPS
from screening.model import Name

NAME = Name(family="al-Benchdörf", given="Utopiakarl Anna")


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return own_pairs(1, 3)


def test_the_same_seed_makes_the_same_pairs(pairs: list[Pair]) -> None:
    """And another seed others."""
    assert own_pairs(1, 3) == pairs
    assert own_pairs(2, 3) != pairs


def test_every_phenomenon_and_many_scripts_are_there(pairs: list[Pair]) -> None:
    """Each slip, each kind of negative, and the scripts of the cultures."""
    found = {pair.phenomenon for pair in own_pairs(1, 12)}
    assert found >= {*SLIPS, "respelt", "native_asked", "native_recorded", "date_new_year", "date_year_off"}
    assert {pair.phenomenon for pair in pairs if not pair.expected} == {
        "another person",
        "token differs",
        "one slip, born otherwise",
        "token missing, born otherwise",
    }
    assert {pair.script for pair in pairs} >= {"Arabic", "Hebrew", "Han", "Hangul", "Cyrillic", "Greek", "Latin"}


def test_labels_hold_by_construction(pairs: list[Pair]) -> None:
    """Two persons have other birth dates, by years; one person has the same but where the date is the phenomenon."""
    for pair in pairs:
        asked, recorded = pair.asked.birth_dates[0], pair.recorded.birth_dates[0]
        if pair.expected and not pair.dated:
            assert asked == recorded
        if not pair.expected and pair.phenomenon != "another person":
            assert abs(asked.year - recorded.year) >= 3
        if pair.expected and pair.phenomenon not in ("exact",) and not pair.dated:
            assert pair.asked.names != pair.recorded.names or pair.phenomenon == "capitals"


@pytest.mark.parametrize("slip", sorted(SLIPS))
def test_a_slip_changes_the_name(slip: str) -> None:
    """Or leaves it alone entirely; it never returns the name itself as changed."""
    names = [SLIPS[slip](NAME, Draws(1, 1, block)) for block in range(30)]
    assert all(name is None or name.text != NAME.text for name in names)
    assert any(name is not None for name in names)


def test_letters_are_written_as_in_the_machine_readable_zone() -> None:
    """Doc 9303-3 section 6: Ö is OE."""
    changed = SLIPS["icao_letters"](NAME, Draws(1, 1, 1))
    assert changed is not None
    assert changed.family == "al-Benchdoerf"
