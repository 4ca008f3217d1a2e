"""The consolidated list of the United Kingdom's OFSI (CSV of 29 columns), to notices of the sanctions database.

One line is one name of one entry with one of its birth dates and addresses, sorted by name, not by entry: so all lines
are read before the first entry is complete. The whole list has some 11,000 lines, and no more than `LINES_MAX` are
held. "Name 6" is the family name, 1 to 5 are the others in order. The list does not say which birth date goes with
which name. Sex is not in this form. Source: OFSI, "Format guide: consolidated list of asset freeze targets".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from screening.country_codes import alpha3_from_name
from screening.importers.headed_csv import HeadedRow, headed_rows
from screening.importers.notice_parts import (
    SUMMARY_CHARS_MAX,
    checked_notice_id,
    clipped_text,
    country_of_name,
    date_in,
    distinct,
    document_in,
    name_in,
    names_within_limit,
    present,
    squeezed,
)
from screening.importers.partial_dates import date_of_numbers, date_of_text, seconds_of
from screening.importers.rows import (
    Advance,
    Flaws,
    Rejected,
    RowError,
    UnreadableSourceError,
    clipped_code,
    ignore_progress,
    notice_rows,
)
from screening.importers.source_files import open_source
from screening.model import (
    Action,
    Database,
    Date,
    Document,
    DocumentType,
    Identity,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    SubjectKind,
)

__all__ = ["LINES_MAX", "read_uk_conlist"]

LINES_MAX = 200_000
"""Lines held at once: twenty times the published list, and a few hundred megabytes."""

_NAME_COLUMNS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5")
_REQUIRED = ("Name 6", *_NAME_COLUMNS, "Group Type", "Alias Type", "Group ID")
_SUBJECT_KINDS = {
    "individual": SubjectKind.PERSON,
    "entity": SubjectKind.ORGANISATION,
    "ship": SubjectKind.VESSEL,
}
_QUALITIES = {"prime alias": NameQuality.PRIMARY, "aka": NameQuality.ALIAS, "fka": NameQuality.ALIAS}

_DAY = re.compile(r"^(\d{2})/(\d{2})/(\d{4})$")
_NUMBERED = re.compile(r"\(?\b\w\)(?:\s*-\s*\(\w\))?")  # "(1) Tunisia (2)-(6) -", "a) French": several values.
_DOCUMENT_NUMBER = re.compile(r"(?<![\w/-])(?=[A-Z/-]*\d)[A-Z]{0,3}[A-Z0-9/-]{3,}(?![\w/-])")
_AFTER_NUMBER = re.compile(r"\b(?:issued|expire[sd]?|valid|date)\b", re.IGNORECASE)
_EXPIRY = re.compile(r"\bexpire[sd]?\s+(?:on\s+)?(\d{1,2}\s+[A-Za-z]{3,9}\.?\s+\d{4})", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^()]*)\)")
_LEADING_WORDS = re.compile(r"^[A-Za-z' ]+")
_WORDS_OF_KIND = re.compile(
    r"\b(?:diplomatic|service|passports?|numbers?|no|national|civil|identity|identification|id|card)\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Group:
    """The lines of one entry, with the number of the first."""

    line: int
    rows: list[HeadedRow] = field(default_factory=list)

    def values(self, *columns: str) -> tuple[str, ...]:
        """The different values of the columns, line by line."""
        return distinct(text for row in self.rows for column in columns if (text := row.cells.get(column, "")))


def read_uk_conlist(paths: Sequence[Path], advance: Advance = ignore_progress) -> Iterator[Notice | Rejected]:
    """Reads the files; see `NoticeFormat`, but an entry is complete only at the end of its file."""
    for path in paths:
        groups: dict[str, _Group] = {}
        with open_source(path, advance) as stream:
            for count, row in enumerate(headed_rows(stream, path.name, _REQUIRED), start=1):
                if count > LINES_MAX:
                    raise UnreadableSourceError(path.name, f"more than {LINES_MAX} lines")
                if isinstance(row, HeadedRow):
                    groups.setdefault(row.cells["Group ID"], _Group(row.line)).rows.append(row)
                else:
                    yield row
        for group in groups.values():
            yield from notice_rows(path.name, group.line, partial(_notice, group))


def _notice(group: _Group, flaws: Flaws) -> Notice:
    """One entry. Raises RowError without a name or a group, or of an unknown type."""
    first = group.rows[0].cells
    kind = _SUBJECT_KINDS.get(first["Group Type"].lower())
    if kind is None:
        raise RowError(f"Group Type: {clipped_code(first['Group Type'])} is unknown")
    person = kind is SubjectKind.PERSON
    listed = date_in(first.get("Listed On", ""), "Listed On", flaws)
    return Notice(
        notice_id=checked_notice_id(f"UK-{first['Group ID']}" if first["Group ID"] else ""),
        database=Database.SANCTIONS,
        kind=NoticeKind.SANCTION,
        status=NoticeStatus.PUBLISHED,
        source="GBR",
        identities=(_identity(group, flaws, person=person),),
        documents=_documents(group, flaws) if person else (),
        person_status=PersonStatus.SANCTIONED if person else PersonStatus.UNSPECIFIED,
        action=Action.APPLY_SANCTIONS,
        published_at=max(0, seconds_of(listed)) if listed else 0,
        subject_kind=kind,
        summary=_summary(group),
        charges=present(map(squeezed, group.values("Regime"))),
    )


def _identity(group: _Group, flaws: Flaws, *, person: bool) -> Identity:
    names = sorted((_name(row, flaws, person=person) for row in group.rows), key=_quality)
    kept = names_within_limit(names, flaws)
    if not person:
        return Identity(names=kept)
    return Identity(
        names=kept,
        birth_dates=present(date_in(text, "DOB", flaws, _birth_date) for text in group.values("DOB")),
        nationalities=present(
            country_of_name(part, "Nationality", flaws) for text in group.values("Nationality") for part in _parts(text)
        ),
        birth_places=_birth_places(group),
    )


def _quality(name: Name | None) -> int:
    return name.quality if name else NameQuality.WEAK


def _name(row: HeadedRow, flaws: Flaws, *, person: bool) -> Name | None:
    quality = _QUALITIES.get(row.cells["Alias Type"].lower())
    if quality is None:
        flaws.append(f"Alias Type: {clipped_code(row.cells['Alias Type'])} is unknown, taken as weak")
        quality = NameQuality.WEAK
    family = row.cells["Name 6"]
    given = " ".join(row.cells[column] for column in _NAME_COLUMNS if row.cells[column])
    if person and family and given:
        return name_in(flaws, family=family, given=given, quality=quality)
    return name_in(flaws, full=f"{given} {family}", quality=quality)


def _birth_date(text: str) -> Date:
    """A day in the form dd/mm/yyyy with 00 for what is not known. Raises ValueError."""
    found = _DAY.match(text)
    return date_of_numbers(found[3], found[2], found[1]) if found else date_of_text(text)


def _parts(text: str) -> list[str]:
    """The values of a cell with several: "(1) Afghan (2) Pakistani"."""
    return [part for piece in _NUMBERED.split(text) if (part := piece.strip(" ,.;-"))]


def _birth_places(group: _Group) -> tuple[str, ...]:
    """Town and country together where the cells have as many of the one as of the other, else each alone."""
    places: list[str] = []
    for row in group.rows:
        towns, countries = _parts(row.cells.get("Town of Birth", "")), _parts(row.cells.get("Country of Birth", ""))
        if len(towns) == len(countries):
            places += [f"{town}, {country}" for town, country in zip(towns, countries, strict=True)]
        else:
            places += [*towns, *countries]
    return present(map(squeezed, places))


def _documents(group: _Group, flaws: Flaws) -> tuple[Document, ...]:
    columns = (("Passport Details", DocumentType.PASSPORT), ("NI Number", DocumentType.IDENTITY_CARD))
    return present(
        document
        for column, kind in columns
        for text in group.values(column)
        for document in _documents_of(text, kind, flaws)
    )


def _documents_of(text: str, kind: DocumentType, flaws: Flaws) -> Iterator[Document | None]:
    """The documents of one cell: free text in which each number is followed by its country in brackets and its dates.

    A country before the first number ("Jordanian passport numbers (1) ... (2) ...") holds for those without their own.
    """
    shared = _country_before(text)
    for part in _parts(text):
        numbers = _DOCUMENT_NUMBER.findall(_AFTER_NUMBER.split(part)[0])
        expiry = _EXPIRY.search(part)
        for number in numbers[:1]:
            day = date_in(expiry[1], "document expiry", flaws) if expiry else None
            yield document_in(flaws, number, kind, _country_in_brackets(part) or shared, day)


def _country_in_brackets(text: str) -> str:
    return next((code for words in _BRACKETED.findall(text) if (code := _country_of_words(words))), "")


def _country_before(text: str) -> str:
    words = _LEADING_WORDS.match(text)
    return _country_of_words(words[0]) if words else ""


def _country_of_words(words: str) -> str:
    """The country that the words name once "passport number" and the like are taken away; empty for none."""
    return alpha3_from_name(squeezed(_WORDS_OF_KIND.sub(" ", words))) or ""


def _summary(group: _Group) -> str:
    """Title, position and other information, then the addresses."""
    facts = [f"{text.rstrip('.')}." for text in group.values("Title", "Position", "Other Information")]
    columns = (*(f"Address {number}" for number in range(1, 7)), "Post/Zip Code", "Country")
    places = present(", ".join(filter(None, (row.cells.get(column, "") for column in columns))) for row in group.rows)
    addresses = f"Addresses: {'; '.join(places)}." if places else ""
    return clipped_text(squeezed(" ".join((*facts, addresses))), SUMMARY_CHARS_MAX)
