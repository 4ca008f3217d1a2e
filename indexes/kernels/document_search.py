"""From document numbers asked about to recorded documents: equal ones, and where asked for, misread ones."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import njit

from indexes.kernels.array_types import Int32Array, UInt8Array, UInt16Array, UInt64Array
from indexes.packing import pack_symbols

__all__ = ["SAMPLE_STEP", "DocumentArrays", "DocumentHitArrays", "DocumentQueryArrays", "Tier", "search_documents"]

SAMPLE_STEP = 256  # Every so many keys one stands in the directory: 8 steps in cached samples, 8 in the keys.


class Tier(IntEnum):
    """How a recorded number stands to the one asked about, best first."""

    EXACT = 0
    CONFUSABLE = 1


class DocumentArrays(NamedTuple):
    """D recorded documents ascending by key; samples: every SAMPLE_STEP-th key. Columns as in schema.TABLES.

    class_map: access class of the segment, which access_class holds, to that of the snapshot.
    """

    key: UInt64Array
    country: UInt16Array
    type: UInt8Array
    access_class: Int32Array
    samples: UInt64Array
    class_map: Int32Array


class DocumentQueryArrays(NamedTuple):
    """Q documents asked about. symbols: (Q, 64) of packing.number_symbols, lengths: (Q,). country, type: 0 for any.

    misread: (Q,) 1 where look-alike characters are to be tried too. visible_row: row of the visibility table.
    """

    symbols: UInt8Array
    lengths: Int32Array
    country: UInt16Array
    type: UInt8Array
    misread: UInt8Array
    visible_row: Int32Array


class DocumentHitArrays(NamedTuple):
    """What was found: query, document row, Tier."""

    query: Int32Array
    row: Int32Array
    tier: UInt8Array


def _look_alikes() -> UInt8Array:
    """(37, 4) for each symbol up to four that readers take it for (DOMAIN: OCR confusion sets), 0 for none."""
    groups = ("0ODQ", "1IL", "2Z", "5S", "6G", "8B", "UV", "1J", "4A", "7T", "KX")
    table = np.zeros((37, 4), np.uint8)
    order = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for group in groups:
        for letter in group:
            row = table[order.index(letter) + 1]
            for other in group:
                if other != letter:
                    row[np.flatnonzero(row == 0)[0]] = order.index(other) + 1
    return table


_LOOK_ALIKES = _look_alikes()


@njit(cache=True, nogil=True)
def _first_at_least(documents: DocumentArrays, key: np.uint64) -> int:
    """The first row whose key is at least `key`. Cost: two short binary searches, about 0.3 us in 100 million."""
    low, high = 0, documents.samples.size
    while low < high:
        middle = (low + high) // 2
        if documents.samples[middle] < key:
            low = middle + 1
        else:
            high = middle
    high = min(low * SAMPLE_STEP, documents.key.size)
    low = max(0, (low - 1) * SAMPLE_STEP)
    while low < high:
        middle = (low + high) // 2
        if documents.key[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def _collect(
    query: int,
    key: np.uint64,
    tier: int,
    documents: DocumentArrays,
    queries: DocumentQueryArrays,
    visible: UInt8Array,
    hits: DocumentHitArrays,
    count: int,
) -> int:
    row = _first_at_least(documents, key)
    table = queries.visible_row[query]
    while row < documents.key.size and documents.key[row] == key:
        country, kind = documents.country[row], documents.type[row]
        fits = (
            visible[table, documents.class_map[documents.access_class[row]]]
            and (queries.country[query] == 0 or country == 0 or country == queries.country[query])
            and (queries.type[query] == 0 or kind == 0 or kind == queries.type[query])
        )
        if fits:
            if count < hits.query.size:
                hits.query[count] = query
                hits.row[count] = row
                hits.tier[count] = tier
            count += 1
        row += 1
    return count


@njit(cache=True, nogil=True)
def search_documents(
    documents: DocumentArrays, queries: DocumentQueryArrays, visible: UInt8Array, hits: DocumentHitArrays
) -> int:
    """Every visible recorded document with the number asked about, and the type and issuer where both sides know them.

    Where `misread` is set, also those whose number becomes it by changing one or two characters into look-alikes; with
    more it would be somebody else's. Returns how many there are; where hits has less room, it is not to be used.
    Cost: one look-up a document, and at most some 600 where misreads are tried. Twin: tests/reference/documents.py.
    """
    count = 0
    probe = np.empty(64, np.uint8)
    for query in range(queries.lengths.size):
        length = queries.lengths[query]
        probe[:length] = queries.symbols[query, :length]
        count = _collect(query, pack_symbols(probe, length), Tier.EXACT, documents, queries, visible, hits, count)
        if not queries.misread[query]:
            continue
        for i in range(length):
            for a in range(4):
                first = _LOOK_ALIKES[probe[i], a]
                if first == 0:
                    continue
                kept = probe[i]
                probe[i] = first
                count = _collect(
                    query, pack_symbols(probe, length), Tier.CONFUSABLE, documents, queries, visible, hits, count
                )
                for j in range(i + 1, length):
                    for b in range(4):
                        second = _LOOK_ALIKES[probe[j], b]
                        if second == 0:
                            continue
                        other = probe[j]
                        probe[j] = second
                        count = _collect(
                            query,
                            pack_symbols(probe, length),
                            Tier.CONFUSABLE,
                            documents,
                            queries,
                            visible,
                            hits,
                            count,
                        )
                        probe[j] = other
                probe[i] = kept
    return count
