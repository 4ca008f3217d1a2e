"""The notices and documents of the demo: deterministic, and plainly nobody's.

People are named after daydreams (Vydumkin: made up; al-Wahmi: the imaginary; Outopiadis: of Utopia), all are citizens
of UTO, the specimen state of ICAO Doc 9303, and the owners are the parties of demo_register.toml. Notices are chosen
so that each shows one thing: a script, a colour, an owner, a level, a restriction, a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from screening.model import (
    Action,
    Confidentiality,
    Database,
    Date,
    Document,
    DocumentType,
    Identity,
    IdentityCategory,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Restrictions,
    Sex,
    SubjectKind,
)

__all__ = ["DOCUMENT_COLUMNS", "demo_document_lines", "demo_notices"]

DOCUMENT_COLUMNS: Final = "number,issuing_country,type,loss,database"
"""First line of the documents file (see importers/documents_csv.py)."""

BLANK_PASSPORTS: Final = range(8_800_100, 8_800_400)
"""Numbers of the stolen blanks: real thefts are boxes of consecutive numbers, so one entry would mislead."""

_BUREAU, _NEIGHBOUR, _OWN = "XGR", "XRA", "UTO"
"""The owners: Graustark's bureau, Ruritania's, and Utopia's own."""

_PUBLISHED: Final = int(datetime(2025, 3, 1, tzinfo=UTC).timestamp())

_SINGLE_DOCUMENTS: Final = (
    "L8942031,UTO,PASSPORT,LOST,SLTD",
    "UB0518821,UTO,PASSPORT,STOLEN,SLTD",
    "K5530017,UTO,IDENTITY_CARD,STOLEN,SLTD",
    "RV2205180,UTO,PASSPORT,REVOKED,SLTD",
    "DL0099120,UTO,ADMINISTRATIVE,STOLEN,SAD",
)


def demo_notices() -> tuple[Notice, ...]:
    """All notices, by number."""
    return tuple(sorted((*_wanted(), *_other_colours(), *_withheld(), *_sanctions()), key=lambda item: item.notice_id))


def demo_document_lines() -> Iterator[str]:
    """Lines of the documents file, the columns first: lost and stolen ones, and a box of stolen blanks."""
    yield DOCUMENT_COLUMNS
    yield from _SINGLE_DOCUMENTS
    for number in BLANK_PASSPORTS:
        yield f"S{number},UTO,PASSPORT,STOLEN_BLANK,SLTD"


def _wanted() -> Iterator[Notice]:
    """Red notices, each recorded in another script."""
    yield replace(
        _red(
            "DEMO-2025/0001",
            Name(family="QUILLFEATHER", given="Marius Aurelio"),
            Date(year=1978, month=3, day=4),
            aliases=(Name(full="Mario Pennington-Quill", quality=NameQuality.ALIAS),),
        ),
        caution=("ARMED",),
        handling=("Inform the bureau of Graustark before any coercive measure.",),
        documents=(_passport("X9081726"),),
        charges=("Theft of the crown jewels of Graustark.",),
    )
    yield _red("DEMO-2025/0002", Name(family="VYDUMKIN", given="Yevgraf"), Date(year=1983, month=11, day=9))
    yield _red("DEMO-2025/0003", Name(full="زرياب بن خيال الوهمي", script="Arab"), Date(year=1969), source=_NEIGHBOUR)
    yield _red("DEMO-2025/0004", Name(full="吴有名", script="Hani"), Date(year=1990, month=7, day=21))
    yield _red(
        "DEMO-2025/0005",
        Name(family="Ουτοπιάδης", given="Αριστόφαντος", script="Grek"),
        Date(year=1971, month=1, day=30),
        source=_OWN,
    )
    yield _red("DEMO-2025/0006", Name(family="Небывалова", given="Аглая", script="Cyrl"), Date(year=1987), Sex.FEMALE)
    yield replace(
        _red("DEMO-2025/0007", Name(full="Corvin Thistlewick"), Date(year=1974, month=6, day=2)),
        identities=(
            _identity(Name(full="Corvin Thistlewick"), Date(year=1974, month=6, day=2)),
            replace(
                _identity(Name(full="Jonas Albin Merrydew"), Date(year=1969, month=10, day=15)),
                category=IdentityCategory.MISUSED,
            ),
        ),
        handling=("Jonas Albin Merrydew is the innocent victim of a misused identity.",),
    )


