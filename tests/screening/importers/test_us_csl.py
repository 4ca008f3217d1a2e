"""The Consolidated Screening List of the United States; all people and companies in the samples are invented."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from screening.importers import FORMATS
from screening.importers.rows import Rejected, UnreadableSourceError
from screening.importers.us_csl import read_us_csl
from screening.model import Action, Database, Date, DocumentType, NameQuality, Notice, PersonStatus, Sex, SubjectKind
from screening.wire_notice import notice_from_bytes, notice_to_bytes

LISTS = Path(os.environ.get("SCREENING_SHARED_DATA", str(Path(__file__).parents[4] / "shared" / "data"))) / "lists"
COLUMNS = (
    *("_id", "source", "type", "programs", "name", "title", "addresses", "start_date", "end_date", "remarks"),
    *("alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "ids"),
)
SDN = {"_id": "900001", "source": "Specially Designated Nationals (SDN)", "type": "Individual", "name": "DOE, Fictio"}


def _read(folder: Path, *records: dict[str, str]) -> list[Notice | Rejected]:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(records)
    path = folder / "csl.csv"
    path.write_text(out.getvalue(), "utf-8")
    return list(read_us_csl([path]))


def _one(folder: Path, **cells: str) -> Notice:
    (notice,) = _read(folder, {**SDN, **cells})
    assert isinstance(notice, Notice)
    return notice


def test_an_individual_becomes_a_notice_with_all_its_facts(tmp_path: Path) -> None:
    """Names of Treasury have a family name before the comma; several values are divided by semicolons."""
    notice = _one(
        tmp_path,
        alt_names="DOO, Fictio; THE INVENTED",
        dates_of_birth="1961-02-03; circa 1962; 1972 to 1977",
        nationalities="DE",
        citizenships="FR; DE",
        places_of_birth="Nowhere, Utopia",
        ids="Male, Gender; PK, 2013-09-09, 2008-09-09, X411, Passport",
        programs="SDGT; IRAN",
        start_date="2020-01-01",
        end_date="2020-01-02",
    )
    identity = notice.identities[0]
    assert (notice.notice_id, notice.database, notice.source) == ("CSL-900001", Database.SANCTIONS, "USA")
    assert (notice.person_status, notice.action) == (PersonStatus.SANCTIONED, Action.APPLY_SANCTIONS)
    assert [(name.text, name.quality) for name in identity.names] == [
        ("DOE, Fictio", NameQuality.PRIMARY),
        ("DOO, Fictio", NameQuality.ALIAS),
        ("THE INVENTED", NameQuality.ALIAS),
    ]
    assert identity.birth_dates == (
        Date(year=1961, month=2, day=3),
        Date(year=1962, approximate=True),
        Date(year=1972, year_max=1977),
    )
    assert (identity.nationalities, identity.sexes) == (("DEU", "FRA"), (Sex.MALE,))
    assert identity.birth_places == ("Nowhere, Utopia",)
    assert notice.charges == ("SDGT", "IRAN")
    assert (notice.published_at, notice.expires_at) == (1_577_836_800, 1_577_923_200)
    document = notice.documents[0]
    assert (document.number, document.type, document.issuing_country) == ("X411", DocumentType.PASSPORT, "PAK")
    assert document.expiry_date == Date(year=2013, month=9, day=9)


@pytest.mark.parametrize(
    ("text", "number", "country"),
    [
        ("X411, Passport", "X411", ""),
        ("PK, X411, Passport", "X411", "PAK"),
        ("PK, 2020-08-28, RL 3367, Passport", "RL 3367", "PAK"),
        ("AR, 12.345, 678, D.N.I.", "12.345, 678", "ARG"),
        ("AB, Passport", "", ""),
    ],
)
def test_documents_are_read_from_the_end(tmp_path: Path, text: str, number: str, country: str) -> None:
    """The kind stands last and the number before it; a single date may be issue or expiry, so neither is stated."""
    items = _read(tmp_path, {**SDN, "ids": text})
    notice = items[0]
    assert isinstance(notice, Notice)
    found = [(document.number, document.issuing_country, document.expiry_date) for document in notice.documents]
    assert found == ([(number, country, None)] if number else [])


def test_numbers_that_nobody_presents_are_no_documents(tmp_path: Path) -> None:
    """Tax numbers, company registers and legal remarks stay out."""
    notice = _one(tmp_path, ids="MX, BAHM710505, R.F.C.; Secondary Sanctions, Additional Sanctions Information -")
    assert notice.documents == ()


@pytest.mark.parametrize(
    ("kind", "source", "expected"),
    [
        ("Entity", "SDN", SubjectKind.ORGANISATION),
        ("Vessel", "SDN", SubjectKind.VESSEL),
        ("Aircraft", "SDN", SubjectKind.VESSEL),
        ("", "Denied Persons List (DPL) - Bureau", SubjectKind.PERSON),
        ("", "ITAR Debarred (DTC) - State", SubjectKind.PERSON),
        ("", "Entity List (EL) - Bureau", SubjectKind.ORGANISATION),
    ],
)
def test_what_an_entry_is(tmp_path: Path, kind: str, source: str, expected: SubjectKind) -> None:
    """By its type; a list without types by what most of it are. Only Treasury's comma parts a name."""
    notice = _one(tmp_path, type=kind, source=source, name="INVENTED, S.A.")
    assert notice.subject_kind is expected
    assert notice.identities[0].names[0].full == "INVENTED, S.A."


def test_a_bad_part_costs_itself_and_a_bad_row_its_line(tmp_path: Path) -> None:
    """Reasons name the field and no name of a person."""
    items = _read(
        tmp_path,
        {**SDN, "dates_of_birth": "1961-02-31", "nationalities": "ZZ"},
        {**SDN, "type": "Ghost"},
        {**SDN, "name": ""},
        {**SDN, "_id": ""},
    )
    reasons = [(item.line, item.row_kept, item.reason) for item in items if isinstance(item, Rejected)]
    assert reasons == [
        (2, True, "dates_of_birth: not a date"),
        (2, True, "nationalities: 'ZZ' is no country code"),
        (3, False, "type: 'Ghost' is unknown"),
        (4, False, "name: missing"),
        (5, False, "notice_id: missing"),
    ]


def test_a_missing_column_is_an_unreadable_source(tmp_path: Path) -> None:
    """A file of another form is refused before any row."""
    path = tmp_path / "csl.csv"
    path.write_text("_id,name\n1,DOE\n", "utf-8")
    with pytest.raises(UnreadableSourceError, match="no header"):
        list(read_us_csl([path]))


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not beside this checkout")
def test_the_real_list_is_read_whole() -> None:
    """All but a few nameless rows are taken, and each passes the validation of the wire unchanged."""
    items = list(FORMATS["us-csl"]([LISTS / "us_csl_consolidated_2022.csv.gz"]))
    notices = [item for item in items if isinstance(item, Notice)]
    assert (len(notices), len(items) - len(notices)) == (14_156, 4)
    assert all(notice_from_bytes(notice_to_bytes(notice)) == notice for notice in notices)
    assert sum(bool(notice.documents) for notice in notices) > 2_000
