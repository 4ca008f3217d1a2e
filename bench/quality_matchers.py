"""What the quality bench compares: a matcher finds recorded persons by name and birth date, with scores in [0, 1]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, runtime_checkable

import numpy as np

from indexes.build import SegmentBuilder
from indexes.kernels.array_types import Int32Array
from indexes.name_index import NameMatches, NameQuestion
from indexes.snapshot import Snapshot, open_snapshot
from indexes.storage import Manifest, write_segment
from screening.model import Database, Date, Identity, Name, Notice, NoticeKind, NoticeStatus
from screening.profiles import parse_profiles
from screening.recorded import build_record, date_range, name_parts
from screening.world_keeper import read_profiles

__all__ = ["CANDIDATES_MAX", "Found", "Matcher", "Ours", "PairMatcher", "PeerMissingError", "Person"]

CANDIDATES_MAX = 100
"""Answers a matcher may give to one question: what an officer would never read to the end, the same for all."""

_BATCH = 128  # Questions of one search: what a busy server collects in one micro-batch.
_ANY_DAY = 740_000  # Nothing of a bench expires.
_PROFILE = "wide"  # All profiles share one scale; this one has the lowest floor.

Found = list[tuple[int, float]]
"""Answers to one question: (row, score), best first, at most `CANDIDATES_MAX`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person asked about or recorded: names (one, unless aliases are recorded too) and birth dates, if known."""

    names: tuple[Name, ...]
    birth_dates: tuple[Date, ...] = ()


class PeerMissingError(Exception):
    """A peer cannot take part on this machine; the text says what it lacks."""


class Matcher(Protocol):
    """Someone who finds persons. A person's row is its place in what was recorded."""

    @property
    def name(self) -> str:
        """Short name, a key of the result."""

    @property
    def alert_score(self) -> float | None:
        """The score from which its makers count a match; None where its scores have no meaning across questions."""

    def record(self, persons: Sequence[Person]) -> None:
        """Takes the persons to be found, in place of earlier ones."""

    def find(self, questions: Sequence[Person]) -> list[Found]:
        """The answers to each question. Only the first name and the first birth date of a question count."""


@runtime_checkable
class PairMatcher(Matcher, Protocol):
    """A matcher that can be asked about two persons alone."""

    def score(self, pairs: Sequence[tuple[Person, Person]]) -> list[float]:
        """Scores in 0..1: the first of each pair asked for, the second recorded."""


class Ours:
    """Our own matcher, as a worker uses it: a segment built, written, mapped and searched."""

    name = "ours"

    def __init__(self) -> None:
        profiles = parse_profiles(read_profiles())
        self._profile = profiles[_PROFILE]
        self.alert_score: float | None = profiles["border"].threshold
        self._snapshot: Snapshot | None = None

    def record(self, persons: Sequence[Person]) -> None:
        """Builds and maps a segment of one notice a person."""
        builder = SegmentBuilder()
        for row, person in enumerate(persons):
            builder.add(build_record(_notice(row, person), b""))
        with TemporaryDirectory(prefix="screening-quality-") as folder:
            entry = write_segment(Path(folder), "quality", builder.tables())
            manifest = Manifest(generation=0, log_position=0, segments=(entry,))
            self._snapshot = open_snapshot(Path(folder), manifest)  # What is mapped outlives the folder's entries.

    def find(self, questions: Sequence[Person]) -> list[Found]:
        """Answers down to the floor of the profile `wide`; what lies below counts as not found."""
        found: list[Found] = []
        for start in range(0, len(questions), _BATCH):
            found.extend(map(_ranked, self._best_scores(questions[start : start + _BATCH])))
        return found

    def score(self, pairs: Sequence[tuple[Person, Person]]) -> list[float]:
        """Each first one searched among all the second ones; what lies below the floor scores 0."""
        self.record([recorded for _, recorded in pairs])
        scores: list[float] = []
        for start in range(0, len(pairs), _BATCH):
            best = self._best_scores([asked for asked, _ in pairs[start : start + _BATCH]])
            scores.extend(own.get(start + at, 0.0) for at, own in enumerate(best))
        return scores

    def _best_scores(self, questions: Sequence[Person]) -> list[dict[int, float]]:
        """By question, the best score of each record that reaches the floor."""
        assert self._snapshot is not None, "record comes before find"
        searcher = self._snapshot.searcher(0, _PROFILE, self._profile.weights)
        visible = np.ones((1, len(self._snapshot.access_keys)), np.uint8)
        asked = [_question(person, self._profile.floor) for person in questions]
        matches = searcher.search(asked, visible, _ANY_DAY)
        return _by_record(matches, searcher.index.arrays.name_record, len(questions))


def _by_record(matches: NameMatches, record_of_name: Int32Array, count: int) -> list[dict[int, float]]:
    best: list[dict[int, float]] = [{} for _ in range(count)]
    rows = record_of_name[matches.name].tolist()
    for question, row, score in zip(matches.question.tolist(), rows, matches.score.tolist(), strict=True):
        best[question][row] = max(score, best[question].get(row, 0.0))
    return best


def _ranked(scores: Mapping[int, float]) -> Found:
    """Best first; equal scores in the order of the records."""
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:CANDIDATES_MAX]


def _notice(row: int, person: Person) -> Notice:
    identity = Identity(names=person.names, birth_dates=person.birth_dates)
    return Notice(
        notice_id=str(row),
        database=Database.SANCTIONS,
        kind=NoticeKind.SANCTION,
        status=NoticeStatus.PUBLISHED,
        source="UNO",
        identities=(identity,),
    )


def _question(person: Person, score_min: float) -> NameQuestion:
    date = date_range(person.birth_dates[0]) if person.birth_dates else None
    return NameQuestion(name_parts(person.names[0]), date, 0, (), 0, score_min)
