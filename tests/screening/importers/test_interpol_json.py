"""INTERPOL's public notice JSON; all people in the samples are invented."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from screening.importers.interpol_json import read_interpol_json
from screening.importers.rows import Rejected
from screening.model import Action, Database, Date, NameQuality, Notice, NoticeKind, PersonStatus, Sex

LISTS = Path(os.environ.get("SCREENING_SHARED_DATA", str(Path(__file__).parents[4] / "shared" / "data"))) / "lists"


def _notice(**fields: Any) -> dict[str, Any]:
    return {
        "entity_id": "2018/10000",
        "name": "DOE",
        "forename": "FICTIO",
        "date_of_birth": "1985/07/29",
        "sex_id": "M",
        "nationalities": ["DE", "PL"],
        "country_of_birth_id": "FR",
        "arrest_warrants": [
            {"issuing_country_id": "GE", "charge": "Fraud"},
            {"issuing_country_id": "NL", "charge": "Theft"},
        ],
        **fields,
    }


def _read(folder: Path, text: str) -> list[Notice | Rejected]:
    path = folder / "notices.json"
    path.write_text(text, encoding="utf-8")
    return list(read_interpol_json([path]))


def _one(folder: Path, **fields: Any) -> Notice:
    (notice,) = _read(folder, json.dumps(_notice(**fields)))
    assert isinstance(notice, Notice)
    return notice


def test_fields_of_a_red_notice(tmp_path: Path) -> None:
    """Without a stated type a notice is red: wanted, to be detained, asked by the country of the first warrant."""
    notice = _one(tmp_path, _aliases=["Fictio Dough"], _native_name="Фиктио", place_of_birth="Testville")
    assert (notice.notice_id, notice.database, notice.kind) == ("2018/10000", Database.NOMINAL, NoticeKind.RED)
    assert (notice.person_status, notice.action, notice.source) == (
        PersonStatus.WANTED,
        Action.LOCATE_AND_DETAIN,
        "GEO",
    )
    assert notice.charges == ("Fraud", "Theft")
    (identity,) = notice.identities
    assert [(name.family, name.given, name.full, name.quality) for name in identity.names] == [
        ("DOE", "FICTIO", "", NameQuality.PRIMARY),
        ("", "", "Fictio Dough", NameQuality.ALIAS),
        ("", "", "Фиктио", NameQuality.ALIAS),
    ]
    assert (identity.birth_dates, identity.sexes) == ((Date(year=1985, month=7, day=29),), (Sex.MALE,))
    assert (identity.nationalities, identity.birth_places) == (("DEU", "POL"), ("Testville, France",))


@pytest.mark.parametrize(
    ("colour", "kind", "status", "action"),
    [
        ("yellow", NoticeKind.YELLOW, PersonStatus.MISSING, Action.PROTECT),
        ("blue", NoticeKind.BLUE, PersonStatus.UNSPECIFIED, Action.LOCATE_AND_INFORM),
        ("green", NoticeKind.GREEN, PersonStatus.POSSIBLE_THREAT, Action.WARN),
        ("black", NoticeKind.BLACK, PersonStatus.UNIDENTIFIED, Action.IDENTIFY),
        ("un", NoticeKind.UN_SPECIAL, PersonStatus.SANCTIONED, Action.APPLY_SANCTIONS),
    ],
)
def test_each_colour_asks_for_its_own_action(
    tmp_path: Path, colour: str, kind: NoticeKind, status: PersonStatus, action: Action
) -> None:
    """The colour comes from the type, or from the notice's own address; only red means detention."""
    for fields in ({"_notice_type": colour}, {"_links": {"self": {"href": f"/notices/v1/{colour}/2018-10000"}}}):
        notice = _one(tmp_path, **fields)
        assert (notice.kind, notice.person_status, notice.action) == (kind, status, action)


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({"arrest_warrants": None}, "DEU"),
        ({"arrest_warrants": None, "country": "ES"}, "ESP"),
        ({"arrest_warrants": [], "nationalities": None}, "FRA"),
    ],
)
def test_the_source_without_a_warrant(tmp_path: Path, fields: dict[str, Any], source: str) -> None:
    """The country given stands in: its own field, the first nationality, the country of birth."""
    assert _one(tmp_path, **fields).source == source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1990", Date(year=1990)),
        ("1965/07", Date(year=1965, month=7)),
        ("1992/07/29", Date(year=1992, month=7, day=29)),
    ],
)
def test_partial_birth_dates(tmp_path: Path, text: str, expected: Date) -> None:
    """A year alone or with a month is a date as far as known."""
    assert _one(tmp_path, date_of_birth=text).identities[0].birth_dates == (expected,)


