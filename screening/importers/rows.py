"""What an importer yields beside good rows, and what a format is.

A format never lets one bad row spoil a file: the row is named in a `Rejected` and the next one is read. Only a
problem of the whole file (not XML, a missing column, a broken gzip stream) is an exception, `UnreadableSourceError`;
rows yielded before it are good, and the one who imports decides whether half a file is of use.

Reasons name the field and may quote a code or a number, never a person's name: they go to terminals and logs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from screening.model import Notice

__all__ = [
    "Advance",
    "DocumentFormat",
    "Flaws",
    "NoticeFormat",
    "Rejected",
    "RowError",
    "UnreadableSourceError",
    "clipped_code",
    "ignore_progress",
    "notice_rows",
]

Advance = Callable[[int], None]
"""Called with the number of bytes (as stored, so compressed ones of a .gz) consumed since the last call."""

Flaws = list[str]
"""Reasons why parts of one row were left out; a converter appends to it."""

CODE_CHARS_MAX = 32
"""A code that a reason quotes is cut here: long enough for every code and country name, too short to flood a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A row, or a part of one, that was not taken.

    `file` is the name without folders. `line` counts from 1: the line of the text, the line of the XML element's
    start, or the row of a Parquet file. With `row_kept` the row itself was imported without the part that the reason
    names: a sanctioned person is not lost because of one impossible date.
    """

    file: str
    line: int
    reason: str
    row_kept: bool = False


class RowError(ValueError):
    """One row cannot be taken; its text names the field and never repeats a person's data."""


class UnreadableSourceError(Exception):
    """A source file as a whole cannot be read, or not to its end."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class NoticeFormat(Protocol):
    """Reads notices one by one; memory does not grow with the file."""

    def __call__(self, paths: Sequence[Path], advance: Advance = ...) -> Iterator[Notice | Rejected]:
        """Yields notices and rejections in the order of the files. Raises UnreadableSourceError."""


class DocumentFormat(Protocol):
    """Reads document records in batches of `document_columns.DOCUMENT_SCHEMA`."""

    def __call__(self, paths: Sequence[Path], advance: Advance = ...) -> Iterator[pa.RecordBatch | Rejected]:
        """Yields batches and rejections in the order of the files. Raises UnreadableSourceError."""


def ignore_progress(byte_count: int) -> None:
    """The `Advance` of those who show no progress."""


def clipped_code(code: str) -> str:
    """A code or number as a reason may quote it: printable, and cut to `CODE_CHARS_MAX` characters."""
    printable = "".join(character if character.isprintable() else "?" for character in code)
    return repr(printable[:CODE_CHARS_MAX])


def notice_rows(file: str, line: int, convert: Callable[[Flaws], Notice]) -> Iterator[Notice | Rejected]:
    """Yields what one row became: a notice and its flaws, or the reason why there is none."""
    flaws: Flaws = []
    try:
        notice = convert(flaws)
    except RowError as error:
        yield Rejected(file=file, line=line, reason=str(error))
        return
    yield notice
    for flaw in flaws:
        yield Rejected(file=file, line=line, reason=flaw, row_kept=True)
