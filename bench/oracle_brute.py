"""Every recorded name scored one by one: no postings, no keys, no bounds, no cache of neighbours.

Written from what the kernels promise (`indexes/kernels/name_alignment.py`, `name_search.py`, `birth_dates.py`), and
starting from the records as published, not from the tables of an index; nothing of the kernels is called. float32
stands where the promise is float32: a tie broken the other way would pair other tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import exp
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numba import njit

from bench.oracle_names import Recorded
from bench.oracle_tokens import WholeVocabulary
from indexes.build import BuildDate
from indexes.kernels.array_types import (
    BoolArray,
    Float32Array,
    Int32Array,
    Int64Array,
    UInt8Array,
    UInt16Array,
)
from indexes.kernels.edit_distance import MAX_FORM_CHARS
from indexes.kernels.name_arrays import MAX_POSITIONS, MAX_SPLIT_CHARS, MIN_HALF_CHARS, Role
from indexes.kernels.score_weights import ScoreWeights
from indexes.name_query import NameQuestion
from indexes.normalise import Token, TokenKind
from indexes.packing import pack_country
from indexes.token_analysis import analyse, name_tokens

__all__ = ["BruteForce", "Scored"]

# Pairs that one name asked about and one recorded name can form: for each recorded token every position alone, split
# and joined with the next one; and every position as an initial of every recorded token.
_PAIRS_MAX = MAX_POSITIONS * 4 * MAX_POSITIONS
_FAMILY, _INITIAL = int(Role.FAMILY), int(TokenKind.INITIAL)
# The values of DateAgreement, best first.
_EXACT, _COMPATIBLE, _SWAPPED, _ONE_DIGIT, _NEAR, _UNKNOWN, _CONTRADICTED = range(7)

_Function = TypeVar("_Function", bound=Callable[..., object])


def _compiled(function: _Function) -> _Function:
    """numba's decorator with the type that it keeps."""
    return cast(_Function, njit(cache=True, nogil=True)(function))


class _Asked(NamedTuple):
    """One name asked about, compared with all T tokens.

    (positions,): weight, role, free (1 for particles, initials, suffixes), initial (0-25, else -1). similarity:
    (MAX_POSITIONS, T). joined: (T,) bit i where positions i and i + 1 written as one are that token. left, right:
    (MAX_POSITIONS, T) bit p where the first p letters of the position, or the rest, are that token. near: (T,) 1 where
    any of these says something.
    """

    weight: Float32Array
    role: UInt8Array
    free: UInt8Array
    initial: Int32Array
    similarity: Float32Array
    joined: Int32Array
    left: Int32Array
    right: Int32Array
    near: UInt8Array
    date: Int64Array
    sex: int
    nations: UInt16Array
    score_min: float


class _Pairs(NamedTuple):
    """Possible pairs of what was asked and what is recorded; masks have a bit per token."""

    asked: Int64Array
    recorded: Int64Array
    similarity: Float32Array
    weight: Float32Array


class Scored(NamedTuple):
    """Names that reach a score, ascending: name row, score of the names, score, DateAgreement; (n,) each."""

    name: Int32Array
    name_score: Float32Array
    score: Float32Array
    date: UInt8Array

    def only(self, chosen: BoolArray) -> Scored:
        """Those chosen, copied. chosen: (n,)."""
        return Scored(self.name[chosen], self.name_score[chosen], self.score[chosen], self.date[chosen])


