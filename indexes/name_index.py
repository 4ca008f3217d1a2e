"""Name to candidate rows and their scores. May look at too many, never misses one that reaches the score asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from indexes.build import BuildDate
from indexes.kernels.array_types import AnyArray, Float32Array, Int32Array, UInt8Array
from indexes.kernels.birth_dates import DateArrays
from indexes.kernels.name_alignment import align, build_lookup, new_alignment
from indexes.kernels.name_arrays import (
    MAX_POSITIONS,
    NameArrays,
    NameQueryArrays,
    Role,
    UnitKind,
)
from indexes.kernels.name_search import HitArrays, SearchScratch, search_names, smallest_name_score
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import VocabularyArrays
from indexes.neighbour_cache import NeighbourCache, TokenEntry
from indexes.normalise import Token
from indexes.packing import pack_country
from indexes.token_analysis import name_tokens

__all__ = ["NameIndex", "NameMatches", "NameQuestion", "NameSearcher", "TokenPair"]

_HITS_FIRST = 4096  # Room for matches of one batch; grown to what a batch turns out to need.
_STAMP_LIMIT = 2**31 - 2**20  # Where query numbers start again, with room for one more batch.


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


@dataclass(frozen=True, slots=True)
class NameMatches:
    """Rows found, (n,) each, by question, ascending: question number, name row, name score, score, DateAgreement."""

    question: Int32Array
    name: Int32Array
    name_score: Float32Array
    score: Float32Array
    date: UInt8Array


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What of the name asked about met what of the recorded name; one side empty where a token met nothing.

    similarity in (0, 1]; weight: what the pair counts, as a share of 1 over all pairs and left-overs of the name.
    """

    asked: str
    recorded: str
    similarity: float
    weight: float


class NameIndex:
    """The names of one segment: its tables, and the same as arrays for kernels."""

    def __init__(self, tables: Mapping[str, pa.Table], class_map: Int32Array) -> None:
        """tables: those of schema.NAME_TABLES; class_map: access class of the segment to that of the snapshot."""
        self.tokens = tables["tokens"]
        self.names = tables["names"]
        self.identities = tables["identities"]
        self.records = tables["records"]
        self.vocabulary = _vocabulary_arrays(tables)
        self.arrays = _name_arrays(tables, class_map)
        self.posting_counts = np.diff(self.arrays.posting_starts).astype(np.int32)

    def __len__(self) -> int:
        return int(self.arrays.name_record.size)

    def payload(self, record: int) -> bytes:
        """The record as published."""
        return bytes(self.records.column("payload")[record].as_buffer())

    def record_key(self, record: int) -> str:
        """The key under which the record was built."""
        return str(self.records.column("key")[record].as_py())

    def place(self, name: int) -> tuple[int, int]:
        """Which identity of its record a name row belongs to, and which name of that identity it is."""
        identity = int(self.arrays.name_identity[name])
        return (
            self.identities.column("ordinal")[identity].as_py(),
            self.names.column("ordinal")[name].as_py(),
        )


