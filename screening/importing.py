"""`screening import`: files to the log of record and to segments, with progress, and every bad row named."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from screening.data_directory import DataDirectory
from screening.errors import InvalidQueryError
from screening.importers import DOCUMENT_FORMATS, FORMATS, Rejected, UnreadableSourceError, bytes_total
from screening.model import Notice
from screening.notice_log import NoticeLog
from screening.segments import add_documents, rebuild_notices
from screening.wire_notice import notice_from_bytes, notice_to_bytes

__all__ = ["run_import"]

_SHOWN_REJECTIONS = 20  # Lines printed in full; of the others the count is said.


@dataclass(slots=True)
class _Count:
    """What became of the rows. A rejection with `row_kept` is a remark on a row that was imported."""

    good: int = 0
    rejected: int = 0
    remarks: int = 0
    shown: list[Rejected] = field(default_factory=list)

    def note(self, item: Rejected) -> None:
        self.remarks += item.row_kept
        self.rejected += not item.row_kept
        if len(self.shown) < _SHOWN_REJECTIONS:
            self.shown.append(item)


def run_import(directory: DataDirectory, name: str, paths: Sequence[Path], out: Console, err: Console) -> int:
    """Imports and says how many of each. Returns 0; 1 where rows were rejected; 2 where a file could not be read."""
    if name not in FORMATS and name not in DOCUMENT_FORMATS:
        known = ", ".join([*FORMATS, *DOCUMENT_FORMATS])
        err.print(Text.assemble(("error: ", "red"), f"FORMAT is one of {known}"), soft_wrap=True)
        return 2
    count = _Count()
    try:
        if name in FORMATS:
            _import_notices(directory, name, paths, count, err)
        else:
            _import_documents(directory, name, paths, count, err)
    except UnreadableSourceError as error:
        err.print(Text.assemble(("error: ", "red"), f"{error}; nothing was imported"), soft_wrap=True)
        return 2
    for item in count.shown:
        kind = "remark" if item.row_kept else "rejected"
        err.print(f"{item.file}:{item.line}: {kind}: {item.reason}", soft_wrap=True, highlight=False, markup=False)
    out.print(f"{count.good:,} imported, {count.rejected:,} rejected, {count.remarks:,} remarks")
    return 1 if count.rejected else 0


def _import_notices(directory: DataDirectory, name: str, paths: Sequence[Path], count: _Count, err: Console) -> None:
    log = NoticeLog(directory.notices)
    with _progress(err) as progress:
        task = progress.add_task("reading", total=bytes_total(paths))
        rows = FORMATS[name](paths, lambda size: progress.advance(task, size))
        try:
            # One transaction: of a file that turns out to be unreadable in its middle, nothing stays behind.
            log.append(_entries(rows, count), time.time_ns() // 1_000_000)
        finally:
            log.close()
    with Progress(TextColumn("indexing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err) as bar:
        built = bar.add_task("indexing", total=None)
        rebuild_notices(directory, lambda number: bar.advance(built, number))


def _entries(rows: Iterator[Notice | Rejected], count: _Count) -> Iterator[tuple[str, bytes]]:
    for row in rows:
        if isinstance(row, Rejected):
            count.note(row)
        else:
            body = notice_to_bytes(row)
            try:
                notice_from_bytes(body)  # What could not be read back would stop every later building of the index.
            except InvalidQueryError as error:
                count.note(Rejected(file="", line=0, reason=f"notice {row.notice_id}: {error}"))
                continue
            count.good += 1
            yield f"{int(row.database)}/{row.notice_id}", body


def _import_documents(directory: DataDirectory, name: str, paths: Sequence[Path], count: _Count, err: Console) -> None:
    with _progress(err) as progress:
        task = progress.add_task("reading", total=bytes_total(paths))
        rows = DOCUMENT_FORMATS[name](paths, lambda size: progress.advance(task, size))
        add_documents(directory, _batches(rows, count))


def _batches(rows: Iterator[pa.RecordBatch | Rejected], count: _Count) -> Iterator[pa.RecordBatch]:
    for row in rows:
        if isinstance(row, Rejected):
            count.note(row)
        else:
            count.good += len(row)
            yield row


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn(), console=console
    )
