"""Figures of answers: the threshold of an equal false-alert rate, recall, precision, and calibration. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.quality_matchers import Found

__all__ = [
    "ALERTS_PER",
    "RANKS",
    "Calibration",
    "Recall",
    "Verdicts",
    "calibration",
    "recall",
    "threshold_of",
    "verdicts",
]

ALERTS_PER = 1_000
"""One traveller in so many raises an alert: the false-alert rate at which matchers are compared."""

RANKS = 10
"""Recall is counted among so many best answers: what an officer looks at."""

_BINS = 10  # Of the reliability plot: wide enough that a bin has some dozens of pairs.


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Shares in 0..1 of the questions whose person was found among the first `RANKS`, and above the threshold."""

    questions: int
    at_ranks: float
    at_threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Counts of right and wrong verdicts on labelled pairs, and what follows from them (0.0 where undefined)."""

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int

    @property
    def positives(self) -> int:
        """Equal pairs."""
        return self.true_positives + self.false_negatives

    @property
    def negatives(self) -> int:
        """Different pairs."""
        return self.false_positives + self.true_negatives

    @property
    def precision(self) -> float:
        """Share of the matches that are right."""
        return _share(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        """Share of the equal pairs that match."""
        return _share(self.true_positives, self.positives)

    @property
    def false_share(self) -> float:
        """Share of the different pairs that match."""
        return _share(self.false_positives, self.negatives)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.true_positives, 2 * self.true_positives + self.false_positives + self.false_negatives)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """One bin of scores: the mean score, the share of pairs in it that are equal, and how many pairs there are."""

    score: float
    right: float
    pairs: int


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def threshold_of(answers: Sequence[Found], per: int = ALERTS_PER) -> float:
    """The least threshold at which at most one of `per` travellers, none of whom is recorded, raises an alert.

    A score equal to it counts as an alert; 0.0 where not that many raise one at any score.
    """
    best = sorted((found[0][1] for found in answers if found), reverse=True)
    allowed = len(answers) // per
    return math.nextafter(best[allowed], math.inf) if allowed < len(best) else 0.0


def recall(answers: Sequence[Found], rows: Sequence[int], threshold: float) -> Recall:
    """How often the answers have the row that is right; empty questions give zeros."""
    ranked = sum(any(row == right for row, _ in found[:RANKS]) for found, right in zip(answers, rows, strict=True))
    above = sum(
        any(row == right and score >= threshold for row, score in found)
        for found, right in zip(answers, rows, strict=True)
    )
    return Recall(questions=len(rows), at_ranks=_share(ranked, len(rows)), at_threshold=_share(above, len(rows)))


def verdicts(scores: Sequence[float], expected: Sequence[bool], threshold: float) -> Verdicts:
    """Verdicts of "score reaches threshold" against the labels."""
    pairs = [(score >= threshold, right) for score, right in zip(scores, expected, strict=True)]
    return Verdicts(
        true_positives=pairs.count((True, True)),
        false_positives=pairs.count((True, False)),
        false_negatives=pairs.count((False, True)),
        true_negatives=pairs.count((False, False)),
    )


def calibration(scores: Sequence[float], expected: Sequence[bool]) -> list[Calibration]:
    """Bins of equal width over 0..1, the empty ones left out."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for score, right in zip(scores, expected, strict=True):
        bins[min(_BINS - 1, int(score * _BINS))].append((score, right))
    return [
        Calibration(
            score=sum(score for score, _ in pairs) / len(pairs),
            right=sum(right for _, right in pairs) / len(pairs),
            pairs=len(pairs),
        )
        for pairs in bins
        if pairs
    ]
