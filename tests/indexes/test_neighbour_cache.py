"""What the cache says a token is similar to is what comparing it with every token of the vocabulary says."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from indexes import neighbour_cache
from indexes.kernels.score_weights import ScoreWeights
from indexes.name_index import NameIndex
from indexes.neighbour_cache import NeighbourCache
from indexes.normalise import Token
from indexes.token_analysis import name_tokens
from screening.profiles import parse_profiles
from tests.reference.segments import tables_of
from tests.reference.token_similarity import similarity
from tests.reference.worlds import questions_about, world

_PROFILES = Path(__file__).parents[2] / "screening" / "profiles.toml"


@pytest.fixture(scope="module")
def weights() -> ScoreWeights:
    return parse_profiles(_PROFILES.read_text(encoding="utf-8"))["border"].weights


@pytest.fixture(scope="module")
def recorded() -> list[Token]:
    """The tokens of some two hundred names, in the order of their rows."""
    parts = [text for r in world(Random(5), 90) for i in r.identities for name in i.names for text, _ in name.parts]
    return list(dict.fromkeys(token for text in parts for token in name_tokens(text)))


@pytest.fixture(scope="module")
def index() -> NameIndex:
    tables = tables_of(world(Random(5), 90))
    return NameIndex(tables, np.arange(tables["access_classes"].num_rows, dtype=np.int32))


@pytest.fixture(scope="module")
def asked(recorded: list[Token]) -> list[Token]:
    """The recorded tokens, and misspelt ones."""
    questions = questions_about(Random(6), world(Random(5), 90), 150)
    return [*recorded, *(token for q in questions for text, _ in q.parts for token in name_tokens(text))]


def _neighbours(cache: NeighbourCache, token: Token) -> dict[int, float]:
    slot = cache.entry(token).slot
    if slot < 0:
        return {}
    low, size = int(cache.arrays.starts[slot]), int(cache.arrays.sizes[slot])
    rows = cache.arrays.tokens[low : low + size].tolist()
    assert len(set(rows)) == size, "each token stands in a slot once"
    return dict(zip(rows, cache.arrays.similarities[low : low + size].tolist(), strict=True))


def _expected(token: Token, recorded: list[Token], weights: ScoreWeights) -> dict[int, float]:
    alike = {row: similarity(token, other, weights) for row, other in enumerate(recorded)}
    return {row: value for row, value in alike.items() if value > 0.0}


def test_same_as_comparing_with_every_token(
    index: NameIndex, recorded: list[Token], asked: list[Token], weights: ScoreWeights
) -> None:
    """The neighbours of a token are exactly the tokens that are similar to it, with their similarity."""
    cache = NeighbourCache(index.vocabulary, index.posting_counts, weights)
    for token in asked:
        assert _neighbours(cache, token) == pytest.approx(_expected(token, recorded, weights), abs=1e-6), token.kind


@pytest.mark.parametrize("worthless", ["variant", "nickname", "initial"])
def test_worthless_links(
    index: NameIndex, recorded: list[Token], asked: list[Token], weights: ScoreWeights, worthless: str
) -> None:
    """A link that a profile gives no value is no link; no token is noted twice for it."""
    weights = weights._replace(**{worthless: 0.0})
    cache = NeighbourCache(index.vocabulary, index.posting_counts, weights)
    for token in asked[::3]:
        assert _neighbours(cache, token) == pytest.approx(_expected(token, recorded, weights), abs=1e-6), token.kind


def test_postings_are_counted(index: NameIndex, asked: list[Token], weights: ScoreWeights) -> None:
    """A slot knows how many postings its tokens have together."""
    cache = NeighbourCache(index.vocabulary, index.posting_counts, weights)
    for token in asked:
        slot = cache.entry(token).slot
        if slot >= 0:
            assert cache.arrays.postings[slot] == index.posting_counts[list(_neighbours(cache, token))].sum()


def test_same_after_making_room(
    index: NameIndex, asked: list[Token], weights: ScoreWeights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full cache is emptied between batches, stays within its bound, and says the same as before."""
    cache = NeighbourCache(index.vocabulary, index.posting_counts, weights)
    before = [_neighbours(cache, token) for token in asked]
    room = cache.arrays.starts.size
    monkeypatch.setattr(neighbour_cache, "MAX_SLOTS", 20)
    for _ in range(3):
        cache.make_room()
        assert [_neighbours(cache, token) for token in asked[:40]] == before[:40]
    cache.make_room()
    assert [_neighbours(cache, token) for token in asked] == before
    assert cache.arrays.starts.size == room


def test_unknown_tokens_are_bounded_too(
    index: NameIndex, weights: ScoreWeights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tokens that nothing is near are forgotten like any other: random names asked about do not fill the memory."""
    cache = NeighbourCache(index.vocabulary, index.posting_counts, weights)
    monkeypatch.setattr(neighbour_cache, "MAX_SLOTS", 10)
    random = Random(9)
    first = name_tokens("qxqzwxqy")[0]
    entry = cache.entry(first)
    for _ in range(200):
        cache.make_room()
        cache.entry(name_tokens("".join(random.choice("qxzwy") for _ in range(9)))[0])
    assert cache.entry(first) is not entry
