"""Which token of a name asked about meets which token of a recorded name, and what that is worth."""

from __future__ import annotations

from math import exp
from typing import NamedTuple

import numpy as np
from numba import njit

from indexes.kernels.array_types import Float32Array, Int32Array
from indexes.kernels.name_arrays import (
    MAX_POSITIONS,
    MAX_UNITS,
    NameArrays,
    NameQueryArrays,
    NeighbourArrays,
    Role,
    Search,
    UnitKind,
)

__all__ = ["Alignment", "Lookup", "align", "build_lookup", "name_score", "new_alignment", "token_place"]

_FULL_SIMILARITY = 1.0
_KIND_INITIAL = 2  # TokenKind.INITIAL


class Lookup(NamedTuple):
    """From a vocabulary token to the units of one query that it is similar to: a hash table of chains.

    Units count from the first of the query.
    """

    heads: Int32Array
    tokens: Int32Array
    units: Int32Array
    similarities: Float32Array
    following: Int32Array


class Alignment(NamedTuple):
    """Possible pairs, and behind `chosen` those taken. Masks have one bit per token of the name."""

    query_mask: Int32Array
    record_mask: Int32Array
    similarity: Float32Array
    weight: Float32Array
    chosen: Int32Array


@njit(cache=True, nogil=True)
def new_alignment() -> Alignment:
    """Room for every pair that one name asked about and one recorded name can form; reused from name to name."""
    room = MAX_POSITIONS * (MAX_UNITS + MAX_POSITIONS)
    return Alignment(
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.float32),
        np.empty(room, np.float32),
        np.empty(MAX_POSITIONS, np.int32),
    )


@njit(cache=True, nogil=True)
def build_lookup(query: int, queries: NameQueryArrays, neighbours: NeighbourArrays) -> Lookup:
    """The neighbours of all units of one query, by token. Cost: O(neighbours)."""
    total = 0
    for unit in range(queries.unit_starts[query], queries.unit_starts[query + 1]):
        total += neighbours.sizes[queries.unit_slot[unit]]
    size = 8
    while size < 2 * total:
        size *= 2
    lookup = Lookup(
        np.full(size, -1, np.int32),
        np.empty(total, np.int32),
        np.empty(total, np.int32),
        np.empty(total, np.float32),
        np.empty(total, np.int32),
    )
    count = 0
    first = queries.unit_starts[query]
    for unit in range(first, queries.unit_starts[query + 1]):
        slot = queries.unit_slot[unit]
        for k in range(neighbours.starts[slot], neighbours.starts[slot] + neighbours.sizes[slot]):
            place = token_place(neighbours.tokens[k], size)
            lookup.tokens[count] = neighbours.tokens[k]
            lookup.units[count] = unit - first
            lookup.similarities[count] = neighbours.similarities[k]
            lookup.following[count] = lookup.heads[place]
            lookup.heads[place] = count
            count += 1
    return lookup


@njit(cache=True, nogil=True)
def token_place(token: int, size: int) -> int:
    """Where the chain of a token starts in a table of `size` heads, a power of two."""
    value = np.int64(token) * 2654435761 & 0xFFFFFFFF
    return int((value ^ (value >> 15)) & (size - 1))


@njit(cache=True, nogil=True)
def _record_weight(place: int, search: Search) -> float:
    weight = np.float64(search.vocabulary.token_weight[search.names.name_tokens[place]])
    return weight * search.weights.family_factor if search.names.name_roles[place] == Role.FAMILY else weight


@njit(cache=True, nogil=True)
def _collect_pairs(
    query: int,
    row: int,
    search: Search,
    lookup: Lookup,
    pairs: Alignment,
) -> int:
    """Writes every possible pair of one name asked about and one recorded name; returns how many."""
    queries, names, weights = search.queries, search.names, search.weights
    first = queries.position_starts[query]
    start = names.name_starts[row]
    first_unit = queries.unit_starts[query]
    count = 0
    for place in range(start, names.name_starts[row + 1]):
        j = place - start
        weight = _record_weight(place, search)
        entry = lookup.heads[token_place(names.name_tokens[place], lookup.heads.size)]
        while entry >= 0:
            if lookup.tokens[entry] == names.name_tokens[place]:
                unit = first_unit + lookup.units[entry]
                kind = queries.unit_kind[unit]
                i = queries.unit_position[unit]
                similarity = lookup.similarities[entry]
                mine, theirs = np.float64(queries.weight[first + i]), weight
                pairs.query_mask[count] = 1 << i
                pairs.record_mask[count] = 1 << j
                if kind == UnitKind.SINGLE:
                    role, other = queries.role[first + i], names.name_roles[place]
                    if role != Role.UNKNOWN and other != Role.UNKNOWN and role != other:
                        similarity *= weights.role_swap
                elif kind == UnitKind.JOINED:
                    mine += queries.weight[first + i + 1]
                    pairs.query_mask[count] = 3 << i
                    similarity *= weights.joined
                elif kind == UnitKind.RIGHT_HALF:
                    similarity = _right_half(lookup.units[entry], place, start, names, lookup) * weights.joined
                    if similarity > 0.0:
                        pairs.record_mask[count] = 3 << (j - 1)
                        theirs += _record_weight(place - 1, search)
                else:
                    similarity = 0.0
                if similarity > 0.0:
                    pairs.similarity[count] = similarity
                    pairs.weight[count] = min(mine, theirs)
                    count += 1
            entry = lookup.following[entry]
    return _collect_initials(query, row, search, pairs, count)


