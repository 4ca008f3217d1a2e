"""Labelled files of others; all persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.quality_files import read_pairs, read_records
from screening.model import Date, Name, NameQuality


def _file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_pairs_are_texts_or_objects(tmp_path: Path) -> None:
    """A comma parts the family name; a birth date may be partial."""
    path = _file(
        tmp_path,
        "pairs.jsonl",
        '{"a": "DOE, Fictio", "b": {"name": "Fictio Doe", "birth_date": "1961"}, "expected": true}',
        '{"a": "משה", "b": {"family": "Doe", "given": "Nemo"}, "expected": false, "phenomenon": "x"}',
    )
    first, second = read_pairs(path)
    assert first.asked.names == (Name(family="DOE", given="Fictio"),)
    assert first.recorded.birth_dates == (Date(year=1961),)
    assert (first.expected, second.expected) == (True, False)
    assert (second.phenomenon, second.script) == ("x", "Hebrew")


def test_records_meet_their_queries(tmp_path: Path) -> None:
    """By id; a query without one is a stranger's."""
    records = _file(tmp_path, "records.jsonl", '{"id": 1, "name": "A B"}', '{"id": 2, "names": ["C D", "E F"]}')
    queries = _file(tmp_path, "queries.jsonl", '{"name": "E F", "expected": 2}', '{"name": "X Y", "expected": null}')
    files = read_records(records, queries)
    assert [row for _, row in files.asked] == [1]
    assert [person.names[0].full for person in files.strangers] == ["X Y"]
    assert [name.quality for name in files.recorded[1].names] == [NameQuality.PRIMARY, NameQuality.ALIAS]


@pytest.mark.parametrize("line", ["{", "[]", '{"a": "Secret"}', '{"a": "", "b": "Secret", "expected": true}'])
def test_a_bad_line_is_named_and_not_repeated(tmp_path: Path, line: str) -> None:
    """Names of persons stay out of the message."""
    path = _file(tmp_path, "pairs.jsonl", '{"a": "x", "b": "y", "expected": true}', line)
    with pytest.raises(ValueError, match=r"pairs\.jsonl: line 2") as caught:
        read_pairs(path)
    assert "Secret" not in str(caught.value)


def test_an_unknown_answer_is_a_fault_of_the_queries(tmp_path: Path) -> None:
    """It would count as missed by every matcher."""
    records = _file(tmp_path, "records.jsonl", '{"id": "1", "name": "A B"}')
    queries = _file(tmp_path, "queries.jsonl", '{"name": "A B", "expected": "7"}')
    with pytest.raises(ValueError, match=r"queries\.jsonl: line 1"):
        read_records(records, queries)
