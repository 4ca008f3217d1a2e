"""The bit-parallel distance against rapidfuzz's."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.kernels.edit_distance import LETTERS, MAX_FORM_CHARS, edits_allowed, letter_masks, token_distance
from tests.reference import edit_distance as twin

_SHORT = st.text("ab", min_size=1, max_size=7)
_LONG = st.text("abcz09", min_size=1, max_size=MAX_FORM_CHARS)


def _distance(a: str, b: str) -> int:
    text_a, text_b = np.frombuffer(a.encode(), np.uint8), np.frombuffer(b.encode(), np.uint8)
    masks = np.ones(LETTERS, np.uint64)
    letter_masks(text_a, 0, text_a.size, masks)
    return int(token_distance(masks, text_a, 0, text_a.size, text_b, 0, text_b.size))


@given(_SHORT | _LONG, _SHORT | _LONG)
@settings(max_examples=600, deadline=None)
def test_same_as_rapidfuzz(a: str, b: str) -> None:
    """Any two forms lie as many edits apart as rapidfuzz's alignment says, one for a single swap, either way."""
    assert _distance(a, b) == twin.distance(a, b, MAX_FORM_CHARS) == _distance(b, a)
    assert _distance(a, a) == 0


@given(_LONG, st.data())
@settings(max_examples=200, deadline=None)
def test_one_edit(form: str, data: st.DataObject) -> None:
    """A letter put in, left out or replaced, or two letters that changed places, are one edit."""
    i, j = (data.draw(st.integers(0, len(form) - 1)) for _ in range(2))
    letters = list(form)
    letters[i], letters[j] = letters[j], letters[i]
    edited = [form[:i] + "x" + form[i + 1 :], "".join(letters)]
    edited += [form[:i] + "x" + form[i:]] if len(form) < MAX_FORM_CHARS else []
    edited += [form[:i] + form[i + 1 :]] if len(form) > 1 else []
    assert all(_distance(form, other) == (form != other) for other in edited)


@given(st.integers(0, 70), st.integers(0, 70))
@settings(deadline=None)
def test_edits_allowed(a: int, b: int) -> None:
    """The shorter form decides how many edits are allowed."""
    assert edits_allowed(a, b) == twin.edits_allowed(a, b)


def test_parts_of_a_buffer() -> None:
    """Forms are compared where they stand, whatever stands around them."""
    text = np.frombuffer(b"xxkarimoxxkarinoxx", np.uint8)
    masks = np.zeros(LETTERS, np.uint64)
    letter_masks(text, 2, 6, masks)
    assert token_distance(masks, text, 2, 6, text, 10, 6) == 1
