"""Forms that may be proposed for one another always share an edit key."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexes.kernels.edit_keys import MAX_EDIT_KEYS, edit_keys, whole_key
from tests.reference.edit_distance import distance, edits_allowed

_FORMS = st.text("ab", min_size=1, max_size=11) | st.text("abcdef", min_size=1, max_size=14)


def _keys(form: str) -> set[int]:
    out = np.zeros(MAX_EDIT_KEYS, np.uint32)
    count = edit_keys(np.frombuffer(form.encode(), np.uint8), 0, len(form), out)
    assert 1 <= count <= MAX_EDIT_KEYS
    return set(out[:count].tolist())


@given(_FORMS, st.data())
@settings(max_examples=800, deadline=None)
@example("abcdef", None)
def test_near_forms_meet(form: str, data: st.DataObject | None) -> None:
    """Two forms within the edits allowed share a key, wherever the edits lie and whatever letters repeat."""
    other = _edited(form, data) if data else "fbcdea"
    if other and distance(form, other, 3) <= edits_allowed(len(form), len(other)):
        assert _keys(form) & _keys(other), (form, other)


def _edited(form: str, data: st.DataObject) -> str:
    for _ in range(data.draw(st.integers(0, 2))):
        place, letter = data.draw(st.integers(0, len(form))), data.draw(st.sampled_from("abcdef"))
        other = data.draw(st.integers(0, len(form)))
        swapped = list(form)
        if max(place, other) < len(form):
            swapped[place], swapped[other] = swapped[other], swapped[place]
        form = data.draw(
            st.sampled_from(
                [
                    form[:place] + letter + form[place:],
                    form[:place] + form[place + 1 :],
                    form[:place] + letter + form[place + 1 :],
                    form[:place] + form[place + 1 : place + 2] + form[place : place + 1] + form[place + 2 :],
                    "".join(swapped),
                ]
            )
        )
    return form


@given(_FORMS)
@settings(deadline=None)
def test_whole_key(form: str) -> None:
    """The key of the whole form is among its keys, so that an equal form is found by one look-up."""
    assert int(whole_key(np.frombuffer(form.encode(), np.uint8), 0, len(form))) in _keys(form)


@given(st.text("abcdefgh", min_size=3, max_size=8))
@settings(deadline=None)
def test_far_forms_rarely_meet(form: str) -> None:
    """Keys tell forms apart: one of other letters shares none."""
    assert not _keys(form) & _keys(form.translate(str.maketrans("abcdefgh", "ijklmnop")))
