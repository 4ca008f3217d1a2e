"""Entities of FollowTheMoney; all people, companies and ships in the samples are invented."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from screening.importers.ftm import WINDOW, read_ftm
from screening.importers.rows import Rejected
from screening.model import (
    Action,
    Database,
    Date,
    DocumentType,
    NameQuality,
    Notice,
    PersonStatus,
    Sex,
    SubjectKind,
)
from screening.wire_notice import notice_from_bytes, notice_to_bytes


def _entity(key: str, schema: str = "Person", **properties: list[Any]) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": properties}


def _read(folder: Path, *entities: dict[str, Any] | str) -> list[Notice | Rejected]:
    lines = [entity if isinstance(entity, str) else json.dumps(entity) for entity in entities]
    path = folder / "entities.ftm.json"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return list(read_ftm([path]))


def _one(folder: Path, *entities: dict[str, Any]) -> Notice:
    (notice,) = _read(folder, *entities)
    assert isinstance(notice, Notice)
    return notice


def test_a_person_becomes_a_notice_with_all_its_facts(tmp_path: Path) -> None:
    """The caption's name is primary, the other names are aliases by their quality."""
    entity = _entity(
        "NK-invented",
        name=["Фиктио Доу", "Fictio Doe"],
        alias=["F. Doe"],
        weakAlias=["Nemo"],
        birthDate=["1961-02-03", "1962"],
        nationality=["de"],
        citizenship=["gb-sct"],
        gender=["female"],
        birthPlace=["Nowhere"],
        passportNumber=["X123"],
        idNumber=["I456"],
        topics=["sanction"],
        position=["Inventor"],
    )
    notice = _one(tmp_path, {**entity, "caption": "Fictio Doe", "datasets": ["tmp_x", "us_ofac_sdn"]})
    identity = notice.identities[0]
    assert (notice.notice_id, notice.database, notice.source) == ("NK-invented", Database.SANCTIONS, "USA")
    assert (notice.person_status, notice.action) == (PersonStatus.SANCTIONED, Action.APPLY_SANCTIONS)
    assert [(name.full, name.quality) for name in identity.names] == [
        ("Fictio Doe", NameQuality.PRIMARY),
        ("Фиктио Доу", NameQuality.ALIAS),
        ("F. Doe", NameQuality.ALIAS),
        ("Nemo", NameQuality.WEAK),
    ]
    assert identity.birth_dates == (Date(year=1961, month=2, day=3), Date(year=1962))
    assert (identity.nationalities, identity.sexes) == (("DEU", "GBR"), (Sex.FEMALE,))
    assert [(one.number, one.type) for one in notice.documents] == [
        ("X123", DocumentType.PASSPORT),
        ("I456", DocumentType.IDENTITY_CARD),
    ]
    assert notice_from_bytes(notice_to_bytes(notice)) == notice


PERSON = _entity("p1", name=["Fictio Doe"], passportNumber=["X1"])
PASSPORT = _entity("d1", "Passport", holder=["p1"], number=["X1"], country=["fr"], endDate=["2030-01-02"])


@pytest.mark.parametrize("order", [(PERSON, PASSPORT), (PASSPORT, PERSON)])
def test_a_passport_joins_its_holder_in_either_order(tmp_path: Path, order: tuple[dict[str, Any], ...]) -> None:
    """Its country and expiry come with it, and the bare number of the person is not repeated."""
    (document,) = _one(tmp_path, *order).documents
    assert (document.number, document.type, document.issuing_country) == ("X1", DocumentType.PASSPORT, "FRA")
    assert document.expiry_date == Date(year=2030, month=1, day=2)


def test_a_nested_identification_is_taken(tmp_path: Path) -> None:
    """Nested exports hold the entity in the place of its key; other nested entities are left alone."""
    nested = _entity("d2", "Identification", number=["I9"], type=["National ID"], country=["it"])
    person = _entity("p1", name=["Fictio Doe"], identification=[nested, {"junk": 1}], sanctions=[{"id": "s"}])
    (document,) = _one(tmp_path, person).documents
    assert (document.number, document.type, document.issuing_country) == ("I9", DocumentType.IDENTITY_CARD, "ITA")


