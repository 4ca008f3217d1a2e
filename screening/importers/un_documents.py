"""Documents as the United Nations list writes them: numbers wrapped in words, types in several languages.

"Libyan passport number B/000001 (expires 5 Mar. 2030)" is one NUMBER of that list; what is wanted of it is B/000001.
"""

from __future__ import annotations

import re

from screening.country_codes import alpha3_from_name
from screening.importers.notice_parts import country_of_name, date_in, document_in, squeezed
from screening.importers.rows import Flaws
from screening.importers.xml_records import XmlElement
from screening.model import Date, Document, DocumentType

__all__ = ["document_of_element"]

# The first phrase found decides; the order puts what contains another phrase before it.
_TYPES = (
    (
        re.compile(r"birth|ration|driv|licen[cs]e|permit|voter|student|social security|fiscal|certificate", re.I),
        DocumentType.OTHER,
    ),
    (re.compile(r"refugee", re.I), DocumentType.REFUGEE_TRAVEL_DOCUMENT),
    (re.compile(r"travel document|laissez", re.I), DocumentType.OTHER),
    (re.compile(r"passport|passeport|pasaporte", re.I), DocumentType.PASSPORT),
    (re.compile(r"residen", re.I), DocumentType.RESIDENCE_PERMIT),
    (re.compile(r"\bvisa\b", re.I), DocumentType.VISA),
    (re.compile(r"identi|national|tazkira|civil|personal|\bID\b", re.I), DocumentType.IDENTITY_CARD),
)
_KIND_BEFORE = re.compile(r"^.*?\b(?:number|passport|no)\b\s*[.:]*\s*(?=\S*\d)", re.IGNORECASE)
_WORDS_BEFORE = re.compile(r"^(?:\S*[a-z]\S*\s+)+(?=.*\d)")
_NUMERO = re.compile(r"\bN(?:[°º]|o\.)\s*")
_COUNTRY_BEFORE = re.compile(r"^((?:[A-Z][a-z]+\s+)+)")
_COUNTRY_AFTER = re.compile(r",\s*([A-Z][A-Za-z ]+)$")
_BRACKETS = re.compile(r"\([^)]*\)?")
_EXPIRY = re.compile(
    r"(?:expir\w*|valid until)\W+(?:date\W+)?(?:on\s+)?"
    r"(\d{1,2}\s+[A-Za-z]+\.?\s+\d{4}|[A-Za-z]+\.?\s+\d{1,2},\s+\d{4}|\d{4}-\d{2}-\d{2}|[A-Za-z]+\.?\s+\d{4})",
    re.IGNORECASE,
)


def document_of_element(element: XmlElement, flaws: Flaws) -> Document | None:
    """One INDIVIDUAL_DOCUMENT; None where it is empty or holds no number (the latter a flaw)."""
    written = squeezed(element.value("NUMBER"))
    if not written:
        return None
    text = _BRACKETS.sub(" ", written).strip()
    country = element.value("ISSUING_COUNTRY") or element.value("COUNTRY_OF_ISSUE")
    return document_in(
        flaws,
        _bare_number(text),
        _type_of(element.value("TYPE_OF_DOCUMENT2"), written, element.value("TYPE_OF_DOCUMENT")),
        country_of_name(country, "document issuing country", flaws) if country else _country_beside(text),
        _expiry_in(f"{written} {element.value('NOTE')}", flaws),
    )


def _bare_number(text: str) -> str:
    """The number without the words before it and the country after it."""
    number = _KIND_BEFORE.sub("", _COUNTRY_AFTER.sub("", text))
    return _NUMERO.sub("", _WORDS_BEFORE.sub("", number))


def _country_beside(text: str) -> str:
    """The country that stands before or after the number, where a country of that name exists."""
    found = _COUNTRY_AFTER.search(text) or _COUNTRY_BEFORE.search(text)
    return (alpha3_from_name(found[1].strip()) or "") if found else ""


def _type_of(*texts: str) -> DocumentType:
    """The type by the most particular text that tells one."""
    found = (kind for text in texts for phrase, kind in _TYPES if phrase.search(text))
    return next(found, DocumentType.UNSPECIFIED)


def _expiry_in(text: str, flaws: Flaws) -> Date | None:
    found = _EXPIRY.search(squeezed(text))
    return date_in(found[1], "document expiry", flaws) if found else None
