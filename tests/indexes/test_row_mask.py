"""Laws of row masks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indexes.row_mask import RowMask

_MASKS = arrays(np.bool_, 5).map(RowMask)


def _set(mask: RowMask) -> set[int]:
    return set(np.flatnonzero(mask.classes).tolist())


@given(_MASKS, _MASKS)
def test_and_or_are_those_of_sets(a: RowMask, b: RowMask) -> None:
    """A mask is a set of classes: and is the intersection, or the union, true where there is any."""
    assert _set(a & b) == _set(a) & _set(b)
    assert _set(a | b) == _set(a) | _set(b)
    assert bool(a) == bool(_set(a))


@given(_MASKS)
def test_none(a: RowMask) -> None:
    """The empty mask hides every row, and adds nothing to another."""
    none = RowMask.none(5)
    assert not none
    assert not a & none
    assert _set(a | none) == _set(a)


@given(_MASKS, st.data())
def test_operands_stay(a: RowMask, data: st.DataObject) -> None:
    """Combining masks changes neither of them."""
    before = _set(a)
    b = data.draw(_MASKS)
    assert _set((a & b) | b) == _set(b)
    assert _set(a) == before
