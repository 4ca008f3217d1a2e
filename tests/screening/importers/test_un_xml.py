"""The United Nations list in XML; all people and groups in the samples are invented."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from screening.importers.rows import Rejected, UnreadableSourceError
from screening.importers.un_xml import read_un_xml
from screening.model import (
    Action,
    Database,
    Date,
    DocumentType,
    IdentityCategory,
    NameQuality,
    Notice,
    NoticeKind,
    PersonStatus,
    Sex,
    SubjectKind,
)

LISTS = Path(os.environ.get("SCREENING_SHARED_DATA", str(Path(__file__).parents[4] / "shared" / "data"))) / "lists"
NAME = "<FIRST_NAME>FICTIO</FIRST_NAME>"
REFERENCE = "<REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER>"


def _read(
    folder: Path, *records: str, tag: str = "INDIVIDUAL", end: str = "</CONSOLIDATED_LIST>"
) -> list[Notice | Rejected]:
    entries = "\n".join(f"<{tag}>{record}</{tag}>" for record in records)
    path = folder / "list.xml"
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST>\n{entries}\n{end}', encoding="utf-8")
    return list(read_un_xml([path]))


def _one(folder: Path, content: str, tag: str = "INDIVIDUAL") -> Notice:
    (notice,) = _read(folder, REFERENCE + NAME + content, tag=tag)
    assert isinstance(notice, Notice)
    return notice


def test_an_individual_becomes_a_special_notice(tmp_path: Path) -> None:
    """The reference number names the notice; its day of listing is its publication."""
    notice = _one(tmp_path, "<LISTED_ON>2015-04-07-04:00</LISTED_ON><GENDER>Female</GENDER>")
    assert (notice.notice_id, notice.database, notice.kind) == ("XXi.001", Database.SANCTIONS, NoticeKind.UN_SPECIAL)
    assert (notice.source, notice.person_status, notice.action) == (
        "UNO",
        PersonStatus.SANCTIONED,
        Action.APPLY_SANCTIONS,
    )
    assert notice.published_at == 1_428_364_800
    assert notice.identities[0].sexes == (Sex.FEMALE,)


def test_an_entity_is_an_organisation(tmp_path: Path) -> None:
    """An ENTITY with its aliases a.k.a. and f.k.a. is an organisation without person status."""
    alias = "<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD GROUP</ALIAS_NAME></ENTITY_ALIAS>"
    notice = _one(tmp_path, alias, tag="ENTITY")
    assert (notice.subject_kind, notice.person_status) == (SubjectKind.ORGANISATION, PersonStatus.UNSPECIFIED)
    assert [name.full for name in notice.identities[0].names] == ["FICTIO", "OLD GROUP"]


def test_names_stay_in_one_piece_and_in_order(tmp_path: Path) -> None:
    """The four name parts are joined, the original script is an alias; Good and Low become alias and weak."""
    content = (
        "<SECOND_NAME>BIN</SECOND_NAME><THIRD_NAME>INVENT</THIRD_NAME><FOURTH_NAME>AL-TEST</FOURTH_NAME>"
        "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Strong One; Strong Two</ALIAS_NAME></INDIVIDUAL_ALIAS>"
        "<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>“Weak One” (a rumour)</ALIAS_NAME></INDIVIDUAL_ALIAS>"
        "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Jin Shi (金试)</ALIAS_NAME></INDIVIDUAL_ALIAS>"
        "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>"
        "<NAME_ORIGINAL_SCRIPT>فيكتيو</NAME_ORIGINAL_SCRIPT>"
    )
    assert [(name.full, name.quality) for name in _one(tmp_path, content).identities[0].names] == [
        ("FICTIO BIN INVENT AL-TEST", NameQuality.PRIMARY),
        ("فيكتيو", NameQuality.ALIAS),
        ("Strong One", NameQuality.ALIAS),
        ("Strong Two", NameQuality.ALIAS),
        ("Weak One", NameQuality.WEAK),
        ("Jin Shi", NameQuality.ALIAS),
        ("金试", NameQuality.ALIAS),
    ]


def test_an_alias_with_its_own_birth_date_is_its_own_identity(tmp_path: Path) -> None:
    """The birth date of an alias does not become one of the principal identity."""
    content = (
        "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Other Name</ALIAS_NAME><DATE_OF_BIRTH>1958-02-22"
        "</DATE_OF_BIRTH><COUNTRY_OF_BIRTH>Chad</COUNTRY_OF_BIRTH></INDIVIDUAL_ALIAS>"
    )
    principal, alias = _one(tmp_path, content).identities
    assert principal.birth_dates == ()
    assert (alias.category, alias.birth_dates) == (IdentityCategory.ALIAS, (Date(year=1958, month=2, day=22),))
    assert (alias.names[0].full, alias.birth_places) == ("Other Name", ("Chad",))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1971-07-30</DATE>", Date(year=1971, month=7, day=30)),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR>", Date(year=1971)),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR><MONTH>7</MONTH>", Date(year=1971, month=7)),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1971</YEAR>", Date(year=1971, approximate=True)),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1971</FROM_YEAR><TO_YEAR>1973</TO_YEAR>",
            Date(year=1971, year_max=1973),
        ),
        (
            "<FROM_YEAR>1971</FROM_YEAR><TO_YEAR>1973</TO_YEAR><NOTE>Approximately </NOTE>",
            Date(year=1971, year_max=1973, approximate=True),
        ),
        (
            "<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE>",
            Date(year=1973, month=11, approximate=True),
        ),
    ],
)
def test_birth_dates_of_every_type(tmp_path: Path, content: str, expected: Date) -> None:
    """EXACT, APPROXIMATELY and BETWEEN with the parts that are given."""
    notice = _one(tmp_path, f"<INDIVIDUAL_DATE_OF_BIRTH>{content}</INDIVIDUAL_DATE_OF_BIRTH>" * 2)
    assert notice.identities[0].birth_dates == (expected,)


def test_nationalities_and_places(tmp_path: Path) -> None:
    """Country names become alpha-3 codes; places keep their words; "na" and empty elements say nothing."""
    content = (
        "<NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE><VALUE>na</VALUE><VALUE>Türkiye</VALUE></NATIONALITY>"
        "<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Testville</CITY><COUNTRY>Chad</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>"
        "<INDIVIDUAL_PLACE_OF_BIRTH><COUNTRY/></INDIVIDUAL_PLACE_OF_BIRTH>"
    )
    identity = _one(tmp_path, content).identities[0]
    assert identity.nationalities == ("IRN", "TUR")
    assert identity.birth_places == ("Testville, Chad",)


@pytest.mark.parametrize(
    ("kind", "number", "note", "expected"),
    [
        ("Passport", "A 123456 ", "", ("A 123456", DocumentType.PASSPORT, "", None)),
        ("Numéro de passeport ", "B/000001", "", ("B/000001", DocumentType.PASSPORT, "", None)),
        ("Passport", "Libya B/000001", "", ("B/000001", DocumentType.PASSPORT, "LBY", None)),
        ("Passport", "R00000001, South Sudan", "", ("R00000001", DocumentType.PASSPORT, "SSD", None)),
        (
            "Passport",
            "Diplomatic Passport: Z1",
            "Expiration date: 2026-12-11. ",
            ("Z1", DocumentType.PASSPORT, "", Date(year=2026, month=12, day=11)),
        ),
        (
            "Passport",
            "38111 (Expired 25 Jan. 2016)",
            "",
            ("38111", DocumentType.PASSPORT, "", Date(year=2016, month=1, day=25)),
        ),
        ("National Identification Number", "1-78-09", "", ("1-78-09", DocumentType.IDENTITY_CARD, "", None)),
        ("", "Driving licence number 77", "", ("77", DocumentType.OTHER, "", None)),
    ],
)
def test_documents_without_the_words_around_them(
    tmp_path: Path, kind: str, number: str, note: str, expected: tuple[object, ...]
) -> None:
    """The number is freed of words, countries and remarks, which tell type, issuer and expiry where no field does."""
    content = f"<TYPE_OF_DOCUMENT>{kind}</TYPE_OF_DOCUMENT><NUMBER>{number}</NUMBER><NOTE>{note}</NOTE>"
    (item,) = _one(tmp_path, f"<INDIVIDUAL_DOCUMENT>{content}</INDIVIDUAL_DOCUMENT><INDIVIDUAL_DOCUMENT/>").documents
    assert (item.number, item.type, item.issuing_country, item.expiry_date) == expected


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (NAME, "notice_id: missing"),
        (REFERENCE, "name: missing"),
        ("<REFERENCE_NUMBER>" + "9" * 65 + "</REFERENCE_NUMBER>" + NAME, "notice_id: "),
    ],
)
def test_a_bad_record_is_named_by_its_line(tmp_path: Path, bad: str, reason: str) -> None:
    """The records before and after are imported."""
    items = _read(tmp_path, REFERENCE + NAME, bad, REFERENCE + NAME)
    assert [isinstance(item, Notice) for item in items] == [True, False, True]
    assert isinstance(items[1], Rejected)
    assert (items[1].file, items[1].line, items[1].row_kept) == ("list.xml", 4, False)
    assert items[1].reason.startswith(reason)


def test_a_bad_part_does_not_lose_the_person(tmp_path: Path) -> None:
    """Unknown nationality, impossible date, unknown quality: each is reported, the notice is kept."""
    content = (
        "<NATIONALITY><VALUE>Atlantis</VALUE></NATIONALITY>"
        "<INDIVIDUAL_ALIAS><QUALITY>Superb</QUALITY><ALIAS_NAME>Alias</ALIAS_NAME></INDIVIDUAL_ALIAS>"
        "<INDIVIDUAL_DATE_OF_BIRTH><DATE>1985-02-31</DATE></INDIVIDUAL_DATE_OF_BIRTH>"
    )
    notice, *flaws = _read(tmp_path, REFERENCE + NAME + content)
    assert isinstance(notice, Notice)
    assert {flaw.reason for flaw in flaws if isinstance(flaw, Rejected) and flaw.row_kept} == {
        "nationality: no country 'Atlantis'",
        "date of birth: not a date",
        "alias QUALITY: 'Superb' is unknown, taken as weak",
    }


def test_a_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    """The good records are handed out, then the fault is raised with its line."""
    path = tmp_path / "cut.xml"
    path.write_text(f"<CONSOLIDATED_LIST>\n<INDIVIDUAL>{REFERENCE}{NAME}</INDIVIDUAL>\n<INDIVIDUAL>", encoding="utf-8")
    items = read_un_xml([path])
    assert isinstance(next(items), Notice)
    with pytest.raises(UnreadableSourceError, match="not well-formed XML at line 3"):
        next(items)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html><body/></html>", "root element is not CONSOLIDATED_LIST"),
        ("no xml at all", "not well-formed"),
        ("", "not well-formed"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>', "declares entities"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "list.xml">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>', "declares entities"),
    ],
)
def test_refuses_what_is_not_the_list(tmp_path: Path, content: str, reason: str) -> None:
    """Another root, no XML, and entity declarations (billion laughs) are problems of the whole file."""
    path = tmp_path / "list.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableSourceError, match=reason):
        list(read_un_xml([path]))


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not beside this checkout")
def test_the_real_list_is_read_whole() -> None:
    """All 730 individuals and 273 entities are imported; what is left out of them is a handful of parts."""
    items = list(read_un_xml([LISTS / "un_consolidated_20260227.xml.gz"]))
    notices = [item for item in items if isinstance(item, Notice)]
    persons = [notice for notice in notices if notice.subject_kind is SubjectKind.PERSON]
    assert (len(persons), len(notices) - len(persons)) == (730, 273)
    assert all(item.row_kept for item in items if isinstance(item, Rejected))
    assert len(items) - len(notices) <= 6
    assert sum(bool(person.identities[0].birth_dates) for person in persons) > 670
    assert sum(bool(person.identities[0].nationalities) for person in persons) >= 620
    documents = [item for person in persons for item in person.documents]
    assert sum(item.type is DocumentType.PASSPORT for item in documents) > 300
    assert all(len(item.number) <= 40 for item in documents)
    assert sum(identity.category is IdentityCategory.ALIAS for person in persons for identity in person.identities) > 45
