"""CSV with a header line, record by record, each with the line where it begins.

A quoted cell may hold line ends, so a record may take a few lines; quotes that never close cost the line they open in
and nothing after it. UTF-8, or Windows-1252 (which some governments still publish) line by line where it is not.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from screening.importers.rows import Rejected, UnreadableSourceError
from screening.importers.source_files import SourceStream, numbered_lines

__all__ = ["HeadedRow", "headed_rows"]

RECORD_LINES_MAX = 16
"""Lines of one record. Addresses and remarks break into a handful; more is a quote that was never closed."""

_HEADER_LINES_MAX = 4  # Lists may have a title above the header, as the British one has.
_BOM = b"\xef\xbb\xbf"
_END_OF_FILE = b"\x1a"  # The end mark of CP/M and DOS text files, which OFAC's tools still write.

_Lines = Iterator[tuple[int, "bytes | None"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedRow:
    """One record: its first line from 1, and its cells by column, stripped; a cell beyond the header is an error."""

    line: int
    cells: Mapping[str, str]


def headed_rows(stream: SourceStream, file: str, required: Sequence[str]) -> Iterator[HeadedRow | Rejected]:
    """Reads the records below the first line that has all `required` columns.

    Raises UnreadableSourceError where none of the first lines is such a header.
    """
    reader = _RecordReader(numbered_lines(stream))
    header = _header(reader, file, required)
    while (record := reader.next_record()) is not None:
        line, cells = record
        if isinstance(cells, str):
            yield Rejected(file=file, line=line, reason=cells)
        elif len(cells) != len(header):
            yield Rejected(file=file, line=line, reason=f"{len(cells)} columns instead of {len(header)}")
        else:
            yield HeadedRow(line=line, cells=dict(zip(header, map(str.strip, cells), strict=True)))


def _header(reader: _RecordReader, file: str, required: Sequence[str]) -> list[str]:
    for _ in range(_HEADER_LINES_MAX):
        record = reader.next_record()
        if record is None:
            break
        names = [] if isinstance(record[1], str) else [cell.strip() for cell in record[1]]
        if set(required) <= set(names):
            return names
    raise UnreadableSourceError(file, f"no header with the columns {', '.join(required)}")


class _RecordReader:
    """Puts lines together to records; lines taken in vain for an open quote are read again as their own records."""

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines
        self._again: deque[tuple[int, bytes | None]] = deque()

    def next_record(self) -> tuple[int, list[str] | str] | None:
        """The line and the cells of the next record, or the reason why it is none; None at the end."""
        first = self._next_line()
        while first is not None and first[1] in (b"", _END_OF_FILE):
            first = self._next_line()
        if first is None:
            return None
        line, content = first
        if content is None:
            return line, "line too long"
        return line, self._cells(content.removeprefix(_BOM))

    def _cells(self, content: bytes) -> list[str] | str:
        parts = [_decoded(content)]
        taken: list[tuple[int, bytes | None]] = []
        while True:
            try:
                return next(csv.reader(parts, strict=True), [])
            except csv.Error as error:
                following = self._next_line() if _is_open(error) and len(parts) < RECORD_LINES_MAX else None
            if following is None or following[1] is None:
                self._again.extendleft(reversed([*taken, following] if following else taken))
                return "quotes do not close"
            taken.append(following)
            parts[-1] += "\n"
            parts.append(_decoded(following[1]))

    def _next_line(self) -> tuple[int, bytes | None] | None:
        return self._again.popleft() if self._again else next(self._lines, None)


def _is_open(error: csv.Error) -> bool:
    """Whether the record ended inside quotes. The module tells its errors apart by their text alone."""
    return "unexpected end of data" in str(error)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
