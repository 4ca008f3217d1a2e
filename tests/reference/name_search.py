"""Every recorded name scored one by one, without an index: the twin of indexes/name_index.py and its kernels.

It starts from what a builder was given, not from tables, so that it also checks how the tables were made. Rounding to
float32 stands where the kernels store float32, because a tie broken the other way would pair other tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

import numpy as np

from indexes.build import BuildIdentity, BuildRecord
from indexes.kernels.score_weights import DateAgreement, ScoreWeights
from indexes.name_query import NameQuestion
from indexes.normalise import Token, TokenKind
from indexes.token_analysis import analyse, name_tokens
from tests.reference.birth_dates import best_of
from tests.reference.token_similarity import joins_to, similarity, split_places, splits_into

__all__ = ["Match", "ReferenceSearch", "Word"]

MOST_WORDS = 16
_FAMILY = 1


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a name with the role of the part it stands in, and its weight."""

    token: Token
    role: int
    weight: float

    @property
    def free(self) -> bool:
        """Whether nobody is searched by it."""
        return self.token.kind != TokenKind.NAME


@dataclass(frozen=True, slots=True)
class Match:
    """One name scored."""

    name_score: float
    score: float
    date: DateAgreement


@dataclass(frozen=True, slots=True)
class _Pair:
    asked: frozenset[int]
    recorded: frozenset[int]
    similarity: float
    weight: float


class ReferenceSearch:
    """Scores one question against every recorded name."""

    def __init__(self, records: Sequence[BuildRecord], weights: ScoreWeights) -> None:
        self._weights = weights
        self._similarity = cache(lambda asked, recorded: similarity(asked, recorded, weights))
        self.rows = list(self._rows(records))

    def search(
        self, question: NameQuestion, seen_keys: Mapping[bytes, bool], today: int, score_min: float
    ) -> dict[int, Match]:
        """Name row to its match, for every visible, unexpired name that reaches `score_min`."""
        asked = _words(question.parts, self._weights)
        found = {}
        for row, (record, identity, weak, words) in enumerate(self.rows):
            if seen_keys[record.access_key] and record.expires > today:
                match = self._match(question, asked, identity, weak, words)
                if match.score >= score_min and match.name_score > 0.0:
                    found[row] = match
        return found

    def _rows(self, records: Sequence[BuildRecord]) -> Iterator[tuple[BuildRecord, BuildIdentity, bool, list[Word]]]:
        for record in records:
            for identity in record.identities:
                for name in identity.names:
                    if words := _words(name.parts, self._weights):
                        yield record, identity, name.weak, words

    def _match(
        self, question: NameQuestion, asked: list[Word], identity: BuildIdentity, weak: bool, words: list[Word]
    ) -> Match:
        name = self._name_score(asked, words) * (self._weights.weak_name if weak else 1.0)
        date = best_of(question.date, identity.dates)
        return Match(name, _combined(name, question, identity, date, self._weights), date)

    def _name_score(self, asked: list[Word], recorded: list[Word]) -> float:
        weights = self._weights
        chosen = _greedy(list(self._pairs(asked, recorded)))
        met = set().union(*(pair.asked for pair in chosen))
        theirs = set().union(*(pair.recorded for pair in chosen))
        if all(asked[i].free for i in met):
            return 0.0
        matched = sum(pair.weight for pair in chosen)
        worth = sum(pair.similarity * pair.weight for pair in chosen)
        left = weights.query_unmatched * sum(word.weight for i, word in enumerate(asked) if i not in met)
        left += weights.record_unmatched * sum(word.weight for j, word in enumerate(recorded) if j not in theirs)
        return worth / (matched + left) * (1.0 - weights.name_gap * exp(-matched / weights.name_scale))

    def _pairs(self, asked: list[Word], recorded: list[Word]) -> Iterator[_Pair]:
        """Every possible pair, in the order that breaks ties: recorded words ascending, and for each the words asked
        about descending, first joined ones, then split and single ones; the pairs of initials come last."""
        for j in range(len(recorded)):
            for i in reversed(range(1, len(asked))):
                yield from self._joined_pair(asked, i, recorded, j)
            for i in reversed(range(len(asked))):
                yield from self._split_pairs(asked, i, recorded, j)
                yield from self._single_pair(asked, i, recorded, j)
        for i, word in enumerate(asked):
            for j in range(len(recorded)):
                yield from self._initial_pair(word, i, recorded, j)

    def _joined_pair(self, asked: list[Word], i: int, recorded: list[Word], j: int) -> Iterator[_Pair]:
        if joins_to(asked[i - 1].token, asked[i].token, recorded[j].token):
            mine = np.float32(asked[i - 1].weight) + np.float32(asked[i].weight)
            yield from _pair({i - 1, i}, {j}, self._weights.joined, float(mine), recorded[j].weight)

    def _split_pairs(self, asked: list[Word], i: int, recorded: list[Word], j: int) -> Iterator[_Pair]:
        if j == 0:
            return
        for place in reversed(split_places(asked[i].token)):
            if splits_into(asked[i].token, place, recorded[j - 1].token, recorded[j].token):
                theirs = recorded[j - 1].weight + recorded[j].weight
                yield from _pair({i}, {j - 1, j}, self._weights.joined, asked[i].weight, theirs)

    def _single_pair(self, asked: list[Word], i: int, recorded: list[Word], j: int) -> Iterator[_Pair]:
        roles = {asked[i].role, recorded[j].role}
        factor = self._weights.role_swap if 0 not in roles and len(roles) == 2 else 1.0
        alike = self._similarity(asked[i].token, recorded[j].token) * factor
        yield from _pair({i}, {j}, alike, asked[i].weight, recorded[j].weight)

    def _initial_pair(self, word: Word, i: int, recorded: list[Word], j: int) -> Iterator[_Pair]:
        other = recorded[j].token
        if word.token.kind == TokenKind.INITIAL and word.token.forms[0][0] in {form[0] for form in other.forms}:
            alike = 1.0 if other.kind == TokenKind.INITIAL else self._weights.initial
            yield from _pair({i}, {j}, alike, word.weight, recorded[j].weight)


