"""Figures of answers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.quality_measures import calibration, recall, threshold_of, verdicts

SCORES = st.floats(0.0, 1.0, width=32)


def test_the_threshold_lets_one_of_so_many_alert() -> None:
    """The best score that would alert one traveller too many lies just below it."""
    answers = [[(0, score)] for score in (0.9, 0.8, 0.7)] + [[] for _ in range(17)]
    threshold = threshold_of(answers, per=10)
    assert sum(found[0][1] >= threshold for found in answers if found) == 2
    assert 0.7 < threshold < 0.7 + 1e-9


def test_without_enough_alerts_any_score_counts() -> None:
    """Where fewer travellers are answered than may be, the threshold is nothing."""
    assert threshold_of([[(0, 0.9)], *([[]] * 9)], per=10) == 0.0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(SCORES, max_size=1), min_size=1, max_size=60), st.integers(1, 20))
def test_no_more_alert_than_allowed_even_among_equals(scores: list[list[float]], per: int) -> None:
    """Equal scores all alert or none does, so the rate is kept from above."""
    answers = [[(0, score) for score in own] for own in scores]
    threshold = threshold_of(answers, per)
    assert sum(bool(found) and found[0][1] >= threshold for found in answers) <= max(len(answers) // per, 0)


def test_recall_counts_ranks_and_the_threshold_apart() -> None:
    """The right row may be among the first ten below the threshold, or above it beyond the tenth place."""
    crowd = [(row, 0.9) for row in range(10)]
    answers = [[(7, 0.5)], [*crowd, (99, 0.9)], []]
    found = recall(answers, [7, 99, 3], 0.8)
    assert (found.questions, round(found.at_ranks, 3), round(found.at_threshold, 3)) == (3, 0.333, 0.333)


def test_verdicts_are_counted_by_label() -> None:
    """A score equal to the threshold matches; shares follow from the counts."""
    own = verdicts([0.8, 0.7, 0.9, 0.1], [True, True, False, False], 0.8)
    assert (own.true_positives, own.false_negatives, own.false_positives, own.true_negatives) == (1, 1, 1, 1)
    assert (own.precision, own.recall, own.f1, own.false_share) == (0.5, 0.5, 0.5, 0.5)


def test_nothing_measured_is_no_error() -> None:
    """Empty sets give zeros."""
    assert verdicts([], [], 0.5).f1 == 0.0
    assert recall([], [], 0.5).at_ranks == 0.0
    assert calibration([], []) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(SCORES, st.booleans()), max_size=50))
def test_every_pair_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    """A score of 1 as well; a bin's mean and share lie within its bounds."""
    bins = calibration([score for score, _ in pairs], [right for _, right in pairs])
    assert sum(own.pairs for own in bins) == len(pairs)
    assert all(0 <= own.right <= 1 and 0 <= own.score <= 1 for own in bins)
