"""Draws are the same for ever, and distributed as they say."""

from __future__ import annotations

from collections import Counter

from bench.draws import Draws, raw_words, zipf_cumulative


def test_the_stream_never_changes() -> None:
    """The stream of a seed never changes: these words were written down when it was made."""
    assert raw_words(1, 2, 3, 2).tolist() == [12368030237656201616, 2047858591075935483]


def test_a_rank_is_drawn_by_its_weight() -> None:
    """Rank 0 of a Zipf law with offset 1 is drawn twice as often as rank 1 and three times as often as rank 2."""
    draws = Draws(1, 0, 0)
    counts = Counter(draws.rank(zipf_cumulative(3, 1)) for _ in range(22_000))
    assert 11_500 < counts[0] < 12_500
    assert 5_600 < counts[1] < 6_400
    assert 3_700 < counts[2] < 4_300


def test_only_the_first_ranks_are_drawn_where_so_asked() -> None:
    """Only the first ranks are drawn where so asked."""
    draws = Draws(1, 0, 0)
    assert {draws.rank(zipf_cumulative(100, 1), 2) for _ in range(200)} == {0, 1}


def test_a_chance_is_met_in_its_share() -> None:
    """A chance of none is never met, of a hundred always, of a tenth of a percent about once in a thousand."""
    draws = Draws(1, 0, 0)
    assert not any(draws.chance(0) for _ in range(1_000))
    assert all(draws.chance(100) for _ in range(1_000))
    assert 15 < sum(draws.chance(0.1) for _ in range(30_000)) < 50
