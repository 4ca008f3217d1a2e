"""The Consolidated Screening List of the United States in CSV, to notices of the sanctions database.

It joins the lists of the Treasury, of State and of Commerce; the summary begins with the name of the list. Treasury
says of each entry what it is; the other lists do not, so their entries count as what most of the list are: persons on
the lists of denied and debarred parties, organisations elsewhere. Matching does not look at it. Cells hold several
values divided by "; ". Source: trade.gov, "Consolidated Screening List", download as CSV.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from screening.country_codes import alpha3_from_alpha2
from screening.importers.headed_csv import HeadedRow, headed_rows
from screening.importers.notice_parts import (
    CHARGES_MAX,
    SUMMARY_CHARS_MAX,
    checked_notice_id,
    clipped_text,
    comma_name,
    date_in,
    document_in,
    name_in,
    names_within_limit,
    present,
    squeezed,
)
from screening.importers.partial_dates import seconds_of
from screening.importers.rows import Advance, Flaws, Rejected, RowError, clipped_code, ignore_progress, notice_rows
from screening.importers.source_files import open_source
from screening.model import (
    Action,
    Database,
    Document,
    DocumentType,
    Identity,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Sex,
    SubjectKind,
)

__all__ = ["read_us_csl"]

_REQUIRED = ("_id", "source", "type", "name", "alt_names", "ids")
_SUBJECT_KINDS = {
    "individual": SubjectKind.PERSON,
    "entity": SubjectKind.ORGANISATION,
    "vessel": SubjectKind.VESSEL,
    "aircraft": SubjectKind.VESSEL,  # The model knows one kind of craft, as for OFAC's own files.
}
_LISTS_OF_PERSONS = ("Denied Persons List", "ITAR Debarred")
_SEXES = {"Male, Gender": Sex.MALE, "Female, Gender": Sex.FEMALE}

# What people present at a border; numbers of registers (tax, voters, companies, military roll) are no documents here.
_DOCUMENT_TYPES = {
    "Passport": DocumentType.PASSPORT,
    "Diplomatic Passport": DocumentType.PASSPORT,
    "Stateless Person Passport": DocumentType.PASSPORT,
    "National ID No.": DocumentType.IDENTITY_CARD,
    "National Foreign ID Number": DocumentType.IDENTITY_CARD,
    "Cedula No.": DocumentType.IDENTITY_CARD,
    "D.N.I.": DocumentType.IDENTITY_CARD,
    "Identification Number": DocumentType.IDENTITY_CARD,
    "Personal ID Card": DocumentType.IDENTITY_CARD,
    "Numero de Identidad": DocumentType.IDENTITY_CARD,
    "Turkish Identification Number": DocumentType.IDENTITY_CARD,
    "Citizen's Card Number": DocumentType.IDENTITY_CARD,
    "Kenyan ID No.": DocumentType.IDENTITY_CARD,
    "Bosnian Personal ID No.": DocumentType.IDENTITY_CARD,
    "Moroccan Personal ID No.": DocumentType.IDENTITY_CARD,
    "Tazkira National ID Card": DocumentType.IDENTITY_CARD,
    "Refugee ID Card": DocumentType.IDENTITY_CARD,
    "Stateless Person ID Card": DocumentType.IDENTITY_CARD,
    "Residency Number": DocumentType.RESIDENCE_PERMIT,
    "Romanian Permanent Resident": DocumentType.RESIDENCE_PERMIT,
    "N.I.E.": DocumentType.RESIDENCE_PERMIT,
    "VisaNumberID": DocumentType.VISA,
    "Travel Document Number": DocumentType.OTHER,
    "Seafarer's Identification Document": DocumentType.OTHER,
    "Driver's License No.": DocumentType.OTHER,
    "Birth Certificate Number": DocumentType.OTHER,
}
_COUNTRY_CHARS = 2
_Cells = Mapping[str, str]


def read_us_csl(paths: Sequence[Path], advance: Advance = ignore_progress) -> Iterator[Notice | Rejected]:
    """Reads the files; see `NoticeFormat`. Raises UnreadableSourceError where a column is missing."""
    for path in paths:
        with open_source(path, advance) as stream:
            for row in headed_rows(stream, path.name, _REQUIRED):
                if isinstance(row, HeadedRow):
                    yield from notice_rows(path.name, row.line, partial(_notice, row.cells))
                else:
                    yield row


def _notice(cells: _Cells, flaws: Flaws) -> Notice:
    """One entry. Raises RowError without a name or an identifier, or of an unknown type."""
    kind = _subject_kind(cells)
    person = kind is SubjectKind.PERSON
    start = date_in(cells.get("start_date", ""), "start_date", flaws)
    end = date_in(cells.get("end_date", ""), "end_date", flaws)
    return Notice(
        notice_id=checked_notice_id(f"CSL-{cells['_id']}" if cells["_id"] else ""),
        database=Database.SANCTIONS,
        kind=NoticeKind.SANCTION,
        status=NoticeStatus.PUBLISHED,
        source="USA",
        identities=(_identity(cells, flaws, kind),),
        documents=present(_document(text, flaws) for text in _values(cells, "ids")) if person else (),
        person_status=PersonStatus.SANCTIONED if person else PersonStatus.UNSPECIFIED,
        action=Action.APPLY_SANCTIONS,
        published_at=max(0, seconds_of(start)) if start else 0,
        expires_at=max(0, seconds_of(end)) if end else 0,
        subject_kind=kind,
        summary=_summary(cells),
        charges=present(_values(cells, "programs"))[:CHARGES_MAX],
    )


def _subject_kind(cells: _Cells) -> SubjectKind:
    stated = cells["type"].lower()
    if not stated:
        persons = cells["source"].startswith(_LISTS_OF_PERSONS)
        return SubjectKind.PERSON if persons else SubjectKind.ORGANISATION
    if stated not in _SUBJECT_KINDS:
        raise RowError(f"type: {clipped_code(cells['type'])} is unknown")
    return _SUBJECT_KINDS[stated]


def _identity(cells: _Cells, flaws: Flaws, kind: SubjectKind) -> Identity:
    """One identity with all names; the list does not tell strong aliases from weak ones."""
    person = kind is SubjectKind.PERSON
    names = [_name(cells["name"], NameQuality.PRIMARY, cells, flaws, person=person)]
    names += [_name(text, NameQuality.ALIAS, cells, flaws, person=person) for text in _values(cells, "alt_names")]
    kept = names_within_limit(names, flaws)
    if not person:
        return Identity(names=kept)
    return Identity(
        names=kept,
        birth_dates=present(date_in(text, "dates_of_birth", flaws) for text in _values(cells, "dates_of_birth")),
        sexes=present(_SEXES.get(text) for text in _values(cells, "ids")),
        nationalities=present(
            _country(code, column, flaws)
            for column in ("nationalities", "citizenships")
            for code in _values(cells, column)
        ),
        birth_places=present(map(squeezed, _values(cells, "places_of_birth"))),
    )


def _name(text: str, quality: NameQuality, cells: _Cells, flaws: Flaws, *, person: bool) -> Name | None:
    """Only Treasury writes "FAMILY, Given"; a comma in another list may stand anywhere."""
    if person and cells["type"]:
        return comma_name(flaws, text, quality)
    return name_in(flaws, full=text, quality=quality)


def _values(cells: _Cells, column: str) -> list[str]:
    return [text.strip() for text in cells.get(column, "").split("; ") if text.strip()]


def _country(alpha2: str, field: str, flaws: Flaws) -> str:
    code = alpha3_from_alpha2(alpha2)
    if code is None:
        flaws.append(f"{field}: {clipped_code(alpha2)} is no country code")
    return code or ""


def _document(text: str, flaws: Flaws) -> Document | None:
    """One of `ids`: "PK, 2013-09-09, 2008-09-09, 4117921, Passport" - country, expiry, issue, number, kind.

    All but number and kind may be absent. A single date may be either, so it is taken for neither.
    """
    *facts, kind = text.split(", ")
    if kind not in _DOCUMENT_TYPES or not facts:
        return None
    country = facts.pop(0) if len(facts) > 1 and len(facts[0]) == _COUNTRY_CHARS and facts[0].isupper() else ""
    dates = []
    while len(facts) > 1 and _is_day(facts[0]):
        dates.append(facts.pop(0))
    expiry = date_in(dates[0], "document expiry", flaws) if len(dates) > 1 else None
    issuer = _country(country, "document issuing country", flaws) if country else ""
    return document_in(flaws, ", ".join(facts), _DOCUMENT_TYPES[kind], issuer, expiry)


def _is_day(text: str) -> bool:
    return len(text) == len("2020-08-28") and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


def _summary(cells: _Cells) -> str:
    """The list's name, then title, remarks, conditions and addresses as published."""
    columns = ("source", "title", "remarks", "license_requirement", "federal_register_notice")
    parts = [cells.get(column, "") for column in columns]
    addresses = cells.get("addresses", "")
    parts.append(f"Addresses: {addresses}." if addresses else "")
    return clipped_text(squeezed(" ".join(f"{part.rstrip('.')}." for part in parts if part)), SUMMARY_CHARS_MAX)
