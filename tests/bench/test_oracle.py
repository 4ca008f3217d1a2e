"""The oracle agrees with the search where the search is right, and says so where it is not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from bench import oracle
from bench.oracle_brute import BruteForce, Scored
from bench.oracle_names import recorded_names
from bench.oracle_tokens import WholeVocabulary
from indexes.build import BuildRecord, SegmentBuilder
from indexes.kernels.score_weights import ScoreWeights
from indexes.name_index import NameIndex, NameQuestion, NameSearcher
from indexes.normalise import normalise_name
from indexes.token_analysis import name_tokens
from screening.profiles import parse_profiles
from tests.reference.name_search import ReferenceSearch
from tests.reference.worlds import CLASSES, TODAY, questions_about, world

_PROFILES = Path(__file__).parents[2] / "screening" / "profiles.toml"
_SEEN = dict(zip(CLASSES, (True, False, True), strict=True))


@pytest.fixture(scope="module")
def weights() -> ScoreWeights:
    return parse_profiles(_PROFILES.read_text(encoding="utf-8"))["wide"].weights


def brute_force(records: Sequence[BuildRecord], questions: Sequence[NameQuestion], weights: ScoreWeights) -> BruteForce:
    """A brute force that knows the words of the questions."""
    recorded, tokens = recorded_names(records, lambda record: _SEEN[record.access_key] and record.expires > TODAY)
    vocabulary = WholeVocabulary(tokens, weights)
    words = {token for question in questions for text, _ in question.parts for token in name_tokens(text)}
    vocabulary.learn(words, lambda _: None)
    return BruteForce(recorded, vocabulary, weights)


def scored(*rows: tuple[int, float]) -> Scored:
    scores = np.array([score for _, score in rows], np.float32)
    return Scored(np.array([row for row, _ in rows], np.int32), scores, scores, np.zeros(len(rows), np.uint8))


def test_a_small_run_misses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A run of 500 persons and 100 queries finds matches, and misses none of them; nothing else is found either."""
    code = oracle.main(["--persons", "500", "--queries", "100"])
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (code, line["failed"]) == (0, [])
    assert line["queries"] == 100
    assert line["searches"] == line["answers"] == 400
    assert line["matches"] > 100
    assert 0 < line["without_dates"] < 100
    assert line["missed"] == line["extra"] == line["score_differences"] == line["answers_wrong"] == 0
    assert sum(tally["matches"] for tally in line["phenomena"].values()) == line["matches"]


@pytest.mark.parametrize("seed", range(3))
def test_the_brute_force_scores_as_the_textbook_twin_does(seed: int, weights: ScoreWeights) -> None:
    """In a small world of near-namesakes the brute force finds what the plain Python twin finds, with its scores."""
    random = Random(seed)
    records = world(random, 60)
    questions = questions_about(random, records, 60)
    brute, reference = brute_force(records, questions, weights), ReferenceSearch(records, weights)
    matches = 0
    for question in questions:
        found = brute.search(question, 0.5)
        expected = reference.search(question, _SEEN, TODAY, 0.5)
        certain = {row for row, match in expected.items() if match.score > 0.5 + 1e-6}
        assert certain <= set(found.name.tolist()) <= set(reference.search(question, _SEEN, TODAY, 0.5 - 1e-6))
        for row, name_score, score, date in zip(*(column.tolist() for column in found), strict=True):
            if row in certain:
                wanted = expected[row]
                assert (score, name_score) == pytest.approx((wanted.score, wanted.name_score), abs=1e-6)
                assert date == wanted.date
        matches += len(certain)
    assert matches > 100


def test_the_search_equals_the_brute_force_where_everybody_is_a_namesake(weights: ScoreWeights) -> None:
    """Among thousands of names of few syllables, where postings are long, both find the same."""
    random = Random(7)
    records = world(random, 3_000)
    questions = [replace(question, mask=0, score_min=0.6) for question in questions_about(random, records, 150)]
    builder = SegmentBuilder()
    for record in records:
        builder.add(record)
    tables = builder.tables()
    keys = tables["access_classes"].column("key").to_pylist()
    index = NameIndex(tables, np.arange(len(keys), dtype=np.int32))
    visible = np.array([[_SEEN[key] for key in keys]], np.uint8)
    found = NameSearcher(index, weights).search(questions, visible, TODAY)
    everything = Scored(found.name, found.name_score, found.score, found.date)
    brute = brute_force(records, questions, weights)
    matches = 0
    for number, question in enumerate(questions):
        expected = brute.search(question, question.score_min - 1e-5)
        differences = oracle.compare(expected, everything.only(found.question == number), question.score_min)
        assert differences == replace(differences, missed=(), extra=(), score_differences=()), question
        matches += differences.matches
    assert matches > 500


def test_a_lost_match_is_missed() -> None:
    """A name that the brute force finds and the search does not is missed."""
    differences = oracle.compare(scored((3, 0.9), (5, 0.95)), scored((5, 0.95)), 0.8)
    assert differences == oracle.Differences(matches=2, missed=(3,), extra=(), score_differences=())


def test_a_match_too_many_or_twice_is_extra() -> None:
    """A name that the search finds without a reason, or twice, is extra."""
    differences = oracle.compare(scored((5, 0.95)), scored((4, 0.85), (5, 0.95), (5, 0.95)), 0.8)
    assert differences == oracle.Differences(matches=1, missed=(), extra=(4, 5), score_differences=())


def test_another_score_or_agreement_is_a_difference() -> None:
    """A score, a score of the names or an agreement of birth dates of its own counts as a difference."""
    right = scored((5, 0.95))
    for wrong in (
        scored((5, 0.951)),
        right._replace(name_score=np.array([0.949], np.float32)),
        right._replace(date=np.array([1], np.uint8)),
    ):
        assert oracle.compare(right, wrong, 0.8).score_differences == (5,)
    assert oracle.compare(right, scored((5, 0.95001)), 0.8).score_differences == ()


def test_a_score_on_the_threshold_is_not_judged() -> None:
    """A score within rounding of the threshold may be found or not."""
    on_the_edge = scored((5, 0.800001))
    for found in (scored(), on_the_edge):
        assert oracle.compare(on_the_edge, found, 0.8) == oracle.Differences(
            matches=0, missed=(), extra=(), score_differences=()
        )


@pytest.mark.parametrize(
    ("asked", "recorded", "edits"),
    [
        ("karimo", "karimo", 0),
        ("karimo", "karino", 1),
        ("karimo", "kamiro", 1),
        ("karimo", "kurino", 2),
        ("dorel", "durul", None),
        ("elu", "ela", 1),
        ("el", "eu", None),
    ],
)
def test_spellings_are_compared_within_the_edits_that_their_length_allows(
    asked: str, recorded: str, edits: int | None, weights: ScoreWeights
) -> None:
    """No edit below three letters, one below six, else two; two letters that changed places are one edit."""
    mine, theirs = (replace(normalise_name(text)[0], keys=()) for text in (asked, recorded))
    vocabulary = WholeVocabulary([theirs], weights)
    vocabulary.learn([mine], lambda _: None)
    alike, similarity = vocabulary.similar(mine)
    costs = (0.0, weights.edit_cost_first, weights.edit_cost_first + weights.edit_cost_second)
    expected = [] if edits is None else [1.0 - costs[edits] / len(asked)]
    assert alike.tolist() == list(range(len(expected)))
    assert similarity.tolist() == pytest.approx(expected)
