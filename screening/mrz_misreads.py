"""Likely misreads of optical character recognition, and the corrections that satisfy a check digit.

A correction is a proposal beside the value as read, never in its place. It replaces characters by ones they are taken
for, only where the position allows the new one (a date has digits, a country has letters), and it satisfies the check
digit. Since one text in ten does so by chance, corrections are ranked: fewer and likelier replacements first.

Source of the confusions: DOMAIN.md section 6 (sets seen in public reader code) are LIKELY; further pairs of similar
shape in OCR-B are POSSIBLE, by judgement, not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Final

from screening.check_digits import character_value, check_digit

__all__ = ["CORRECTIONS_MAX", "CORRECTION_MISREADS_MAX", "digits_for", "letters_for", "ranked_corrections"]

CORRECTIONS_MAX: Final = 5
"""Proposals per field: an officer reads no more, and each is one more document number somebody else may hold."""

CORRECTION_MISREADS_MAX: Final = 3
"""Characters that must be replaced in one field; beyond that the read is no evidence for any particular number."""

_PAIRED_LENGTH_MAX: Final = 12
"""Two replacements at once are tried in texts up to a long document number only: pairs grow with the square, and
crafted bad input must not cost a hundred times a good read."""

LIKELY: Final = 1
POSSIBLE: Final = 2

_LIKELY_PAIRS: Final = (
    "O0", "Q0", "D0", "OQ", "OD", "I1", "L1", "IL", "IJ", "Z2", "S5", "G6", "B8", "UV", "K<", "|1", "|I",
)  # fmt: skip
_POSSIBLE_PAIRS: Final = (
    "U0", "CG", "C<", "T7", "Y7", "A4", "J1", "DQ", "EF", "MN", "PR", "VY",
    "08", "17", "27", "38", "56", "68", "69", "89",
)  # fmt: skip


def _confusions() -> dict[str, tuple[tuple[str, int], ...]]:
    """Character to the (character, cost) pairs it may stand for, cheapest first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for pairs, cost in ((_LIKELY_PAIRS, LIKELY), (_POSSIBLE_PAIRS, POSSIBLE)):
        for pair in pairs:
            one, other = pair[0], pair[1]
            found.setdefault(one, []).append((other, cost))
            if one != "|":
                found.setdefault(other, []).append((one, cost))
    return {read: tuple((true, cost) for true, cost in options if true != "|") for read, options in found.items()}


_CONFUSIONS: Final = _confusions()
_WEIGHTS: Final = (7, 3, 1)
_Replacement = tuple[int, str, int, int]
"""(position, character instead, cost, change of the weighted sum modulo 10)."""


def digits_for(character: str) -> str:
    """The digits and filler a character may be a misread of where a digit must stand, likeliest first."""
    return "".join(true for true, _ in _CONFUSIONS.get(character, ()) if true.isdigit() or true == "<")


def letters_for(character: str) -> str:
    """The letters a character may be a misread of where a letter must stand, likeliest first."""
    return "".join(true for true, _ in _CONFUSIONS.get(character, ()) if true.isalpha())


def ranked_corrections(
    text: str, digit: str, *, alphabet: str, accepts: Callable[[str], bool] = lambda _: True
) -> tuple[str, ...]:
    """Texts like `text` whose check digit is `digit`, the likeliest first, at most CORRECTIONS_MAX.

    Args: text, as read, up to some 30 characters; digit, the check character as read, itself possibly a letter misread
    for a digit; alphabet, the characters that may stand in this field; accepts, what else must hold of a correction.
    Characters outside the alphabet must be replaced; when there are none, one or two may be.
    Returns: never `text` itself unless only the check digit was misread. Ties keep the order of positions.
    Cost: some 50 replacements and 1,000 pairs at worst, below a millisecond; nothing on the path of a good read.
    """
    candidates: dict[str, int] = {}
    for wanted in digit if digit.isdigit() and digit.isascii() else digits_for(digit).replace("<", ""):
        for cost, candidate in _candidates(text, int(wanted), alphabet):
            if cost < candidates.get(candidate, cost + 1) and accepts(candidate):
                candidates[candidate] = cost
    return tuple(sorted(candidates, key=candidates.__getitem__)[:CORRECTIONS_MAX])


def _candidates(text: str, wanted: int, alphabet: str) -> Iterator[tuple[int, str]]:
    """(cost, text) of every correction with the wanted check digit."""
    wrong = [at for at, character in enumerate(text) if character not in alphabet]
    if len(wrong) > CORRECTION_MISREADS_MAX:
        return
    if wrong:
        yield from _forced(text, wrong, wanted, alphabet)
        return
    missing = (wanted - check_digit(text)) % 10
    if missing == 0:
        yield 0, text
        return
    yield from _voluntary(text, missing, alphabet)


def _forced(text: str, wrong: list[int], wanted: int, alphabet: str) -> Iterator[tuple[int, str]]:
    """Every way to replace all illegal characters, that gives the wanted check digit."""
    options = [
        [(true, cost) for true, cost in _CONFUSIONS.get(text[at], ()) if true in alphabet]
        for at in wrong
    ]  # fmt: skip
    for choice in product(*options):
        characters = list(text)
        for at, (true, _) in zip(wrong, choice, strict=True):
            characters[at] = true
        corrected = "".join(characters)
        if check_digit(corrected) == wanted:
            yield sum(cost for _, cost in choice), corrected


def _voluntary(text: str, missing: int, alphabet: str) -> Iterator[tuple[int, str]]:
    """Every one or two replacements that change the weighted sum by `missing` modulo 10."""
    singles = list(_replacements(text, alphabet))
    for at, true, cost, change in singles:
        if change == missing:
            yield cost, text[:at] + true + text[at + 1 :]
    for index, (at, true, cost, change) in enumerate(singles if len(text) <= _PAIRED_LENGTH_MAX else ()):
        for at_2, true_2, cost_2, change_2 in singles[index + 1 :]:
            if at_2 > at and (change + change_2) % 10 == missing:
                yield cost + cost_2, text[:at] + true + text[at + 1 : at_2] + true_2 + text[at_2 + 1 :]


def _replacements(text: str, alphabet: str) -> Iterator[_Replacement]:
    for at, read in enumerate(text):
        for true, cost in _CONFUSIONS.get(read, ()):
            if true in alphabet:
                change = _WEIGHTS[at % 3] * (character_value(true) - character_value(read)) % 10
                yield at, true, cost, change
