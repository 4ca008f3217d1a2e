"""The trial of one matcher on labelled pairs: verdicts by phenomenon, script and culture, calibration, and cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.quality_matchers import PairMatcher, Person
from bench.quality_measures import Calibration, Verdicts, calibration, verdicts
from bench.quality_sets import Pair

__all__ = ["PairTrial", "pair_trial"]

_ALL = "all pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTrial:
    """What a matcher reached on pairs, at the threshold that its makers count as a match.

    dated: verdicts by row of the table where both birth dates are told; named: where only names are, without the pairs
    whose label needs the dates. bins: calibration of the dated and the named scores. us_per_pair: with birth dates.
    """

    threshold: float
    dated: Mapping[str, Verdicts]
    named: Mapping[str, Verdicts]
    bins: Mapping[str, Sequence[Calibration]]
    us_per_pair: float


def pair_trial(matcher: PairMatcher, pairs: Sequence[Pair]) -> PairTrial:
    """Scores every pair twice, with birth dates and without. The matcher's `alert_score` must be known."""
    assert matcher.alert_score is not None, "pairs are for matchers whose scores mean something alone"
    matcher.score([(pair.asked, pair.recorded) for pair in pairs[:1]])  # What is loaded at the first use is no cost.
    started = time.perf_counter()
    dated = matcher.score([(pair.asked, pair.recorded) for pair in pairs])
    elapsed = time.perf_counter() - started
    by_name = [pair for pair in pairs if not pair.dated]
    named = matcher.score([(_undated(pair.asked), _undated(pair.recorded)) for pair in by_name])
    return PairTrial(
        threshold=matcher.alert_score,
        dated=_by_row(pairs, dated, matcher.alert_score),
        named=_by_row(by_name, named, matcher.alert_score),
        bins={
            "with birth date": calibration(dated, [pair.expected for pair in pairs]),
            "names only": calibration(named, [pair.expected for pair in by_name]),
        },
        us_per_pair=elapsed / max(1, len(pairs)) * 1e6,
    )


def _undated(person: Person) -> Person:
    return replace(person, birth_dates=())


def _by_row(pairs: Sequence[Pair], scores: Sequence[float], threshold: float) -> dict[str, Verdicts]:
    """Verdicts on all pairs, then by phenomenon, by script (of pairs across scripts), and by culture."""
    groups: tuple[Callable[[Pair], str], ...] = (
        lambda pair: _ALL,
        lambda pair: pair.phenomenon,
        lambda pair: f"script {pair.script}" if pair.script != "Latin" else "",
        lambda pair: f"culture {pair.culture}" if pair.culture else "",
    )
    rows: dict[str, Verdicts] = {}
    for group in groups:
        for key in sorted({group(pair) for pair in pairs} - {""}):
            chosen = [at for at, pair in enumerate(pairs) if group(pair) == key]
            rows[key] = verdicts([scores[at] for at in chosen], [pairs[at].expected for at in chosen], threshold)
    return rows