class BruteForce:
    """Scores one question after another against every recorded name. For one thread: tables of one question are kept
    between `search` calls, cleared."""

    def __init__(self, recorded: Recorded, vocabulary: WholeVocabulary, weights: ScoreWeights) -> None:
        self._recorded, self._vocabulary, self._weights = recorded, vocabulary, weights
        count, tokens = recorded.name_record.size, recorded.token_weight.size
        self._room = Scored(
            np.empty(count, np.int32),
            np.empty(count, np.float32),
            np.empty(count, np.float32),
            np.empty(count, np.uint8),
        )
        self._similarity = np.zeros((MAX_POSITIONS, tokens), np.float32)
        self._joined = np.zeros(tokens, np.int32)
        self._left = np.zeros((MAX_POSITIONS, tokens), np.int32)
        self._right = np.zeros((MAX_POSITIONS, tokens), np.int32)

    def search(self, question: NameQuestion, score_min: float) -> Scored:
        """Every name that reaches `score_min`. The vocabulary must have learnt the tokens asked about."""
        tokens = [(token, role) for text, role in question.parts for token in name_tokens(text)][:MAX_POSITIONS]
        self._mark([token for token, _ in tokens])
        near = (self._similarity[: len(tokens)] > 0).any(axis=0) | (self._joined > 0)
        near |= (self._right[: len(tokens)] > 0).any(axis=0)
        asked = self._asked(question, tokens, near.astype(np.uint8), score_min)
        count = _score_every_name(asked, self._recorded, self._weights, self._room)
        for table in (self._similarity, self._left, self._right):
            table[: len(tokens)] = 0
        self._joined[:] = 0
        return self._room.only(np.arange(self._room.name.size) < count)

    def _mark(self, tokens: list[Token]) -> None:
        for i, token in enumerate(tokens):
            alike, similarities = self._vocabulary.similar(token)
            self._similarity[i, alike] = similarities
            for place, left, right in self._halves(token):
                self._left[i, left] |= 1 << place
                self._right[i, right] |= 1 << place
        for i, (first, second) in enumerate(pairwise(tokens)):
            form = first.forms[0] + second.forms[0]
            if first.kind == second.kind == TokenKind.NAME and len(form) <= MAX_FORM_CHARS:
                self._joined[self._vocabulary.spelt(form)] |= 1 << i

    def _halves(self, token: Token) -> Iterator[tuple[int, Int32Array, Int32Array]]:
        """Each place at which a name may be two written as one, with the tokens that its two parts are."""
        form = token.forms[0]
        if token.kind == TokenKind.NAME and len(form) <= MAX_SPLIT_CHARS:
            for place in range(MIN_HALF_CHARS, len(form) - MIN_HALF_CHARS + 1):
                yield place, self._vocabulary.spelt(form[:place]), self._vocabulary.spelt(form[place:])

    def _asked(
        self, question: NameQuestion, tokens: list[tuple[Token, int]], near: UInt8Array, score_min: float
    ) -> _Asked:
        factor = self._weights.family_factor
        date = question.date or BuildDate(0, 0, 0, 0)
        return _Asked(
            weight=np.array([analyse(t).weight * (factor if r == _FAMILY else 1.0) for t, r in tokens], np.float32),
            role=np.array([role for _, role in tokens], np.uint8),
            free=np.array([token.kind != TokenKind.NAME for token, _ in tokens], np.uint8),
            initial=np.array([_initial(token) for token, _ in tokens], np.int32),
            similarity=self._similarity,
            joined=self._joined,
            left=self._left,
            right=self._right,
            near=near,
            date=np.array([date.year, date.year_max, date.month, date.day], np.int64),
            sex=int(question.sex),
            nations=np.array([pack_country(code) for code in question.nations], np.uint16),
            score_min=float(score_min),
        )


def _initial(token: Token) -> int:
    """The letter 0-25 of an initial, else -1."""
    letter = ord(token.forms[0][0]) - ord("a") if token.kind == TokenKind.INITIAL else -1
    return letter if 0 <= letter < 26 else -1


