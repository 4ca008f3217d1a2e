"""The consolidated list of the United Nations Security Council in XML, to notices of kind UN_SPECIAL.

The parts FIRST_NAME to FOURTH_NAME stand in the order in which the person writes them; the last is not always a
family name (Korean names begin with it, many Arabic and Afghan ones have none), so a name is taken in one piece. An
alias with its own birth date is an identity of its own. Schema: scsanctions.un.org, sc-sanctions.xsd.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from screening.importers.notice_parts import (
    SUMMARY_CHARS_MAX,
    checked_notice_id,
    clipped_text,
    country_of_name,
    date_in,
    name_in,
    names_within_limit,
    present,
    squeezed,
)
from screening.importers.partial_dates import date_of, date_of_numbers, date_of_text, seconds_of
from screening.importers.rows import Advance, Flaws, Rejected, clipped_code, ignore_progress, notice_rows
from screening.importers.un_documents import document_of_element
from screening.importers.xml_records import XmlElement, xml_records
from screening.model import (
    Action,
    Database,
    Date,
    Identity,
    IdentityCategory,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Sex,
    SubjectKind,
)

__all__ = ["read_un_xml"]

_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_SEXES = {"Male": Sex.MALE, "Female": Sex.FEMALE}
_ALIAS_QUALITIES = {
    "good": NameQuality.ALIAS,
    "a.k.a.": NameQuality.ALIAS,
    "f.k.a.": NameQuality.ALIAS,
    "": NameQuality.ALIAS,
    "low": NameQuality.WEAK,
}
_NO_NATIONALITY = frozenset({"", "na", "n/a", "unknown"})
_SEVERAL_ALIASES = re.compile(r";|\s[a-z]\)\s")
_BRACKETED = re.compile(r"\(([^)]*)\)?")
_BORN = re.compile(r",?\s+born\b.*$", re.IGNORECASE)
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_DAY_CHARS = 10  # "2015-04-07-04:00": an XML date may carry a time zone after the day.


def read_un_xml(paths: Sequence[Path], advance: Advance = ignore_progress) -> Iterator[Notice | Rejected]:
    """Reads individuals and entities; see `NoticeFormat`."""
    for path in paths:
        for record in xml_records(path, "CONSOLIDATED_LIST", ("INDIVIDUAL", "ENTITY"), advance):
            yield from notice_rows(path.name, record.line, partial(_notice, record))


def _notice(record: XmlElement, flaws: Flaws) -> Notice:
    """One entry. Raises RowError without a reference number or without a name."""
    person = record.tag == "INDIVIDUAL"
    listed = date_in(record.value("LISTED_ON")[:_DAY_CHARS], "LISTED_ON", flaws)
    return Notice(
        notice_id=checked_notice_id(record.value("REFERENCE_NUMBER")),
        database=Database.SANCTIONS,
        kind=NoticeKind.UN_SPECIAL,
        status=NoticeStatus.PUBLISHED,
        source="UNO",
        identities=_identities(record, flaws),
        documents=present(document_of_element(element, flaws) for element in record.all("INDIVIDUAL_DOCUMENT")),
        person_status=PersonStatus.SANCTIONED if person else PersonStatus.UNSPECIFIED,
        action=Action.APPLY_SANCTIONS,
        published_at=seconds_of(listed) if listed else 0,
        subject_kind=SubjectKind.PERSON if person else SubjectKind.ORGANISATION,
        summary=clipped_text(squeezed(_summary(record)), SUMMARY_CHARS_MAX),
        charges=present((squeezed(record.value("UN_LIST_TYPE")),)),
    )


def _identities(record: XmlElement, flaws: Flaws) -> tuple[Identity, ...]:
    """The principal identity, then one for each alias that has a birth date of its own."""
    aliases = record.all(f"{record.tag}_ALIAS")
    own = [alias for alias in aliases if alias.value("DATE_OF_BIRTH")]
    shared = [_alias_names(alias, flaws) for alias in aliases if not alias.value("DATE_OF_BIRTH")]
    primary = name_in(flaws, full=" ".join(record.value(part) for part in _NAME_PARTS))
    script = name_in(flaws, full=record.value("NAME_ORIGINAL_SCRIPT"), quality=NameQuality.ALIAS)
    principal = Identity(
        names=names_within_limit((primary, script, *chain.from_iterable(shared)), flaws),
        birth_dates=present(_birth_date(element, flaws) for element in record.all("INDIVIDUAL_DATE_OF_BIRTH")),
        sexes=present((_SEXES.get(record.value("GENDER")),)),
        nationalities=_nationalities(record, flaws),
        birth_places=present(_place(element) for element in record.all("INDIVIDUAL_PLACE_OF_BIRTH")),
    )
    return (principal, *present(_alias_identity(alias, flaws) for alias in own))


def _alias_identity(alias: XmlElement, flaws: Flaws) -> Identity | None:
    names = present(_alias_names(alias, flaws))
    if not names:
        return None
    return Identity(
        names=names,
        birth_dates=present((date_in(alias.value("DATE_OF_BIRTH"), "alias date of birth", flaws),)),
        birth_places=present((_joined(alias.value("CITY_OF_BIRTH"), alias.value("COUNTRY_OF_BIRTH")),)),
        category=IdentityCategory.ALIAS,
    )


def _alias_names(alias: XmlElement, flaws: Flaws) -> tuple[Name | None, ...]:
    """Names of one ALIAS_NAME: several divided by ";", and the same in another script in brackets."""
    stated = alias.value("QUALITY")
    quality = _ALIAS_QUALITIES.get(stated.lower())
    if quality is None:
        flaws.append(f"alias QUALITY: {clipped_code(stated)} is unknown, taken as weak")
        quality = NameQuality.WEAK
    return tuple(name_in(flaws, full=text, quality=quality) for text in _alias_texts(alias.value("ALIAS_NAME")))


def _alias_texts(text: str) -> Iterator[str]:
    """Each name, without its remarks: brackets hold a remark unless they hold another script."""
    bracketed = _BRACKETED.findall(text)
    for part in _SEVERAL_ALIASES.split(_BORN.sub("", _BRACKETED.sub(" ", text))):
        yield part.strip(" \"'“”‘’,")
    yield from (part for part in bracketed if not _LATIN_LETTER.search(part))


def _birth_date(element: XmlElement, flaws: Flaws) -> Date | None:
    """One INDIVIDUAL_DATE_OF_BIRTH; an empty one says nothing."""
    kind = element.value("TYPE_OF_DATE").upper()
    approximate = kind == "APPROXIMATELY" or element.value("NOTE").lower().startswith("approx")
    first = element.value("FROM_YEAR")
    if first:
        return date_in(first, "date of birth", flaws, lambda year: _years(year, element.value("TO_YEAR"), approximate))
    if element.value("YEAR"):
        return date_in(element.value("YEAR"), "date of birth", flaws, lambda year: _parts(year, element, approximate))
    text = element.value("DATE")[:_DAY_CHARS] or element.value("NOTE")
    return date_in(text, "date of birth", flaws, lambda day: _with_approximation(date_of_text(day), approximate))


def _parts(year: str, element: XmlElement, approximate: bool) -> Date:
    return date_of_numbers(year, element.value("MONTH"), element.value("DAY"), approximate=approximate)


def _years(first: str, last: str, approximate: bool) -> Date:
    return date_of(int(first), approximate=approximate, year_max=int(last) if last and last != first else 0)


def _with_approximation(moment: Date, approximate: bool) -> Date:
    return date_of(moment.year, moment.month, moment.day, approximate=approximate or moment.approximate)


def _nationalities(record: XmlElement, flaws: Flaws) -> tuple[str, ...]:
    values = (value.text.strip() for nationality in record.all("NATIONALITY") for value in nationality.all("VALUE"))
    return present(
        country_of_name(text, "nationality", flaws) for text in values if text.lower() not in _NO_NATIONALITY
    )


def _place(element: XmlElement) -> str:
    return _joined(element.value("CITY"), element.value("STATE_PROVINCE"), element.value("COUNTRY"))


def _joined(*parts: str) -> str:
    return ", ".join(squeezed(part) for part in parts if part)


def _summary(record: XmlElement) -> str:
    """Titles and designations, then the list's comment."""
    values = (
        value.text for tag in ("TITLE", "DESIGNATION") for element in record.all(tag) for value in element.all("VALUE")
    )
    return " ".join((*values, record.value("COMMENTS1")))
