"""Notices as the index keeps them, and names and dates in the form both sides are compared in."""

from __future__ import annotations

from collections.abc import Callable

from indexes.build import NEVER, BuildDate, BuildDocument, BuildIdentity, BuildName, BuildRecord
from indexes.kernels.birth_dates import YEARS_OF_APPROXIMATE
from indexes.kernels.name_arrays import Role
from screening.access_classes import access_class_of
from screening.model import Date, Document, Identity, Name, NameQuality, Notice, NoticeStatus

__all__ = ["NoticeReader", "build_record", "date_range", "name_parts"]

NoticeReader = Callable[[bytes], Notice]
"""Reads a notice from the bytes that the index keeps of it."""

_DAY_SECONDS = 86_400
_ORDINAL_OF_1970 = 719_163  # Date ordinal of 1970-01-01.


def build_record(notice: Notice, payload: bytes) -> BuildRecord:
    """A notice in the form the index is built from. `payload` is what a NoticeReader reads it back from."""
    inherited = tuple(dict.fromkeys(date for identity in notice.identities for date in identity.birth_dates))
    return BuildRecord(
        key=f"{int(notice.database)}/{notice.notice_id}",
        access_key=access_class_of(notice).to_key(),
        # The first whole day after it: a record is answered with to the end of its last day, never a day too short.
        expires=-(-notice.expires_at // _DAY_SECONDS) + _ORDINAL_OF_1970 if notice.expires_at else NEVER,
        payload=payload,
        identities=tuple(_identity(identity, inherited) for identity in notice.identities)
        if notice.status is NoticeStatus.PUBLISHED
        else (),
        documents=tuple(_document(document) for document in notice.documents)
        if notice.status is NoticeStatus.PUBLISHED
        else (),
    )


def name_parts(name: Name) -> tuple[tuple[str, int], ...]:
    """The parts of a name with their roles, family name first."""
    if name.full:
        return ((name.full, Role.UNKNOWN),)
    parts = ((name.family, Role.FAMILY), (name.given, Role.GIVEN))
    return tuple((text, role) for text, role in parts if text)


def date_range(date: Date) -> BuildDate:
    """A date as kernels compare it: "circa" and ranges become a first and a last year, which have no month or day."""
    year, year_max = date.year, date.year_max or date.year
    if date.approximate and date.month == 0:
        year, year_max = year - YEARS_OF_APPROXIMATE, year_max + YEARS_OF_APPROXIMATE
    whole_years = year != year_max
    return BuildDate(year, year_max, 0 if whole_years else date.month, 0 if whole_years else date.day)


def _identity(identity: Identity, inherited: tuple[Date, ...]) -> BuildIdentity:
    """An alias identity without a birth date of its own is compared with those of the record."""
    sexes = 0
    for sex in identity.sexes:
        sexes |= 1 << sex
    return BuildIdentity(
        names=tuple(BuildName(name_parts(name), name.quality is NameQuality.WEAK) for name in identity.names),
        dates=tuple(date_range(date) for date in identity.birth_dates or inherited),
        sexes=sexes,
        nations=identity.nationalities,
    )


def _document(document: Document) -> BuildDocument:
    return BuildDocument(document.number, document.issuing_country, document.type, document.loss)
