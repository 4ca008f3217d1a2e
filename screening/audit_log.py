"""The audit log of one worker: SQLite in WAL mode, fully synchronous, one commit a batch, hash-chained."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.audit import CHAIN_START, chained, record_bytes
from screening.model import AuditRecord

__all__ = ["AuditLog", "AuditLogMovedError", "Verdict", "audit_files", "read_bodies", "verify_log"]

LOCK_SECONDS = 1.0  # Only this process writes its log: a lock that lasts is a fault, and checks wait behind it.
_LAST = "SELECT position, link FROM checks ORDER BY position DESC LIMIT 1"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS checks (
    position INTEGER PRIMARY KEY,   -- 1, 2, 3 ... without gaps
    body BLOB NOT NULL,             -- screening.audit.record_bytes
    link BLOB NOT NULL              -- screening.audit.chained
) STRICT
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a verification found. `broken_at`: first position that does not follow from those before it, 0 for none."""

    file: str
    records: int
    head: str
    broken_at: int


class AuditLogMovedError(Exception):
    """The log's files are no longer where they were opened: what would be written would be found by nobody."""


class AuditLog:
    """Appends records durably. One thread at a time has one log; of two processes with one log each waits its turn."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._key = key
        self._files = (path, path.with_name(f"{path.name}-wal"))
        self._database = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute(_SCHEMA)
        path.chmod(0o600)
        self._opened = self._identities()

    def append(self, records: Sequence[AuditRecord], time_ms: int) -> None:
        """Makes the records durable in one commit; returns only then.

        Raises sqlite3.Error, or AuditLogMovedError where the files were moved, replaced or removed; then it kept none.
        """
        self._database.execute("BEGIN IMMEDIATE")
        try:
            self._insert(records, time_ms)
            if self._identities() != self._opened:  # SQLite does not notice, and would write into the void.
                raise AuditLogMovedError
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise

    def _insert(self, records: Sequence[AuditRecord], time_ms: int) -> None:
        """Continues the chain from its end as it is in the file: a worker that is draining may have added to it."""
        position, link = self._database.execute(_LAST).fetchone() or (0, CHAIN_START)
        rows = []
        for record in records:
            body = record_bytes(record, time_ms)
            position, link = position + 1, chained(link, body, self._key)
            rows.append((position, body, link))
        self._database.executemany("INSERT INTO checks VALUES (?, ?, ?)", rows)

    def _identities(self) -> list[tuple[int, int] | None]:
        """Device and inode of the log and its write-ahead file; None for one that is not there."""
        return [_identity(path) for path in self._files]

    def close(self) -> None:
        """Closes the log; what was appended is durable already."""
        self._database.close()


def audit_files(directory: Path) -> list[Path]:
    """The logs of all workers that ever ran in a data directory."""
    return sorted(directory.glob("worker-*.sqlite"))


def read_bodies(path: Path) -> Iterator[tuple[int, bytes, bytes]]:
    """Position, body and link of every record, in order, without changing the log."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        yield from database.execute("SELECT position, body, link FROM checks ORDER BY position")
    finally:
        database.close()


def verify_log(path: Path, key: bytes) -> Verdict:
    """Follows the chain from its start. A removed, changed or inserted record is named by its position.

    Records removed from the end leave a whole, shorter chain: compare its head with one that was kept elsewhere.
    """
    link, count = CHAIN_START, 0
    try:
        for position, body, recorded in read_bodies(path):
            count += 1
            link = chained(link, body, key)
            if position != count or link != recorded:
                return Verdict(file=path.name, records=count, head="", broken_at=count)
    except sqlite3.DatabaseError:  # Damaged below the level of records.
        return Verdict(file=path.name, records=count, head="", broken_at=count + 1)
    return Verdict(file=path.name, records=count, head=link.hex(), broken_at=0)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116  Twice for every batch, and Path.stat costs three times as much.
    except OSError:
        return None
    return found.st_dev, found.st_ino
