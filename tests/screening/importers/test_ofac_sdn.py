"""OFAC's three CSV files; all people, ships and companies in the samples are invented."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from screening.importers.ofac_sdn import read_ofac_sdn
from screening.importers.rows import Rejected, UnreadableSourceError
from screening.model import (
    Action,
    Database,
    Date,
    DocumentType,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Sex,
    SubjectKind,
)

LISTS = Path(os.environ.get("SCREENING_SHARED_DATA", str(Path(__file__).parents[4] / "shared" / "data"))) / "lists"
REMARKS = (
    "DOB 10 Dec 1948; alt. DOB 1946; alt. DOB circa 1957; alt. DOB 1959 to 1960; POB Testville, Iran; "
    "alt. POB Lyon, France; "
    "nationality Iran; citizen Korea, North; Gender Male; a.k.a. 'THE FICTION'; "
    "Passport A123 456 (Iran) issued 13 Mar 2002 expires 12 Mar 2010; alt. Passport B77 expires Jan 2007; "
    "National ID No. 55-66 (Yemen); Linked To: NOBODY."
)


def _entity(number: object, name: str = "DOE, Fictio", kind: str = "individual", remarks: str = "-0- ") -> str:
    def cell(text: str) -> str:
        return text if text == "-0- " else f'"{text}"'

    return f'{number},{cell(name)},{cell(kind)},"SDGT] [IRAN",{",".join(["-0- "] * 7)},{cell(remarks)}'


def _read(folder: Path, *files: Sequence[str]) -> list[Notice | Rejected]:
    """Reads the primary file, and where given aliases and addresses, handed over in the wrong order on purpose."""
    paths = []
    for name, lines in zip(("one.csv", "two.csv", "three.csv"), files, strict=False):
        if lines:
            (folder / name).write_bytes("\r\n".join([*lines, "\x1a", ""]).encode("latin-1"))
            paths.append(folder / name)
    return list(read_ofac_sdn(paths[::-1]))


def _one(folder: Path, *files: Sequence[str]) -> Notice:
    (notice,) = _read(folder, *files)
    assert isinstance(notice, Notice)
    return notice


def test_an_individual_becomes_a_sanctions_notice(tmp_path: Path) -> None:
    """Kind, source, status and requested action are those of a sanctions list of the United States."""
    notice = _one(tmp_path, [_entity(17)])
    assert (notice.notice_id, notice.database, notice.kind) == ("OFAC-17", Database.SANCTIONS, NoticeKind.SANCTION)
    assert (notice.source, notice.status, notice.subject_kind) == ("USA", NoticeStatus.PUBLISHED, SubjectKind.PERSON)
    assert (notice.person_status, notice.action) == (PersonStatus.SANCTIONED, Action.APPLY_SANCTIONS)
    assert notice.charges == ("SDGT", "IRAN")


def test_names_by_quality(tmp_path: Path) -> None:
    """A person's comma parts the name; alt.csv is strong, a quoted a.k.a. in the remarks weak; Latin-1 is read."""
    aliases = ['17,1,"aka","DÖE, Señor Fictio",-0- ', '17,2,"fka","FICTIO",-0- ']
    (identity,) = _one(tmp_path, [_entity(17, remarks=REMARKS)], aliases).identities
    assert [(name.family, name.given, name.full, name.quality) for name in identity.names] == [
        ("DOE", "Fictio", "", NameQuality.PRIMARY),
        ("DÖE", "Señor Fictio", "", NameQuality.ALIAS),
        ("", "", "FICTIO", NameQuality.ALIAS),
        ("", "", "THE FICTION", NameQuality.WEAK),
    ]


def test_facts_of_the_remarks(tmp_path: Path) -> None:
    """Birth dates of every form, places, nationality and citizenship, and sex come out of the remarks."""
    (identity,) = _one(tmp_path, [_entity(17, remarks=REMARKS)]).identities
    assert identity.birth_dates == (
        Date(year=1948, month=12, day=10),
        Date(year=1946),
        Date(year=1957, approximate=True),
        Date(year=1959, year_max=1960),
    )
    assert identity.birth_places == ("Testville, Iran", "Lyon, France")
    assert identity.nationalities == ("IRN", "PRK")
    assert identity.sexes == (Sex.MALE,)


def test_documents_of_the_remarks(tmp_path: Path) -> None:
    """Passports and national identity numbers come with issuer and expiry, where these are stated."""
    documents = _one(tmp_path, [_entity(17, remarks=REMARKS)]).documents
    assert [(item.number, item.type, item.issuing_country, item.expiry_date) for item in documents] == [
        ("A123 456", DocumentType.PASSPORT, "IRN", Date(year=2010, month=3, day=12)),
        ("B77", DocumentType.PASSPORT, "", Date(year=2007, month=1)),
        ("55-66", DocumentType.IDENTITY_CARD, "YEM", None),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("-0- ", SubjectKind.ORGANISATION), ("vessel", SubjectKind.VESSEL), ("aircraft", SubjectKind.VESSEL)],
)
def test_others_than_persons(tmp_path: Path, kind: str, expected: SubjectKind) -> None:
    """Companies and craft keep the comma in their names and have neither person status nor birth date."""
    notice = _one(tmp_path, [_entity(17, "INVENTA, S.A.", kind, "Organization Established Date 1990.")])
    assert (notice.subject_kind, notice.person_status) == (expected, PersonStatus.UNSPECIFIED)
    assert notice.identities[0].names[0].full == "INVENTA, S.A."
    assert notice.identities[0].birth_dates == ()


