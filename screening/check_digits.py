"""The check digit of machine-readable zones, and what it cannot see (ICAO Doc 9303-3, clause 4.9).

Each character has a value: digits their own, A to Z 10 to 35, the filler `<` 0. The values are multiplied by the
repeating weights 7, 3, 1; the check digit is the sum modulo 10.

Only values modulo 10 count, so ten groups of characters are the same to it (`BLIND_GROUPS`): a G read as 6, an L as 1,
a K as `<` pass. Two neighbours swapped pass whenever their values differ by a multiple of 5. A passed check digit is
a filter, not a proof.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BLIND_GROUPS", "character_value", "check_digit", "is_checkable"]

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ILLEGAL: Final = 255

BLIND_GROUPS: Final[tuple[str, ...]] = (
    "0AKU<", "1BLV", "2CMW", "3DNX", "4EOY", "5FPZ", "6GQ", "7HR", "8IS", "9JT",
)  # fmt: skip
"""Characters of one group are equal modulo 10: no check digit tells them apart, wherever they stand."""


def _value_table() -> bytes:
    """(256,) value of each ASCII code, 255 where the character may not stand in a machine-readable zone."""
    table = bytearray([_ILLEGAL]) * 256
    for value, character in enumerate(ALPHABET):
        table[ord(character)] = value
    table[ord("<")] = 0
    return bytes(table)


_VALUES: Final = _value_table()


def character_value(character: str) -> int:
    """The value 0 to 35 of one character of A-Z, 0-9, `<`; 255 for any other character.

    255 is no value of the standard: callers test `is_checkable` first.
    """
    code = ord(character)
    return _VALUES[code] if code < len(_VALUES) else _ILLEGAL


def is_checkable(text: str) -> bool:
    """Whether every character is of A-Z, 0-9, `<`, so that `check_digit` is defined."""
    return text.isascii() and _ILLEGAL not in text.encode().translate(_VALUES)


def check_digit(text: str) -> int:
    """The check digit 0 to 9 of a text of A-Z, 0-9, `<`; 0 for the empty text.

    Raises ValueError for any other character, without repeating it. Cost: about a microsecond.
    """
    values = text.encode("ascii", "replace").translate(_VALUES)
    if _ILLEGAL in values:
        raise ValueError("A check digit is defined for A-Z, 0-9 and < only.")
    return (7 * sum(values[0::3]) + 3 * sum(values[1::3]) + sum(values[2::3])) % 10
