"""Validation at the edge: limits of fields, and the values that questions and notices have in common."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

from screening_api.v1 import screening_pb2 as pb

from screening.country_codes import canonical_country, is_country_code
from screening.errors import FieldViolation, InvalidQueryError
from screening.model import Date, Document, DocumentType, LossKind, Name, NameQuality

__all__ = ["Violations", "countries", "country", "date", "document", "enum_value", "name", "required_enum", "text"]

MAX_NAME_CHARS = 200  # Longer than any name on the OFAC, UN and EU lists; the normal form reads no further either.
MAX_NUMBER_CHARS = 40  # Document numbers have up to 14 characters, separators and prefixes included up to about 20.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_WORD = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"[0-9A-Za-z]")

EnumT = TypeVar("EnumT", bound=IntEnum)


class Violations:
    """Collects what is wrong with a message, so that its sender hears of everything at once."""

    MAX_REPORTED = 20  # A message with more mistakes is not being repaired by hand.

    def __init__(self) -> None:
        self._items: list[FieldViolation] = []

    def add(self, field: str, description: str) -> None:
        """Notes one field at fault. The description never holds the value."""
        if len(self._items) < self.MAX_REPORTED:
            self._items.append(FieldViolation(field, description))

    def concern(self, field: str) -> bool:
        """Whether this field, or one of its entries, is at fault already."""
        return any(item.field.startswith(field) for item in self._items)

    def raise_any(self) -> None:
        """Raises InvalidQueryError where anything was noted."""
        if self._items:
            raise InvalidQueryError(tuple(self._items))


def text(value: str, field: str, limit: int, violations: Violations, *, required: bool = False) -> str:
    """A text of at most `limit` characters without control characters; stripped."""
    if not value and not required:
        return value
    if len(value) > limit:
        violations.add(field, f"longer than {limit} characters")
    elif _CONTROL.search(value):
        violations.add(field, "contains control characters")
    elif required and not value.strip():
        violations.add(field, "is required")
    return value.strip()


def enum_value(kind: type[EnumT], value: int, field: str, violations: Violations, default: EnumT) -> EnumT:
    """The member with this number; `default` for 0; a violation for a number that the contract does not know."""
    if value == 0:
        return default
    try:
        return kind(value)
    except ValueError:
        violations.add(field, "is no value of this enumeration")
        return default


def required_enum(kind: type[EnumT], value: int, field: str, violations: Violations, default: EnumT) -> EnumT:
    """As enum_value, but 0 is a violation; `default` only stands in until the violation is raised."""
    if value == 0:
        violations.add(field, "is required")
    return enum_value(kind, value, field, violations, default)


def countries(codes: Iterable[str], field: str, limit: int, violations: Violations) -> tuple[str, ...]:
    """Alpha-3 codes in their canonical form, each once."""
    found: dict[str, None] = {}
    for i, code in enumerate(codes):
        if i >= limit:
            violations.add(field, f"more than {limit}")
            break
        found[country(code, f"{field}[{i}]", violations)] = None
    return tuple(code for code in found if code)


def country(code: str, field: str, violations: Violations) -> str:
    """One alpha-3 code in its canonical form; "" for none."""
    if not code:
        return ""
    known = _known_country(code) if len(code) <= 3 else ""
    if not known:
        violations.add(field, "is no alpha-3 country code (ISO 3166-1 or ICAO Doc 9303-3)")
    return known


@lru_cache(maxsize=1_024)  # A few hundred codes in their spellings; what is no code cannot push out more than that.
def _known_country(code: str) -> str:
    return canonical_country(code.upper()) if is_country_code(code.upper()) else ""


def name(message: pb.Name, field: str, violations: Violations, quality: NameQuality = NameQuality.PRIMARY) -> Name:
    """A name in one piece or in parts, with at least one letter or digit in it."""
    full, family, given = message.full, message.family, message.given
    if full and (family or given):
        violations.add(field, "give either full, or family and given")
    if len(full) > MAX_NAME_CHARS or len(family) + len(given) > MAX_NAME_CHARS:
        violations.add(f"{field}.{'full' if full else 'family'}", f"longer than {MAX_NAME_CHARS} characters")
        return Name(full="x")
    for part, value in (("full", full), ("family", family), ("given", given)):
        if _CONTROL.search(value):
            violations.add(f"{field}.{part}", "contains control characters")
    if not (_WORD.search(full) or _WORD.search(family) or _WORD.search(given)):
        violations.add(f"{field}.full", "holds no letter or digit")
    script = text(message.script, f"{field}.script", 4, violations) if message.script else ""
    stated = enum_value(NameQuality, message.quality, f"{field}.quality", violations, quality)
    return Name(full=full, family=family, given=given, script=script, quality=stated)


def date(message: pb.PartialDate, field: str, violations: Violations) -> Date | None:
    """A date that exists; None where not even the year is known."""
    year, month, day, year_max = message.year, message.month, message.day, message.year_max
    if not 0 <= year <= 9999 or not 0 <= year_max <= 9999 or (year_max and year_max < year):
        violations.add(f"{field}.year", "is no year, or the range ends before it starts")
    elif not 0 <= month <= 12 or (month and not year):
        violations.add(f"{field}.month", "is no month, or its year is missing")
    elif not 0 <= day <= 31 or (day and not month) or (day and day > monthrange(year, month)[1]):
        violations.add(f"{field}.day", "does not exist in this month, or its month is missing")
    elif not year:
        return None
    else:
        return Date(year=year, month=month, day=day, approximate=message.approximate, year_max=year_max)
    return None


def document(message: pb.Document, field: str, violations: Violations) -> Document:
    """A document with a number that has a letter or digit in it."""
    number = text(message.number, f"{field}.number", MAX_NUMBER_CHARS, violations)
    if not _NUMBER.search(number):
        violations.add(f"{field}.number", "holds no Latin letter or digit")
    return Document(
        number=number,
        type=enum_value(DocumentType, message.type, f"{field}.type", violations, DocumentType.UNSPECIFIED),
        issuing_country=country(message.issuing_country, f"{field}.issuing_country", violations),
        uncertain_read=message.uncertain_read,
        expiry_date=date(message.expiry_date, f"{field}.expiry_date", violations)
        if message.HasField("expiry_date")
        else None,
        loss=enum_value(LossKind, message.loss, f"{field}.loss", violations, LossKind.UNSPECIFIED),
    )