def test_addresses_close_the_summary(tmp_path: Path) -> None:
    """An address has no field of its own; the officer finds it after the remarks."""
    addresses = ['17,1,"1 Nowhere Street","Testville","France",-0- ', '17,2,-0- ,-0- ,"Spain",-0- ']
    notice = _one(tmp_path, [_entity(17, remarks="DOB 1950.")], [], addresses)
    assert notice.summary == "DOB 1950. Addresses: 1 Nowhere Street, Testville, France; Spain."


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("17,too,few", "3 columns instead of 12"),
        (_entity("x9"), "ent_num: 'x9' is no number"),
        (_entity(17, kind="spaceship"), "SDN_Type: 'spaceship' is unknown"),
        (_entity(17, name="-0- "), "name: missing"),
        (_entity(17, name="?!"), "name: missing"),
        ('17,"DOE, Fictio', "quotes do not close"),
        (_entity(1), "ent_num: 1 is given twice"),
    ],
)
def test_a_bad_row_is_named_and_its_neighbours_are_kept(tmp_path: Path, bad: str, reason: str) -> None:
    """The rejection names line and field; the rows before and after are imported."""
    items = _read(tmp_path, [_entity(1), bad, _entity(30)])
    assert [item.notice_id for item in items if isinstance(item, Notice)] == ["OFAC-1", "OFAC-30"]
    rejected = [item for item in items if isinstance(item, Rejected) and not item.row_kept]
    assert [(item.file, item.line, item.reason) for item in rejected] == [("one.csv", 2, reason)]


@pytest.mark.parametrize(
    ("remark", "reason"),
    [
        ("DOB 31 Feb 1985", "DOB: not a date"),
        ("nationality Atlantis", "nationality: no country 'Atlantis'"),
        ("Passport X1 (Atlantis)", "document issuing country: no country 'Atlantis'"),
        ("Passport Diplomatic (Iran)", "document number: without a digit"),
        ("Passport " + "1" * 41, "document number: longer than 40 characters"),
    ],
)
def test_a_bad_part_does_not_lose_the_person(tmp_path: Path, remark: str, reason: str) -> None:
    """An impossible date or unknown country is left out and reported; the notice stays."""
    notice, flaw = _read(tmp_path, [_entity(17, remarks=f"Gender Female; {remark}.")])
    assert isinstance(notice, Notice)
    assert notice.identities[0].sexes == (Sex.FEMALE,)
    assert flaw == Rejected(file="one.csv", line=1, reason=reason, row_kept=True)


def test_an_alias_of_no_entity_is_rejected(tmp_path: Path) -> None:
    """Aliases before, between and after the entities they should belong to are each named."""
    aliases = [f'{number},1,"aka","ALIAS {number}",-0- ' for number in (1, 17, 20, 99)]
    items = _read(tmp_path, [_entity(17), _entity(30)], aliases)
    assert [(item.file, item.line) for item in items if isinstance(item, Rejected)] == [
        ("two.csv", n) for n in (1, 3, 4)
    ]
    assert sum(len(item.identities[0].names) for item in items if isinstance(item, Notice)) == 3


def test_an_unsorted_alias_file_is_said_clearly(tmp_path: Path) -> None:
    """An alias that falls back behind an earlier one is rejected by that reason, the entity is kept."""
    aliases = ['30,1,"aka","LATE",-0- ', '17,1,"aka","EARLY",-0- ']
    items = _read(tmp_path, [_entity(17), _entity(30)], aliases)
    assert [item.reason for item in items if isinstance(item, Rejected)] == [
        "ent_num: 17 after 30, the file is not sorted"
    ]


def test_an_unsorted_primary_file_loses_no_person(tmp_path: Path) -> None:
    """An entity out of order is imported, with a remark that nothing could be joined to it."""
    items = _read(tmp_path, [_entity(30), _entity(17)])
    assert [item.notice_id for item in items if isinstance(item, Notice)] == ["OFAC-30", "OFAC-17"]
    assert [item.row_kept for item in items if isinstance(item, Rejected)] == [True]


def test_refuses_files_that_are_not_ofacs(tmp_path: Path) -> None:
    """A file with another number of columns, a second primary file, or none, is a problem of the whole import."""
    with pytest.raises(UnreadableSourceError, match=r"one\.csv: 3 columns"):
        _read(tmp_path, ["a,b,c"])
    with pytest.raises(UnreadableSourceError, match=r"a second file of 12 columns"):
        _read(tmp_path, [_entity(1)], [_entity(2)])
    with pytest.raises(UnreadableSourceError, match="primary file"):
        _read(tmp_path, ['17,1,"aka","ALIAS",-0- '])


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not beside this checkout")
def test_the_real_list_is_read_whole() -> None:
    """Every one of the 13,821 entities of December 2023 is imported, nearly all individuals with a birth date."""
    items = list(read_ofac_sdn([LISTS / f"ofac_sdn_20231228_{part}.csv.gz" for part in ("sdn", "alt", "add")]))
    notices = [item for item in items if isinstance(item, Notice)]
    persons = [notice for notice in notices if notice.subject_kind is SubjectKind.PERSON]
    assert (len(notices), len(persons)) == (13_821, 6_646)
    assert all(item.row_kept for item in items if isinstance(item, Rejected))
    assert len(items) - len(notices) <= 10
    names = [name for notice in notices for name in notice.identities[0].names]
    assert sum(name.quality is NameQuality.ALIAS for name in names) == 17_091
    assert sum(name.quality is NameQuality.WEAK for name in names) > 3_300
    assert sum(bool(person.identities[0].birth_dates) for person in persons) / len(persons) > 0.98
    assert sum(bool(person.identities[0].nationalities) for person in persons) > 4_900
    passports = [item for person in persons for item in person.documents if item.type is DocumentType.PASSPORT]
    assert len(passports) > 2_000
    assert sum(bool(item.issuing_country) for item in passports) / len(passports) > 0.88
