"""Distance between two short ASCII strings, as people and machines misspell names."""

from __future__ import annotations

import numpy as np
from numba import njit

from indexes.kernels.array_types import UInt8Array

__all__ = ["MAX_FORM_CHARS", "edits_allowed", "token_distance"]

MAX_FORM_CHARS = 64  # Bytes of one Latin form; a 40-character token romanises to less. Sizes the rows of the distance.


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
def _is_single_swap(text: UInt8Array, a: int, b: int, length: int) -> bool:
    """True where the strings differ by two letters having changed places, adjacent or not."""
    first = -1
    second = -1
    for i in range(length):
        if text[a + i] != text[b + i]:
            if first < 0:
                first = i
            elif second < 0:
                second = i
            else:
                return False
    if second < 0:
        return False
    return text[a + first] == text[b + second] and text[a + second] == text[b + first]


@njit(cache=True, nogil=True)
def token_distance(text: UInt8Array, a: int, length_a: int, b: int, length_b: int, limit: int) -> int:
    """Edits between text[a:a+length_a] and text[b:b+length_b]; limit + 1 where there are more than `limit`.

    Optimal string alignment distance (insert, delete, substitute, swap of neighbours, each part edited once), except
    that a swap of any two letters counts as one edit: Delegated Regulation (EU) 2023/333 annex II names (e).
    Both strings lie in one buffer. Lengths are 0 to MAX_FORM_CHARS. Cost: O(length * (2 * limit + 1)).
    Twin: tests/reference/edit_distance.py (rapidfuzz's OSA).
    """
    if abs(length_a - length_b) > limit:
        return limit + 1
    if length_a == length_b and _is_single_swap(text, a, b, length_a):
        return min(1, limit + 1)
    far = limit + 1
    before = np.full(MAX_FORM_CHARS + 1, far, np.int32)
    above = np.full(MAX_FORM_CHARS + 1, far, np.int32)
    row = np.full(MAX_FORM_CHARS + 1, far, np.int32)
    for j in range(min(length_b, limit) + 1):
        above[j] = j
    for i in range(1, length_a + 1):
        low = max(1, i - limit)
        high = min(length_b, i + limit)
        row[low - 1] = i if low == 1 else far
        best = row[low - 1]
        for j in range(low, high + 1):
            cost = 0 if text[a + i - 1] == text[b + j - 1] else 1
            value = min(above[j - 1] + cost, row[j - 1] + 1)
            if j < i + limit:
                value = min(value, above[j] + 1)
            if i > 1 and j > 1 and text[a + i - 1] == text[b + j - 2] and text[a + i - 2] == text[b + j - 1]:
                value = min(value, before[j - 2] + 1)
            value = min(value, far)
            row[j] = value
            best = min(best, value)
        if high < length_b:
            row[high + 1] = far
        if best > limit and i > 1:
            swap_possible = False
            for j in range(max(1, i - 1 - limit), min(length_b, i - 1 + limit) + 1):
                if above[j] < far:
                    swap_possible = True
            if not swap_possible:
                return far
        before, above, row = above, row, before
    return above[length_b]
