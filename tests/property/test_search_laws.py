"""Promise 1: no match is lost in the index. Every search is compared with scoring every recorded name one by one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.build import NEVER, BuildDate, BuildIdentity, BuildName, BuildRecord
from indexes.kernels.array_types import UInt8Array
from indexes.kernels.edit_distance import MAX_FORM_CHARS
from indexes.kernels.name_search import DIRECT_POSTINGS
from indexes.kernels.score_weights import ScoreWeights
from indexes.name_index import NameIndex, NameMatches, NameSearcher
from indexes.name_query import NameQuestion, question_tokens
from screening.profiles import parse_profiles
from tests.reference.name_search import ReferenceSearch
from tests.reference.segments import tables_of
from tests.reference.worlds import CLASSES, TODAY, questions_about, world

_PROFILES = Path(__file__).parents[2] / "screening" / "profiles.toml"
# A score within this of the threshold may fall on either side of it: kernels keep similarities as float32.
_HAIR = 1e-5
_SCORE_TOLERANCE = 1e-4
_ASKED_AGAIN_MAX = 100  # Matches of one batch that are asked for again at their own score.
# Which access classes each of the masks that questions name shows.
_MASKS = np.array([[1, 1, 1], [1, 0, 1], [0, 1, 0]], np.uint8)


@pytest.fixture(scope="module")
def weights() -> ScoreWeights:
    return parse_profiles(_PROFILES.read_text(encoding="utf-8"))["border"].weights


def _index(records: Sequence[BuildRecord]) -> tuple[NameIndex | None, list[bytes]]:
    tables = tables_of(records)
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
    searcher = NameSearcher(index, weights)
    found = searcher.search(questions, masks, TODAY)
    _assert_found_at_its_own_score(searcher, found, questions, masks)
    reference = ReferenceSearch(records, weights)
    assert len(reference.rows) == len(index)
    for number, question in enumerate(questions):
        seen = dict(zip(CLASSES, _MASKS[question.mask].tolist(), strict=True))
        _assert_same(found, number, reference, question, {key: bool(see) for key, see in seen.items()})
    return int(found.name.size)


def _assert_found_at_its_own_score(
    searcher: NameSearcher, found: NameMatches, questions: Sequence[NameQuestion], masks: UInt8Array
) -> None:
    """A name is found where exactly its own score is asked for: there the bounds that leave names out are tightest."""
    places = {
        (float(score), int(q)): int(name)
        for score, q, name in zip(found.score, found.question, found.name, strict=True)
    }
    places = dict(sorted(places.items())[:: max(1, len(places) // _ASKED_AGAIN_MAX)])
    again = [replace(questions[q], score_min=score - _HAIR) for score, q in places]
    tight = searcher.search(again, masks, TODAY)
    met = set(zip(tight.question.tolist(), tight.name.tolist(), strict=True))
    lost = [(again[number], name) for number, name in enumerate(places.values()) if (number, name) not in met]
    assert not lost


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
    texts = ("karimo", "karimo valen", "valen karimo tashi", "karimo valen karima", "tashi rita moka", "karim moka j")
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


@given(seed=st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_hidden_records_change_nothing(weights: ScoreWeights, seed: int) -> None:
    """What a mask hides changes no bit of what is found: not the scores, not the order, not the date agreements."""
    random = Random(seed)
    everything = world(random, 12)
    hidden = random.choice(CLASSES)
    seen = [record for record in everything if record.access_key != hidden]
    questions = [replace(question, mask=0) for question in questions_about(random, everything, 6)]
    answers = [_answers(records, questions, hidden, weights) for records in (everything, seen)]
    assert answers[0] == answers[1]


def _answers(
    records: Sequence[BuildRecord], questions: Sequence[NameQuestion], hidden: bytes, weights: ScoreWeights
) -> list[tuple[int, str, tuple[int, int], float, float, int]]:
    """Every match with the key and place of its name, by question."""
    index, keys = _index(records)
    if index is None:
        return []
    masks = np.array([[key != hidden for key in keys]], np.uint8)
    found = NameSearcher(index, weights).search(questions, masks, TODAY)
    matches = [
        (
            int(found.question[k]),
            index.record_key(int(index.arrays.name_record[found.name[k]])),
            index.place(int(found.name[k])),
            float(found.name_score[k]),
            float(found.score[k]),
            int(found.date[k]),
        )
        for k in range(found.name.size)
    ]
    return sorted(matches)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_explanation_is_of_the_score(weights: ScoreWeights, seed: int) -> None:
    """The pairs that explain a match are shares of one, no word stands in two of them, and they give its score."""
    random = Random(seed)
    records = world(random, 8)
    index, keys = _index(records)
    if index is None:
        return
    searcher = NameSearcher(index, weights)
    questions = [replace(question, mask=0) for question in questions_about(random, records, 4)]
    found = searcher.search(questions, np.ones((1, len(keys)), np.uint8), TODAY)
    for number, name in zip(found.question.tolist(), found.name.tolist(), strict=True):
        pairs = searcher.explain(questions[number], name)
        assert sum(pair.weight for pair in pairs) == pytest.approx(1.0)
        asked = [word for pair in pairs for word in pair.asked.split()]
        assert sorted(asked) == sorted(token.text for token, _ in question_tokens(questions[number]))
        assert all((pair.similarity > 0.0) == bool(pair.asked and pair.recorded) for pair in pairs)
        assert all(pair.similarity <= 1.0 for pair in pairs)


def test_one_batch_is_as_many_questions(weights: ScoreWeights) -> None:
    """A question is answered alike alone and among others, and again when its words are remembered."""
    random = Random(4)
    records = world(random, 60)
    questions = questions_about(random, records, 80)
    index, keys = _index(records)
    assert index is not None
    masks = np.ascontiguousarray(_MASKS[:, [CLASSES.index(key) for key in keys]])
    searcher = NameSearcher(index, weights)
    together = searcher.search(questions, masks, TODAY)
    for number, question in enumerate(questions):
        alone = searcher.search([question], masks, TODAY)
        own = together.question == number
        for column in ("name", "name_score", "score", "date"):
            assert np.array_equal(np.sort(getattr(alone, column)), np.sort(getattr(together, column)[own]))


def test_more_matches_than_room(weights: ScoreWeights) -> None:
    """A question that more names answer than the first room holds is answered in full."""
    identity = BuildIdentity((BuildName((("Karimo Valen", 0),), False),), (), 0, ())
    records = [BuildRecord(str(number), CLASSES[0], NEVER, b"", (identity,), ()) for number in range(9_000)]
    index, _ = _index(records)
    assert index is not None
    question = NameQuestion((("Karimo Valen", 0),), None, 0, (), 0, 0.8)
    found = NameSearcher(index, weights).search([question, question], np.ones((1, 1), np.uint8), TODAY)
    assert found.name[found.question == 1].tolist() == list(range(9_000))
    assert found.name.size == 18_000


_OVERLONG = """
import numpy as np
from pathlib import Path
from indexes.build import NEVER, BuildIdentity, BuildName, BuildRecord
from indexes.name_index import NameIndex, NameSearcher
from indexes.name_query import NameQuestion
from screening.profiles import parse_profiles
from tests.reference.segments import tables_of
weights = parse_profiles(Path("screening/profiles.toml").read_text(encoding="utf-8"))["border"].weights
names = ["щн" * 20, "庄" * 40, "ß" * 40, "㍿" * 40, "kari", "شن" * 20]
identities = [BuildIdentity((BuildName(((name, 0),), False),), (), 0, ()) for name in names]
tables = tables_of(BuildRecord("key", b"class", NEVER, b"", (identity,), ()) for identity in identities)
index = NameIndex(tables, np.zeros(1, np.int32))
questions = [NameQuestion(((name, 0),), None, 0, (), 0, 0.6) for name in names]
found = NameSearcher(index, weights).search(questions, np.ones((1, 1), np.uint8), 1)
best = {}
for question, name, score in zip(found.question.tolist(), found.name.tolist(), found.name_score.tolist()):
    if question == name:
        best[question] = score
longest = max(len(form) for forms in index.tokens.column("forms").to_pylist() for form in forms)
print(len(best), longest)
"""


def test_overlong_words() -> None:
    """Words that become longer in Latin letters than kernels compare are cut alike on both sides, and found."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _OVERLONG], cwd=root, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found, longest = map(int, done.stdout.split())
    assert found == 6
    assert longest <= MAX_FORM_CHARS


_SHARES = ("sound_base", "sound_span", "variant", "nickname", "initial", "joined", "role_swap", "weak_name")
