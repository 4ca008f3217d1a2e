"""Fuzzy work is done once per distinct token: this remembers, for tokens asked about, what the vocabulary holds near.

The cache belongs to one vocabulary and one scoring profile, and to one thread. It is bounded; when full it is emptied
and filled again by use, which costs a few milliseconds of look-ups spread over the next queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexes.kernels.array_types import Float32Array, Int32Array
from indexes.kernels.name_arrays import MAX_SPLIT_CHARS, NeighbourArrays
from indexes.kernels.neighbours import EXACT_ROOM, find_exact_forms, find_neighbours, find_splits
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import VocabularyArrays
from indexes.normalise import Token, TokenKind
from indexes.token_analysis import analyse, token_query

__all__ = ["NeighbourCache", "TokenEntry"]

MAX_SLOTS = 200_000  # Distinct tokens remembered: a day's travellers at one border have fewer.
MAX_ENTRIES = 40_000_000  # Neighbours remembered in all: 320 MB at the very most, usually a tenth of it.
_SPLIT_ROOM = MAX_SPLIT_CHARS * 2 * EXACT_ROOM


@dataclass(frozen=True, slots=True)
class TokenEntry:
    """What a query needs to know of one of its tokens. slot: -1 where it is not searched by. initial: 0-25 or -1.

    splits: for each place where the token may be two written as one, the slots of both halves, and whether the left
    one is the shorter list to search by.
    """

    slot: int
    weight: float
    free: bool
    initial: int
    splits: tuple[tuple[int, int, bool], ...]


class NeighbourCache:
    """Token to TokenEntry, filled on demand; `arrays` is what kernels read."""

    def __init__(self, vocabulary: VocabularyArrays, posting_counts: Int32Array, weights: ScoreWeights) -> None:
        self._vocabulary = vocabulary
        self._posting_counts = posting_counts
        self._weights = weights
        token_count = vocabulary.token_weight.size
        self._seen = np.zeros(token_count, np.float32)
        self._found = np.empty(max(token_count, _SPLIT_ROOM), np.int32)
        self._similarities = np.empty(token_count, np.float32)
        self._split_places = np.empty(_SPLIT_ROOM, np.int32)
        self._split_sides = np.empty(_SPLIT_ROOM, np.uint8)
        self._entries: tuple[dict[str, TokenEntry], ...] = tuple({} for _ in TokenKind)
        self._exact: dict[str, int] = {}
        self._slots = 0
        self._size = 0
        self._remembered = 0
        self._arrays = _empty_arrays(1024, 65_536)

    @property
    def arrays(self) -> NeighbourArrays:
        """What kernels read; valid until the next look-up."""
        return self._arrays

    def make_room(self) -> None:
        """Empties the cache where it is full. Call between batches: slots handed out before are void after."""
        if max(self._slots, self._remembered) >= MAX_SLOTS or self._size >= MAX_ENTRIES:
            for entries in self._entries:
                entries.clear()
            self._exact.clear()
            self._slots = self._size = self._remembered = 0

    def entry(self, token: Token) -> TokenEntry:
        """The entry of a token; about 0.1 us where it is known, some 50 us where it is not."""
        entries = self._entries[token.kind]
        entry = entries.get(token.text)
        if entry is None:
            entry = entries[token.text] = self._look_up(token)
            self._remembered += 1
        return entry

    def exact_slots(self, forms: Sequence[str]) -> list[int]:
        """For each form the slot of the tokens that are spelt just so; -1, which is not remembered, for none."""
        encoded = [form.encode("ascii") for form in forms]
        text = np.frombuffer(b"".join(encoded) or b" ", np.uint8)
        starts = np.zeros(len(forms) + 1, np.int32)
        np.cumsum([len(form) for form in encoded], out=starts[1:])
        counts = np.zeros(len(forms), np.int32)
        while find_exact_forms(text, starts, self._vocabulary, counts, self._found) < 0:
            self._found = np.empty(2 * self._found.size, np.int32)
        slots, low = [-1] * len(forms), 0
        for i in np.flatnonzero(counts).tolist():
            slot = self._exact.get(forms[i])
            if slot is None:
                slot = self._exact[forms[i]] = self._store(self._found[low : low + counts[i]])
            slots[i] = slot
            low += counts[i]
        return slots

    def _look_up(self, token: Token) -> TokenEntry:
        facts = analyse(token)
        query = token_query(token, facts)
        count = find_neighbours(query, self._vocabulary, self._weights, self._seen, self._found, self._similarities)
        slot = self._store(self._found[:count], self._similarities[:count])
        if token.kind != TokenKind.NAME:
            initial = ord(token.forms[0][0]) - 97 if token.kind == TokenKind.INITIAL else -1
            return TokenEntry(slot, facts.weight, True, initial if 0 <= initial < 26 else -1, ())
        return TokenEntry(slot, facts.weight, False, -1, self._splits(token.forms[0]))

    def _splits(self, form: str) -> tuple[tuple[int, int, bool], ...]:
        if len(form) > MAX_SPLIT_CHARS:
            return ()
        text = np.frombuffer(form.encode("ascii"), np.uint8)
        places, sides, found = self._split_places, self._split_sides, self._found
        count = find_splits(text, self._vocabulary, places, sides, found)
        splits = []
        low = 0
        while low < count:
            high = low + int(np.searchsorted(places[low:count], places[low], "right"))
            middle = low + int(np.searchsorted(sides[low:high], 1))
            left, right = found[low:middle], found[middle:high]
            shorter = bool(self._posting_counts[left].sum() <= self._posting_counts[right].sum())
            splits.append((self._store(left), self._store(right), shorter))
            low = high
        return tuple(splits)

    def _store(self, tokens: Int32Array, similarities: Float32Array | None = None) -> int:
        if tokens.size == 0:
            return -1
        arrays = self._arrays
        if self._slots == arrays.starts.size or self._size + tokens.size > arrays.tokens.size:
            arrays = self._arrays = _grown(arrays, self._slots, self._size, tokens.size)
        slot, low, high = self._slots, self._size, self._size + tokens.size
        arrays.starts[slot], arrays.sizes[slot] = low, tokens.size
        arrays.postings[slot] = self._posting_counts[tokens].sum()
        arrays.tokens[low:high] = tokens
        arrays.similarities[low:high] = 1.0 if similarities is None else similarities
        self._slots, self._size = slot + 1, high
        return slot


def _empty_arrays(slots: int, entries: int) -> NeighbourArrays:
    return NeighbourArrays(
        np.zeros(slots, np.int64),
        np.zeros(slots, np.int32),
        np.zeros(slots, np.int64),
        np.zeros(entries, np.int32),
        np.zeros(entries, np.float32),
    )


def _grown(old: NeighbourArrays, slots: int, size: int, more: int) -> NeighbourArrays:
    """Twice the room, with what is filled copied."""
    new = _empty_arrays(2 * old.starts.size, max(2 * old.tokens.size, size + more))
    new.starts[:slots] = old.starts[:slots]
    new.sizes[:slots] = old.sizes[:slots]
    new.postings[:slots] = old.postings[:slots]
    new.tokens[:size] = old.tokens[:size]
    new.similarities[:size] = old.similarities[:size]
    return new