class NameSearcher:
    """Searches one index with one profile's weights. For one thread: it owns scratch space and the neighbour cache."""

    def __init__(self, index: NameIndex, weights: ScoreWeights) -> None:
        self.index = index
        self._weights = weights
        self._cache = NeighbourCache(index.vocabulary, index.posting_counts, weights)
        self._scratch = SearchScratch(np.full(len(index), -1, np.int32), np.zeros(len(index), np.uint16))
        self._stamp = 0
        self._hits = _hit_arrays(_HITS_FIRST)

    def search(self, questions: Sequence[NameQuestion], visible: UInt8Array, today: int) -> NameMatches:
        """Every visible name that reaches what its question asks for.

        visible: (masks, access classes of the snapshot) 1 where a row of that class may be seen. today: days since
        1970. Nothing is cut off here: limits come after, over what is visible.
        """
        self._cache.make_room()
        queries = self._encode(questions)
        if self._stamp > _STAMP_LIMIT:
            self._scratch.stamps.fill(-1)
            self._stamp = 0
        while True:
            base, self._stamp = self._stamp, self._stamp + len(questions)
            count = search_names(
                queries,
                self.index.arrays,
                self.index.vocabulary,
                self._cache.arrays,
                self._weights,
                visible,
                today,
                self._scratch,
                base,
                self._hits,
            )
            if count <= self._hits.query.size:
                return NameMatches(*(column[:count].copy() for column in self._hits))
            self._hits = _hit_arrays(2 * count)

    def explain(self, question: NameQuestion, name: int) -> tuple[TokenPair, ...]:
        """How the tokens of a question met those of one name row: the very alignment that was scored."""
        self._cache.make_room()
        queries = self._encode([question])
        lookup = build_lookup(0, queries, self._cache.arrays)
        pairs = new_alignment()
        arrays = self.index.arrays
        chosen = align(0, name, queries, arrays, self.index.vocabulary, self._weights, lookup, pairs)
        asked = [token.text for token, _ in _tokens_of(question)]
        low, high = arrays.name_starts[name], arrays.name_starts[name + 1]
        texts = self.index.tokens.column("text")
        recorded = [texts[int(token)].as_py() for token in arrays.name_tokens[low:high]]
        weights = [float(self.index.vocabulary.token_weight[token]) for token in arrays.name_tokens[low:high]]
        return _token_pairs(asked, queries.weight, recorded, weights, pairs, chosen)

    def _encode(self, questions: Sequence[NameQuestion]) -> NameQueryArrays:
        columns = _QueryColumns()
        for question in questions:
            columns.add(question, _tokens_of(question), self._cache, self._weights)
        return columns.arrays()


def _tokens_of(question: NameQuestion) -> list[tuple[Token, int]]:
    tokens = [(token, role) for text, role in question.parts for token in name_tokens(text)]
    return tokens[:MAX_POSITIONS]


class _QueryColumns:
    """The columns of NameQueryArrays while a batch is encoded."""

    def __init__(self) -> None:
        self._position_starts = [0]
        self._positions: list[tuple[float, int, bool, int]] = []
        self._unit_starts = [0]
        self._units: list[tuple[int, int, int, bool]] = []
        self._questions: list[tuple[int, float, float, int, int, int, int, int]] = []
        self._nation_starts = [0]
        self._nations: list[int] = []

    def add(
        self,
        question: NameQuestion,
        tokens: list[tuple[Token, int]],
        cache: NeighbourCache,
        weights: ScoreWeights,
    ) -> None:
        entries = [cache.entry(token) for token, _ in tokens]
        for i, ((token, role), entry) in enumerate(zip(tokens, entries, strict=True)):
            factor = weights.family_factor if role == Role.FAMILY else 1.0
            self._positions.append((entry.weight * factor, role, entry.free, entry.initial))
            self._add_units(i, entry)
            if i and not entry.free and not entries[i - 1].free:
                slot = cache.joined_slot(tokens[i - 1][0], token)
                if slot >= 0:
                    self._units.append((slot, UnitKind.JOINED, i - 1, True))
        self._position_starts.append(len(self._positions))
        self._unit_starts.append(len(self._units))
        self._add_person(question, weights)

    def _add_units(self, position: int, entry: TokenEntry) -> None:
        if entry.slot >= 0:
            self._units.append((entry.slot, UnitKind.SINGLE, position, not entry.free))
        for left, right, by_left in entry.splits:
            self._units.append((left, UnitKind.LEFT_HALF, position, by_left))
            self._units.append((right, UnitKind.RIGHT_HALF, position, not by_left))

    def _add_person(self, question: NameQuestion, weights: ScoreWeights) -> None:
        date = question.date
        name_min = smallest_name_score(
            question.score_min, date is not None, question.sex != 0, bool(question.nations), weights
        )
        known = (date.year, date.year_max, date.month, date.day) if date else (0, 0, 0, 0)
        self._questions.append((question.mask, question.score_min, name_min, question.sex, *known))
        self._nations.extend(pack_country(code) for code in question.nations)
        self._nation_starts.append(len(self._nations))

    def arrays(self) -> NameQueryArrays:
        weight, role, free, initial = _columns(self._positions, 4)
        slot, kind, position, searched = _columns(self._units, 4)
        mask, score_min, name_min, sex, year, year_max, month, day = _columns(self._questions, 8)
        dates = DateArrays(
            np.array(year, np.int16), np.array(year_max, np.int16), np.array(month, np.uint8), np.array(day, np.uint8)
        )
        return NameQueryArrays(
            np.array(self._position_starts, np.int32),
            np.array(weight, np.float32),
            np.array(role, np.uint8),
            np.array(free, np.uint8),
            np.array(initial, np.int32),
            np.array(self._unit_starts, np.int32),
            np.array(slot, np.int32),
            np.array(kind, np.uint8),
            np.array(position, np.int32),
            np.array(searched, np.uint8),
            np.array(mask, np.int32),
            np.array(score_min, np.float32),
            np.array(name_min, np.float32),
            dates,
            np.array(sex, np.uint8),
            np.array(self._nation_starts, np.int32),
            np.array(self._nations, np.uint16),
        )


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> Sequence[Sequence[object]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _token_pairs(
    asked: list[str],
    asked_weights: Float32Array,
    recorded: list[str],
    recorded_weights: list[float],
    pairs: object,
    chosen: int,
) -> tuple[TokenPair, ...]:
    found = []
    left_asked, left_recorded = set(range(len(asked))), set(range(len(recorded)))
    for pair in pairs.chosen[:chosen]:  # type: ignore[attr-defined]
        mine = [i for i in range(len(asked)) if pairs.query_mask[pair] >> i & 1]  # type: ignore[attr-defined]
        theirs = [j for j in range(len(recorded)) if pairs.record_mask[pair] >> j & 1]  # type: ignore[attr-defined]
        left_asked -= set(mine)
        left_recorded -= set(theirs)
        texts = " ".join(asked[i] for i in mine), " ".join(recorded[j] for j in theirs)
        found.append((*texts, float(pairs.similarity[pair]), float(pairs.weight[pair])))  # type: ignore[attr-defined]
    found += [(asked[i], "", 0.0, float(asked_weights[i])) for i in sorted(left_asked)]
    found += [("", recorded[j], 0.0, recorded_weights[j]) for j in sorted(left_recorded)]
    total = sum(weight for *_, weight in found) or 1.0
    return tuple(TokenPair(mine, theirs, alike, weight / total) for mine, theirs, alike, weight in found)


def _hit_arrays(room: int) -> HitArrays:
    return HitArrays(
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.float32),
        np.empty(room, np.float32),
        np.empty(room, np.uint8),
    )


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _values(array: pa.Array) -> AnyArray:
    values: AnyArray = array.to_numpy(zero_copy_only=True)
    return values


