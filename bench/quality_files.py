"""Labelled files of others: `--pairs` with {a, b, expected}, and `--records` with `--queries`.

A person is a name as text, or an object {"name": ... or "family" and "given", "birth_date": "YYYY[-MM[-DD]]"}. Names
in one piece stay in one piece; "FAMILY, Given" is told by its comma. A pair may say its `phenomenon`. A record has an
`id` and may have `names` in place of `name`; a query's `expected` is an id, or null for a stranger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.quality_lists import script_of
from bench.quality_matchers import Person
from bench.quality_sets import Pair
from screening.importers.partial_dates import date_of_text
from screening.model import Name, NameQuality

__all__ = ["RecordSet", "read_pairs", "read_records"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSet:
    """Persons recorded, questions whose answer is the row beside them, and questions of strangers."""

    recorded: tuple[Person, ...]
    asked: tuple[tuple[Person, int], ...]
    strangers: tuple[Person, ...]


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of the file. Raises ValueError naming the line at fault, and none of its values."""
    return [_at_line(path, line, _pair, row) for line, row in _rows(path)]


def read_records(records: Path, queries: Path) -> RecordSet:
    """Records and queries. Raises ValueError naming the line at fault, also for an `expected` that is no record."""
    keyed = [_at_line(records, line, lambda row: (str(row["id"]), _person(row)), row) for line, row in _rows(records)]
    rows = {key: row for row, (key, _) in enumerate(keyed)}
    asked: list[tuple[Person, int]] = []
    strangers: list[Person] = []
    for line, row in _rows(queries):
        person = _at_line(queries, line, _person, row)
        if row.get("expected") is None:
            strangers.append(person)
        else:
            asked.append((person, _at_line(queries, line, lambda row: rows[str(row["expected"])], row)))
    return RecordSet(recorded=tuple(person for _, person in keyed), asked=tuple(asked), strangers=tuple(strangers))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as lines:
        for line, text in enumerate(lines, start=1):
            if text.strip():
                yield line, _at_line(path, line, _object, text)


def _object(text: str) -> dict[str, Any]:
    row = json.loads(text)
    if not isinstance(row, dict):
        raise TypeError
    return row


def _at_line(path: Path, line: int, read: Any, row: Any) -> Any:
    try:
        return read(row)
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{path.name}: line {line} is not of the form described") from None


def _pair(row: dict[str, Any]) -> Pair:
    asked, recorded = _person(row["a"]), _person(row["b"])
    scripts = [script for person in (asked, recorded) if (script := script_of(person.names[0].text)) != "Latin"]
    return Pair(
        asked=asked,
        recorded=recorded,
        expected=bool(row["expected"]),
        phenomenon=str(row.get("phenomenon", "pairs of the file")),
        script=scripts[0] if scripts else "Latin",
    )


def _person(value: str | dict[str, Any]) -> Person:
    row = {"name": value} if isinstance(value, str) else value
    if "family" in row:
        names = [Name(family=row["family"], given=row.get("given", ""))]
    else:
        names = [_name(text) for text in row.get("names") or [row["name"]]]
    others = [replace(name, quality=NameQuality.ALIAS) for name in names[1:]]
    date = row.get("birth_date")
    return Person(names=(names[0], *others), birth_dates=(date_of_text(date),) if date else ())


def _name(text: str) -> Name:
    family, comma, given = text.partition(",")
    if comma and family.strip() and given.strip():
        return Name(family=family.strip(), given=given.strip())
    if not text.strip():
        raise ValueError
    return Name(full=text.strip())
