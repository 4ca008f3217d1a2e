"""From names asked about to every recorded name that scores high enough, without scoring every recorded name.

A recorded name can only reach the score asked for if the tokens it shares with the query carry enough weight. Query
positions are ordered by how many postings they touch; those at the long end that together carry too little weight are
not searched by ("non-essential", after Turtle and Flood's MaxScore): a name that shares only these cannot get there.
"""

from __future__ import annotations

from math import exp
from typing import NamedTuple

import numpy as np
from numba import njit

from indexes.kernels.array_types import Float32Array, Int32Array, UInt8Array, UInt16Array
from indexes.kernels.birth_dates import DateArrays, DateValue, date_agreement
from indexes.kernels.name_alignment import (
    Alignment,
    Lookup,
    align,
    build_lookup,
    name_score,
    new_alignment,
    token_place,
)
from indexes.kernels.name_arrays import (
    GATE_MANY_DATES,
    GATE_NO_DATE,
    MAX_POSITIONS,
    NameArrays,
    NameQueryArrays,
    NeighbourArrays,
    Search,
    UnitKind,
)
from indexes.kernels.score_weights import DateAgreement, ScoreWeights

__all__ = ["HitArrays", "SearchScratch", "combined_score", "date_query", "search_names"]

# Up to here the names of the searched postings are scored at once; above it a first pass adds up what each name shares
# with the whole query, which costs two sequential passes but leaves few names to score.
DIRECT_POSTINGS = 1500
DIRECT_RATIO = 8  # The first pass pays only while all postings are less than this many times the searched ones.
WEIGHT_UNIT = 1024.0  # Shared weight is counted in units of 1/1024; 16 positions of weight < 2 fit in 16 bits.
_HOPELESS = 1e6  # Required weight that no name has: 16 tokens of weight below 2.
_SLACK = 1e-4  # Rounding allowance wherever a bound decides that a name need not be scored.


_UNKNOWN = int(DateAgreement.UNKNOWN)
_CONTRADICTED = int(DateAgreement.CONTRADICTED)


class SearchScratch(NamedTuple):
    """Room reused from query to query. stamps: (N,) query number last seen at a name; shared: (N,) weight, all zero."""

    stamps: Int32Array
    shared: UInt16Array


class HitArrays(NamedTuple):
    """What was found, in the order of the queries: query, name row, score of the names, score, date agreement."""

    query: Int32Array
    name: Int32Array
    name_score: Float32Array
    score: Float32Array
    date: UInt8Array


@njit(cache=True, nogil=True)
def date_query(query: int, queries: NameQueryArrays) -> DateValue:
    """The birth date of one query as kernels compare it."""
    dates = queries.dates
    return DateValue(
        np.int64(dates.year[query]),
        np.int64(dates.year_max[query]),
        np.int64(dates.month[query]),
        np.int64(dates.day[query]),
    )


@njit(cache=True, nogil=True, inline="always")  # A call would count references of every array, per name.
def _best_agreement(asked: DateValue, dates: DateArrays, low: int, high: int) -> int:
    """The best DateAgreement with any of the recorded dates low..high-1; UNKNOWN where there is none."""
    best = _UNKNOWN if low == high or asked.year == 0 else _CONTRADICTED
    for row in range(low, high):
        recorded = DateValue(
            np.int64(dates.year[row]),
            np.int64(dates.year_max[row]),
            np.int64(dates.month[row]),
            np.int64(dates.day[row]),
        )
        best = min(best, date_agreement(asked, recorded))
    return best


@njit(cache=True, nogil=True)
def _effects(
    query: int, identity: int, agreement: int, queries: NameQueryArrays, names: NameArrays, weights: ScoreWeights
) -> tuple[float, float, float]:
    """The effects in [-1, 1] of birth date, sex and nationality; 0 wherever one side says nothing."""
    sex_effect = 0.0
    if queries.sex[query] != 0 and names.identity_sexes[identity] != 0:
        equal = names.identity_sexes[identity] >> queries.sex[query] & 1
        sex_effect = weights.sex_equal if equal else weights.sex_different
    nation_effect = 0.0
    low, high = queries.nation_starts[query], queries.nation_starts[query + 1]
    own_low, own_high = names.identity_nations[identity], names.identity_nations[identity + 1]
    if low < high and own_low < own_high:
        nation_effect = weights.nationality_different
        for i in range(low, high):
            for j in range(own_low, own_high):
                if queries.nations[i] == names.nations[j]:
                    nation_effect = weights.nationality_common
    return np.float64(weights.date_effects[agreement]), sex_effect, nation_effect