@njit(cache=True, nogil=True)
def _right_half(unit: int, place: int, start: int, names: NameArrays, lookup: Lookup) -> float:
    """1 where the recorded token before `place` is the left half that belongs to this right half, else 0."""
    if place == start:
        return 0.0
    token = names.name_tokens[place - 1]
    entry = lookup.heads[token_place(token, lookup.heads.size)]
    while entry >= 0:
        if lookup.tokens[entry] == token and lookup.units[entry] == unit - 1:
            return 1.0
        entry = lookup.following[entry]
    return 0.0


@njit(cache=True, nogil=True)
def _collect_initials(
    query: int,
    row: int,
    search: Search,
    pairs: Alignment,
    count: int,
) -> int:
    """Adds the pairs of an initial asked about with recorded tokens that start with its letter."""
    queries, names, vocabulary, weights = search.queries, search.names, search.vocabulary, search.weights
    first = queries.position_starts[query]
    start = names.name_starts[row]
    for position in range(first, queries.position_starts[query + 1]):
        letter = queries.initial[position]
        if letter < 0:
            continue
        for place in range(start, names.name_starts[row + 1]):
            token = names.name_tokens[place]
            if vocabulary.token_initials[token] >> letter & 1:
                equal = vocabulary.token_kind[token] == _KIND_INITIAL
                pairs.query_mask[count] = 1 << (position - first)
                pairs.record_mask[count] = 1 << (place - start)
                pairs.similarity[count] = _FULL_SIMILARITY if equal else weights.initial
                pairs.weight[count] = min(queries.weight[position], _record_weight(place, search))
                count += 1
    return count


@njit(cache=True, nogil=True)
def align(
    query: int,
    row: int,
    search: Search,
    lookup: Lookup,
    pairs: Alignment,
) -> int:
    """Chooses pairs, the most telling first, no token twice; returns how many stand in `pairs.chosen`.

    Greedy by similarity x weight, ties to the earlier pair: the same choice for the score and for its explanation.
    Cost: O(pairs x chosen). Twin: tests/reference/name_search.py.
    """
    count = _collect_pairs(query, row, search, lookup, pairs)
    taken_query = 0
    taken_record = 0
    chosen = 0
    while chosen < MAX_POSITIONS:
        best = -1
        best_worth = 0.0
        for k in range(count):
            if pairs.query_mask[k] & taken_query == 0 and pairs.record_mask[k] & taken_record == 0:
                worth = pairs.similarity[k] * pairs.weight[k]
                if worth > best_worth:
                    best, best_worth = k, worth
        if best < 0:
            break
        pairs.chosen[chosen] = best
        taken_query |= pairs.query_mask[best]
        taken_record |= pairs.record_mask[best]
        chosen += 1
    return chosen


@njit(cache=True, nogil=True)
def name_score(
    query: int,
    row: int,
    chosen: int,
    search: Search,
    pairs: Alignment,
) -> float:
    """The score of the names alone, in [0, 1), from the chosen pairs.

    Matched similarity over matched weight plus what is left over on either side, times what the matched weight says:
    one common token, or a short name, is less certain than three rare ones.
    """
    queries, names, weights = search.queries, search.names, search.weights
    matched = 0.0
    worth = 0.0
    taken_query = 0
    taken_record = 0
    for k in range(chosen):
        pair = pairs.chosen[k]
        matched += pairs.weight[pair]
        worth += pairs.similarity[pair] * pairs.weight[pair]
        taken_query |= pairs.query_mask[pair]
        taken_record |= pairs.record_mask[pair]
    left = 0.0
    names_met = False
    first = queries.position_starts[query]
    for position in range(first, queries.position_starts[query + 1]):
        if taken_query >> (position - first) & 1:
            names_met |= not queries.free[position]
        else:
            left += weights.query_unmatched * queries.weight[position]
    start = names.name_starts[row]
    for place in range(start, names.name_starts[row + 1]):
        if not taken_record >> (place - start) & 1:
            left += weights.record_unmatched * _record_weight(place, search)
    if not names_met:
        return 0.0  # Particles and initials alone make nobody alike, and the search does not go by them.
    score = worth / (matched + left) * (1.0 - weights.name_gap * exp(-matched / weights.name_scale))
    return score * weights.weak_name if names.name_weak[row] else score
