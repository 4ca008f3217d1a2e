"""Corrections: typed by position, satisfying the check digit, ranked, bounded."""

from __future__ import annotations

import pytest

from screening.check_digits import check_digit
from screening.mrz_misreads import (
    CORRECTION_MISREADS_MAX,
    CORRECTIONS_MAX,
    digits_for,
    letters_for,
    ranked_corrections,
)

DIGITS = "0123456789<"
ANY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"


@pytest.mark.parametrize(
    ("read", "digit", "true"), [("74O812", "2", "740812"), ("74081Z", "2", "740812"), ("7408l2".upper(), "2", "740812")]
)
def test_letters_in_a_date_are_replaced_by_digits(read: str, digit: str, true: str) -> None:
    """Where a digit must stand, the letter misread for it is replaced, and the true date is the first proposal."""
    assert ranked_corrections(read, digit, alphabet=DIGITS)[0] == true


def test_a_letter_may_stand_in_a_document_number() -> None:
    """A number read with O for 0 gets the true number among the first proposals, though letters are legal there."""
    assert ranked_corrections("L8989O2C3", "6", alphabet=ANY)[0] == "L898902C3"


@pytest.mark.parametrize("read", ["L8989O2C3", "XA1OO0058", "AB1234567", "SSSSSSSSS"])
def test_every_proposal_satisfies_the_check_digit(read: str) -> None:
    """For every digit the proposals have it, are bounded in number, and none repeats."""
    for digit in "0123456789":
        found = ranked_corrections(read, digit, alphabet=ANY)
        assert len(found) <= CORRECTIONS_MAX
        assert len(set(found)) == len(found)
        assert all(str(check_digit(text)) == digit for text in found)


def test_one_likely_misread_ranks_before_two() -> None:
    """Fewer replacements come first."""
    found = ranked_corrections("L8989O2C3", "6", alphabet=ANY)
    changes = [sum(a != b for a, b in zip(text, "L8989O2C3", strict=True)) for text in found]
    assert changes == sorted(changes)


def test_a_misread_check_digit_leaves_the_text_alone() -> None:
    """When only the check digit is a letter, the text as read is the proposal."""
    assert check_digit("850205") == 0
    assert ranked_corrections("850205", "O", alphabet=DIGITS) == ("850205",)


def test_too_many_misreads_get_no_proposal() -> None:
    """Beyond CORRECTION_MISREADS_MAX illegal characters nothing is proposed."""
    assert ranked_corrections("O" * (CORRECTION_MISREADS_MAX + 1) + "12", "0", alphabet=DIGITS) == ()
    assert ranked_corrections("74?812", "2", alphabet=DIGITS) == ()


def test_what_else_must_hold_filters() -> None:
    """A proposal that is not accepted is not made."""
    assert ranked_corrections("74O812", "2", alphabet=DIGITS, accepts=lambda _: False) == ()


def test_the_type_of_the_position_decides() -> None:
    """O becomes 0 only among digits, 0 becomes O only among letters."""
    assert digits_for("O") == "0"
    assert letters_for("0")[0] == "O"
    assert digits_for("K") == "<"
    assert digits_for("7") == "12"
    assert letters_for("ж") == ""
