"""Peer: nomenklatura's logic-v2 (MIT) over the best candidates of other peers: WRatio, and tantivy where installed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from followthemoney.proxy import EntityProxy  # type: ignore[import-not-found, unused-ignore]
from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found, unused-ignore]

from bench.peers_rapidfuzz import WRatio
from bench.quality_matchers import Found, Matcher, Person

__all__ = ["LogicV2"]

_CANDIDATES_EACH = 20  # From each source. Its own service, yente, scores 50 in all.


class LogicV2:
    """Candidates by name from each source, scored with name and birth date."""

    name = "logic-v2"
    alert_score = 0.70  # The threshold that its service recommends.

    def __init__(self) -> None:
        self._algorithm = get_algorithm("logic-v2")
        self._config = self._algorithm.default_config()
        self._sources: list[Matcher] = [WRatio(), *_tantivy()]
        self._recorded: list[Any] = []
        self._keys = map(str, itertools.count())

    def record(self, persons: Sequence[Person]) -> None:
        """Makes entities, and records them in the sources of candidates."""
        self._recorded = [self._entity(person) for person in persons]
        for source in self._sources:
            source.record(persons)

    def find(self, questions: Sequence[Person]) -> list[Found]:
        """The scored candidates."""
        by_source = [source.find(questions) for source in self._sources]
        return [self._find(person, answers) for person, *answers in zip(questions, *by_source, strict=True)]

    def _find(self, person: Person, answers: Sequence[Found]) -> Found:
        rows = dict.fromkeys(row for found in answers for row, _ in found[:_CANDIDATES_EACH])
        asked = self._entity(person)
        scored = [(row, self._score(asked, self._recorded[row])) for row in rows]
        return sorted((pair for pair in scored if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))

    def score(self, pairs: Iterable[tuple[Person, Person]]) -> list[float]:
        """Scores in 0..1 of each pair."""
        return [self._score(self._entity(one), self._entity(other)) for one, other in pairs]

    def _score(self, asked: Any, recorded: Any) -> float:
        return max(0.0, float(self._algorithm.compare(asked, recorded, self._config).score))

    def _entity(self, person: Person) -> Any:
        """An entity under a key never used before: its library remembers what it made of an entity by the key alone.

        Names go in one piece, given name first: told apart, a swapped order would find hardly anyone (0.18 of our
        pairs instead of all), and a peer is shown at its best.
        """
        names = [name.full or f"{name.given} {name.family}".strip() for name in person.names]
        properties: dict[str, list[str]] = {"name": names}
        properties["birthDate"] = [_iso(date.year, date.month, date.day) for date in person.birth_dates]
        return EntityProxy.from_dict({"id": next(self._keys), "schema": "Person", "properties": properties})


def _tantivy() -> list[Matcher]:
    try:
        from bench.peers_tantivy import TantivyFuzzy
    except ImportError:
        return []
    return [TantivyFuzzy()]


def _iso(year: int, month: int, day: int) -> str:
    return "-".join(f"{part:0{width}d}" for part, width in ((year, 4), (month, 2), (day, 2)) if part)
