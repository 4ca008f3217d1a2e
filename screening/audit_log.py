"""The audit log of one worker: SQLite in WAL mode, fully synchronous, one commit a batch, hash-chained."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.audit import CHAIN_START, chained, record_bytes
from screening.model import AuditRecord

__all__ = ["AuditLog", "Verdict", "audit_files", "read_bodies", "verify_log"]

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


class AuditLog:
    """Appends records durably. One process and one thread at a time has one log."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._key = key
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute(_SCHEMA)
        path.chmod(0o600)
        last = self._database.execute("SELECT position, link FROM checks ORDER BY position DESC LIMIT 1").fetchone()
        self._position, self._link = last or (0, CHAIN_START)

    def append(self, records: Sequence[AuditRecord], time_ms: int) -> None:
        """Makes the records durable in one commit; returns only then. Raises sqlite3.Error, and then kept none."""
        rows = []
        position, link = self._position, self._link
        for record in records:
            body = record_bytes(record, time_ms)
            position, link = position + 1, chained(link, body, self._key)
            rows.append((position, body, link))
        self._database.execute("BEGIN IMMEDIATE")
        try:
            self._database.executemany("INSERT INTO checks VALUES (?, ?, ?)", rows)
            self._database.execute("COMMIT")
        except sqlite3.Error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise
        self._position, self._link = position, link

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
    """Follows the chain from its start. A removed, changed or inserted record is named by its position."""
    link, count = CHAIN_START, 0
    for position, body, recorded in read_bodies(path):
        count += 1
        link = chained(link, body, key)
        if position != count or link != recorded:
            return Verdict(file=path.name, records=count, head="", broken_at=count)
    return Verdict(file=path.name, records=count, head=link.hex(), broken_at=0)