def _other_colours() -> Iterator[Notice]:
    yield replace(
        _notice("DEMO-2025/0020", NoticeKind.YELLOW, PersonStatus.MISSING, Action.PROTECT),
        identities=(_identity(Name(full="Wilhelmina Tansy Pimpernel"), Date(year=2017, month=5, day=12), Sex.FEMALE),),
        handling=("A child at risk: keep her in your care and call the bureau at once.",),
    )
    yield replace(
        _notice("DEMO-2025/0021", NoticeKind.BLUE, PersonStatus.WITNESS, Action.LOCATE_AND_INFORM, source=_NEIGHBOUR),
        identities=(_identity(Name(full="Bartholomew Nimbus Day"), Date(year=1995, month=9, day=3)),),
        handling=("A witness, not a suspect: no measure against the person.",),
    )
    yield replace(
        _notice("DEMO-2025/0022", NoticeKind.GREEN, PersonStatus.CRIMINAL_HISTORY, Action.WARN),
        confidentiality=Confidentiality.RESTRICTED,
        identities=(_identity(Name(full="Sylvester Gloaming"), Date(year=1966, month=2, day=28, approximate=True)),),
    )
    yield replace(
        _notice("DEMO-2025/0023", NoticeKind.BLACK, PersonStatus.UNIDENTIFIED, Action.IDENTIFY, source=_OWN),
        documents=(_passport("N4471203"),),
        summary="A passport found beside an unidentified body.",
    )
    yield replace(
        _notice("DEMO-2025/0024", NoticeKind.RED, PersonStatus.WANTED, Action.LOCATE_AND_INFORM),
        database=Database.TDAWN,
        documents=(_passport("T7730041"),),
        handling=("The passport is genuine. It is its bearer who is looked for.",),
    )


def _withheld() -> Iterator[Notice]:
    """Notices that some callers, or all, must not learn of."""
    yield replace(
        _red("DEMO-2025/0030", Name(full="Falk Ostrander Dunmoor"), Date(year=1980, month=8, day=17)),
        restrictions=Restrictions(denied=(_OWN,)),
    )
    yield replace(
        _red("DEMO-2025/0031", Name(full="Cassius Verrin Hollowbrook"), Date(year=1976, month=12, day=5)),
        kind=NoticeKind.DIFFUSION,
        restrictions=Restrictions(allowed=(_OWN,)),
    )
    yield replace(
        _notice("DEMO-2025/0032", NoticeKind.BLUE, PersonStatus.SUSPECT, Action.DISCREET_CHECK),
        confidentiality=Confidentiality.CONFIDENTIAL,
        identities=(_identity(Name(full="Ottoline Inkwell-Vane"), Date(year=1992, month=4, day=1), Sex.FEMALE),),
    )
    yield replace(
        _red("DEMO-2025/0033", Name(full="Peregrine Larkspur Moss"), Date(year=1959, month=3, day=19)),
        status=NoticeStatus.SUSPENDED,
    )


def _sanctions() -> Iterator[Notice]:
    sanctioned = replace(
        _notice("DEMO-S-0001", NoticeKind.SANCTION, PersonStatus.SANCTIONED, Action.APPLY_SANCTIONS),
        database=Database.SANCTIONS,
    )
    yield replace(
        sanctioned,
        identities=(
            _identity(
                Name(full="Obadiah Nemo Fictus"),
                Date(year=1961, year_max=1963),
                aliases=(Name(full="The Nobody", quality=NameQuality.WEAK),),
            ),
        ),
    )
    yield replace(
        sanctioned,
        notice_id="DEMO-S-0002",
        subject_kind=SubjectKind.ORGANISATION,
        identities=(Identity(names=(Name(full="Castles in the Air Shipping Company"),)),),
    )


def _red(
    notice_id: str,
    name: Name,
    born: Date,
    sex: Sex = Sex.MALE,
    *,
    aliases: tuple[Name, ...] = (),
    source: str = _BUREAU,
) -> Notice:
    notice = _notice(notice_id, NoticeKind.RED, PersonStatus.WANTED, Action.LOCATE_AND_DETAIN, source=source)
    return replace(notice, identities=(_identity(name, born, sex, aliases=aliases),))


def _notice(
    notice_id: str, kind: NoticeKind, person_status: PersonStatus, action: Action, *, source: str = _BUREAU
) -> Notice:
    """A published notice about nobody yet."""
    return Notice(
        notice_id=notice_id,
        database=Database.NOMINAL,
        kind=kind,
        status=NoticeStatus.PUBLISHED,
        source=source,
        person_status=person_status,
        action=action,
        published_at=_PUBLISHED,
    )


def _identity(name: Name, born: Date, sex: Sex = Sex.MALE, *, aliases: tuple[Name, ...] = ()) -> Identity:
    return Identity(names=(name, *aliases), birth_dates=(born,), sexes=(sex,), nationalities=("UTO",))


def _passport(number: str) -> Document:
    return Document(number=number, type=DocumentType.PASSPORT, issuing_country="UTO")