@njit(cache=True, nogil=True)
def combined_score(
    name: float,
    query: int,
    identity: int,
    agreement: int,
    queries: NameQueryArrays,
    names: NameArrays,
    weights: ScoreWeights,
) -> float:
    """The score of name and personal data together, in [0, 1]: agreements close the gap to 1, contradictions scale."""
    gap = 1.0 - name
    factor = 1.0
    for effect in _effects(query, identity, agreement, queries, names, weights):
        if effect > 0.0:
            gap *= 1.0 - effect
        else:
            factor *= 1.0 + effect
    return (1.0 - gap) * factor


@njit(cache=True, nogil=True)
def _name_required(query: int, agreement: int, queries: NameQueryArrays, weights: ScoreWeights) -> float:
    """The lowest score of the names that can lead to the score asked for, given how the birth dates agree.

    Sex and nationality are taken to agree where they were asked for. Above 1 where no name can.
    """
    gap = 1.0
    factor = 1.0
    effect = np.float64(weights.date_effects[agreement])
    if effect > 0.0:
        gap *= 1.0 - effect
    else:
        factor += effect
    if queries.sex[query] != 0:
        gap *= 1.0 - max(0.0, weights.sex_equal)
    if queries.nation_starts[query] < queries.nation_starts[query + 1]:
        gap *= 1.0 - max(0.0, weights.nationality_common)
    return 1.0 - (1.0 - queries.score_min[query] / factor) / gap if factor > 0.0 else 2.0


@njit(cache=True, nogil=True)
def _score_bound(shared: float, total: float, weights: ScoreWeights) -> float:
    """What a name can score at most that shares tokens of weight `shared` with a query of weight `total`."""
    if shared <= 0.0:
        return 0.0
    ratio = shared / (shared + weights.query_unmatched * max(0.0, total - shared))
    return ratio * (1.0 - weights.name_gap * exp(-shared / weights.name_scale))


@njit(cache=True, nogil=True)
def _weight_required(name_min: float, total: float, weights: ScoreWeights) -> float:
    """The least shared weight with which a name can score `name_min`; _HOPELESS where none can."""
    if _score_bound(total, total, weights) < name_min - _SLACK:
        return _HOPELESS
    low, high = 0.0, total
    for _ in range(20):
        middle = 0.5 * (low + high)
        if _score_bound(middle, total, weights) >= name_min:
            high = middle
        else:
            low = middle
    return low - _SLACK


@njit(cache=True, nogil=True)
def _weights_required(query: int, total: float, queries: NameQueryArrays, weights: ScoreWeights) -> Float32Array:
    """For each DateAgreement the shared weight that a name needs at least; _HOPELESS where none will do."""
    required = np.full(weights.date_effects.size, _HOPELESS, np.float32)
    has_date = queries.dates.year[query] != 0
    for agreement in range(required.size):
        if has_date or agreement == DateAgreement.UNKNOWN:
            name_min = _name_required(query, agreement, queries, weights)
            required[agreement] = _weight_required(name_min, total, weights)
    return required


@njit(cache=True, nogil=True)
def _searched_positions(
    query: int, required: float, queries: NameQueryArrays, neighbours: NeighbourArrays
) -> tuple[int, float]:
    """A bit for each position that has to be searched by, and the weight that comes for free (particles, initials).

    The positions left out together carry less than the weight required, and are those with the most postings.
    """
    first = queries.position_starts[query]
    count = queries.position_starts[query + 1] - first
    postings = np.zeros(MAX_POSITIONS, np.int64)
    for unit in range(queries.unit_starts[query], queries.unit_starts[query + 1]):
        if not queries.unit_searched[unit]:
            continue
        i = queries.unit_position[unit]
        postings[i] += neighbours.postings[queries.unit_slot[unit]]
        if queries.unit_kind[unit] == UnitKind.JOINED:
            postings[i + 1] += neighbours.postings[queries.unit_slot[unit]]
    carried = 0.0
    searched = 0
    for i in range(count):
        if queries.free[first + i]:
            carried += queries.weight[first + i]
        else:
            searched |= 1 << i
    free_weight = carried
    while searched:
        longest = -1
        for i in range(count):
            if searched >> i & 1 and (longest < 0 or postings[i] > postings[longest]):
                longest = i
        if carried + queries.weight[first + longest] >= required:
            break
        carried += queries.weight[first + longest]
        searched &= ~(1 << longest)
    return searched, free_weight


@njit(cache=True, nogil=True)
def _unit_mask(unit: int, queries: NameQueryArrays) -> int:
    i = int(queries.unit_position[unit])
    return 3 << i if queries.unit_kind[unit] == UnitKind.JOINED else 1 << i


