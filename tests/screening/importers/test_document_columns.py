"""Validation of document columns; its twin is the same rules row by row in plain Python."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.country_codes import canonical_country, is_country_code
from screening.importers.document_columns import DOCUMENT_SCHEMA, validated
from screening.model import Database, DocumentType, LossKind


def _columns(**columns: list[object]) -> dict[str, pa.Array]:
    given_columns = {"number": ["A1"], "type": ["P"], "issuing_country": ["FRA"], "loss": ["lost"], **columns}
    return {name: pa.array(values) for name, values in given_columns.items()}


def _reason(**columns: list[object]) -> str:
    outcome = validated(_columns(**columns))
    assert len(outcome.good) == 0
    return outcome.faulty[0].reason


def test_a_good_row_in_the_schema() -> None:
    """A passport of Germany by its one-letter code: enumerations as numbers, canonical country, issuer as source."""
    outcome = validated(_columns(number=[" c01x00t47 "], issuing_country=["d"]))
    assert outcome.good.schema == DOCUMENT_SCHEMA
    assert outcome.faulty == ()
    assert outcome.good.to_pylist() == [
        {
            "number": "c01x00t47",
            "type": DocumentType.PASSPORT,
            "issuing_country": "DEU",
            "database": Database.SLTD,
            "loss": LossKind.LOST,
            "source": "DEU",
        }
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("P", 1),
        ("i", 2),
        ("V", 3),
        ("A", 6),
        ("DOCUMENT_TYPE_VISA", 3),
        ("residence_permit", 4),
        ("", 0),
        (None, 0),
        (7, 7),
    ],
)
def test_types_by_letter_name_or_number(written: object, expected: int) -> None:
    """A type may be a letter, a name in any case, protobuf's name, its number, or unknown."""
    assert validated(_columns(type=[written])).good["type"].to_pylist() == [expected]


@pytest.mark.parametrize(
    ("written", "expected"), [("stolen_blank", 1), ("STOLEN", 2), ("lost", 3), ("revoked", 4), ("", 0)]
)
def test_kinds_of_loss(written: str, expected: int) -> None:
    """All four kinds of loss, and none stated."""
    assert validated(_columns(loss=[written])).good["loss"].to_pylist() == [expected]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"number": [""]}, "number: missing"),
        ({"number": [None]}, "number: missing"),
        ({"number": ["1" * 41]}, "number: longer than 40 characters"),
        ({"number": ["-- "]}, "number: '--' is no document number"),
        ({"number": ["A1\x00B"]}, "number: 'A1?B' is no document number"),
        ({"number": [b"A\xff"]}, "number: not UTF-8"),
        ({"type": ["Q"]}, "type: 'Q' is unknown"),
        ({"type": [9]}, "type: '9' is unknown"),
        ({"loss": ["eaten"]}, "loss: 'eaten' is unknown"),
        ({"issuing_country": ["QQQ"]}, "issuing_country: 'QQQ' is no country code"),
        ({"issuing_country": [""]}, "issuing_country: missing"),
        ({"database": ["NOMINAL"]}, "database: 'NOMINAL' is unknown"),
        ({"source": ["ESP"]}, "source: only the issuing country may record a document in SLTD"),
        ({"source": ["QQQ"]}, "source: 'QQQ' is no country code"),
    ],
)
def test_each_fault_is_named(columns: dict[str, list[object]], reason: str) -> None:
    """The reason names the field, and the code at fault."""
    assert _reason(**columns) == reason


def test_another_source_than_the_issuer_outside_sltd() -> None:
    """In TDAWN the source of the notice records a document that another country issued."""
    good = validated(_columns(database=["TDAWN"], source=["ESP"])).good
    assert (good["source"].to_pylist(), good["database"].to_pylist()) == (["ESP"], [Database.TDAWN])


_NUMBERS = st.sampled_from(["A1", "", " 7 ", "x" * 41, "B-2/3", "--", "Ж12", "A1?", "é", "<9<"])
_ROWS = st.lists(
    st.tuples(
        _NUMBERS,
        st.sampled_from(["P", "i", "", "Q", "VISA"]),
        st.sampled_from(["FRA", "D", "deu", "", "QQQ", "XXA", "FR"]),
        st.sampled_from(["lost", "STOLEN", "", "eaten"]),
    ),
    min_size=1,
    max_size=30,
)


def _good_by_hand(row: tuple[str, str, str, str]) -> tuple[str, str] | None:
    """Number and country of a row that is taken, by the rules in plain words."""
    number, kind, country, loss = (value.strip() for value in row)
    printed = all(character.isalpha() or character.isdecimal() or character in " /.<-" for character in number)
    fit = printed and len(number) <= 40 and any(character.isalnum() for character in number)
    known = kind.upper() in ("P", "I", "", "VISA") and loss.upper() in ("LOST", "STOLEN", "")
    issued = is_country_code(country.upper()) if country else False
    return (number, canonical_country(country.upper())) if fit and known and issued else None


@settings(max_examples=150)
@given(_ROWS)
def test_agrees_with_the_rules_row_by_row(rows: list[tuple[str, str, str, str]]) -> None:
    """Good rows keep their order and values, the others are rejected at their positions, and none is lost."""
    names = ("number", "type", "issuing_country", "loss")
    outcome = validated(
        {name: pa.array(list(values)) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
    )
    expected = [_good_by_hand(row) for row in rows]
    good = list(zip(outcome.good["number"].to_pylist(), outcome.good["issuing_country"].to_pylist(), strict=True))
    assert good == [row for row in expected if row is not None]
    assert [row.position for row in outcome.faulty] == [
        position for position, row in enumerate(expected) if row is None
    ]
