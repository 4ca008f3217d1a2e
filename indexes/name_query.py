"""Names asked about, from text to the arrays that kernels search with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexes.build import BuildDate
from indexes.kernels.birth_dates import DateArrays
from indexes.kernels.edit_distance import MAX_FORM_CHARS
from indexes.kernels.name_arrays import MAX_POSITIONS, NameQueryArrays, Role, UnitKind
from indexes.kernels.score_weights import ScoreWeights
from indexes.neighbour_cache import NeighbourCache, TokenEntry
from indexes.normalise import Token, TokenKind
from indexes.packing import pack_country
from indexes.token_analysis import name_tokens

__all__ = ["NameQuestion", "encode", "question_tokens"]


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """One name asked about, with what is known of the person.

    parts: text and Role of each part in order. date: None where unknown. sex: 0 not stated, else a Sex number.
    nations: alpha-3. mask: row of the visibility table. score_min: in (0, 1].
    """

    parts: tuple[tuple[str, int], ...]
    date: BuildDate | None
    sex: int
    nations: tuple[str, ...]
    mask: int
    score_min: float


def question_tokens(question: NameQuestion) -> list[tuple[Token, int]]:
    """The tokens of a question with their roles, as many as kernels compare."""
    tokens = [(token, role) for text, role in question.parts for token in name_tokens(text)]
    return tokens[:MAX_POSITIONS]


def encode(questions: Sequence[NameQuestion], cache: NeighbourCache, weights: ScoreWeights) -> NameQueryArrays:
    """The questions of one batch as arrays. Cost: some 20 us a name, and 50 us for each token not met before."""
    tokens = [question_tokens(question) for question in questions]
    joins = [_joined_forms(own) for own in tokens]
    slots = iter(cache.exact_slots([form for own in joins for _, form in own]))
    columns = _QueryColumns(weights)
    for question, own, own_joins in zip(questions, tokens, joins, strict=True):
        columns.add_name(own, [cache.entry(token) for token, _ in own])
        columns.add_joins([(position, next(slots)) for position, _ in own_joins])
        columns.add_person(question)
    return columns.arrays()


def _joined_forms(tokens: list[tuple[Token, int]]) -> list[tuple[int, str]]:
    """Each two neighbouring name tokens as if written as one, with the position of the first."""
    joins = []
    for i in range(len(tokens) - 1):
        left, right = tokens[i][0], tokens[i + 1][0]
        if left.kind == TokenKind.NAME == right.kind:
            form = left.forms[0] + right.forms[0]
            if len(form) <= MAX_FORM_CHARS:
                joins.append((i, form))
    return joins


class _QueryColumns:
    """The columns of NameQueryArrays while a batch is encoded: add_name, add_joins, add_person for each question."""

    def __init__(self, weights: ScoreWeights) -> None:
        self._family_factor = weights.family_factor
        self._position_starts = [0]
        self._weight: list[float] = []
        self._role: list[int] = []
        self._free: list[bool] = []
        self._initial: list[int] = []
        self._unit_starts = [0]
        self._unit_slot: list[int] = []
        self._unit_kind: list[int] = []
        self._unit_position: list[int] = []
        self._unit_searched: list[bool] = []
        self._persons: list[tuple[int, float, int, int, int, int, int]] = []
        self._nation_starts = [0]
        self._nations: list[int] = []

    def add_name(self, tokens: list[tuple[Token, int]], entries: list[TokenEntry]) -> None:
        """The positions of a name and the units that one token makes."""
        for position, ((_, role), entry) in enumerate(zip(tokens, entries, strict=True)):
            self._weight.append(entry.weight * self._family_factor if role == Role.FAMILY else entry.weight)
            self._role.append(role)
            self._free.append(entry.free)
            self._initial.append(entry.initial)
            if entry.slot >= 0:
                self._add_unit(entry.slot, UnitKind.SINGLE, position, not entry.free)
            for left, right, by_left in entry.splits:
                self._add_unit(left, UnitKind.LEFT_HALF, position, by_left)
                self._add_unit(right, UnitKind.RIGHT_HALF, position, not by_left)
        self._position_starts.append(len(self._weight))

    def add_joins(self, joins: list[tuple[int, int]]) -> None:
        """The units that two neighbouring tokens make: (position, slot), -1 for none."""
        for position, slot in joins:
            if slot >= 0:
                self._add_unit(slot, UnitKind.JOINED, position, True)
        self._unit_starts.append(len(self._unit_slot))

    def add_person(self, question: NameQuestion) -> None:
        """What is known of the person beside the name."""
        date = question.date
        known = (date.year, date.year_max, date.month, date.day) if date else (0, 0, 0, 0)
        self._persons.append((question.mask, question.score_min, question.sex, *known))
        self._nations.extend(pack_country(code) for code in question.nations)
        self._nation_starts.append(len(self._nations))

    def _add_unit(self, slot: int, kind: int, position: int, searched: bool) -> None:
        self._unit_slot.append(slot)
        self._unit_kind.append(kind)
        self._unit_position.append(position)
        self._unit_searched.append(searched)

    def arrays(self) -> NameQueryArrays:
        """The columns as kernels read them."""
        persons = np.array(self._persons, np.float64).reshape(-1, 7).T
        mask, score_min, sex, year, year_max, month, day = persons
        return NameQueryArrays(
            position_starts=np.array(self._position_starts, np.int32),
            weight=np.array(self._weight, np.float32),
            role=np.array(self._role, np.uint8),
            free=np.array(self._free, np.uint8),
            initial=np.array(self._initial, np.int32),
            unit_starts=np.array(self._unit_starts, np.int32),
            unit_slot=np.array(self._unit_slot, np.int32),
            unit_kind=np.array(self._unit_kind, np.uint8),
            unit_position=np.array(self._unit_position, np.int32),
            unit_searched=np.array(self._unit_searched, np.uint8),
            visible_row=mask.astype(np.int32),
            score_min=score_min.astype(np.float32),
            dates=DateArrays(
                year.astype(np.int16), year_max.astype(np.int16), month.astype(np.uint8), day.astype(np.uint8)
            ),
            sex=sex.astype(np.uint8),
            nation_starts=np.array(self._nation_starts, np.int32),
            nations=np.array(self._nations, np.uint16),
        )
