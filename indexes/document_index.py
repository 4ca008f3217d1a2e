"""Document number, with type and issuing country, to candidate rows: exact first, then misreads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from indexes.kernels.array_types import AnyArray, Int32Array, UInt8Array
from indexes.kernels.document_search import (
    SAMPLE_STEP,
    DocumentArrays,
    DocumentHitArrays,
    DocumentQueryArrays,
    search_documents,
)
from indexes.packing import number_symbols, pack_country, unpack_country

__all__ = ["MAX_NUMBER_CHARS", "DocumentIndex", "DocumentMatches", "DocumentQuestion", "RecordedDocument"]

MAX_NUMBER_CHARS = 64  # Letters and digits of one number that are looked at; the edge admits 40 characters.
_HITS_FIRST = 1024  # Room for matches of one batch; grown to what a batch turns out to need.


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """One document asked about. country "" and type 0 search any; misread: try look-alike characters; mask: row of the
    visibility table."""

    number: str
    country: str
    type: int
    misread: bool
    mask: int


@dataclass(frozen=True, slots=True)
class DocumentMatches:
    """Rows found, (n,) each: question number, document row, kernels.document_search.Tier."""

    question: Int32Array
    row: Int32Array
    tier: UInt8Array


@dataclass(frozen=True, slots=True)
class RecordedDocument:
    """One recorded document. record: row of the segment's records, or NO_RECORD; access_class: of the snapshot."""

    country: str
    type: int
    loss: int
    access_class: int
    record: int
    key: int


class DocumentIndex:
    """The documents of one segment. The search needs no state of its own; the class holds the mapped columns."""

    def __init__(self, tables: Mapping[str, pa.Table], class_map: Int32Array) -> None:
        """tables: with schema.DOCUMENT_TABLES; class_map: access class of the segment to that of the snapshot."""
        table = tables["documents"]
        columns = {name: _values(table, name) for name in table.column_names}
        keys = columns["key"]
        self._loss = columns["loss"]
        self._record = columns["record"]
        self._arrays = DocumentArrays(
            keys, columns["country"], columns["type"], columns["access_class"], keys[::SAMPLE_STEP].copy(), class_map
        )

    def __len__(self) -> int:
        return int(self._arrays.key.size)

    def search(self, questions: Sequence[DocumentQuestion], visible: UInt8Array) -> DocumentMatches:
        """Every visible document that a question asks for. visible: (masks, access classes of the snapshot)."""
        queries = _encode(questions)
        room = _HITS_FIRST
        while True:
            hits = DocumentHitArrays(np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.uint8))
            count = search_documents(self._arrays, queries, visible, hits)
            if count <= room:
                return DocumentMatches(hits.query[:count], hits.row[:count], hits.tier[:count])
            room = count

    def document(self, row: int) -> RecordedDocument:
        """What is recorded in a row."""
        return RecordedDocument(
            country=unpack_country(int(self._arrays.country[row])),
            type=int(self._arrays.type[row]),
            loss=int(self._loss[row]),
            access_class=int(self._arrays.class_map[self._arrays.access_class[row]]),
            record=int(self._record[row]),
            key=int(self._arrays.key[row]),
        )


def _encode(questions: Sequence[DocumentQuestion]) -> DocumentQueryArrays:
    symbols = np.zeros((len(questions), MAX_NUMBER_CHARS), np.uint8)
    lengths = np.zeros(len(questions), np.int32)
    for i, question in enumerate(questions):
        text = np.frombuffer(question.number.encode("ascii", "ignore") or b" ", np.uint8)
        lengths[i] = number_symbols(text, 0, text.size, symbols[i])
    return DocumentQueryArrays(
        symbols,
        lengths,
        np.array([pack_country(question.country) for question in questions], np.uint16),
        np.array([question.type for question in questions], np.uint8),
        np.array([question.misread for question in questions], np.uint8),
        np.array([question.mask for question in questions], np.int32),
    )


def _values(table: pa.Table, name: str) -> AnyArray:
    values: AnyArray = table.column(name).chunk(0).to_numpy(zero_copy_only=True)
    return values
