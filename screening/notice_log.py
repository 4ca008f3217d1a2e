"""The log of record: every change to a notice is one ordered entry; the current state is a fold of the log.

SQLite in WAL mode, fully synchronous. Entries are only ever appended. An entry names its notice by (database,
notice_id) and holds the notice as published; the latest entry of a notice is its state.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["NoticeLog"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    recorded_ms INTEGER NOT NULL,   -- milliseconds since 1970
    notice_key TEXT NOT NULL,       -- database number / notice_id
    body BLOB NOT NULL              -- Notice, protobuf
) STRICT
"""
_INDEX = "CREATE INDEX IF NOT EXISTS entries_by_key ON entries (notice_key, position)"
_CURRENT = """
SELECT body FROM entries AS e
WHERE position <= :position
  AND NOT EXISTS (SELECT 1 FROM entries AS later WHERE later.notice_key = e.notice_key
                  AND later.position > e.position AND later.position <= :position)
ORDER BY position
"""


class NoticeLog:
    """Appends and folds. Many processes may read while one writes."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None, timeout=30)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute(_SCHEMA)
        self._database.execute(_INDEX)
        path.chmod(0o600)

    def append(self, entries: Iterable[tuple[str, bytes]], recorded_ms: int) -> int:
        """Appends (notice_key, body) entries in one transaction, durable on return; returns how many."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            cursor = self._database.executemany(
                "INSERT INTO entries (recorded_ms, notice_key, body) VALUES (?, ?, ?)",
                ((recorded_ms, key, body) for key, body in entries),
            )
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise
        return cursor.rowcount

    def position(self) -> int:
        """The position of the last entry; 0 for an empty log."""
        (last,) = self._database.execute("SELECT coalesce(max(position), 0) FROM entries").fetchone()
        return int(last)

    def current(self, position: int) -> Iterator[bytes]:
        """The state of every notice as of a position, in the order of their latest entries; streams."""
        for (body,) in self._database.execute(_CURRENT, {"position": position}):
            yield body

    def close(self) -> None:
        """Closes the log; what was appended is durable already."""
        self._database.close()