@njit(cache=True, nogil=True)
def _add_shared(
    query: int, queries: NameQueryArrays, names: NameArrays, neighbours: NeighbourArrays, shared: UInt16Array
) -> None:
    """Adds to each name the weight of every unit it shares; over-counts at worst, and stays within 16 bits."""
    first = queries.position_starts[query]
    for unit in range(queries.unit_starts[query], queries.unit_starts[query + 1]):
        if not queries.unit_searched[unit]:
            continue
        weight = queries.weight[first + queries.unit_position[unit]]
        if queries.unit_kind[unit] == UnitKind.JOINED:
            weight += queries.weight[first + queries.unit_position[unit] + 1]
        step = np.int64(weight * WEIGHT_UNIT) + 1
        slot = queries.unit_slot[unit]
        for k in range(neighbours.starts[slot], neighbours.starts[slot] + neighbours.sizes[slot]):
            token = neighbours.tokens[k]
            for p in range(names.posting_starts[token], names.posting_starts[token + 1]):
                row = names.postings[p]
                shared[row] = np.uint16(min(np.int64(shared[row]) + step, 65535))


@njit(cache=True, nogil=True)
def _clear_shared(
    query: int, queries: NameQueryArrays, names: NameArrays, neighbours: NeighbourArrays, shared: UInt16Array
) -> None:
    for unit in range(queries.unit_starts[query], queries.unit_starts[query + 1]):
        if not queries.unit_searched[unit]:
            continue
        slot = queries.unit_slot[unit]
        for k in range(neighbours.starts[slot], neighbours.starts[slot] + neighbours.sizes[slot]):
            token = neighbours.tokens[k]
            for p in range(names.posting_starts[token], names.posting_starts[token + 1]):
                shared[names.postings[p]] = 0


@njit(cache=True, nogil=True, inline="always")  # A call would count references of every array, per name.
def _shared_weight(
    low: int, high: int, name_tokens: Int32Array, lookup: Lookup, unit_masks: Int32Array, mask_weights: Float32Array
) -> float:
    """The weight of the query positions that the tokens low..high-1 of a name share: the cheap test before aligning."""
    shared = 0
    for place in range(low, high):
        token = name_tokens[place]
        entry = lookup.heads[token_place(token, lookup.heads.size)]
        while entry >= 0:
            if lookup.tokens[entry] == token:
                shared |= unit_masks[lookup.units[entry]]
            entry = lookup.following[entry]
    weight = mask_weights[0]
    for i in range(1, mask_weights.size):
        if shared >> (i - 1) & 1:
            weight += mask_weights[i]
    return weight


@njit(cache=True, nogil=True)
def _score(
    query: int,
    row: int,
    agreement: int,
    search: Search,
    lookup: Lookup,
    pairs: Alignment,
    hits: HitArrays,
    count: int,
) -> int:
    """Scores one recorded name and notes it where it reaches the score asked for; returns the count of hits."""
    chosen = align(query, row, search, lookup, pairs)
    name = name_score(query, row, chosen, search, pairs)
    identity = search.names.name_identity[row]
    score = combined_score(name, query, identity, agreement, search.queries, search.names, search.weights)
    if name == 0.0 or score < search.queries.score_min[query]:
        return count  # Without a name in common nobody is alike, whatever the birth date.
    if count < hits.query.size:
        hits.query[count] = query
        hits.name[count] = row
        hits.name_score[count] = name
        hits.score[count] = score
        hits.date[count] = agreement
    return count + 1


@njit(cache=True, nogil=True)
def _unit_masks(query: int, queries: NameQueryArrays) -> Int32Array:
    """(units of the query,) the positions that each covers, by its place among the query's units."""
    low, high = queries.unit_starts[query], queries.unit_starts[query + 1]
    masks = np.empty(high - low, np.int32)
    for unit in range(low, high):
        masks[unit - low] = _unit_mask(unit, queries)
    return masks


@njit(cache=True, nogil=True)
def _mask_weights(query: int, queries: NameQueryArrays) -> Float32Array:
    """First what comes for free (particles, initials), then the weight of each position, 0 for the free ones."""
    low, high = queries.position_starts[query], queries.position_starts[query + 1]
    weights = np.zeros(high - low + 1, np.float32)
    for position in range(low, high):
        if queries.free[position]:
            weights[0] += queries.weight[position]
        else:
            weights[position - low + 1] = queries.weight[position]
    return weights


