"""Document records from Parquet: the way by which bulk data arrives.

Columns `number`, `type`, `issuing_country`, `loss`; optional `database` (SLTD where empty) and `source` (the issuing
country). Read in pieces of row groups, so that memory depends on neither the file nor its row groups. Other columns
are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from screening.importers.document_columns import INPUT_COLUMNS, REQUIRED_COLUMNS, validated
from screening.importers.rows import Advance, Rejected, UnreadableSourceError, ignore_progress

__all__ = ["read_documents_parquet"]

BATCH_ROWS = 1 << 17
"""Rows to a batch: some megabytes, and enough that the cost per batch does not count."""

_PAGE_BUFFER_BYTES = 1 << 20  # Streams column chunks instead of loading them, for files with one giant row group.


def read_documents_parquet(
    paths: Sequence[Path], advance: Advance = ignore_progress
) -> Iterator[pa.RecordBatch | Rejected]:
    """Reads the files; see `DocumentFormat`. A rejection's line is the row from 1; bytes are counted by rows."""
    for path in paths:
        try:
            with pq.ParquetFile(path, buffer_size=_PAGE_BUFFER_BYTES, pre_buffer=False) as file:
                yield from _records(path, file, advance)
        except (pa.ArrowException, OSError) as error:
            # Arrow's messages may quote values of the file, so only the kind of the error is passed on.
            raise UnreadableSourceError(path.name, f"not readable as Parquet ({type(error).__name__})") from None


def _records(path: Path, file: pq.ParquetFile, advance: Advance) -> Iterator[pa.RecordBatch | Rejected]:
    names = _checked_columns(path.name, file.schema_arrow)
    row_count, byte_count = file.metadata.num_rows, path.stat().st_size
    done = 0
    for batch in file.iter_batches(BATCH_ROWS, columns=names):
        outcome = validated({name: batch.column(name) for name in names})
        yield outcome.good
        for row in outcome.faulty:
            yield Rejected(file=path.name, line=done + row.position + 1, reason=row.reason)
        advance(byte_count * (done + len(batch)) // row_count - byte_count * done // row_count)
        done += len(batch)
    if not row_count:
        advance(byte_count)


def _checked_columns(file: str, schema: pa.Schema) -> list[str]:
    """The columns to read. Raises UnreadableSourceError for one that is missing or of an unfit type."""
    for name in REQUIRED_COLUMNS:
        if name not in schema.names:
            raise UnreadableSourceError(file, f"column {name} is missing")
    names = [name for name in INPUT_COLUMNS if name in schema.names]
    for name in names:
        if not _suits(name, schema.field(name).type):
            raise UnreadableSourceError(file, f"column {name} has type {schema.field(name).type}")
    return names


def _suits(name: str, kind: pa.DataType) -> bool:
    """Text anywhere, whole numbers only for enumerations: a number column has already lost the leading zeros."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    textual = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind)
    numeric = name in ("type", "loss", "database") and pa.types.is_integer(kind)
    return bool(textual or numeric or pa.types.is_null(kind))
