"""A machine-readable zone as a question: its document, and its holder. The zones are specimens of ICAO Doc 9303."""

from __future__ import annotations

import pytest

from screening.model import Date, DocumentType, Sex
from screening.mrz import Mrz, parse_mrz
from screening.mrz_subject import document_of, holder_of

TODAY = (2031, 1, 1)
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
VISA = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L8988901C4XXX4009078F96121096ZE184226B<<<<<<"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"


def _mrz(zone: str) -> Mrz:
    return parse_mrz(zone, today=TODAY)


@pytest.mark.parametrize(
    ("zone", "number", "kind"),
    [
        (PASSPORT, "L898902C3", DocumentType.PASSPORT),
        (VISA, "L8988901C", DocumentType.VISA),
        (CARD, "D23145890", DocumentType.IDENTITY_CARD),
    ],
)
def test_the_document_is_asked_about_as_it_was_read(zone: str, number: str, kind: DocumentType) -> None:
    """Number, kind by the document code, issuing country, expiry."""
    document = document_of(_mrz(zone))
    assert (document.number, document.type, document.issuing_country) == (number, kind, "UTO")
    assert not document.uncertain_read
    assert document.expiry_date is not None


def test_a_failed_check_digit_of_the_number_makes_the_read_uncertain() -> None:
    """Look-alike characters are then searched as well."""
    assert document_of(_mrz(PASSPORT.replace("L898902C36", "L898902C35"))).uncertain_read


def test_the_holder_is_asked_about_in_parts() -> None:
    """Surname and given names apart, birth date, sex, nationality."""
    holder = holder_of(_mrz(PASSPORT))
    assert holder is not None
    assert (holder.names[0].family, holder.names[0].given) == ("ERIKSSON", "ANNA MARIA")
    assert (holder.birth_date, holder.sex, holder.nationalities) == (
        Date(year=1974, month=8, day=12),
        Sex.FEMALE,
        ("UTO",),
    )


def test_what_says_no_country_is_no_nationality() -> None:
    """XXX (unspecified) can neither agree nor differ."""
    holder = holder_of(_mrz(VISA))
    assert holder is not None
    assert holder.nationalities == ()


def test_a_zone_without_a_name_has_no_holder() -> None:
    """There is nobody to ask about."""
    assert holder_of(_mrz(PASSPORT.replace("ERIKSSON<<ANNA<MARIA", "<" * 20))) is None
