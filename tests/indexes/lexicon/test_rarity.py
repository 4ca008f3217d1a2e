"""Rarity: bounds, order, unknown tokens, and the two doors of one look-up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.lexicon import WEIGHT_MAX, WEIGHT_MIN, rarity_weight, rarity_weights
from indexes.lexicon.rarity import SHARE_COMMON, SHARE_RARE, length_cap, load_rarity, weight_of_share
from indexes.normalise import normalise_name

FORMS = st.lists(st.text("abcdefghiklmnorstuwyz0", max_size=9), max_size=4)
COMMON = [
    "mohammed",
    "muhammad",
    "maria",
    "ali",
    "wang",
    "kim",
    "nguyen",
    "singh",
    "smith",
    "fatima",
    "ivanov",
    "garcia",
]


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
@settings(max_examples=200)
def test_weight_falls_as_the_share_rises(shares: list[float]) -> None:
    """A commoner name never weighs more than a rarer one, and every weight is in range."""
    weights = weight_of_share(np.sort(np.array(shares)))
    assert (np.diff(weights) <= 0).all()
    assert weights.min() >= WEIGHT_MIN
    assert weights.max() <= WEIGHT_MAX


def test_ends_of_the_curve() -> None:
    """The curve reaches its bounds at the two named shares, and half-way at their geometric mean."""
    middle = (SHARE_COMMON * SHARE_RARE) ** 0.5
    weights = weight_of_share(np.array([SHARE_COMMON, middle, SHARE_RARE]))
    assert weights == pytest.approx([WEIGHT_MIN, (WEIGHT_MIN + WEIGHT_MAX) / 2, WEIGHT_MAX])


@given(st.lists(FORMS, max_size=12))
@settings(max_examples=200)
def test_both_doors_agree(tokens: list[list[str]]) -> None:
    """One by one and as a batch, tokens weigh the same, within bounds."""
    weights = rarity_weights(tokens)
    assert weights.dtype == np.float32
    assert weights.tolist() == [rarity_weight(forms) for forms in tokens]
    assert all(WEIGHT_MIN <= weight <= WEIGHT_MAX for weight in weights)


@given(FORMS, st.sampled_from(COMMON))
@settings(max_examples=100)
def test_commonest_form_decides(forms: list[str], common: str) -> None:
    """A further form can make a token look commoner, up to the length cap, but not rarer than that form alone."""
    assert rarity_weight([*forms, common]) <= rarity_weight([common]) + 1e-6


@pytest.mark.parametrize("name", COMMON)
def test_common_names_of_the_world_weigh_little(name: str) -> None:
    """The commonest names of every part of the world are near the lower bound."""
    assert rarity_weight((name,)) < 0.42


@pytest.mark.parametrize("text", ["محمد", "علي", "王", "김", "иванов"])
def test_common_names_in_their_own_script_weigh_little(text: str) -> None:
    """A common name weighs as little in its own script."""
    assert rarity_weight(normalise_name(text)[0].forms) < 0.45


def test_shared_rare_name_says_more() -> None:
    """A rare surname weighs at least twice as much as the commonest given name."""
    assert rarity_weight(("zawahiri",)) >= 2 * rarity_weight(("mohammed",))


def test_unknown_tokens_weigh_by_length() -> None:
    """A token no source knows takes the cap of its length, rising with it."""
    unknown = ["", "q", "qx", "zzq", "bvfd", "xqzvw", "grblfnk", "grblfnkgrblfnk"]
    weights = [rarity_weight((token,)) for token in unknown]
    assert weights == pytest.approx([length_cap(len(token)) for token in unknown])
    assert weights == sorted(weights)
    assert weights[-1] == WEIGHT_MAX


def test_no_form_says_nothing() -> None:
    """A token without forms, and a batch without tokens, are no error."""
    assert rarity_weight(()) == WEIGHT_MIN
    assert rarity_weights([]).shape == (0,)


def test_spelling_of_a_common_name_is_not_rare() -> None:
    """A spelling that frequency lists lack takes little more than its known variant's weight."""
    assert rarity_weight(("mohamet",)) <= rarity_weight(("muhammad",)) + 0.1


def test_table_holds_shares() -> None:
    """Every stored share is above the rare end and below one."""
    shares = load_rarity().shares
    assert shares.min() > SHARE_RARE
    assert shares.max() < 0.05
