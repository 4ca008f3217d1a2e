"""The check digit alone; its clause is tested in tests/sources/test_doc9303_mrz.py."""

from __future__ import annotations

import pytest

from screening.check_digits import BLIND_GROUPS, character_value, check_digit, is_checkable


@pytest.mark.parametrize(
    ("text", "digit"), [("", 0), ("<", 0), ("L898902C3", 6), ("1234567890", 7), ("740812", 2), ("D23145890734", 9)]
)
def test_published_vectors(text: str, digit: int) -> None:
    """The check digit of published texts is the published digit."""
    assert check_digit(text) == digit


@pytest.mark.parametrize("text", ["a", "1 2", "É", "١", "12-3", "\ud800"])
def test_other_characters_have_no_check_digit(text: str) -> None:
    """Characters outside A-Z, 0-9, < are refused, and the message does not repeat them."""
    assert not is_checkable(text)
    with pytest.raises(ValueError, match=r"^A check digit is defined for A-Z, 0-9 and < only\.$"):
        check_digit(text)


def test_blind_groups_cover_every_character_once() -> None:
    """Each of the 37 characters belongs to exactly the group of its value modulo 10."""
    assert sorted("".join(BLIND_GROUPS)) == sorted("<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for remainder, group in enumerate(BLIND_GROUPS):
        assert {character_value(character) % 10 for character in group} == {remainder}


def test_value_of_a_strange_character_is_no_value() -> None:
    """A character that may not stand in a zone has the value 255, outside 0 to 35."""
    assert character_value("é") == 255
    assert character_value("Ж") == 255