def test_the_number_with_a_dash_is_the_same(tmp_path: Path) -> None:
    """Addresses write 2018-10000 for 2018/10000."""
    assert _one(tmp_path, entity_id="2018-10000").notice_id == "2018/10000"


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wrapped", [False, True])
def test_arrays_and_pages_are_read_as_well(tmp_path: Path, indent: int | None, wrapped: bool) -> None:
    """A JSON array or a page of the public service gives the same notices as lines, braces in strings included."""
    several = [_notice(entity_id=f"2018/{number}", distinguishing_marks='a "}{\\" mark') for number in range(1, 1_200)]
    value = {"total": 9, "_embedded": {"notices": several}} if wrapped else several
    notices = _read(tmp_path, json.dumps(value, indent=indent))
    lines = _read(tmp_path, "\n".join(json.dumps(item) for item in several))
    assert notices == lines
    assert len(lines) == 1_199
    assert all(isinstance(notice, Notice) for notice in notices)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"entity_id": "2018', "not valid JSON"),
        ("[" * 9_000, "not valid JSON"),
        ('"text"', "notice: Input should be"),
        (json.dumps(_notice(entity_id="77")), "entity_id: '77' is not of the form"),
        (json.dumps(_notice(entity_id=5)), "entity_id: Input should be a valid string"),
        (json.dumps(_notice(name=None, forename=" ")), "name: missing"),
        (json.dumps(_notice(nationalities="DE")), "nationalities: Input should be"),
        (json.dumps(_notice(_notice_type="pink")), "_notice_type: 'pink' is unknown"),
        (json.dumps(_notice(arrest_warrants=None, nationalities=None, country_of_birth_id=None)), "source: "),
    ],
)
def test_a_bad_line_is_named_and_its_neighbours_are_kept(tmp_path: Path, bad: str, reason: str) -> None:
    """The rejection names line and field and repeats nothing about the person."""
    good = json.dumps(_notice())
    items = _read(tmp_path, f"{good}\n\n{bad}\n{good}\n")
    assert [isinstance(item, Notice) for item in items] == [True, False, True]
    assert isinstance(items[1], Rejected)
    assert (items[1].line, items[1].row_kept) == (3, False)
    assert items[1].reason.startswith(reason)
    assert "DOE" not in items[1].reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"date_of_birth": "1985/02/31"}, "date_of_birth: not a date"),
        ({"nationalities": ["DE", "QQ"]}, "nationalities: 'QQ' is no country code"),
        ({"_aliases": ["?!"]}, "name: without a letter"),
        ({"_aliases": ["A" * 201]}, "name: longer than 200 characters"),
    ],
)
def test_a_bad_part_does_not_lose_the_notice(tmp_path: Path, fields: dict[str, Any], reason: str) -> None:
    """What cannot be taken is left out and reported."""
    notice, flaw = _read(tmp_path, json.dumps(_notice(**fields)))
    assert isinstance(notice, Notice)
    assert flaw == Rejected(file="notices.json", line=1, reason=reason, row_kept=True)


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not beside this checkout")
def test_the_synthetic_notices_are_all_read() -> None:
    """All 400 notices are imported without any remark: 320 red, 80 yellow."""
    notices = list(read_interpol_json([LISTS / "synthetic_notices_400.jsonl"]))
    kinds = [notice.kind for notice in notices if isinstance(notice, Notice)]
    assert (kinds.count(NoticeKind.RED), kinds.count(NoticeKind.YELLOW), len(notices)) == (320, 80, 400)
