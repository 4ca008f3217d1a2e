"""The consolidated list of the United Kingdom; all people and companies in the samples are invented."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from screening.importers import FORMATS
from screening.importers.rows import Rejected, UnreadableSourceError
from screening.importers.uk_conlist import LINES_MAX, read_uk_conlist
from screening.model import Date, DocumentType, NameQuality, Notice, SubjectKind
from screening.wire_notice import notice_from_bytes, notice_to_bytes

LISTS = Path(os.environ.get("SCREENING_SHARED_DATA", str(Path(__file__).parents[4] / "shared" / "data"))) / "lists"
COLUMNS = (
    *("Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "DOB", "Town of Birth", "Country of Birth"),
    *("Nationality", "Passport Details", "NI Number", "Position", "Address 1", "Post/Zip Code", "Country"),
    *("Other Information", "Group Type", "Alias Type", "Regime", "Listed On", "Group ID"),
)
PRIME = {
    "Name 6": "DOE",
    "Name 1": "Fictio",
    "Name 2": "Nemo",
    "Group Type": "Individual",
    "Alias Type": "Prime Alias",
    "Group ID": "77",
}


def _read(folder: Path, *records: dict[str, str]) -> list[Notice | Rejected]:
    out = io.StringIO("Last Updated,13/04/2018\n")
    out.seek(0, io.SEEK_END)
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(records)
    path = folder / "conlist.csv"
    path.write_text(out.getvalue(), "utf-8")
    return list(read_uk_conlist([path]))


def _one(folder: Path, *changes: dict[str, str]) -> Notice:
    (notice,) = _read(folder, *({**PRIME, **change} for change in changes or ({},)))
    assert isinstance(notice, Notice)
    return notice


def test_the_lines_of_an_entry_are_gathered_from_the_whole_file(tmp_path: Path) -> None:
    """Names of every line, the prime one first wherever it stands; birth dates once each."""
    items = _read(
        tmp_path,
        {**PRIME, "Name 6": "ALIAS", "Alias Type": "AKA", "DOB": "00/00/1969"},
        {**PRIME, "Name 6": "OTHER", "Group ID": "78"},
        {**PRIME, "DOB": "05/02/1981"},
        {**PRIME, "DOB": "00/00/1969"},
    )
    first, second = items
    assert isinstance(first, Notice)
    assert isinstance(second, Notice)
    assert [(name.family, name.given, name.quality) for name in first.identities[0].names] == [
        ("DOE", "Fictio Nemo", NameQuality.PRIMARY),
        ("ALIAS", "Fictio Nemo", NameQuality.ALIAS),
    ]
    assert first.identities[0].birth_dates == (Date(year=1969), Date(year=1981, month=2, day=5))
    assert (first.notice_id, second.notice_id, first.source) == ("UK-77", "UK-78", "GBR")


def test_several_values_of_a_cell_are_told_apart(tmp_path: Path) -> None:
    """Numbers in brackets part nationalities, towns and countries; towns meet the countries of the same count."""
    notice = _one(
        tmp_path,
        {
            "Nationality": "(1) Afghan (2) Pakistani",
            "Town of Birth": "(1) Here (2) There",
            "Country of Birth": "(1) Afghanistan (2) Pakistan",
        },
    )
    identity = notice.identities[0]
    assert identity.nationalities == ("AFG", "PAK")
    assert identity.birth_places == ("Here, Afghanistan", "There, Pakistan")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X302001581", [("X302001581", "", None)]),
        ("96/184442 (Libyan)", [("96/184442", "LBY", None)]),
        (
            "(1) OR801168 (Afghan). Issued on 28 Feb 2006. Expires 27 Feb 2011 under name Nemo (2) 4117921 (Pakistani)",
            [("OR801168", "AFG", Date(year=2011, month=2, day=27)), ("4117921", "PAK", None)],
        ),
        ("Jordanian passport numbers (1) K048787 (2) 486298", [("K048787", "JOR", None), ("486298", "JOR", None)]),
        ("(1) 6487 (Egypt). Issued 30 Jan 1986. (2) (Egypt). Issued 1993.", [("6487", "EGY", None)]),
        ("Not known", []),
    ],
)
def test_passports_are_read_from_free_text(
    tmp_path: Path, text: str, expected: list[tuple[str, str, Date | None]]
) -> None:
    """Number, country in brackets or before the first number, day of expiry; a year of issue is no number."""
    documents = _one(tmp_path, {"Passport Details": text}).documents
    assert [(one.number, one.issuing_country, one.expiry_date) for one in documents] == expected
    assert all(one.type is DocumentType.PASSPORT for one in documents)


def test_a_national_number_is_an_identity_card(tmp_path: Path) -> None:
    """With its country, where the words around it name one."""
    (document,) = _one(tmp_path, {"NI Number": "281020505755 (Kuwaiti Civil ID no)"}).documents
    assert (document.number, document.type, document.issuing_country) == (
        "281020505755",
        DocumentType.IDENTITY_CARD,
        "KWT",
    )


@pytest.mark.parametrize(("stated", "kind"), [("Entity", SubjectKind.ORGANISATION), ("Ship", SubjectKind.VESSEL)])
def test_entities_and_ships_have_one_name_and_no_facts_of_persons(
    tmp_path: Path, stated: str, kind: SubjectKind
) -> None:
    """Their name stands in the column of family names."""
    notice = _one(tmp_path, {"Group Type": stated, "Name 6": "INVENTED TRADING", "Name 1": "", "Name 2": ""})
    assert (notice.subject_kind, notice.identities[0].names[0].full) == (kind, "INVENTED TRADING")


def test_what_is_wrong_is_named_without_a_name(tmp_path: Path) -> None:
    """An unknown type costs the entry; an impossible date, itself."""
    items = _read(
        tmp_path,
        {**PRIME, "DOB": "31/02/1969"},
        {**PRIME, "Group ID": "78", "Group Type": "Ghost"},
        {**PRIME, "Group ID": "79", "Name 6": "", "Name 1": "", "Name 2": ""},
        {**PRIME, "Group ID": ""},
    )
    assert [(item.line, item.row_kept, item.reason) for item in items if isinstance(item, Rejected)] == [
        (3, True, "DOB: not a date"),
        (4, False, "Group Type: 'Ghost' is unknown"),
        (5, False, "name: missing"),
        (6, False, "notice_id: missing"),
    ]


def test_no_more_lines_are_held_than_the_limit(tmp_path: Path) -> None:
    """The one format that must hold its file refuses one that is far too long to be the list."""
    line = ",".join(PRIME.get(column, "") for column in COLUMNS)
    path = tmp_path / "endless.csv"
    path.write_text("\n".join([",".join(COLUMNS), *[line] * (LINES_MAX + 1)]), "utf-8")
    with pytest.raises(UnreadableSourceError, match=f"more than {LINES_MAX} lines"):
        list(read_uk_conlist([path]))


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not beside this checkout")
def test_the_real_sample_is_read_whole() -> None:
    """Each of its 308 entries is taken, and passes the validation of the wire unchanged."""
    items = list(FORMATS["uk-conlist"]([LISTS / "uk_ofsi_conlist_20180413_sample.csv.gz"]))
    notices = [item for item in items if isinstance(item, Notice)]
    assert len(notices) == 308
    assert all(item.row_kept for item in items if isinstance(item, Rejected))
    assert all(notice_from_bytes(notice_to_bytes(notice)) == notice for notice in notices)
