"""Files of zones: text or JSON lines in, one answer for each record out."""

from __future__ import annotations

import json

import pytest

from screening.mrz_records import read_mrz_file, read_mrz_record

TODAY = (2026, 11, 22)
TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
TD1 = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]


def outcome(answer: dict[str, object]) -> object:
    """The format of a reading, or the reason of a refusal."""
    mrz, error = answer.get("mrz"), answer.get("error")
    if isinstance(mrz, dict):
        return mrz["format"]
    assert isinstance(error, dict)
    return error["reason"]


@pytest.mark.parametrize(
    "record",
    [
        "\n".join(TD3),
        "".join(TD3),
        json.dumps({"id": "a", "mrz": TD3}),
        json.dumps({"id": "a", "mrz": "\n".join(TD3)}),
        json.dumps(TD3),
        json.dumps("".join(TD3)),
    ],
)
def test_one_record_in_every_form(record: str) -> None:
    """A zone is read from plain text, from JSON lines, and from bare JSON texts and lists alike."""
    answer = read_mrz_record(record, today=TODAY)
    assert outcome(answer) == "TD3"
    assert answer.get("id") == ("a" if '"id"' in record else None)
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ('{"mrz": 3}', "MRZ_MISSING"),
        ('{"mrz": ["A", 3]}', "MRZ_MISSING"),
        ('{"name": "x"}', "MRZ_MISSING"),
        ("{not json", "JSON_INVALID"),
        ("[" * 100_000, "JSON_INVALID"),
        ('{"id": "b", "mrz": "no zone"}', "SHAPE_UNKNOWN"),
        ("", "EMPTY"),
    ],
)
def test_a_bad_record_is_an_answer(record: str, reason: str) -> None:
    """Whatever is wrong with a record, the answer says so and nothing is raised."""
    assert outcome(read_mrz_record(record, today=TODAY)) == reason


def test_a_file_of_mixed_records() -> None:
    """Formats, joined lines, JSON and rubbish may follow each other; each answer tells the line it starts at."""
    lines = [*TD3, *TD1, "", json.dumps({"mrz": TD1}), TD3[0], "", "".join(TD1), *TD3]
    answers = list(read_mrz_file(lines, today=TODAY))
    assert [(answer["line"], outcome(answer)) for answer in answers] == [
        (1, "TD3"),
        (3, "TD1"),
        (7, "TD1"),
        (8, "LINES_MISSING"),
        (10, "TD1"),
        (11, "TD3"),
    ]


def test_a_damaged_line_costs_its_own_record_only() -> None:
    """A line that lost a character spoils one record, not the ones after it."""
    answers = list(read_mrz_file([TD1[0], TD1[1][:-1], TD1[2], *TD3, TD3[0], TD3[1][3:]], today=TODAY))
    assert [outcome(answer) for answer in answers] == ["LINE_TOO_SHORT", "TD3", "LINE_TOO_SHORT"]


def test_an_empty_file_has_no_records() -> None:
    """No lines, no answers."""
    assert list(read_mrz_file(["", "  "], today=TODAY)) == []
