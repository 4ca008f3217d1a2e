"""Writing zones: refusals and truncation; the identity with the reader is a law in tests/property/test_mrz_laws.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.mrz import parse_mrz
from screening.mrz_dates import MrzDate
from screening.mrz_format import MrzContent, content_of, format_mrz
from screening.mrz_layouts import MrzError, MrzFormat

TODAY = (2026, 11, 22)
PASSPORT = MrzContent(
    format=MrzFormat.TD3,
    document_code="P",
    issuing_country="UTO",
    number="L898902C3",
    nationality="UTO",
    birth=MrzDate(year=1974, month=8, day=12),
    sex="F",
    expiry=MrzDate(year=2012, month=4, day=15),
    surname="ERIKSSON",
    given_names="ANNA MARIA",
    optional="ZE184226B",
)


def test_the_published_specimen_is_written_letter_by_letter() -> None:
    """The content of the TD3 specimen of Doc 9303-4 gives exactly its two lines."""
    assert format_mrz(PASSPORT) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"surname": "MÜLLER"}, "ILLEGAL_CHARACTER", "name"),
        ({"surname": ""}, "MISSING", "name"),
        ({"number": ""}, "MISSING", "number"),
        ({"number": "L898902C34"}, "TOO_LONG", "number"),
        ({"number": "l898"}, "ILLEGAL_CHARACTER", "number"),
        ({"sex": "W"}, "ILLEGAL_CHARACTER", "sex"),
        ({"optional": "A" * 15}, "TOO_LONG", "optional"),
        ({"nationality": "UT0"}, "ILLEGAL_CHARACTER", "nationality"),
        ({"birth": MrzDate(year=None, month=None, day=None, valid=False)}, "IMPOSSIBLE", "birth_date"),
        ({"format": MrzFormat.TD1, "number": "ABC<", "optional": ""}, "ILLEGAL_CHARACTER", "number"),
        ({"format": MrzFormat.TD2, "number": "AB345678<12", "optional": ""}, "ILLEGAL_CHARACTER", "number"),
    ],
)
def test_what_the_standard_cannot_express_is_refused(change: dict[str, object], reason: str, field: str) -> None:
    """Content that no zone can carry is refused with the field at fault, not bent to fit."""
    with pytest.raises(MrzError) as caught:
        format_mrz(replace(PASSPORT, **change))  # type: ignore[arg-type]
    assert (caught.value.reason, caught.value.field) == (reason, field)


def test_hyphens_and_apostrophes_are_written_as_the_standard_says() -> None:
    """A hyphen becomes a filler, an apostrophe disappears."""
    line = format_mrz(replace(PASSPORT, surname="O'Connor-Smith", given_names="Anna-Maria"))[0]
    assert line.startswith("P<UTOOCONNOR<SMITH<<ANNA<MARIA<")


@pytest.mark.parametrize(
    "given_names", ["BARTHOLOMEW CHRISTOPHER", "B C D E F G H I J K L M N", "AB CD EF GH IJ KL MN"]
)
@pytest.mark.parametrize("surname_length", [9, 10, 11, 25, 36, 37, 60])
def test_truncated_names_can_be_noticed(given_names: str, surname_length: int) -> None:
    """A name too long fills its field to the last letter, and both identifiers keep at least one letter."""
    content = replace(PASSPORT, surname="X" * surname_length, given_names=given_names)
    mrz = parse_mrz(format_mrz(content), today=TODAY)
    if surname_length + 2 + len(given_names) > 39:
        assert mrz.name_truncated
    assert content.surname.startswith(mrz.surname)
    assert content.given_names.startswith(mrz.given_names)
    assert mrz.given_names
    assert mrz.problems == ()


def test_content_leaves_the_reading_out() -> None:
    """Reading a zone and taking its content gives what was written."""
    assert content_of(parse_mrz(format_mrz(PASSPORT), today=TODAY)) == PASSPORT
