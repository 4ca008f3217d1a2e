"""Peer: rapidfuzz's WRatio over every recorded name, both sides in Latin letters by anyascii. Knows names only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process, utils

from bench.quality_matchers import CANDIDATES_MAX, Found, Person

__all__ = ["WRatio", "latin_name"]

_BLOCK = 200  # Names of one matrix: 200 x 7,000 scores are small, and it fills two cores.
_CUTOFF = 50  # What lies below is never among the first ten, and need not be computed to its end.


def latin_name(person: Person) -> str:
    """The first name in lower-case Latin letters and digits, given name first, as one would prepare it for this."""
    name = person.names[0]
    return utils.default_process(anyascii(name.full or f"{name.given} {name.family}"))


class WRatio:
    """Whole names compared with every recorded one."""

    name = "wratio"
    alert_score = 0.85  # rapidfuzz recommends none; best F1 on nomenklatura's person pairs lies at 0.84 (PEERS 5.3).

    def __init__(self) -> None:
        self._recorded: list[str] = []
        self._answers: dict[str, Found] = {}

    def record(self, persons: Sequence[Person]) -> None:
        """Prepares the names."""
        self._recorded = [latin_name(person) for person in persons]
        self._answers = {}

    def find(self, questions: Sequence[Person]) -> list[Found]:
        """The best recorded names. A name asked before is not searched again: the date changes nothing."""
        names = [latin_name(person) for person in questions]
        fresh = [name for name in dict.fromkeys(names) if name not in self._answers]
        for start in range(0, len(fresh), _BLOCK):
            block = fresh[start : start + _BLOCK]
            scores = process.cdist(block, self._recorded, scorer=fuzz.WRatio, score_cutoff=_CUTOFF, workers=-1)
            self._answers.update(zip(block, map(_best, scores), strict=True))
        return [self._answers[name] for name in names]

    def score(self, pairs: Iterable[tuple[Person, Person]]) -> list[float]:
        """Scores in 0..1 of each pair."""
        return [fuzz.WRatio(latin_name(one), latin_name(other)) / 100 for one, other in pairs]


def _best(scores: np.ndarray) -> Found:
    count = min(CANDIDATES_MAX, scores.size)
    rows = np.argpartition(-scores, count - 1)[:count]
    rows = rows[np.lexsort((rows, -scores[rows]))]
    return [(int(row), float(scores[row]) / 100) for row in rows if scores[row] > 0]
