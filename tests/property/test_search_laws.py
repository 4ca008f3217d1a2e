"""Promise 1: no match is lost in the index. Every search is compared with scoring every recorded name one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.build import NEVER, BuildDate, BuildIdentity, BuildName, BuildRecord, SegmentBuilder
from indexes.kernels.name_search import DIRECT_POSTINGS
from indexes.kernels.score_weights import ScoreWeights
from indexes.name_index import NameIndex, NameMatches, NameQuestion, NameSearcher
from screening.profiles import parse_profiles
from tests.reference.name_search import ReferenceSearch
from tests.reference.worlds import CLASSES, TODAY, questions_about, world

_PROFILES = Path(__file__).parents[2] / "screening" / "profiles.toml"
# A score within this of the threshold may fall on either side of it: kernels keep similarities as float32.
_HAIR = 1e-5
_SCORE_TOLERANCE = 1e-4
# Which access classes each of the masks that questions name shows.
_MASKS = np.array([[1, 1, 1], [1, 0, 1], [0, 1, 0]], np.uint8)


@pytest.fixture(scope="module")
def weights() -> ScoreWeights:
    return parse_profiles(_PROFILES.read_text(encoding="utf-8"))["border"].weights


def _index(records: Sequence[BuildRecord]) -> tuple[NameIndex | None, list[bytes]]:
    builder = SegmentBuilder()
    for record in records:
        builder.add(record)
    tables = builder.tables()
    keys = tables["access_classes"].column("key").to_pylist()
    has_names = tables["names"].num_rows > 0
    return NameIndex(tables, np.arange(len(keys), dtype=np.int32)) if has_names else None, keys


def _assert_as_one_by_one(
    records: Sequence[BuildRecord], questions: Sequence[NameQuestion], weights: ScoreWeights
) -> int:
    """Compares one batch of questions; returns how many matches there were."""
    index, keys = _index(records)
    if index is None:
        return 0
    masks = np.ascontiguousarray(_MASKS[:, [CLASSES.index(key) for key in keys]])
    found = NameSearcher(index, weights).search(questions, masks, TODAY)
    reference = ReferenceSearch(records, weights)
    assert len(reference.rows) == len(index)
    for number, question in enumerate(questions):
        seen = dict(zip(CLASSES, _MASKS[question.mask].tolist(), strict=True))
        _assert_same(found, number, reference, question, {key: bool(see) for key, see in seen.items()})
    return int(found.name.size)


def _assert_same(
    found: NameMatches, number: int, reference: ReferenceSearch, question: NameQuestion, seen: dict[bytes, bool]
) -> None:
    ours = {
        int(found.name[k]): (float(found.name_score[k]), float(found.score[k]), int(found.date[k]))
        for k in np.flatnonzero(found.question == number)
    }
    assert len(ours) == np.count_nonzero(found.question == number), "a name is answered with once"
    expected = reference.search(question, seen, TODAY, question.score_min - _HAIR)
    certain = {row for row, match in expected.items() if match.score >= question.score_min + _HAIR}
    assert not certain - set(ours), ("missed", question, [_told(reference, row) for row in certain - set(ours)])
    assert not set(ours) - set(expected), (
        "too low",
        question,
        [_told(reference, r) for r in set(ours) - set(expected)],
    )
    for row, (name_score, score, date) in ours.items():
        match = expected[row]
        told = (question, _told(reference, row), match, name_score, score)
        assert name_score == pytest.approx(match.name_score, abs=_SCORE_TOLERANCE), told
        assert score == pytest.approx(match.score, abs=_SCORE_TOLERANCE), told
        assert date == match.date, told


def _told(reference: ReferenceSearch, row: int) -> str:
    """A recorded name for a failure message: row, and each word with its role and kind."""
    words = reference.rows[row][3]
    return f"{row}: " + " ".join(f"{word.token.text}/{word.role}{word.token.kind.name[0]}" for word in words)


@given(seed=st.integers(0, 2**32), record_count=st.integers(1, 12))
@settings(max_examples=400, deadline=None)
def test_small_worlds(weights: ScoreWeights, seed: int, record_count: int) -> None:
    """In a world of a few names, exactly the names that score high enough are found, with their scores."""
    random = Random(seed)
    records = world(random, record_count)
    _assert_as_one_by_one(records, questions_about(random, records, 6), weights)


@pytest.mark.parametrize("seed", range(6))
def test_worlds_of_two_hundred_names(weights: ScoreWeights, seed: int) -> None:
    """In a world of some two hundred names, nothing is missed and nothing is added; most questions find something."""
    random = Random(seed)
    records = world(random, 70)
    assert _assert_as_one_by_one(records, questions_about(random, records, 60), weights) >= 20


@pytest.fixture(scope="module")
def crowd() -> list[BuildRecord]:
    """More names than DIRECT_POSTINGS that share their commonest words."""
    random = Random(7)
    words = ("karimo", "valen", "tashi", "elmo", "karima", "rita", "shiva", "moka")
    records = []
    for number in range(DIRECT_POSTINGS + 400):
        parts = [random.choice(words[:3]), *random.sample(words, random.randint(1, 2))]
        date = BuildDate(1970, 1970, random.randint(1, 12), random.randint(1, 28))
        names = (BuildName(((" ".join(parts), 0),), False),)
        identity = BuildIdentity(names, (date,) if number % 3 else (), 0, ())
        records.append(BuildRecord(str(number), CLASSES[number % 3], NEVER, b"", (identity,), ()))
    return records


@pytest.mark.parametrize("score_min", [0.6, 0.75, 0.9])
def test_first_pass(weights: ScoreWeights, crowd: list[BuildRecord], score_min: float) -> None:
    """Where so many names share a word that a first pass sifts them, nothing is missed and nothing is added."""
    texts = ("karimo", "karimo valen", "valen karimo tashi", "karim moka j", "tashi shivaa", "karimovalen")
    date = BuildDate(1970, 1970, 2, 3)
    questions = [
        NameQuestion(((text, 0),), date if number % 2 else None, 0, (), 0, score_min)
        for number, text in enumerate(texts)
    ]
    index, _ = _index(crowd)
    assert index is not None
    assert index.posting_counts.max() > DIRECT_POSTINGS / 3
    assert _assert_as_one_by_one(crowd, questions, weights) > 0


@given(seed=st.integers(0, 2**32), data=st.data())
@settings(max_examples=100, deadline=None)
def test_other_weights(weights: ScoreWeights, seed: int, data: st.DataObject) -> None:
    """The search is complete under any profile, also one that gives a kind of likeness no value at all."""
    share = st.sampled_from((0.0, 0.3, 0.7, 0.95, 1.0))
    drawn = data.draw(st.fixed_dictionaries(dict.fromkeys(_SHARES, share)))
    drawn["sound_span"] *= 1.0 - drawn["sound_base"]  # Together at most 1: no likeness is more than equality.
    random = Random(seed)
    records = world(random, 8)
    _assert_as_one_by_one(records, questions_about(random, records, 4), weights._replace(**drawn))


_SHARES = ("sound_base", "sound_span", "variant", "nickname", "initial", "joined", "role_swap", "weak_name")