@_compiled
def _score_every_name(asked: _Asked, recorded: Recorded, weights: ScoreWeights, found: Scored) -> int:
    """Writes every name that is seen and reaches the score to `found`; returns how many."""
    pairs = _Pairs(
        np.empty(_PAIRS_MAX, np.int64),
        np.empty(_PAIRS_MAX, np.int64),
        np.empty(_PAIRS_MAX, np.float32),
        np.empty(_PAIRS_MAX, np.float32),
    )
    count = 0
    for row in range(recorded.name_record.size):
        near = False
        for place in range(recorded.name_starts[row], recorded.name_starts[row + 1]):
            near |= asked.near[recorded.name_tokens[place]] > 0
        if not near or not recorded.seen[row]:
            continue
        name = _name_score(asked, row, recorded, weights, pairs)
        identity = recorded.name_identity[row]
        date = _best_date(asked, identity, recorded)
        score = _with_person(name, asked, identity, date, recorded, weights)
        if name > 0.0 and score >= asked.score_min:
            found.name[count] = row
            found.name_score[count] = name
            found.score[count] = score
            found.date[count] = date
            count += 1
    return count


@_compiled
def _recorded_weight(place: int, recorded: Recorded, weights: ScoreWeights) -> float:
    weight = np.float64(recorded.token_weight[recorded.name_tokens[place]])
    return weight * weights.family_factor if recorded.name_roles[place] == _FAMILY else weight


@_compiled
def _put(pairs: _Pairs, count: int, asked: int, recorded: int, similarity: float, weight: float) -> int:
    if similarity <= 0.0:
        return count
    pairs.asked[count] = asked
    pairs.recorded[count] = recorded
    pairs.similarity[count] = similarity
    pairs.weight[count] = weight
    return count + 1


@_compiled
def _possible_pairs(asked: _Asked, row: int, recorded: Recorded, weights: ScoreWeights, pairs: _Pairs) -> int:
    """All pairs, in the order that decides between equals: by recorded token, and for each the positions asked about
    from the last to the first, joined ones before split and single ones; initials after all others."""
    start, end = recorded.name_starts[row], recorded.name_starts[row + 1]
    positions = asked.weight.size
    count = 0
    for place in range(start, end):
        token, bit = recorded.name_tokens[place], 1 << (place - start)
        theirs = _recorded_weight(place, recorded, weights)
        for i in range(positions - 2, -1, -1):
            if asked.joined[token] >> i & 1:
                mine = np.float64(asked.weight[i]) + np.float64(asked.weight[i + 1])
                count = _put(pairs, count, 3 << i, bit, weights.joined, min(mine, theirs))
        for i in range(positions - 1, -1, -1):
            mine = np.float64(asked.weight[i])
            if place > start and asked.left[i, recorded.name_tokens[place - 1]] & asked.right[i, token]:
                both = theirs + _recorded_weight(place - 1, recorded, weights)
                count = _put(pairs, count, 1 << i, bit | bit >> 1, weights.joined, min(mine, both))
            similarity = np.float64(asked.similarity[i, token])
            role = recorded.name_roles[place]
            if role != 0 and asked.role[i] != 0 and role != asked.role[i]:
                similarity *= weights.role_swap
            count = _put(pairs, count, 1 << i, bit, similarity, min(mine, theirs))
    for i in range(positions):
        for place in range(start, end):
            token = recorded.name_tokens[place]
            if asked.initial[i] >= 0 and recorded.token_initials[token] >> asked.initial[i] & 1:
                alike = 1.0 if recorded.token_kind[token] == _INITIAL else weights.initial
                weight = min(np.float64(asked.weight[i]), _recorded_weight(place, recorded, weights))
                count = _put(pairs, count, 1 << i, 1 << (place - start), alike, weight)
    return count


