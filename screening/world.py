"""What checks are answered from: one snapshot, one access register, one set of profiles; replaced whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from indexes.kernels.array_types import UInt8Array
from indexes.row_mask import RowMask
from indexes.snapshot import Snapshot
from screening.access import AccessRegister, CompiledPolicy
from screening.access_classes import AccessClass
from screening.errors import FieldViolation, InvalidQueryError, NotEntitledError
from screening.model import Caller, Coverage, CoverageState, Database, Purpose, Query
from screening.profiles import Profile

__all__ = ["CopyState", "Scope", "ScopeTable", "World", "make_world"]

MAX_SCOPES = 1_024  # Callers x purposes x choices of databases in use at once; one costs a byte an access class.
_OF_DOCUMENTS = frozenset({Database.SLTD, Database.SAD})


@dataclass(frozen=True, slots=True)
class Scope:
    """What one caller may search for one purpose. row: of the visibility table; levels: (classes,) of Visibility."""

    row: int
    levels: UInt8Array
    visible: RowMask
    searched: tuple[Database, ...]
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class World:
    """The state that a batch of checks holds from start to end."""

    snapshot: Snapshot
    register: AccessRegister
    policy: CompiledPolicy
    classes: tuple[AccessClass, ...]
    profiles: Mapping[str, Profile]
    reference_key: bytes
    class_databases: UInt8Array = field(repr=False)


def make_world(
    snapshot: Snapshot, register: AccessRegister, profiles: Mapping[str, Profile], reference_key: bytes
) -> World:
    """Compiles the register for the snapshot. Raises ValueError for an access class that cannot be understood."""
    classes = tuple(AccessClass.from_key(key) for key in snapshot.access_keys)
    return World(
        snapshot=snapshot,
        register=register,
        policy=CompiledPolicy(register, classes),
        classes=classes,
        profiles=profiles,
        reference_key=reference_key,
        class_databases=np.array([c.database for c in classes], np.uint8),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyState:
    """When checks are answered. today: date ordinal (1 is 0001-01-01). as_of: seconds since 1970 up to which changes
    are known to be contained; is_old: whether that is longer ago than the service promises."""

    today: int
    as_of: int
    is_old: bool = False


class ScopeTable:
    """The scopes in use, and the visibility table that kernels read: (scopes, classes) 0 or 1.

    For one world, one day and one time of the copy; for the matching thread only.
    """

    def __init__(self, world: World, copy: CopyState) -> None:
        self._world = world
        self._today = copy.today
        self._copy = copy
        self._scopes: dict[tuple[str, Purpose, tuple[Database, ...], bool], Scope] = {}
        self._rows: list[UInt8Array] = []
        self._table = np.zeros((0, len(world.classes)), np.uint8)

    def scope(self, caller: Caller, query: Query) -> Scope:
        """The scope of one check. Raises NotEntitledError where the caller may search nothing of what it asks."""
        key = (caller.uri, query.purpose, query.databases, bool(query.documents))
        scope = self._scopes.get(key)
        if scope is None:
            scope = self._scopes[key] = self._make(caller, query)
        return scope

    def make_room(self) -> None:
        """Empties the table where it is full. Call between batches: rows handed out before are void after."""
        if len(self._scopes) >= MAX_SCOPES:
            self._scopes.clear()
            self._rows.clear()
            self._table = self._table[:0]

    @property
    def visible(self) -> UInt8Array:
        """(scopes, classes): 1 where a row of the class may be touched."""
        if self._table.shape[0] != len(self._rows):
            self._table = np.array(self._rows, np.uint8).reshape(len(self._rows), len(self._world.classes))
        return self._table

    def _make(self, caller: Caller, query: Query) -> Scope:
        world = self._world
        entitled = world.policy.databases(caller, query.purpose, self._today)
        asked = query.databases or tuple(Database)
        concerned = [database for database in asked if query.documents or database not in _OF_DOCUMENTS]
        if not concerned:
            description = "databases of documents are searched only for a document"
            raise InvalidQueryError((FieldViolation("options.databases", description),))
        searched = tuple(database for database in concerned if database in entitled)
        if not searched:
            raise NotEntitledError
        levels = world.policy.levels(caller, query.purpose, self._today)
        visible = (levels > 0) & np.isin(world.class_databases, searched)
        self._rows.append(visible.astype(np.uint8))
        return Scope(len(self._rows) - 1, levels, RowMask(visible), searched, self._coverage(concerned, searched))

    def _coverage(self, concerned: list[Database], searched: tuple[Database, ...]) -> tuple[Coverage, ...]:
        """Depends on the register and the clock alone: what is recorded, or hidden, does not show."""
        state = CoverageState.OLD_COPY if self._copy.is_old else CoverageState.SEARCHED
        return tuple(
            Coverage(database=database, state=state, as_of=self._copy.as_of)
            if database in searched
            else Coverage(database=database, state=CoverageState.NOT_ENTITLED)
            for database in concerned
        )