@njit(cache=True, nogil=True)
def _postings_of(query: int, searched: int, queries: NameQueryArrays, neighbours: NeighbourArrays) -> tuple[int, int]:
    """How many postings all units of a query have, and those of the positions searched by."""
    everything = 0
    own = 0
    for unit in range(queries.unit_starts[query], queries.unit_starts[query + 1]):
        if queries.unit_searched[unit]:
            postings = neighbours.postings[queries.unit_slot[unit]]
            everything += postings
            if _unit_mask(unit, queries) & searched:
                own += postings
    return everything, own


@njit(cache=True, nogil=True)
def _search_one(
    query: int,
    search: Search,
    visible: UInt8Array,
    today: int,
    scratch: SearchScratch,
    stamp: int,
    pairs: Alignment,
    hits: HitArrays,
    count: int,
) -> int:
    """Finds the names of one query; returns the count of hits. visible: (classes,)."""
    queries, names, neighbours = search.queries, search.names, search.neighbours
    total = 0.0
    for position in range(queries.position_starts[query], queries.position_starts[query + 1]):
        total += queries.weight[position]
    required = _weights_required(query, total, queries, search.weights)
    least = np.float64(required.min())
    searched, free_weight = _searched_positions(query, least, queries, neighbours)
    everything, own = _postings_of(query, searched, queries, neighbours)
    if least == _HOPELESS or own == 0:
        return count
    first_pass = own > DIRECT_POSTINGS and everything < DIRECT_RATIO * own
    floor = np.int64((least - free_weight) * WEIGHT_UNIT)
    if first_pass:
        _add_shared(query, queries, names, neighbours, scratch.shared)
    lookup = build_lookup(query, queries, neighbours)
    unit_masks = _unit_masks(query, queries)
    mask_weights = _mask_weights(query, queries)
    asked = date_query(query, queries)
    first_unit = queries.unit_starts[query]
    for unit in range(first_unit, queries.unit_starts[query + 1]):
        if unit_masks[unit - first_unit] & searched == 0 or not queries.unit_searched[unit]:
            continue
        slot = queries.unit_slot[unit]
        for k in range(neighbours.starts[slot], neighbours.starts[slot] + neighbours.sizes[slot]):
            token = neighbours.tokens[k]
            for p in range(names.posting_starts[token], names.posting_starts[token + 1]):
                row = names.postings[p]
                if (first_pass and scratch.shared[row] < floor) or scratch.stamps[row] == stamp:
                    continue
                scratch.stamps[row] = stamp
                if not visible[names.name_gates[row, 0]] or names.name_gates[row, 1] <= today:
                    continue
                # Cheapest first: most names that share a token contradict the birth date, or share too little.
                gate = names.name_gates[row, 2]
                if gate == GATE_NO_DATE or asked.year == 0:
                    agreement = _UNKNOWN
                elif gate != GATE_MANY_DATES:
                    year = gate >> 9
                    agreement = date_agreement(asked, DateValue(year, year, gate >> 5 & 15, gate & 31))
                else:
                    identity = names.name_identity[row]
                    dates_low, dates_high = names.identity_dates[identity], names.identity_dates[identity + 1]
                    agreement = _best_agreement(asked, names.dates, dates_low, dates_high)
                if required[agreement] == _HOPELESS:
                    continue
                low, high = names.name_starts[row], names.name_starts[row + 1]
                shared = _shared_weight(low, high, names.name_tokens, lookup, unit_masks, mask_weights)
                if shared >= required[agreement]:
                    count = _score(query, row, agreement, search, lookup, pairs, hits, count)
    if first_pass:
        _clear_shared(query, queries, names, neighbours, scratch.shared)
    return count


@njit(cache=True, nogil=True)
def search_names(
    search: Search,
    visible: UInt8Array,
    today: int,
    scratch: SearchScratch,
    stamp_base: int,
    hits: HitArrays,
) -> int:
    """Every visible recorded name whose score reaches what its query asks for; returns how many there are.

    visible: (tables, classes) 1 where a class of records may be seen; it is looked at before anything is scored.
    today: a date ordinal (1 is 0001-01-01). scratch.stamps must hold no number from stamp_base on. Where more are found
    than hits has room for, the return value says how much room is needed, and the content of hits is not to be used.
    Cost: O(postings searched) + about 0.1 us per name scored. Twin: tests/reference/name_search.py.
    """
    pairs = new_alignment()
    count = 0
    for query in range(search.queries.visible_row.size):
        own = visible[search.queries.visible_row[query]]
        count = _search_one(query, search, own, today, scratch, stamp_base + query, pairs, hits, count)
    return count
