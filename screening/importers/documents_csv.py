"""Document records from CSV, plain or gzip: columns number, issuing_country, doc_type (or type), status (or loss).

One line is one record, and quotes are only taken off around a value, never trusted to hold a line end: so a broken
line costs itself alone and every record keeps its line number. No value of these columns contains a comma. Other
columns are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from screening.importers.document_columns import INPUT_COLUMNS, REQUIRED_COLUMNS, validated
from screening.importers.rows import Advance, Rejected, UnreadableSourceError, ignore_progress
from screening.importers.source_files import LINE_BYTES_MAX, SourceStream, open_source

__all__ = ["read_documents_csv"]

_SYNONYMS = {"doc_type": "type", "status": "loss"}
_BLOCK_BYTES = 4 << 20  # Parsed at a time; a longer line cannot be read, which no document record comes near.
_HEADER_LINES = 1
_QUOTE = '"'
_NO_ROWS = (
    "Empty CSV file"  # Arrow's message where nothing follows the header; that is a list without entries, no fault.
)


class _LineCounter:
    """Gives each parsed row its line, although the parser leaves out the lines with a wrong number of columns."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._left_out: dict[int, Rejected] = {}
        self._next = _HEADER_LINES + 1

    def refuse(self, row: csv.InvalidRow) -> str:
        """The parser's handler of rows with a wrong number of columns; their text is not repeated."""
        line = row.number + _HEADER_LINES
        reason = f"{row.actual_columns} columns instead of {row.expected_columns}"
        self._left_out[line] = Rejected(file=self._file, line=line, reason=reason)
        return "skip"

    def lines(self, row_count: int) -> tuple[Sequence[int], list[Rejected]]:
        """Lines of the next so many parsed rows, and the lines left out among them and right after them."""
        if not self._left_out:
            self._next += row_count
            return range(self._next - row_count, self._next), []
        lines: list[int] = []
        passed: list[Rejected] = []
        while len(lines) < row_count or self._next in self._left_out:
            refused = self._left_out.pop(self._next, None)
            if refused is None:
                lines.append(self._next)
            else:
                passed.append(refused)
            self._next += 1
        return lines, passed


def read_documents_csv(
    paths: Sequence[Path], advance: Advance = ignore_progress
) -> Iterator[pa.RecordBatch | Rejected]:
    """Reads the files; see `DocumentFormat`. A rejection's line is the line of the text, the header being 1."""
    for path in paths:
        with open_source(path, advance) as stream:
            positions, column_count = _header(path.name, stream)
            try:
                yield from _records(path.name, stream, positions, column_count)
            except pa.ArrowInvalid as error:
                if _NO_ROWS in str(error):
                    continue
                # Arrow's messages quote the text, which may be anything; so they are not passed on.
                raise UnreadableSourceError(path.name, f"a line is longer than {_BLOCK_BYTES} bytes") from None


def _header(file: str, stream: SourceStream) -> tuple[dict[str, int], int]:
    """Position of each of our columns, and the count of all. Raises UnreadableSourceError where one is missing."""
    line = stream.readline(LINE_BYTES_MAX).decode("utf-8-sig", errors="replace")
    written = [name.strip().strip(_QUOTE) for name in line.split(",")]
    positions = {_SYNONYMS.get(name, name): position for position, name in enumerate(written)}
    for name in REQUIRED_COLUMNS:
        if name not in positions:
            raise UnreadableSourceError(file, f"column {name} is missing")
    return {name: positions[name] for name in INPUT_COLUMNS if name in positions}, len(written)


def _records(
    file: str, stream: SourceStream, positions: dict[str, int], column_count: int
) -> Iterator[pa.RecordBatch | Rejected]:
    counter = _LineCounter(file)
    for batch in _opened(stream, counter, positions, column_count):
        lines, refused = counter.lines(len(batch))
        yield from refused
        outcome = validated({name: _unquoted(batch.column(str(position))) for name, position in positions.items()})
        yield outcome.good
        for row in outcome.faulty:
            if not _is_blank(batch, row.position):
                yield Rejected(file=file, line=lines[row.position], reason=row.reason)
    yield from counter.lines(0)[1]


def _opened(
    stream: SourceStream, counter: _LineCounter, positions: dict[str, int], column_count: int
) -> csv.CSVStreamingReader:
    """A reader of bytes: what is no UTF-8 must cost its row, not the block. One thread, so that rows are numbered."""
    names = [str(position) for position in range(column_count)]
    return csv.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=csv.ReadOptions(block_size=_BLOCK_BYTES, use_threads=False, column_names=names),
        parse_options=csv.ParseOptions(quote_char=False, ignore_empty_lines=False, invalid_row_handler=counter.refuse),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.binary()),
            include_columns=[str(position) for position in positions.values()],
            strings_can_be_null=False,
        ),
    )


def _unquoted(column: pa.Array) -> pa.Array:
    """Values without the quotes around them."""
    quoted = pc.and_(pc.starts_with(column, _QUOTE), pc.ends_with(column, _QUOTE))
    if not pc.any(quoted).as_py():
        return column
    return pc.if_else(quoted, pc.binary_slice(column, 1, -1), column)


def _is_blank(batch: pa.RecordBatch, position: int) -> bool:
    """Whether the line was empty: that is no record, and no fault."""
    return not any(column[position].as_py() for column in batch.columns)
