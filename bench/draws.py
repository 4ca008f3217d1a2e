"""Random draws that are the same on every machine, for ever.

NumPy promises the stream of a *bit generator*, not of `Generator`'s distributions (NEP 19), and `pow` may differ in the
last bit from one processor to the next. So every draw here is an integer made from raw PCG64 words by integer
arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Draws", "raw_words", "zipf_cumulative"]

_T = TypeVar("_T")

# How many raw words one refill takes: about sixty persons' worth, so that the call into NumPy costs next to nothing.
_REFILL = 2048

# Weight of rank 0 in a Zipf table. Large enough that rank 100,000 still has a weight of many thousands, small enough
# that a table of a million ranks sums far below 2**63.
_ZIPF_SCALE = 1 << 40


def raw_words(seed: int, stream: int, block: int, count: int) -> npt.NDArray[np.uint64]:
    """(count,) independent 64-bit words of one block of one stream; the same on every machine."""
    words = np.random.PCG64(np.random.SeedSequence([seed, stream, block])).random_raw(count)
    return np.asarray(words, dtype=np.uint64)


def zipf_cumulative(count: int, offset: int) -> list[int]:
    """Cumulative weights of a Zipf-Mandelbrot law with exponent 1: rank r weighs 1 / (r + offset), in exact integers.

    Args: count of ranks, 0 or more; offset, 1 or more: the greater, the flatter the head.
    """
    return list(accumulate(_ZIPF_SCALE // (rank + offset) for rank in range(count)))


def _refills(bits: np.random.PCG64) -> Iterator[list[int]]:
    while True:
        yield bits.random_raw(_REFILL).tolist()


class Draws:
    """An endless row of draws for one (seed, stream, block); two instances with equal arguments draw equally."""

    __slots__ = ("_word",)

    def __init__(self, seed: int, stream: int, block: int) -> None:
        bits = np.random.PCG64(np.random.SeedSequence([seed, stream, block]))
        # One call into C per draw: a fifth of the time of a counter and a list kept in Python.
        self._word: Callable[[], int] = chain.from_iterable(_refills(bits)).__next__

    def below(self, count: int) -> int:
        """A whole number in 0..count - 1. The bias of the modulus is below 2**-20 for any count used here."""
        return self._word() % count

    def chance(self, percent: float) -> bool:
        """True in so many of a hundred draws; resolved to a hundred-thousandth."""
        return self._word() % 100_000 < percent * 1_000

    def one_of(self, items: Sequence[_T]) -> _T:
        """One of the items, all equally likely. There must be one."""
        return items[self._word() % len(items)]

    def rank(self, cumulative: Sequence[int], count: int | None = None) -> int:
        """A rank drawn by cumulative weights; only among the first `count` of them where that is given."""
        end = len(cumulative) if count is None else count
        return bisect_right(cumulative, self._word() % cumulative[end - 1], 0, end)