def _vocabulary_arrays(tables: Mapping[str, pa.Table]) -> VocabularyArrays:
    tokens = tables["tokens"]
    forms = _column(tokens, "forms")
    token_forms = _values(forms.offsets)
    _, form_starts, form_text = forms.values.buffers()
    form_count = len(forms.values)
    return VocabularyArrays(
        np.frombuffer(form_text, np.uint8),
        np.frombuffer(form_starts, np.int32)[: form_count + 1],
        np.repeat(np.arange(tokens.num_rows, dtype=np.int32), np.diff(token_forms)),
        token_forms,
        _values(_column(tokens, "weight")),
        _values(_column(tokens, "kind")),
        _values(_column(tokens, "initials")),
        _values(_column(tables["token_keys"], "hash")),
        _values(_column(tables["token_keys"], "token")),
        _values(_column(tables["edit_directory"], "start")),
        _values(_column(tables["edit_keys"], "hash")),
        _values(_column(tables["edit_keys"], "form")),
    )


def _name_arrays(tables: Mapping[str, pa.Table], class_map: Int32Array) -> NameArrays:
    names, identities, records = tables["names"], tables["identities"], tables["records"]
    tokens, roles = _column(names, "tokens"), _column(names, "roles")
    dates, nations = _column(identities, "dates"), _column(identities, "nations")
    postings = _column(tables["tokens"], "postings")
    return NameArrays(
        _values(tokens.offsets),
        _values(tokens.values),
        _values(roles.values),
        _values(_column(names, "identity")),
        _values(_column(names, "record")),
        _values(_column(names, "weak")),
        _values(dates.offsets),
        DateArrays(*(_values(dates.values.field(k)) for k in range(4))),
        _values(_column(identities, "sexes")),
        _values(nations.offsets),
        _values(nations.values),
        class_map[_values(_column(records, "access_class"))],
        _values(_column(records, "expires")),
        _values(postings.offsets),
        _values(postings.values),
    )
