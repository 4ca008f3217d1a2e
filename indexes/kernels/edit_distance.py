"""Distance between two short ASCII strings, as people and machines misspell names."""

from __future__ import annotations

import numpy as np
from numba import njit

from indexes.kernels.array_types import UInt8Array, UInt64Array

__all__ = ["LETTERS", "MAX_FORM_CHARS", "edits_allowed", "letter_masks", "osa_distance", "token_distance"]

MAX_FORM_CHARS = 64  # Letters of one Latin form: the bits of a word. A 40-character token romanises to less.
LETTERS = 128  # ASCII: the size of a table of letter masks.


@njit(cache=True, nogil=True)
def edits_allowed(length_a: int, length_b: int) -> int:
    """How many edits two forms may lie apart and still be proposed: 0 below 3 letters, 1 below 6, else 2.

    The shorter one decides: two edits in a five-letter name make another name (ALVES, ALLEN).
    """
    shorter = min(length_a, length_b)
    if shorter < 3:
        return 0
    return 1 if shorter < 6 else 2


@njit(cache=True, nogil=True)
def letter_masks(text: UInt8Array, start: int, length: int, masks: UInt64Array) -> None:
    """For each letter the bits of its positions in text[start:start+length], to masks (LETTERS,)."""
    masks[:] = np.uint64(0)
    for i in range(length):
        masks[text[start + i]] |= np.uint64(1) << np.uint64(i)


@njit(cache=True, nogil=True)
def osa_distance(masks: UInt64Array, length_a: int, text: UInt8Array, start: int, length_b: int) -> int:
    """Optimal string alignment distance: insert, delete, substitute, swap neighbours, each part edited once.

    masks: of the first string, `length_a` 1 to MAX_FORM_CHARS long; the second is text[start:start+length_b].
    Source: Hyyrö, A bit-vector algorithm for computing Levenshtein and Damerau edit distances, 2003. Cost: about 15
    instructions a letter of the second string. Twin: tests/reference/edit_distance.py (rapidfuzz).
    """
    one = np.uint64(1)
    positive = ~np.uint64(0)
    negative = np.uint64(0)
    diagonal = np.uint64(0)
    before = np.uint64(0)
    last = one << np.uint64(length_a - 1)
    distance = length_a
    for i in range(length_b):
        here = masks[text[start + i]]
        swapped = ((~diagonal & here) << one) & before
        diagonal = (((here & positive) + positive) ^ positive) | here | negative | swapped
        rising = negative | ~(diagonal | positive)
        falling = diagonal & positive
        if rising & last:
            distance += 1
        if falling & last:
            distance -= 1
        rising = (rising << one) | one
        falling = falling << one
        positive = falling | ~(diagonal | rising)
        negative = rising & diagonal
        before = here
    return distance


@njit(cache=True, nogil=True)
def _is_single_swap(text_a: UInt8Array, a: int, text_b: UInt8Array, b: int, length: int) -> bool:
    """True where the strings differ by two letters having changed places, adjacent or not."""
    first = -1
    second = -1
    for i in range(length):
        if text_a[a + i] != text_b[b + i]:
            if first < 0:
                first = i
            elif second < 0:
                second = i
            else:
                return False
    if second < 0:
        return False
    return text_a[a + first] == text_b[b + second] and text_a[a + second] == text_b[b + first]


@njit(cache=True, nogil=True)
def token_distance(
    masks: UInt64Array, text_a: UInt8Array, a: int, length_a: int, text_b: UInt8Array, b: int, length_b: int
) -> int:
    """Edits between text_a[a:a+length_a], whose letter masks are given, and text_b[b:b+length_b].

    The optimal string alignment distance, except that a swap of any two letters counts as one edit: Delegated
    Regulation (EU) 2023/333 annex II, names (e). Lengths are 1 to MAX_FORM_CHARS.
    """
    distance = osa_distance(masks, length_a, text_b, b, length_b)
    if distance == 2 and length_a == length_b and _is_single_swap(text_a, a, text_b, b, length_a):
        return 1
    return distance
