"""Recorded names, and names asked about, as arrays, the way kernels see them."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from indexes.kernels.array_types import (
    Float32Array,
    Int32Array,
    Int64Array,
    UInt8Array,
    UInt16Array,
)
from indexes.kernels.birth_dates import DateArrays
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import VocabularyArrays

__all__ = [
    "GATE_MANY_DATES",
    "GATE_NO_DATE",
    "MAX_POSITIONS",
    "MAX_SPLIT_CHARS",
    "MAX_UNITS",
    "MIN_HALF_CHARS",
    "NameArrays",
    "NameQueryArrays",
    "NeighbourArrays",
    "Role",
    "Search",
    "UnitKind",
]

MAX_POSITIONS = 16  # Tokens of one name, on both sides; the longest recorded names have about twelve.
MAX_SPLIT_CHARS = 24  # Longest form that is tried as two names written as one; longer ones are compounds of more.
MIN_HALF_CHARS = 2  # Shortest half of it: LI NA, WU DI.
# Positions, their joined neighbours, and two halves for every place where a token may be split.
MAX_UNITS = MAX_POSITIONS * (2 + 2 * (MAX_SPLIT_CHARS - 2 * MIN_HALF_CHARS + 1))


GATE_NO_DATE = 0  # In the third column of name_gates: no birth date is recorded, ...
GATE_MANY_DATES = -1  # ... or several, or one that is a range; else year << 9 | month << 5 | day of the only one.


class Role(IntEnum):
    """Which part of the name a token stands in."""

    UNKNOWN = 0
    FAMILY = 1
    GIVEN = 2


class UnitKind(IntEnum):
    """What of the name asked about is looked up as one token."""

    SINGLE = 0  # One token.
    JOINED = 1  # Two neighbouring tokens as if written as one.
    LEFT_HALF = 2  # The beginning of a token, whose rest is the RIGHT_HALF that follows as the next unit.
    RIGHT_HALF = 3


class NameArrays(NamedTuple):
    """N recorded names of I identities of R records.

    name_starts: (N + 1,) into name_tokens and name_roles. name_identity, name_record: (N,). name_gates: (N, 3) access
    class, day of expiry and birth date (GATE_*) side by side, for the test that most names end at. name_weak: (N,) 1
    where the source calls the name weak. identity_dates: (I + 1,) into dates. identity_sexes: (I,) bit per Sex number.
    identity_nations: (I + 1,) into nations (packed alpha-3). record_class: (R,). record_expires: (R,) first day (date
    ordinal) on which the record is no longer answered with. postings_starts: (T + 1,) into postings, names ascending.
    """

    name_starts: Int64Array
    name_tokens: Int32Array
    name_roles: UInt8Array
    name_identity: Int32Array
    name_record: Int32Array
    name_gates: Int32Array
    name_weak: UInt8Array
    identity_dates: Int32Array
    dates: DateArrays
    identity_sexes: UInt8Array
    identity_nations: Int32Array
    nations: UInt16Array
    record_class: Int32Array
    record_expires: Int32Array
    posting_starts: Int64Array
    postings: Int32Array


class NameQueryArrays(NamedTuple):
    """Q names asked about, of one batch.

    position_starts: (Q + 1,) into weight, role, free, initial. free: 1 for a token that is not searched by (particle,
    initial, suffix). initial: letter 0-25 of an initial asked about, else -1. unit_starts: (Q + 1,) into the unit
    columns: slot (in the neighbour cache), kind, first position covered (JOINED covers the next one too), searched (1
    where its postings are gone through; of two halves one is enough). visible_row: (Q,) row of the visibility table.
    score_min: (Q,) lowest score that counts. dates, sex, nation_starts, nations: as in the records.
    """

    position_starts: Int32Array
    weight: Float32Array
    role: UInt8Array
    free: UInt8Array
    initial: Int32Array
    unit_starts: Int32Array
    unit_slot: Int32Array
    unit_kind: UInt8Array
    unit_position: Int32Array
    unit_searched: UInt8Array
    visible_row: Int32Array
    score_min: Float32Array
    dates: DateArrays
    sex: UInt8Array
    nation_starts: Int32Array
    nations: UInt16Array


class NeighbourArrays(NamedTuple):
    """The neighbour cache: slot s holds tokens[starts[s]:starts[s] + sizes[s]] with their similarities.

    postings: (slots,) how many postings the tokens of the slot have together.
    """

    starts: Int64Array
    sizes: Int32Array
    postings: Int64Array
    tokens: Int32Array
    similarities: Float32Array


class Search(NamedTuple):
    """All that a search of names reads: what is asked, what is recorded, what lies between them, and the weights."""

    queries: NameQueryArrays
    names: NameArrays
    vocabulary: VocabularyArrays
    neighbours: NeighbourArrays
    weights: ScoreWeights