@pytest.mark.parametrize("first", ["person", "passport"])
def test_beyond_the_window_a_document_is_rejected_by_its_line(tmp_path: Path, first: str) -> None:
    """The person is kept; nothing of the file is held for ever."""
    between = [_entity(f"b{number}", name=["Invented Other"]) for number in range(WINDOW + 1)]
    waiting = [_entity(f"w{number}", "Passport", holder=["q"], number=["X9"]) for number in range(WINDOW + 1)]
    entities = [PERSON, *between, PASSPORT] if first == "person" else [PASSPORT, *waiting, PERSON]
    items = _read(tmp_path, *entities)
    line = len(entities) if first == "person" else 1
    assert any(
        isinstance(item, Rejected) and item.line == line and item.reason.startswith("holder: not among")
        for item in items
    )
    (notice,) = [item for item in items if isinstance(item, Notice) and item.notice_id == "p1"]
    assert [one.issuing_country for one in notice.documents] == [""]


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("Company", SubjectKind.ORGANISATION),
        ("Organization", SubjectKind.ORGANISATION),
        ("LegalEntity", SubjectKind.ORGANISATION),
        ("Vessel", SubjectKind.VESSEL),
        ("Airplane", SubjectKind.VESSEL),
    ],
)
def test_organisations_and_craft_are_taken(tmp_path: Path, schema: str, kind: SubjectKind) -> None:
    """By name; numbers that tell them apart are in the summary."""
    notice = _one(tmp_path, _entity("c1", schema, name=["Invented Trading"], imoNumber=["IMO 0"], topics=["sanction"]))
    assert (notice.subject_kind, notice.person_status) == (kind, PersonStatus.UNSPECIFIED)
    assert notice.action is Action.APPLY_SANCTIONS
    assert "imoNumber: IMO 0" in notice.summary


def test_entities_about_others_are_passed_over(tmp_path: Path) -> None:
    """They are neither notices nor faults."""
    assert _read(tmp_path, _entity("s1", "Sanction", entity=["p1"]), _entity("a1", "Address", full=["Nowhere"])) == []


@pytest.mark.parametrize(
    ("topics", "status", "action"),
    [
        ([], PersonStatus.OTHER, Action.UNSPECIFIED),
        (["role.pep"], PersonStatus.OTHER, Action.UNSPECIFIED),
        (["wanted"], PersonStatus.WANTED, Action.UNSPECIFIED),
        (["sanction.linked"], PersonStatus.SANCTIONED, Action.APPLY_SANCTIONS),
    ],
)
def test_only_a_sanction_asks_for_action(
    tmp_path: Path, topics: list[str], status: PersonStatus, action: Action
) -> None:
    """A list of journalists about politicians asks nothing of an officer, and has no source to ask."""
    notice = _one(tmp_path, _entity("p1", name=["Fictio Doe"], topics=topics))
    assert (notice.person_status, notice.action, notice.source) == (status, action, "XXX")


def test_bad_lines_cost_themselves_and_bad_parts_are_named(tmp_path: Path) -> None:
    """No reason repeats what a line says of a person."""
    items = _read(
        tmp_path,
        "{not json",
        '{"id": 7, "schema": "Person"}',
        '{"id": "p0", "schema": "Person", "properties": {"name": "Fictio Secret"}}',
        _entity("p2"),
        _entity("p3", name=["Fictio Doe"], birthDate=["1961-02-31"], nationality=["zz"]),
        "",
    )
    rejected = [(item.line, item.row_kept, item.reason) for item in items if isinstance(item, Rejected)]
    assert [(line, kept) for line, kept, _ in rejected] == [
        (1, False),
        (2, False),
        (3, False),
        (4, False),
        (5, True),
        (5, True),
    ]
    assert "Secret" not in str(rejected)
    assert sum(isinstance(item, Notice) for item in items) == 1


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Beyond the window, more entities take no more memory, though the file grows by half a megabyte."""
    peaks = []
    for count in (100, WINDOW + 200, 2 * WINDOW):  # The first fills caches, so that it is not compared.
        path = tmp_path / f"{count}.json"
        with path.open("w", encoding="utf-8") as out:
            for number in range(count):
                out.write(json.dumps(_entity(f"p{number}", name=["Fictio Doe"], notes=["invented " * 60])) + "\n")
        tracemalloc.start()
        assert sum(1 for _ in read_ftm([path])) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 250_000
