"""The three CSV files of OFAC's SDN list, read side by side.

`sdn.csv` (12 columns), `alt.csv` (5) and `add.csv` (6) are each sorted by ent_num, so one pass over the three joins
them without holding any of them. Latin-1, one record a line, no header, `-0- ` for an empty cell, a last line 0x1A.
Source: OFAC, "SDN data formats" (dat_spec.txt).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from screening.importers.rows import Rejected, clipped_code
from screening.importers.source_files import SourceStream, numbered_lines

__all__ = ["ADDRESS_COLUMNS", "ALIAS_COLUMNS", "ENTITY_COLUMNS", "JoinedRows", "OfacRow", "column_count", "ofac_rows"]

ENTITY_COLUMNS = 12
ALIAS_COLUMNS = 5
ADDRESS_COLUMNS = 6

JOINED_ROWS_MAX = 1_000
"""Rows joined to one entity; OFAC's longest has some hundred. Further ones are refused: memory is bounded."""

_EMPTY_CELL = "-0-"
_END_OF_FILE = b"\x1a"  # The end mark of CP/M and DOS text files; what follows it is no data.


@dataclass(frozen=True, slots=True, kw_only=True)
class OfacRow:
    """One record: its line from 1, its entity, its cells with "" for empty."""

    line: int
    entity: int
    cells: tuple[str, ...]


def ofac_rows(stream: SourceStream, file: str, columns: int) -> Iterator[OfacRow | Rejected]:
    """Reads a table of so many columns, naming the lines that are none of its records."""
    for line, content in numbered_lines(stream):
        if content == _END_OF_FILE:
            return
        if content == b"":
            continue
        row = _row(line, content, columns)
        yield Rejected(file=file, line=line, reason=row) if isinstance(row, str) else row


def column_count(stream: SourceStream) -> int:
    """How many columns the first record has; 0 for an empty file."""
    for _, content in numbered_lines(stream):
        return len(_cells(content or b"") or ())
    return 0


def _row(line: int, content: bytes | None, columns: int) -> OfacRow | str:
    """The record, or the reason why it is none."""
    if content is None:
        return "line too long"
    cells = _cells(content)
    if cells is None:
        return "quotes do not close"
    if len(cells) != columns:
        return f"{len(cells)} columns instead of {columns}"
    if not (cells[0].isascii() and cells[0].isdigit() and len(cells[0]) <= len(str(2**63))):
        return f"ent_num: {clipped_code(cells[0])} is no number"
    return OfacRow(line=line, entity=int(cells[0]), cells=cells)


def _cells(content: bytes) -> tuple[str, ...] | None:
    """Cells of one line; None where its quotes do not close. Each line alone: a bad quote costs one record only."""
    try:
        record = next(csv.reader([content.decode("latin-1")], strict=True), [])
    except csv.Error:
        return None
    return tuple("" if cell.strip() == _EMPTY_CELL else cell.strip() for cell in record)


class JoinedRows:
    """Rows of one table, handed out entity by entity in ascending order, with `rejected` beside them."""

    def __init__(self, rows: Iterator[OfacRow | Rejected], file: str) -> None:
        self._rows = rows
        self._file = file
        self._waiting: OfacRow | None = None
        self._latest = 0
        self.rejected: list[Rejected] = []

    def of(self, entity: int) -> tuple[tuple[str, ...], ...]:
        """Cells of the entity's rows. Rows before it belong to no entity and are rejected."""
        found: list[tuple[str, ...]] = []
        while (row := self._next()) is not None and row.entity <= entity:
            self._waiting = None
            if row.entity < entity:
                self._reject(row, f"ent_num: no entity {row.entity} in the primary file")
            elif len(found) == JOINED_ROWS_MAX:
                self._reject(row, f"more than {JOINED_ROWS_MAX} rows for entity {row.entity}")
            else:
                found.append(row.cells)
        return tuple(found)

    def rest(self) -> Iterator[Rejected]:
        """What is left when the primary file has ended: rows of no entity."""
        while (row := self._next()) is not None:
            self._waiting = None
            self._reject(row, f"ent_num: no entity {row.entity} in the primary file")
            yield from self.taken_rejections()
        yield from self.taken_rejections()

    def taken_rejections(self) -> list[Rejected]:
        """The rejections since the last call."""
        taken, self.rejected = self.rejected, []
        return taken

    def _next(self) -> OfacRow | None:
        """The row in front, which stays in front; rows that fall back behind an earlier one are rejected here."""
        while self._waiting is None:
            row = next(self._rows, None)
            if row is None:
                return None
            if isinstance(row, Rejected):
                self.rejected.append(row)
            elif row.entity < self._latest:
                self._reject(row, f"ent_num: {row.entity} after {self._latest}, the file is not sorted")
            else:
                self._waiting, self._latest = row, row.entity
        return self._waiting

    def _reject(self, row: OfacRow, reason: str) -> None:
        self.rejected.append(Rejected(file=self._file, line=row.line, reason=reason))
