"""Keys under which forms that lie a few edits apart meet.

Two strings at most k edits apart become equal after at most k deletions from each; the same holds for their first
PREFIX_CHARS characters (Garbe's symmetric deletes, with prefixes). A swap of two letters that are not neighbours costs
one edit here but two deletions, so short forms carry one key more: their letters in order.
"""

from __future__ import annotations

from numba import njit

from indexes.kernels.array_types import UInt8Array, UInt32Array

__all__ = ["MAX_EDIT_KEYS", "PREFIX_CHARS", "edit_keys", "whole_key"]

PREFIX_CHARS = 8  # Longer prefixes split the buckets of common beginnings, shorter ones save keys: 37 keys at 8.
MAX_EDIT_KEYS = 1 + PREFIX_CHARS + PREFIX_CHARS * (PREFIX_CHARS - 1) // 2 + 1
_FNV_START = 2166136261
_FNV_PRIME = 16777619


@njit(cache=True, nogil=True)
def _hash_without(text: UInt8Array, start: int, length: int, first: int, second: int, mark: int) -> int:
    """FNV-1a over the letters, less those at `first` and `second`; `mark` keeps kinds of key apart."""
    value = (_FNV_START ^ mark) * _FNV_PRIME & 0xFFFFFFFF
    for i in range(length):
        if i != first and i != second:
            value = ((value ^ text[start + i]) * _FNV_PRIME) & 0xFFFFFFFF
    value ^= value >> 15  # FNV's high bits, by which the directory is cut, need the low ones mixed in.
    return (value * 0x2C1B3C6D) & 0xFFFFFFFF


@njit(cache=True, nogil=True)
def _hash_sorted(text: UInt8Array, start: int, length: int) -> int:
    """A hash of the multiset of letters: equal for any order of them."""
    total = 0
    product = 1
    for i in range(length):
        letter = text[start + i] * 2654435761 & 0xFFFFFFFF
        letter ^= letter >> 13
        total = (total + letter) & 0xFFFFFFFF
        product = (product * (letter | 1)) & 0xFFFFFFFF
    return (total ^ product * 0x2C1B3C6D) & 0xFFFFFFFF


@njit(cache=True, nogil=True)
def whole_key(text: UInt8Array, start: int, length: int) -> int:
    """The key of a form with nothing deleted: the first that `edit_keys` writes."""
    return _hash_without(text, start, min(length, PREFIX_CHARS), -1, -1, 0)


@njit(cache=True, nogil=True)
def edit_keys(text: UInt8Array, start: int, length: int, out: UInt32Array) -> int:
    """Writes the keys of one form to `out` (>= MAX_EDIT_KEYS,) and returns how many. Cost: O(keys * PREFIX_CHARS)."""
    prefix = min(length, PREFIX_CHARS)
    deletions = 0 if length < 3 else (1 if length < 6 else 2)
    out[0] = whole_key(text, start, length)
    count = 1
    if deletions == 0:
        return count
    for i in range(prefix):
        if i > 0 and text[start + i] == text[start + i - 1]:
            continue  # Deleting either of two equal neighbours leaves the same string.
        out[count] = _hash_without(text, start, prefix, i, -1, 0)
        count += 1
        if deletions == 2:
            for j in range(i + 1, prefix):
                if text[start + j] != text[start + j - 1] or j == i + 1:
                    out[count] = _hash_without(text, start, prefix, i, j, 0)
                    count += 1
    if deletions == 1:
        out[count] = _hash_sorted(text, start, length)
        count += 1
    return count
