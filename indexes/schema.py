"""All Arrow schemas of a segment, in this one place: each column's meaning, unit, and what its absence means.

A segment is a directory of Arrow IPC files, one table a file, each in one record batch, so that every column is one
contiguous buffer and opening it is a mapping. Row numbers are positions in one segment and are never shown outside it.
Nothing is null: where a value may be missing, the column says which value stands for that.
"""

from __future__ import annotations

import pyarrow as pa

__all__ = ["DOCUMENT_TABLES", "NAME_TABLES", "NO_RECORD", "SCHEMA_VERSION", "TABLES"]

SCHEMA_VERSION = 1  # Counts up with every change below; a snapshot of another version is rebuilt, not guessed at.

NO_RECORD = -1  # Stands in `documents.record` for a document without a record of its own (bulk document data).

_DATE = pa.struct(
    [
        pa.field("year", pa.int16(), nullable=False),  # Gregorian year.
        pa.field("year_max", pa.int16(), nullable=False),  # Last year it may be; = year where the year is certain.
        pa.field("month", pa.uint8(), nullable=False),  # 1-12; 0 unknown.
        pa.field("day", pa.uint8(), nullable=False),  # 1-31; 0 unknown.
    ]
)


def _required(name: str, kind: pa.DataType) -> pa.Field:
    return pa.field(name, kind, nullable=False)


def _list(kind: pa.DataType) -> pa.DataType:
    return pa.list_(pa.field("item", kind, nullable=False))


TABLES: dict[str, pa.Schema] = {
    # One row a combination of the attributes that decide access. The key is opaque to this library.
    "access_classes": pa.schema([_required("key", pa.binary())]),
    # One row a record (a notice). payload: the record as published, opaque to this library.
    "records": pa.schema(
        [
            _required("key", pa.string()),  # Unique among all records of the snapshot.
            _required("access_class", pa.int32()),  # Row of access_classes.
            _required("expires", pa.int32()),  # First day it is not answered with: date ordinal; build.NEVER.
            _required("payload", pa.large_binary()),
        ]
    ),
    # One row an identity of a record.
    "identities": pa.schema(
        [
            _required("ordinal", pa.int32()),  # Which identity of its record, from 0.
            _required("sexes", pa.uint8()),  # Bit per Sex number; 0 none recorded.
            _required("dates", _list(_DATE)),  # Empty: none recorded.
            _required("nations", _list(pa.uint16())),  # Packed alpha-3 (indexes.packing); empty: none recorded.
        ]
    ),
    # One row a recorded name. tokens and roles are of equal length, 1 to MAX_POSITIONS.
    "names": pa.schema(
        [
            _required("ordinal", pa.int32()),  # Which name of its identity, from 0.
            _required("identity", pa.int32()),  # Row of identities.
            _required("record", pa.int32()),  # Row of records.
            _required("weak", pa.uint8()),  # 1: its source calls it weak.
            _required("tokens", pa.large_list(pa.field("item", pa.int32(), nullable=False))),  # Rows of tokens.
            _required("roles", pa.large_list(pa.field("item", pa.uint8(), nullable=False))),  # 0 ?, 1 family, 2 given.
        ]
    ),
    # One row a distinct token: the vocabulary.
    "tokens": pa.schema(
        [
            _required("text", pa.string()),  # Normal form in its own script; with kind, its identity.
            _required("kind", pa.uint8()),  # TokenKind.
            _required("weight", pa.float32()),  # Rarity in (0, 1], from the frozen table, not from this corpus.
            _required("spelling", pa.uint8()),  # SpellingKind: how far its forms can be trusted letter by letter.
            _required("initials", pa.int32()),  # Bit per first letter a-z of the forms.
            _required("forms", _list(pa.string())),  # Latin spellings, most likely first; at least one.
            _required("postings", pa.large_list(pa.field("item", pa.int32(), nullable=False))),  # Rows of names, up.
        ]
    ),
    # Sound keys, known-variant symbols and the like, ascending by hash. The low bits of a hash name its channel.
    "token_keys": pa.schema([_required("hash", pa.uint64()), _required("token", pa.int32())]),
    # Symmetric-delete keys of the forms, ascending by hash.
    "edit_keys": pa.schema([_required("hash", pa.uint32()), _required("form", pa.int32())]),
    # Where the edit keys with each value of their top bits start; 2**b + 1 rows.
    "edit_directory": pa.schema([_required("start", pa.int64())]),
    # One row a document, ascending by (key, country, type).
    "documents": pa.schema(
        [
            _required("key", pa.uint64()),  # Packed number (indexes.packing).
            _required("country", pa.uint16()),  # Packed alpha-3; 0 not recorded.
            _required("type", pa.uint8()),  # DocumentType; 0 not recorded.
            _required("loss", pa.uint8()),  # LossKind; 0 not recorded.
            _required("access_class", pa.int32()),
            _required("record", pa.int32()),  # Row of records, or NO_RECORD.
        ]
    ),
}

NAME_TABLES = ("records", "identities", "names", "tokens", "token_keys", "edit_keys", "edit_directory")
DOCUMENT_TABLES = ("documents",)
