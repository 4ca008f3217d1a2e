"""The demo's own data."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from screening.access import access_class_of
from screening.access_classes import side_of
from screening.access_register import parse_register
from screening.country_codes import is_country_code
from screening.demo_notices import demo_document_lines, demo_notices
from screening.importers.documents_csv import read_documents_csv
from screening.importers.rows import Rejected
from screening.model import Confidentiality, Database, NoticeKind, NoticeStatus
from screening.wire_notice import notice_from_json, notice_to_json

_REGISTER = Path(__file__).parents[2] / "screening" / "demo_register.toml"
_NAMES = [name.text for notice in demo_notices() for identity in notice.identities for name in identity.names]


def test_every_notice_is_valid_and_survives_its_file_form() -> None:
    """Each notice passes the validation of the importer, and comes back as it went in."""
    for notice in demo_notices():
        assert notice_from_json(notice_to_json(notice).encode()) == notice


def test_notice_numbers_are_unique_and_in_order() -> None:
    """Notices are told apart by their numbers alone, so that a later import replaces and does not add."""
    numbers = [notice.notice_id for notice in demo_notices()]
    assert numbers == sorted(set(numbers))


def test_no_real_country_stands_in_the_demo() -> None:
    """Nationalities and issuers are UTO, the specimen state, and the owners are parties of the demo's register."""
    parties = parse_register(_REGISTER.read_text(encoding="utf-8")).parties
    for notice in demo_notices():
        countries = {code for identity in notice.identities for code in identity.nationalities}
        countries |= {document.issuing_country for document in notice.documents}
        assert countries <= {"UTO"}
        assert side_of(notice.source) in parties
    assert is_country_code("UTO")


def test_the_notices_show_scripts_colours_owners_levels_and_restrictions() -> None:
    """What the demo is to show is there: five scripts, all levels, a deny list, an allow list, a suspended notice."""
    notices = demo_notices()
    scripts = {unicodedata.name(letter).split()[0] for name in _NAMES for letter in name if letter.isalpha()}
    assert scripts == {"LATIN", "CYRILLIC", "ARABIC", "CJK", "GREEK"}
    assert {notice.confidentiality for notice in notices} == set(Confidentiality)
    assert {Database.NOMINAL, Database.TDAWN, Database.SANCTIONS} == {notice.database for notice in notices}
    assert {NoticeKind.RED, NoticeKind.BLUE, NoticeKind.GREEN, NoticeKind.YELLOW, NoticeKind.BLACK} <= {
        notice.kind for notice in notices
    }
    assert len({notice.source for notice in notices}) == 3
    assert any(notice.restrictions.denied for notice in notices)
    assert any(access_class_of(notice).is_allow_list for notice in notices)
    assert any(notice.status is NoticeStatus.SUSPENDED for notice in notices)


def test_the_documents_file_is_taken_whole(tmp_path: Path) -> None:
    """The importer rejects no line, and both databases of documents are there."""
    path = tmp_path / "documents.csv"
    path.write_text("\n".join(demo_document_lines()) + "\n", encoding="utf-8")
    batches = list(read_documents_csv([path]))
    assert not [batch for batch in batches if isinstance(batch, Rejected)]
    databases = {value for batch in batches for value in batch.column("database").to_pylist()}  # type: ignore[union-attr]
    assert databases == {Database.SLTD, Database.SAD}
