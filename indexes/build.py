"""Records and documents to the Arrow tables of a segment. Pure: storage.py writes them, snapshot.py opens them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from numba import njit

from indexes.kernels.array_types import Int32Array, Int64Array, UInt8Array, UInt32Array
from indexes.kernels.edit_keys import MAX_EDIT_KEYS, edit_keys
from indexes.normalise import Token, TokenKind
from indexes.packing import pack_countries, pack_country, pack_numbers
from indexes.schema import NO_RECORD, TABLES
from indexes.token_analysis import analyse, name_tokens

__all__ = ["NEVER", "BuildDate", "BuildDocument", "BuildIdentity", "BuildName", "BuildRecord", "SegmentBuilder"]

NEVER = 2**31 - 1  # A date ordinal (datetime.toordinal: 1 is 0001-01-01) that does not come.
_DIRECTORY_ENTRIES = 8  # Edit keys per bucket of the directory, on average: one cache line of hashes and forms.


@dataclass(frozen=True, slots=True)
class BuildName:
    """One recorded name: its parts in order, each with its role (kernels.name_arrays.Role)."""

    parts: tuple[tuple[str, int], ...]
    weak: bool


@dataclass(frozen=True, slots=True)
class BuildDate:
    """A recorded date; 0 for an unknown month or day. The year is known, else there is no date to record."""

    year: int
    year_max: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class BuildIdentity:
    """One recorded identity. sexes: bit per Sex number; nations: alpha-3 codes."""

    names: tuple[BuildName, ...]
    dates: tuple[BuildDate, ...]
    sexes: int
    nations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildDocument:
    """One document of a record; country "" and type 0 where not recorded."""

    number: str
    country: str
    type: int
    loss: int


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """One record. access_key and payload are opaque here; expires is a date ordinal, or NEVER."""

    key: str
    access_key: bytes
    expires: int
    payload: bytes
    identities: tuple[BuildIdentity, ...]
    documents: tuple[BuildDocument, ...]


class SegmentBuilder:
    """Collects records and documents, and turns them into the tables of one segment.

    Memory: the payloads, and about 150 bytes a name. Cost: about 10 us a name, then one sort of the edit keys.
    """

    def __init__(self) -> None:
        self._classes: dict[bytes, int] = {}
        self._tokens: dict[Token, int] = {}
        self._records = _RecordColumns()
        self._identities = _IdentityColumns()
        self._names = _NameColumns()
        self._documents: list[npt.NDArray[np.void]] = []
        self._linked = array("q")
        self._linked_numbers: list[str] = []

    def add(self, record: BuildRecord) -> None:
        """Adds one record with its identities, names and documents."""
        row = len(self._records.keys)
        access_class = self._class_of(record.access_key)
        self._records.add(record, access_class)
        for ordinal, identity in enumerate(record.identities):
            self._identities.add(ordinal, identity)
            for name_ordinal, name in enumerate(identity.names):
                self._add_name(name_ordinal, name, row)
        for document in record.documents:
            self._linked_numbers.append(document.number)
            self._linked.extend((pack_country(document.country), document.type, document.loss, access_class, row))

    def add_documents(self, batch: pa.RecordBatch, access_keys: Sequence[bytes], classes: Int32Array) -> None:
        """Adds bulk documents without records of their own.

        batch: columns number, issuing_country (string), type, loss (uint8). access_keys: the distinct keys of the
        batch; classes: (rows,) which of them each row has.
        """
        own = np.array([self._class_of(key) for key in access_keys], np.int32)
        columns = _document_array(len(batch))
        columns["key"] = pack_numbers(*_text_and_starts(batch.column("number")))
        columns["country"] = pack_countries(*_text_and_starts(batch.column("issuing_country")))
        columns["type"] = batch.column("type").to_numpy()
        columns["loss"] = batch.column("loss").to_numpy()
        columns["access_class"] = own[classes]
        columns["record"] = NO_RECORD
        self._documents.append(columns)

    def tables(self) -> dict[str, pa.Table]:
        """The tables of the segment: those of names only where there are records, documents where there are any."""
        tables = {"access_classes": _table("access_classes", {"key": pa.array(list(self._classes), pa.binary())})}
        if self._records.keys:
            tables["records"] = self._records.table()
            tables["identities"] = self._identities.table()
            tables["names"] = self._names.table()
            tables.update(_vocabulary_tables(list(self._tokens), self._names))
        documents = self._document_table()
        if documents.num_rows:
            tables["documents"] = documents
        return tables

    def _class_of(self, access_key: bytes) -> int:
        return self._classes.setdefault(access_key, len(self._classes))

    def _add_name(self, ordinal: int, name: BuildName, record: int) -> None:
        tokens = [(token, role) for text, role in name.parts for token in name_tokens(text)]
        if not tokens:
            return  # Nothing in it can be compared; the record keeps its other names.
        ids = [self._tokens.setdefault(token, len(self._tokens)) for token, _ in tokens[:MAX_TOKENS_OF_NAME]]
        roles = [role for _, role in tokens[:MAX_TOKENS_OF_NAME]]
        self._names.add(ordinal, len(self._identities.ordinals) - 1, record, name.weak, ids, roles)

    def _document_table(self) -> pa.Table:
        linked = _document_array(len(self._linked_numbers))
        numbers = pa.array(self._linked_numbers, pa.string())
        linked["key"] = pack_numbers(*_text_and_starts(numbers))
        facts = np.frombuffer(self._linked, np.int64).reshape(-1, 5) if self._linked else np.zeros((0, 5), np.int64)
        for column, name in enumerate(("country", "type", "loss", "access_class", "record")):
            linked[name] = facts[:, column]
        everything = np.concatenate([*self._documents, linked])
        everything = everything[np.lexsort((everything["type"], everything["country"], everything["key"]))]
        return _table(
            "documents", {name: pa.array(np.ascontiguousarray(everything[name])) for name in TABLES["documents"].names}
        )


MAX_TOKENS_OF_NAME = 16  # As many as kernels.name_arrays.MAX_POSITIONS: the parts of a name together.


class _RecordColumns:
    def __init__(self) -> None:
        self.keys: list[str] = []
        self._classes = array("i")
        self._expires = array("i")
        self._payloads: list[bytes] = []

    def add(self, record: BuildRecord, access_class: int) -> None:
        self.keys.append(record.key)
        self._classes.append(access_class)
        self._expires.append(record.expires)
        self._payloads.append(record.payload)

    def table(self) -> pa.Table:
        return _table(
            "records",
            {
                "key": pa.array(self.keys, pa.string()),
                "access_class": _numbers(self._classes, np.int32),
                "expires": _numbers(self._expires, np.int32),
                "payload": pa.array(self._payloads, pa.large_binary()),
            },
        )


class _IdentityColumns:
    def __init__(self) -> None:
        self.ordinals = array("i")
        self._sexes = array("B")
        self._date_starts = array("i", [0])
        self._dates = array("h")
        self._nation_starts = array("i", [0])
        self._nations = array("H")

    def add(self, ordinal: int, identity: BuildIdentity) -> None:
        self.ordinals.append(ordinal)
        self._sexes.append(identity.sexes)
        for date in identity.dates:
            self._dates.extend((date.year, date.year_max, date.month, date.day))
        self._date_starts.append(len(self._dates) // 4)
        self._nations.extend(pack_country(code) for code in identity.nations)
        self._nation_starts.append(len(self._nations))

    def table(self) -> pa.Table:
        dates = np.frombuffer(self._dates, np.int16).reshape(-1, 4) if self._dates else np.zeros((0, 4), np.int16)
        columns = [np.ascontiguousarray(dates[:, k]).astype(kind) for k, kind in enumerate(("i2", "i2", "u1", "u1"))]
        schema = TABLES["identities"]
        fields = schema.field("dates").type.value_field.type
        struct = pa.StructArray.from_arrays([pa.array(c) for c in columns], fields=list(fields))
        return _table(
            "identities",
            {
                "ordinal": _numbers(self.ordinals, np.int32),
                "sexes": _numbers(self._sexes, np.uint8),
                "dates": _lists("identities", "dates", self._date_starts, struct),
                "nations": _lists("identities", "nations", self._nation_starts, _numbers(self._nations, np.uint16)),
            },
        )


class _NameColumns:
    def __init__(self) -> None:
        self._facts = array("i")
        self.starts = array("q", [0])
        self.tokens = array("i")
        self._roles = array("B")

    def add(self, ordinal: int, identity: int, record: int, weak: bool, tokens: list[int], roles: list[int]) -> None:
        self._facts.extend((ordinal, identity, record, weak))
        self.tokens.extend(tokens)
        self._roles.extend(roles)
        self.starts.append(len(self.tokens))

    def table(self) -> pa.Table:
        facts = np.frombuffer(self._facts, np.int32).reshape(-1, 4) if self._facts else np.zeros((0, 4), np.int32)
        tokens, roles = _numbers(self.tokens, np.int32), _numbers(self._roles, np.uint8)
        columns = {name: pa.array(np.ascontiguousarray(facts[:, k])) for k, name in enumerate(_NAME_FACTS)}
        return _table(
            "names",
            {
                **columns,
                "weak": pa.array(facts[:, 3].astype(np.uint8)),
                "tokens": _lists("names", "tokens", self.starts, tokens),
                "roles": _lists("names", "roles", self.starts, roles),
            },
        )


_NAME_FACTS = ("ordinal", "identity", "record")


def _vocabulary_tables(tokens: list[Token], names: _NameColumns) -> dict[str, pa.Table]:
    facts = [analyse(token) for token in tokens]
    forms = pa.array([form for token in tokens for form in token.forms], pa.string())
    form_starts = np.cumsum([0] + [len(token.forms) for token in tokens], dtype=np.int32)
    posting_starts, postings = _invert(
        np.frombuffer(names.starts, np.int64), np.frombuffer(names.tokens, np.int32), len(tokens)
    )
    table = _table(
        "tokens",
        {
            "text": pa.array([token.text for token in tokens], pa.string()),
            "kind": pa.array([int(token.kind) for token in tokens], pa.uint8()),
            "weight": pa.array([fact.weight for fact in facts], pa.float32()),
            "spelling": pa.array([int(fact.spelling) for fact in facts], pa.uint8()),
            "initials": pa.array([fact.initials for fact in facts], pa.int32()),
            "forms": _lists("tokens", "forms", form_starts, forms),
            "postings": _lists("tokens", "postings", posting_starts, pa.array(postings)),
        },
    )
    return {"tokens": table, "token_keys": _key_table([f.keys for f in facts]), **_edit_tables(tokens, forms)}


def _key_table(keys: Iterable[tuple[int, ...]]) -> pa.Table:
    pairs = [(key, row) for row, own in enumerate(keys) for key in own]
    hashes = np.array([key for key, _ in pairs], np.uint64)
    order = np.argsort(hashes, kind="stable")
    rows = np.array([row for _, row in pairs], np.int32)
    return _table("token_keys", {"hash": pa.array(hashes[order]), "token": pa.array(rows[order])})


def _edit_tables(tokens: list[Token], forms: pa.Array) -> dict[str, pa.Table]:
    """Edit keys of the forms of names; the other kinds are compared whole."""
    named = np.array([token.kind == TokenKind.NAME for token in tokens for _ in token.forms], np.bool_)
    text, starts = _text_and_starts(forms)
    room = int(named.sum()) * MAX_EDIT_KEYS
    hashes, owners = np.empty(room, np.uint32), np.empty(room, np.int32)
    count = _write_edit_keys(text, starts, named, hashes, owners)
    order = np.argsort(hashes[:count], kind="stable")
    hashes, owners = hashes[:count][order], owners[:count][order]
    bits = max(1, int(max(1, count // _DIRECTORY_ENTRIES)).bit_length())
    edges = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(32 - bits)
    directory = np.searchsorted(hashes.astype(np.uint64), edges).astype(np.int64)
    return {
        "edit_keys": _table("edit_keys", {"hash": pa.array(hashes), "form": pa.array(owners)}),
        "edit_directory": _table("edit_directory", {"start": pa.array(directory)}),
    }


@njit(cache=True, nogil=True)
def _write_edit_keys(
    text: UInt8Array, starts: Int32Array, named: npt.NDArray[np.bool_], hashes: UInt32Array, owners: Int32Array
) -> int:
    keys = np.empty(MAX_EDIT_KEYS, np.uint32)
    count = 0
    for form in range(starts.size - 1):
        if named[form]:
            for k in range(edit_keys(text, starts[form], starts[form + 1] - starts[form], keys)):
                hashes[count] = keys[k]
                owners[count] = form
                count += 1
    return count


@njit(cache=True, nogil=True)
def _invert(starts: Int64Array, tokens: Int32Array, token_count: int) -> tuple[Int64Array, Int32Array]:
    """Names to postings: for each token the rows of the names that contain it, ascending, each once."""
    last = np.full(token_count, -1, np.int32)
    posting_starts = np.zeros(token_count + 1, np.int64)
    for row in range(starts.size - 1):
        for place in range(starts[row], starts[row + 1]):
            if last[tokens[place]] != row:
                last[tokens[place]] = row
                posting_starts[tokens[place] + 1] += 1
    posting_starts = np.cumsum(posting_starts)
    postings = np.empty(posting_starts[token_count], np.int32)
    filled = posting_starts[:-1].copy()
    last[:] = -1
    for row in range(starts.size - 1):
        for place in range(starts[row], starts[row + 1]):
            token = tokens[place]
            if last[token] != row:
                last[token] = row
                postings[filled[token]] = row
                filled[token] += 1
    return posting_starts, postings


def _document_array(count: int) -> npt.NDArray[np.void]:
    schema = TABLES["documents"]
    return np.zeros(count, [(field.name, field.type.to_pandas_dtype()) for field in schema])


def _text_and_starts(column: pa.Array) -> tuple[UInt8Array, Int32Array]:
    """The bytes and (n + 1,) starts of an Arrow string array, without copying."""
    _, offsets, data = column.buffers()
    starts = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return np.frombuffer(data if data and data.size else b" ", np.uint8), starts


def _numbers(values: array[int], kind: type[np.generic]) -> pa.Array:
    return pa.array(np.frombuffer(values, kind) if values else np.zeros(0, kind))


def _lists(table: str, column: str, starts: array[int] | npt.NDArray[np.signedinteger], values: pa.Array) -> pa.Array:
    kind = TABLES[table].field(column).type
    large = pa.types.is_large_list(kind)
    offsets = pa.array(np.asarray(starts, np.int64 if large else np.int32))
    make = pa.LargeListArray if large else pa.ListArray
    return make.from_arrays(offsets, values, type=kind)


def _table(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    return pa.table(columns, schema=TABLES[name])
