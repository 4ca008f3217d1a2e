"""Peer: PostgreSQL's pg_trgm, similarity of trigrams over a GIN index, both sides in Latin letters. Knows names only.

Through `psql`, so that no driver is needed: set SCREENING_BENCH_POSTGRES to the connection string of a database in
which temporary tables may be made and where the extension pg_trgm exists.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Sequence

from bench.peers_rapidfuzz import latin_name
from bench.quality_matchers import CANDIDATES_MAX, Found, PeerMissingError, Person

__all__ = ["PgTrgm"]

_SIMILARITY_MIN = 0.3  # The extension's own default; PEERS 5.2 measured the same recall at 0.5.
_CONNECTION = "SCREENING_BENCH_POSTGRES"

_SCRIPT = """\\set QUIET on
set client_min_messages = warning;
create temporary table recorded (id integer, name text);
create temporary table asked (id integer, name text);
copy recorded from stdin;
{recorded}\\.
copy asked from stdin;
{asked}\\.
create index on recorded using gin (name gin_trgm_ops);
analyze recorded;
set pg_trgm.similarity_threshold = {least};
copy (
  select asked.id, found.id, found.score from asked, lateral (
    select id, similarity(recorded.name, asked.name) as score from recorded
    where recorded.name % asked.name order by score desc, id limit {limit}
  ) found order by asked.id, found.score desc, found.id
) to stdout with (format csv);
"""


class PgTrgm:
    """A fresh pair of temporary tables for each search: its cost includes loading them, and is no measure of speed."""

    name = "pg_trgm"
    alert_score = None

    def __init__(self) -> None:
        self._connection = os.environ.get(_CONNECTION, "")
        if not self._connection:
            raise PeerMissingError(f"{_CONNECTION} is not set")
        if shutil.which("psql") is None:
            raise PeerMissingError("psql is not installed")
        self._recorded: list[str] = []

    def record(self, persons: Sequence[Person]) -> None:
        """Prepares the names."""
        self._recorded = [latin_name(person) for person in persons]

    def find(self, questions: Sequence[Person]) -> list[Found]:
        """Persons whose name shares so many trigrams. Raises CalledProcessError where the database refuses."""
        script = _SCRIPT.format(
            recorded=_copied(self._recorded),
            asked=_copied([latin_name(person) for person in questions]),
            least=_SIMILARITY_MIN,
            limit=CANDIDATES_MAX,
        )
        command = ["psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", self._connection]
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=True)
        found: list[Found] = [[] for _ in questions]
        for asked, row, score in csv.reader(done.stdout.splitlines()):
            found[int(asked)].append((int(row), float(score)))
        return found


def _copied(names: Sequence[str]) -> str:
    """Rows of COPY's text form; the prepared names are letters, digits and spaces, so nothing needs escaping."""
    return "".join(f"{row}\t{name}\n" for row, name in enumerate(names))
