"""Edits between two forms, as rapidfuzz counts them: the twin of indexes/kernels/edit_distance.py."""

from __future__ import annotations

from rapidfuzz.distance import OSA

__all__ = ["distance", "edits_allowed", "is_single_swap"]


def distance(a: str, b: str, limit: int) -> int:
    """Optimal string alignment distance, any one swap of two letters counting 1; `limit` + 1 beyond `limit`."""
    edits = 1 if is_single_swap(a, b) else OSA.distance(a, b)
    return min(edits, limit + 1)


def edits_allowed(length_a: int, length_b: int) -> int:
    """How many edits two forms may lie apart: by the shorter one, 0 below 3 letters, 1 below 6, else 2."""
    shorter = min(length_a, length_b)
    return 0 if shorter < 3 else 1 if shorter < 6 else 2


def is_single_swap(a: str, b: str) -> bool:
    """Whether two unequal letters of `a` change places to make `b`."""
    places = [i for i in range(len(a)) if len(a) == len(b) and a[i] != b[i]]
    return len(places) == 2 and a[places[0]] == b[places[1]] and a[places[1]] == b[places[0]]
