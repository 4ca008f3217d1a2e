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
from indexes.kernels.birth_dates import DateQuery, best_agreement
from indexes.kernels.name_alignment import Alignment, Lookup, align, build_lookup, name_score, new_alignment
from indexes.kernels.name_arrays import MAX_POSITIONS, NameArrays, NameQueryArrays, NeighbourArrays, UnitKind
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import VocabularyArrays

__all__ = ["HitArrays", "SearchScratch", "combined_score", "date_query", "search_names", "smallest_name_score"]

# Up to here the names of the searched postings are scored at once; above it a first pass adds up what each name shares
# with the whole query, which costs two sequential passes but leaves few names to score.
DIRECT_POSTINGS = 1500
DIRECT_RATIO = 8  # The first pass pays only while all postings are less than this many times the searched ones.
WEIGHT_UNIT = 1024.0  # Shared weight is counted in units of 1/1024; 16 positions of weight < 2 fit in 16 bits.
_SLACK = 1e-4  # Rounding allowance wherever a bound decides that a name need not be scored.


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
def date_query(query: int, queries: NameQueryArrays) -> DateQuery:
    """The birth date of one query as kernels compare it."""
    dates = queries.dates
    return DateQuery(
        np.int64(dates.year[query]),
        np.int64(dates.year_max[query]),
        np.int64(dates.month[query]),
        np.int64(dates.day[query]),
    )


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
def smallest_name_score(
    score_min: float, has_date: bool, has_sex: bool, has_nation: bool, weights: ScoreWeights
) -> float:
    """The lowest score of the names that can reach `score_min` when everything else agrees."""
    gap = 1.0
    if has_date:
        best = 0.0
        for effect in weights.date_effects:
            best = max(best, np.float64(effect))
        gap *= 1.0 - best
    if has_sex:
        gap *= 1.0 - max(0.0, weights.sex_equal)
    if has_nation:
        gap *= 1.0 - max(0.0, weights.nationality_common)
    return 1.0 - (1.0 - score_min) / gap


@njit(cache=True, nogil=True)
def _score_bound(shared: float, total: float, weights: ScoreWeights) -> float:
    """What a name can score at most that shares tokens of weight `shared` with a query of weight `total`."""
    if shared <= 0.0:
        return 0.0
    ratio = shared / (shared + weights.query_unmatched * max(0.0, total - shared))
    return ratio * (1.0 - weights.name_gap * exp(-shared / weights.name_scale))


@njit(cache=True, nogil=True)
def _weight_required(name_min: float, total: float, weights: ScoreWeights) -> float:
    """The least shared weight with which a name can score `name_min`; more than `total` where none can."""
    if _score_bound(total, total, weights) < name_min - _SLACK:
        return total + 1.0
    low, high = 0.0, total
    for _ in range(20):
        middle = 0.5 * (low + high)
        if _score_bound(middle, total, weights) >= name_min:
            high = middle
        else:
            low = middle
    return low - _SLACK


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
    i = queries.unit_position[unit]
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
                shared[row] = min(np.int64(shared[row]) + step, 65535)


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


@njit(cache=True, nogil=True)
def _judge(
    query: int,
    row: int,
    queries: NameQueryArrays,
    names: NameArrays,
    vocabulary: VocabularyArrays,
    weights: ScoreWeights,
    lookup: Lookup,
    pairs: Alignment,
    hits: HitArrays,
    count: int,
) -> int:
    """Scores one recorded name and notes it where it reaches the score asked for; returns the count of hits."""
    identity = names.name_identity[row]
    agreement = best_agreement(
        date_query(query, queries), names.dates, names.identity_dates[identity], names.identity_dates[identity + 1]
    )
    if combined_score(1.0, query, identity, agreement, queries, names, weights) < queries.score_min[query]:
        return count  # Not even an equal name would do: no need to align.
    chosen = align(query, row, queries, names, vocabulary, weights, lookup, pairs)
    name = name_score(query, row, chosen, queries, names, vocabulary, weights, pairs)
    score = combined_score(name, query, identity, agreement, queries, names, weights)
    if score < queries.score_min[query]:
        return count
    if count < hits.query.size:
        hits.query[count] = query
        hits.name[count] = row
        hits.name_score[count] = name
        hits.score[count] = score
        hits.date[count] = agreement
    return count + 1


@njit(cache=True, nogil=True)
def search_names(
    queries: NameQueryArrays,
    names: NameArrays,
    vocabulary: VocabularyArrays,
    neighbours: NeighbourArrays,
    weights: ScoreWeights,
    visible: UInt8Array,
    today: int,
    scratch: SearchScratch,
    stamp_base: int,
    hits: HitArrays,
) -> int:
    """Every visible recorded name whose score reaches what its query asks for; returns how many there are.

    visible: (tables, classes) 1 where a class of records may be seen; it is looked at before anything is scored.
    today: days since 1970. scratch.stamps must hold no number from stamp_base on. Where more are found than hits
    has room for, the return value says how much room is needed, and the content of hits is not to be used.
    Cost: O(postings searched) + about 0.1 us per name scored. Twin: tests/reference/name_search.py.
    """
    pairs = new_alignment()
    count = 0
    for query in range(queries.visible_row.size):
        first = queries.position_starts[query]
        total = 0.0
        for position in range(first, queries.position_starts[query + 1]):
            total += queries.weight[position]
        required = _weight_required(np.float64(queries.name_min[query]), total, weights)
        searched, free_weight = _searched_positions(query, required, queries, neighbours)
        if required > total or searched == 0:
            continue
        table = queries.visible_row[query]
        all_postings = 0
        searched_postings = 0
        for unit in range(queries.unit_starts[query], queries.unit_starts[query + 1]):
            if not queries.unit_searched[unit]:
                continue
            postings = neighbours.postings[queries.unit_slot[unit]]
            all_postings += postings
            if _unit_mask(unit, queries) & searched:
                searched_postings += postings
        if searched_postings == 0:
            continue
        first_pass = searched_postings > DIRECT_POSTINGS and all_postings < DIRECT_RATIO * searched_postings
        floor = np.int64((required - free_weight) * WEIGHT_UNIT)
        if first_pass:
            _add_shared(query, queries, names, neighbours, scratch.shared)
        lookup = build_lookup(query, queries, neighbours)
        for unit in range(queries.unit_starts[query], queries.unit_starts[query + 1]):
            if _unit_mask(unit, queries) & searched == 0 or not queries.unit_searched[unit]:
                continue
            slot = queries.unit_slot[unit]
            for k in range(neighbours.starts[slot], neighbours.starts[slot] + neighbours.sizes[slot]):
                token = neighbours.tokens[k]
                for p in range(names.posting_starts[token], names.posting_starts[token + 1]):
                    row = names.postings[p]
                    if first_pass and scratch.shared[row] < floor:
                        continue
                    if scratch.stamps[row] == stamp_base + query:
                        continue
                    scratch.stamps[row] = stamp_base + query
                    record = names.name_record[row]
                    if not visible[table, names.record_class[record]] or names.record_expires[record] <= today:
                        continue
                    count = _judge(query, row, queries, names, vocabulary, weights, lookup, pairs, hits, count)
        if first_pass:
            _clear_shared(query, queries, names, neighbours, scratch.shared)
    return count
