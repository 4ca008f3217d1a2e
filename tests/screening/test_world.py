"""What checks are answered from: scopes and coverage."""

from __future__ import annotations

from importlib.resources import files

import pytest

from indexes.snapshot import Snapshot
from screening.access import AccessClass, identify
from screening.access_register import parse_register
from screening.errors import InvalidQueryError, NotEntitledError
from screening.model import (
    Caller,
    Confidentiality,
    CoverageState,
    Database,
    Document,
    Name,
    NoticeKind,
    NoticeStatus,
    Operator,
    Purpose,
    Query,
    Restrictions,
    Subject,
)
from screening.profiles import parse_profiles
from screening.world import MAX_SCOPES, CopyState, ScopeTable, make_world
from screening.world_keeper import read_profiles

_TODAY = 740_000
_REGISTER = parse_register(files("screening").joinpath("demo_register.toml").read_text("utf-8"))


def _caller(name: str) -> Caller:
    caller = identify(_REGISTER, f"spiffe://screening.example/{name}", _TODAY)
    assert caller is not None
    return caller


def _table() -> ScopeTable:
    keys = tuple(
        AccessClass(
            database=database,
            kind=NoticeKind.RED,
            source="UTO",
            confidentiality=Confidentiality.FOR_OFFICIAL_USE_ONLY,
            status=NoticeStatus.PUBLISHED,
            restrictions=Restrictions(),
        ).to_key()
        for database in Database
    )
    world = make_world(Snapshot(1, 0, keys, []), _REGISTER, parse_profiles(read_profiles()), bytes(32))
    return ScopeTable(world, CopyState(today=_TODAY, as_of=7))


def _query(purpose: Purpose, databases: tuple[Database, ...] = (), *, with_document: bool = False) -> Query:
    return Query(
        request_id="",
        purpose=purpose,
        operator=Operator(user="u"),
        subject=Subject(names=(Name(full="Vargo Nimbleby"),)),
        documents=(Document(number="X1"),) if with_document else (),
        databases=databases,
    )


def test_coverage_names_each_database_concerned() -> None:
    """Databases of documents are concerned only by a question with a document."""
    table = _table()
    without = table.scope(_caller("XGR/bureau"), _query(Purpose.POLICE_CHECK))
    assert {item.database for item in without.coverage} == {Database.NOMINAL, Database.TDAWN, Database.SANCTIONS}
    beside = table.scope(_caller("XGR/bureau"), _query(Purpose.POLICE_CHECK, with_document=True))
    assert {item.database for item in beside.coverage} == set(Database)
    assert {item.state for item in beside.coverage} == {CoverageState.SEARCHED}


def test_a_database_of_documents_without_a_document_is_the_askers_slip() -> None:
    """It is neither "not entitled" nor "no match": the request is refused, and the field is named."""
    with pytest.raises(InvalidQueryError) as caught:
        _table().scope(_caller("XGR/bureau"), _query(Purpose.POLICE_CHECK, (Database.SLTD,)))
    assert [item.field for item in caught.value.violations] == ["options.databases"]


def test_a_purpose_without_entitlement_is_refused() -> None:
    """What is not granted is denied."""
    with pytest.raises(NotEntitledError):
        _table().scope(_caller("XRA/asylum"), _query(Purpose.BORDER_CONTROL))


def test_rows_handed_out_stay_valid_until_room_is_made() -> None:
    """A full table is emptied between batches only: within one, every scope keeps its own row."""
    table = _table()
    caller = _caller("XGR/bureau")
    first = table.scope(caller, _query(Purpose.POLICE_CHECK))
    kept = table.visible[first.row].copy()
    for number in range(MAX_SCOPES + 5):
        other = Caller(uri=f"{caller.uri}/{number}", party=caller.party, country=caller.country)
        with pytest.raises(NotEntitledError):  # A stranger: its scope is refused, and takes no row.
            table.scope(other, _query(Purpose.POLICE_CHECK))
    choices = [(database,) for database in (Database.NOMINAL, Database.TDAWN, Database.SANCTIONS)]
    for databases in choices:
        table.scope(caller, _query(Purpose.POLICE_CHECK, databases))
    assert (table.visible[first.row] == kept).all()
    assert table.visible.shape == (1 + len(choices), len(Database))
