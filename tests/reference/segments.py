"""Segments for tests as workers have them: through Arrow's file form, so that their columns are read-only.

Numba compiles for read-only arrays apart from others: tables straight from a builder would be compiled for once more.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from indexes.build import BuildRecord, SegmentBuilder

__all__ = ["file_form", "tables_of"]


def tables_of(records: Iterable[BuildRecord]) -> dict[str, pa.Table]:
    """The tables of a segment of these records, as if mapped."""
    builder = SegmentBuilder()
    for record in records:
        builder.add(record)
    return file_form(builder.tables())


def file_form(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Tables written to Arrow's file form and read back, without a file."""
    return {name: pa.ipc.open_file(pa.py_buffer(_written(table))).read_all() for name, table in tables.items()}


def _written(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        for batch in table.combine_chunks().to_batches():
            writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())
