"""Name to candidate rows and their scores. May look at too many, never misses one that reaches the score asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from indexes.kernels.array_types import AnyArray, Float32Array, Int32Array, UInt8Array
from indexes.kernels.birth_dates import DateArrays
from indexes.kernels.name_alignment import Alignment, align, build_lookup, new_alignment
from indexes.kernels.name_arrays import GATE_MANY_DATES, GATE_NO_DATE, NameArrays, NameQueryArrays, Search
from indexes.kernels.name_search import HitArrays, SearchScratch, search_names
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import VocabularyArrays
from indexes.name_query import NameQuestion, encode, question_tokens
from indexes.neighbour_cache import NeighbourCache

__all__ = ["NameIndex", "NameMatches", "NameQuestion", "NameSearcher", "TokenPair"]

_HITS_FIRST = 4096  # Room for matches of one batch; grown to what a batch turns out to need.
_HITS_KEPT = 2**18  # Room for more than this many is given back after the batch that needed it.
_STAMP_LIMIT = 2**31 - 2**20  # Where query numbers start again, with room for one more batch.


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

        visible: (masks, access classes of the snapshot) 1 where a row of that class may be seen. today: a date
        ordinal. Nothing is cut off here: limits come after, over what is visible.
        """
        self._cache.make_room()
        queries = encode(questions, self._cache, self._weights)
        if self._stamp > _STAMP_LIMIT:
            self._scratch.stamps.fill(-1)
            self._stamp = 0
        while True:
            base, self._stamp = self._stamp, self._stamp + len(questions)
            count = search_names(self._inputs(queries), visible, today, self._scratch, base, self._hits)
            if count <= self._hits.query.size:
                matches = _matches(self._hits, count)
                if count > _HITS_KEPT:
                    self._hits = _hit_arrays(_HITS_FIRST)
                return matches
            self._hits = _hit_arrays(2 * count)

    def explain(self, question: NameQuestion, name: int) -> tuple[TokenPair, ...]:
        """How the tokens of a question met those of one name row: the very alignment that was scored."""
        self._cache.make_room()
        queries = encode([question], self._cache, self._weights)
        lookup = build_lookup(0, queries, self._cache.arrays)
        pairs = new_alignment()
        arrays = self.index.arrays
        chosen = align(0, name, self._inputs(queries), lookup, pairs)
        asked = [token.text for token, _ in question_tokens(question)]
        low, high = arrays.name_starts[name], arrays.name_starts[name + 1]
        texts = self.index.tokens.column("text")
        recorded = [texts[int(token)].as_py() for token in arrays.name_tokens[low:high]]
        weights = [float(self.index.vocabulary.token_weight[token]) for token in arrays.name_tokens[low:high]]
        return _token_pairs(asked, queries.weight, recorded, weights, pairs, chosen)

    def _inputs(self, queries: NameQueryArrays) -> Search:
        index = self.index
        return Search(queries, index.arrays, index.vocabulary, self._cache.arrays, self._weights)


def _token_pairs(
    asked: list[str],
    asked_weights: Float32Array,
    recorded: list[str],
    recorded_weights: list[float],
    pairs: Alignment,
    chosen: int,
) -> tuple[TokenPair, ...]:
    found = []
    left_asked, left_recorded = set(range(len(asked))), set(range(len(recorded)))
    for pair in pairs.chosen[:chosen]:
        mine = [i for i in range(len(asked)) if pairs.query_mask[pair] >> i & 1]
        theirs = [j for j in range(len(recorded)) if pairs.record_mask[pair] >> j & 1]
        left_asked -= set(mine)
        left_recorded -= set(theirs)
        texts = " ".join(asked[i] for i in mine), " ".join(recorded[j] for j in theirs)
        found.append((*texts, float(pairs.similarity[pair]), float(pairs.weight[pair])))
    found += [(asked[i], "", 0.0, float(asked_weights[i])) for i in sorted(left_asked)]
    found += [("", recorded[j], 0.0, recorded_weights[j]) for j in sorted(left_recorded)]
    total = sum(weight for *_, weight in found) or 1.0
    return tuple(TokenPair(mine, theirs, alike, weight / total) for mine, theirs, alike, weight in found)


def _matches(hits: HitArrays, count: int) -> NameMatches:
    """The first `count` hits, copied: the room they stand in is used again."""
    return NameMatches(
        question=hits.query[:count].copy(),
        name=hits.name[:count].copy(),
        name_score=hits.name_score[:count].copy(),
        score=hits.score[:count].copy(),
        date=hits.date[:count].copy(),
    )


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
    text = np.frombuffer(form_text, np.uint8) if form_text is not None else np.zeros(0, np.uint8)
    starts = np.frombuffer(form_starts, np.int32)[: form_count + 1] if form_count else np.zeros(1, np.int32)
    for array in (text, starts):
        array.setflags(write=False)  # As what is mapped: kernels are compiled once, for that.
    return VocabularyArrays(
        text,
        starts,
        np.repeat(np.arange(tokens.num_rows, dtype=np.int32), np.diff(token_forms)),
        token_forms,
        _values(_column(tokens, "weight")),
        _values(_column(tokens, "kind")),
        _values(_column(tokens, "spelling")),
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
    record_class = class_map[_values(_column(records, "access_class"))]
    return NameArrays(
        _values(tokens.offsets),
        _values(tokens.values),
        _values(roles.values),
        _values(_column(names, "identity")),
        _values(_column(names, "record")),
        _name_gates(names, identities, record_class, _values(_column(records, "expires"))),
        _values(_column(names, "weak")),
        _values(dates.offsets),
        DateArrays(*(_values(dates.values.field(k)) for k in range(4))),
        _values(_column(identities, "sexes")),
        _values(nations.offsets),
        _values(nations.values),
        record_class,
        _values(_column(records, "expires")),
        _values(postings.offsets),
        _values(postings.values),
    )


def _name_gates(names: pa.Table, identities: pa.Table, record_class: Int32Array, expires: Int32Array) -> Int32Array:
    """NameArrays.name_gates: what the first test of a name needs, in one place of memory."""
    dates = _column(identities, "dates")
    starts = _values(dates.offsets)
    year, year_max, month, day = (_values(dates.values.field(k)).astype(np.int32) for k in range(4))
    counts = np.diff(starts)
    gates = np.full(counts.size, GATE_MANY_DATES, np.int32)
    gates[counts == 0] = GATE_NO_DATE
    single = np.flatnonzero(counts == 1)
    first = starts[single]
    plain = year[first] == year_max[first]
    first = first[plain]
    gates[single[plain]] = year[first] << 9 | month[first] << 5 | day[first]
    record = _values(_column(names, "record"))
    columns = (record_class[record], expires[record], gates[_values(_column(names, "identity"))])
    stacked = np.ascontiguousarray(np.stack(columns, axis=1), np.int32).reshape(-1, 3)
    stacked.setflags(write=False)
    return stacked
