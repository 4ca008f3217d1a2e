"""A machine-readable zone as a question: the document it belongs to, and its holder."""

from __future__ import annotations

from screening.country_codes import canonical_country, is_country_code, is_without_nationality
from screening.model import Date, Document, DocumentType, Name, Sex, Subject
from screening.mrz import Check, Mrz, MrzDate

__all__ = ["document_of", "holder_of"]

_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE}  # The zone's X stands for "unspecified" too: it says nothing.


def document_of(mrz: Mrz) -> Document:
    """The document of a zone; a number whose check digit failed is an uncertain read."""
    return Document(
        number=mrz.number.value,
        type=_document_type(mrz.document_code),
        issuing_country=_country(mrz.issuing_country),
        uncertain_read=mrz.number.check is Check.FAILED,
        expiry_date=_date(mrz.expiry),
    )


def holder_of(mrz: Mrz) -> Subject | None:
    """The holder of the document; None where the zone shows no name."""
    if not (mrz.surname or mrz.given_names):
        return None
    country = _country(mrz.nationality)
    stated = () if not country or is_without_nationality(country) else (country,)
    return Subject(
        names=(Name(family=mrz.surname, given=mrz.given_names),),
        birth_date=_date(mrz.birth),
        sex=_SEXES.get(mrz.sex, Sex.UNSPECIFIED),
        nationalities=stated,
    )


def _document_type(code: str) -> DocumentType:
    """Doc 9303 parts 4 to 7: P passport, V visa, A, C or I a card."""
    first = code[:1]
    if first == "P":
        return DocumentType.PASSPORT
    if first == "V":
        return DocumentType.VISA
    return DocumentType.IDENTITY_CARD if first in {"A", "C", "I"} and first else DocumentType.UNSPECIFIED


def _country(code: str) -> str:
    return canonical_country(code) if is_country_code(code) else ""


def _date(date: MrzDate) -> Date | None:
    if not date.valid or date.year is None:
        return None
    return Date(year=date.year, month=date.month or 0, day=(date.day or 0) if date.month else 0)
