"""Parts of a notice within the limits of the contract (`screening.proto`): names, countries, documents, texts.

Each function returns the part, or nothing and appends to `flaws` why. What stays empty in the source is no flaw.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from screening.country_codes import alpha3_from_name
from screening.importers.partial_dates import date_of_text
from screening.importers.rows import Flaws, RowError, clipped_code
from screening.model import Date, Document, DocumentType, Name, NameQuality

__all__ = [
    "CHARGES_MAX",
    "CHARGE_CHARS_MAX",
    "NAMES_MAX",
    "NOTICE_ID_CHARS_MAX",
    "SUMMARY_CHARS_MAX",
    "checked_notice_id",
    "clipped_text",
    "comma_name",
    "country_of_name",
    "date_in",
    "distinct",
    "document_in",
    "name_in",
    "names_within_limit",
    "present",
    "squeezed",
]

# Limits of the contract: messages Notice, Identity, Name and Document of screening.proto.
NOTICE_ID_CHARS_MAX = 64
NAME_CHARS_MAX = 200
NAMES_MAX = 200
NUMBER_CHARS_MAX = 40
SUMMARY_CHARS_MAX = 4_000
CHARGES_MAX = 32
CHARGE_CHARS_MAX = 1_000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_Part = TypeVar("_Part")


def squeezed(text: str | None) -> str:
    """Text with control characters and runs of white space made one space each, and none at the ends."""
    return " ".join(_CONTROL.sub(" ", text).split()) if text else ""


def distinct(parts: Iterable[_Part]) -> tuple[_Part, ...]:
    """The parts in their order, each once."""
    return tuple(dict.fromkeys(parts))


def present(parts: Iterable[_Part | None]) -> tuple[_Part, ...]:
    """The parts that are there, each once, in their order."""
    return distinct(part for part in parts if part is not None and part != "")


def clipped_text(text: str, limit: int) -> str:
    """Free text within its limit; an ellipsis says that the rest is missing."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def checked_notice_id(notice_id: str) -> str:
    """The identifier, 1 to 64 printable characters. Raises RowError otherwise."""
    if not notice_id:
        raise RowError("notice_id: missing")
    if len(notice_id) > NOTICE_ID_CHARS_MAX or not notice_id.isprintable():
        raise RowError(
            f"notice_id: {clipped_code(notice_id)} is no identifier of 1 to {NOTICE_ID_CHARS_MAX} characters"
        )
    return notice_id


def name_in(
    flaws: Flaws, *, full: str = "", family: str = "", given: str = "", quality: NameQuality = NameQuality.PRIMARY
) -> Name | None:
    """A name of at least one letter and at most 200 characters; None where it is empty, or not one (a flaw)."""
    full, family, given = squeezed(full), squeezed(family), squeezed(given)
    text = full or family + given
    if not text:
        return None
    if len(text) > NAME_CHARS_MAX:
        flaws.append(f"name: longer than {NAME_CHARS_MAX} characters")
        return None
    if not any(character.isalnum() for character in text):
        flaws.append("name: without a letter")
        return None
    return Name(full=full, family=family, given=given, quality=quality)


def comma_name(flaws: Flaws, text: str, quality: NameQuality = NameQuality.PRIMARY) -> Name | None:
    """A person's name as "FAMILY, Given"; without a comma nobody says which part is which, so it stays in one piece."""
    family, comma, given = text.partition(",")
    if comma and family.strip() and given.strip():
        return name_in(flaws, family=family, given=given, quality=quality)
    return name_in(flaws, full=text.strip(" ,"), quality=quality)


def names_within_limit(names: Iterable[Name | None], flaws: Flaws) -> tuple[Name, ...]:
    """The names of one identity, each once, best first as given. Raises RowError where none is left."""
    kept = present(names)
    if not kept:
        raise RowError("name: missing")
    if len(kept) > NAMES_MAX:
        flaws.append(f"names: {len(kept)} of them, the first {NAMES_MAX} are kept")
    return kept[:NAMES_MAX]


def country_of_name(text: str, field: str, flaws: Flaws) -> str:
    """Alpha-3 code of a country by its English name; empty where there is none, or no country of that name (a flaw)."""
    name = squeezed(text)
    if not name:
        return ""
    code = alpha3_from_name(name)
    if code is None:
        flaws.append(f"{field}: no country {clipped_code(name)}")
    return code or ""


def date_in(text: str, field: str, flaws: Flaws, parse: Callable[[str], Date] = date_of_text) -> Date | None:
    """A date; None where there is none, or no such day in the calendar (a flaw)."""
    if not text.strip():
        return None
    try:
        return parse(text)
    except ValueError:
        flaws.append(f"{field}: not a date")
        return None


def document_in(
    flaws: Flaws, number: str, document_type: DocumentType, issuing_country: str = "", expiry_date: Date | None = None
) -> Document | None:
    """A document with a number of at most 40 characters and at least one digit; None where it has none (a flaw).

    A bare word where the number should stand ("unknown", "Diplomatic") would match nothing, or the wrong thing.
    """
    number = squeezed(number)
    if len(number) > NUMBER_CHARS_MAX:
        flaws.append(f"document number: longer than {NUMBER_CHARS_MAX} characters")
        return None
    if not any(character.isascii() and character.isdigit() for character in number):
        flaws.append("document number: without a digit")
        return None
    return Document(number=number, type=document_type, issuing_country=issuing_country, expiry_date=expiry_date)
