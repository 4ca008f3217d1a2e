"""The quality bench as a whole, on small invented sets, with the matchers that are always there."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.peers_rapidfuzz import WRatio
from bench.quality import main
from bench.quality_matchers import CANDIDATES_MAX, Matcher, Ours, PairMatcher, Person
from bench.quality_pairs import pair_trial
from bench.quality_sets import own_pairs
from screening.model import Date, Name

PERSONS = [
    Person(names=(Name(full="Fictio Benchdorf"),), birth_dates=(Date(year=1961, month=2, day=3),)),
    Person(names=(Name(full="Nemo Utopikarl"),), birth_dates=(Date(year=1975, month=5, day=9),)),
    Person(names=(Name(full="Zyxa Wvutsrq"),)),
]


@pytest.mark.parametrize("kind", [Ours, WRatio])
def test_a_matcher_finds_whom_it_recorded(kind: type[PairMatcher]) -> None:
    """Each person first by their own name, best first, and pairs score as searches do."""
    matcher = kind()
    matcher.record(PERSONS)
    found = matcher.find(PERSONS)
    assert [answers[0][0] for answers in found] == [0, 1, 2]
    assert all(answers == sorted(answers, key=lambda pair: -pair[1]) for answers in found)
    assert all(len(answers) <= CANDIDATES_MAX and answers[0][1] <= 1 for answers in found)
    assert matcher.score([(PERSONS[0], PERSONS[0]), (PERSONS[0], PERSONS[2])])[0] == pytest.approx(found[0][0][1])


def test_a_wrong_birth_date_counts_against_a_person() -> None:
    """Ours looks at it, as the bench's dated rows presuppose."""
    other = Person(names=PERSONS[0].names, birth_dates=(Date(year=1990, month=11, day=30),))
    right, wrong = Ours().score([(PERSONS[0], PERSONS[0]), (other, PERSONS[0])])
    assert wrong < right


def test_pairs_are_judged_by_phenomenon_and_in_all() -> None:
    """Pairs whose label needs the dates are not judged by names alone."""
    trial = pair_trial(WRatio(), own_pairs(1, 1))
    assert "date_swapped" in trial.dated
    assert "date_swapped" not in trial.named
    total = trial.dated["all pairs"]
    rows = [row for name, row in trial.dated.items() if name.startswith("culture ")]
    assert sum(row.positives for row in rows) == total.positives


def _result(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> dict[str, dict[str, Any]]:
    assert main([*arguments]) == 0
    matchers: dict[str, dict[str, Any]] = json.loads(capsys.readouterr().out.splitlines()[-1])["matchers"]
    return matchers


def test_own_sets_end_in_the_stable_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """DESIGN 9: matchers.NAME.{precision, recall, f1, us_per_pair}."""
    result = _result(capsys, ["--only", "sets", "--persons", "1", "--matchers", "ours,wratio"])
    for name in ("ours", "wratio"):
        assert 0 < result[name]["f1"] <= 1
        assert {"precision", "recall", "f1", "us_per_pair"} <= result[name].keys()


def test_files_of_others_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pairs by verdict; records and queries by recall."""
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"a": "Fictio Doe", "b": "Fictio Doe", "expected": true}\n', "utf-8")
    records, queries = tmp_path / "r.jsonl", tmp_path / "q.jsonl"
    records.write_text('{"id": 1, "name": "Fictio Doe"}\n', "utf-8")
    queries.write_text('{"name": "Fictio Doe", "expected": 1}\n', "utf-8")
    files = ["--pairs", str(pairs), "--records", str(records), "--queries", str(queries)]
    result = _result(capsys, [*files, "--matchers", "ours"])
    assert result["ours"]["f1"] == 1.0
    assert result["ours"]["queries"] == {"questions": 1, "recall_at_10": 1.0, "recall_at_t": 1.0}


def test_lists_are_asked_and_their_absence_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the lists the bench ends well, and says on the way that the part is missing."""
    arguments = ["--only", "lists", "--lists", str(tmp_path), "--travellers", "50", "--matchers", "ours"]
    assert _result(capsys, arguments) == {"ours": {}}
    content = """<CONSOLIDATED_LIST><INDIVIDUAL><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER>
    <FIRST_NAME>FICTIO BENCHDORF</FIRST_NAME><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>
    <ALIAS_NAME>Ficcio Benchdorf</ALIAS_NAME></INDIVIDUAL_ALIAS></INDIVIDUAL></CONSOLIDATED_LIST>"""
    (tmp_path / "un_consolidated_1.xml.gz").write_bytes(gzip.compress(content.encode()))
    assert _result(capsys, arguments)["ours"]["lists"]["aliases"]["recall_at_10"] == 1.0


def test_matchers_keep_the_protocol() -> None:
    """What takes part in pairs scores pairs."""
    matchers: list[Matcher] = [Ours(), WRatio()]
    assert all(isinstance(matcher, PairMatcher) for matcher in matchers)