@_compiled
def _name_score(asked: _Asked, row: int, recorded: Recorded, weights: ScoreWeights, pairs: _Pairs) -> float:
    """Pairs are taken greedily by similarity x weight; what they are worth over what they and the left-overs weigh,
    less what so little matched weight leaves open. 0 where only particles, suffixes and initials met."""
    count = _possible_pairs(asked, row, recorded, weights, pairs)
    met, their_met = 0, 0
    matched, worth = 0.0, 0.0
    while True:
        best, most = -1, np.float32(0.0)
        for k in range(count):
            product = pairs.similarity[k] * pairs.weight[k]
            if product > most and not pairs.asked[k] & met and not pairs.recorded[k] & their_met:
                best, most = k, product
        if best < 0:
            break
        met |= pairs.asked[best]
        their_met |= pairs.recorded[best]
        matched += np.float64(pairs.weight[best])
        worth += np.float64(pairs.similarity[best]) * np.float64(pairs.weight[best])
    left, names_met = 0.0, False
    for i in range(asked.weight.size):
        if met >> i & 1:
            names_met |= not asked.free[i]
        else:
            left += weights.query_unmatched * np.float64(asked.weight[i])
    start = recorded.name_starts[row]
    for place in range(start, recorded.name_starts[row + 1]):
        if not their_met >> (place - start) & 1:
            left += weights.record_unmatched * _recorded_weight(place, recorded, weights)
    if not names_met:
        return 0.0
    score = worth / (matched + left) * (1.0 - weights.name_gap * exp(-matched / weights.name_scale))
    return score * weights.weak_name if recorded.name_weak[row] else score


@_compiled
def _best_date(asked: _Asked, identity: int, recorded: Recorded) -> int:
    """The best agreement with any recorded date of the identity; unknown where either side has none."""
    low, high = recorded.date_starts[identity], recorded.date_starts[identity + 1]
    if low == high or asked.date[0] == 0:
        return _UNKNOWN
    best = _CONTRADICTED
    for k in range(low, high):
        best = min(best, _date_agreement(asked.date, recorded.dates[k]))
    return best


@_compiled
def _date_agreement(a: Int64Array, b: Int64Array) -> int:
    """How two dates (year, year_max, month, day) agree, the cases in the order of DateAgreement."""
    both_full = a[0] == a[1] and b[0] == b[1] and a[3] > 0 and b[3] > 0
    years_meet = a[0] <= b[1] and b[0] <= a[1]
    rest_agrees = (a[2] == b[2] or a[2] == 0 or b[2] == 0) and (a[3] == b[3] or a[3] == 0 or b[3] == 0)
    if both_full and a[0] == b[0] and a[2] == b[2] and a[3] == b[3]:
        return _EXACT
    if years_meet and rest_agrees:
        return _COMPATIBLE
    if both_full and years_meet and a[2] == b[3] and a[3] == b[2]:
        return _SWAPPED
    mine, theirs = a[0] * 10_000 + a[2] * 100 + a[3], b[0] * 10_000 + b[2] * 100 + b[3]
    differing = 0
    for _ in range(8):  # The digits of YYYYMMDD.
        differing += mine % 10 != theirs % 10
        mine //= 10
        theirs //= 10
    if both_full and differing == 1:
        return _ONE_DIGIT
    first_of_january = (a[2] == 1 and a[3] == 1) or (b[2] == 1 and b[3] == 1)
    if years_meet:
        return _NEAR if first_of_january else _CONTRADICTED
    next_year = a[0] - b[1] == 1 or b[0] - a[1] == 1
    return _NEAR if next_year and (first_of_january or rest_agrees) else _CONTRADICTED


@_compiled
def _with_person(
    name: float, asked: _Asked, identity: int, date: int, recorded: Recorded, weights: ScoreWeights
) -> float:
    """Name and personal data together: a positive effect closes its share of the gap to 1, a negative one takes its
    share of the score; nothing where a side says nothing."""
    sex_effect = nation_effect = 0.0
    if asked.sex and recorded.sexes[identity]:
        sex_effect = weights.sex_equal if recorded.sexes[identity] >> asked.sex & 1 else weights.sex_different
    low, high = recorded.nation_starts[identity], recorded.nation_starts[identity + 1]
    if asked.nations.size and low < high:
        common = False
        for nation in asked.nations:
            for k in range(low, high):
                common |= recorded.nations[k] == nation
        nation_effect = weights.nationality_common if common else weights.nationality_different
    gap, factor = 1.0 - name, 1.0
    for effect in (np.float64(weights.date_effects[date]), sex_effect, nation_effect):
        gap *= 1.0 - max(0.0, effect)
        factor *= 1.0 + min(0.0, effect)
    return (1.0 - gap) * factor