def _pair(asked: set[int], recorded: set[int], alike: float, mine: float, theirs: float) -> Iterator[_Pair]:
    """The pair, unless the two are not alike at all."""
    if alike > 0.0:
        weight = float(np.float32(min(mine, theirs)))
        yield _Pair(frozenset(asked), frozenset(recorded), float(np.float32(alike)), weight)


def _greedy(pairs: list[_Pair]) -> list[_Pair]:
    """The pair of most similarity x weight first, ties to the earlier one, and no word twice."""
    chosen: list[_Pair] = []
    while pairs:
        best = max(pairs, key=lambda pair: np.float32(pair.similarity) * np.float32(pair.weight))
        chosen.append(best)
        pairs = [p for p in pairs if p.asked.isdisjoint(best.asked) and p.recorded.isdisjoint(best.recorded)]
    return chosen


def _words(parts: Sequence[tuple[str, int]], weights: ScoreWeights) -> list[Word]:
    words = [Word(token, role, _weight(token, role, weights)) for text, role in parts for token in name_tokens(text)]
    return words[:MOST_WORDS]


def _weight(token: Token, role: int, weights: ScoreWeights) -> float:
    return float(np.float32(analyse(token).weight * (weights.family_factor if role == _FAMILY else 1.0)))


def _combined(
    name: float, question: NameQuestion, identity: BuildIdentity, date: DateAgreement, weights: ScoreWeights
) -> float:
    """Agreements close a share of the gap to 1, contradictions take a share away."""
    effects = [float(weights.date_effects[date])]
    if question.sex and identity.sexes:
        effects.append(weights.sex_equal if identity.sexes >> question.sex & 1 else weights.sex_different)
    if question.nations and identity.nations:
        common = not set(question.nations).isdisjoint(identity.nations)
        effects.append(weights.nationality_common if common else weights.nationality_different)
    gap, factor = 1.0 - name, 1.0
    for effect in effects:
        gap *= 1.0 - max(0.0, effect)
        factor *= 1.0 + min(0.0, effect)
    return (1.0 - gap) * factor
