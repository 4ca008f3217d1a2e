"""Who may see what: the decision, and its compilation to one visibility per access class.

A record is visible when *all* hold: the caller is known and valid, it may consult at present, its party and that
party's national bureau are entitled to the database for the purpose, its clearance reaches the confidentiality of the
record, the record is published, its source does not deny the caller's side, and - where there is an allow list - the
side is on it or is the source itself. Everything else is deny, and deny beats allow (RPD articles 10, 21, 54 to 58, 97,
112 to 114).

`decide` says it for one class with the rules that determined it; `CompiledPolicy.levels` says it for all classes of a
snapshot at once. Their twin in plain words is tests/reference/access_policy.py. Days are proleptic Gregorian ordinals
(`datetime.date.toordinal`), given by the caller of these functions: nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache, partial
from typing import Final, TypeAlias

import numpy as np

from screening.access_classes import (
    AccessClass,
    ClassArrays,
    UInt8Array,
    access_class_of,
    class_arrays,
    is_intelligible,
    side_of,
)
from screening.model import Caller, Confidentiality, Database, NoticeStatus, Purpose, Visibility

__all__ = [
    "ALWAYS",
    "AccessClass",
    "AccessRegister",
    "CompiledPolicy",
    "Decision",
    "EntitlementKey",
    "Grant",
    "Party",
    "PartyKind",
    "RegisteredCaller",
    "Rule",
    "SourceMeasure",
    "SourceState",
    "UInt8Array",
    "Validity",
    "access_class_of",
    "decide",
    "identify",
]

EntitlementKey: TypeAlias = tuple[str, Database, Purpose]

LEVELS_MEMO_BYTES_MAX: Final = 64 * 1024 * 1024
"""Most bytes of kept level arrays in one policy: 600 callers at 100,000 classes. One computed anew costs under 1 ms."""

RIGHTS_MEMO_COUNT_MAX: Final = 8_192
"""Most kept (caller, purpose, day) entries, about 300 bytes each: 2,000 callers with four purposes."""

_NO_NUMBERS: Final = np.empty(0, dtype=np.intp)


class PartyKind(IntEnum):
    """What a party is (RPD article 1); decides which names and ceilings the register accepts for it."""

    GENERAL_SECRETARIAT = 1
    NATIONAL_BUREAU = 2
    NATIONAL_ENTITY = 3
    INTERNATIONAL_ENTITY = 4


class SourceState(IntEnum):
    """Supervision of a source (RPD articles 128 to 131), a ladder: each state includes the ones before it.

    PRE_REVIEW: new data waits, as REQUESTED, until the General Secretariat has reviewed it; what is PUBLISHED has
    passed. WRITE_SUSPENDED: no new data. READ_SUSPENDED: its own callers, and its entities', see nothing.
    DISCONNECTED: the source has left the network. In every state others still see its published data: a measure against
    a bureau is no reason to let a wanted person or a stolen passport pass.
    """

    NORMAL = 0
    PRE_REVIEW = 1
    WRITE_SUSPENDED = 2
    READ_SUSPENDED = 3
    DISCONNECTED = 4


class Rule(StrEnum):
    """Rules that determine a decision, under names that stay stable in audit records and explanations."""

    CALLER_UNKNOWN = "deny.caller-unknown"
    CONSULTATION_SUSPENDED = "deny.consultation-suspended"
    NOT_ENTITLED = "deny.not-entitled"
    CLEARANCE_TOO_LOW = "deny.clearance-too-low"
    NOT_PUBLISHED = "deny.not-published"
    UNINTELLIGIBLE = "deny.unintelligible"
    DENIED_BY_SOURCE = "deny.denied-by-source"
    NOT_A_RECIPIENT = "deny.not-a-recipient"
    ENTITLED = "allow.entitled"
    RECIPIENT = "allow.recipient"
    OWN_DATA = "allow.own-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """Days, both included, between which something holds."""

    first_day: int
    last_day: int

    def covers(self, day: int) -> bool:
        """Whether it holds on that day."""
        return self.first_day <= day <= self.last_day


ALWAYS: Final = Validity(first_day=1, last_day=3_652_059)
"""From the first to the last day that a calendar date can name (0001-01-01 to 9999-12-31)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A bureau, entity or organisation. `clearance` is the ceiling of all its callers and of its entities."""

    name: str
    kind: PartyKind
    clearance: Confidentiality
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredCaller:
    """An authenticated system of one party, known by the URI in its certificate."""

    uri: str
    party: str
    clearance: Confidentiality
    validity: Validity


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A level granted for a time."""

    level: Visibility
    validity: Validity


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMeasure:
    """A state imposed on a source for a time, and on whose authority."""

    state: SourceState
    validity: Validity
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRegister:
    """One version of the rights of everybody; a change makes a new register with a higher version.

    Keys: `parties` by name, `callers` by URI, `entitlements` by (party, database, purpose), `source_states` by side,
    `contacts` by party name. All names are canonical (`access_classes.canonical_party`).
    """

    version: int
    parties: Mapping[str, Party]
    callers: Mapping[str, RegisteredCaller]
    entitlements: Mapping[EntitlementKey, tuple[Grant, ...]]
    source_states: Mapping[str, tuple[SourceMeasure, ...]]
    contacts: Mapping[str, str]

    def state_of(self, source: str, today: int) -> SourceState:
        """The highest state in force for the source's side; NORMAL where nothing is recorded."""
        measures = self.source_states.get(side_of(source), ())
        return max(
            (measure.state for measure in measures if measure.validity.covers(today)), default=SourceState.NORMAL
        )

    def contact_of(self, source: str) -> str:
        """Whom to ask about a source's data: the contact of the source, else of its side, else empty."""
        return self.contacts.get(source) or self.contacts.get(side_of(source), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a caller may see of an access class, with every rule that determined it: all denials, or the grounds."""

    visibility: Visibility
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rights:
    """All that a caller brings to a decision. `levels` is indexed by database number; `refusal` denies everything."""

    party: str
    side: str
    clearance: int
    levels: tuple[int, ...]
    refusal: Rule | None = None


def identify(register: AccessRegister, uri: str, today: int) -> Caller | None:
    """The caller that a certificate's URI names; None where it is unknown, or it, its party or its bureau is not valid.

    All these are one answer on purpose: a stranger learns nothing about the register.
    """
    registered = register.callers.get(uri)
    if registered is None or not registered.validity.covers(today):
        return None
    if not all(_is_standing(register, name, today) for name in (registered.party, side_of(registered.party))):
        return None
    side = register.parties[side_of(registered.party)]
    country = side.name if side.kind is PartyKind.NATIONAL_BUREAU else ""
    return Caller(uri=uri, party=registered.party, country=country)


def decide(
    register: AccessRegister, caller: Caller, purpose: Purpose, access_class: AccessClass, today: int
) -> Decision:
    """What the caller may see of records of this class on this day. Raises nothing; whatever is in doubt is NONE."""
    return _decision(_rights_of(register, caller, purpose, today), access_class)


def _decision(rights: _Rights, access_class: AccessClass) -> Decision:
    denials = tuple(_denials(rights, access_class))
    if denials:
        return Decision(visibility=Visibility.NONE, rules=denials)
    visibility = Visibility(rights.levels[access_class.database])
    return Decision(visibility=visibility, rules=tuple(_grounds(rights, access_class)))


class CompiledPolicy:
    """The decision for one register and the access classes of one snapshot, as arrays. Many threads may use it."""

    def __init__(
        self,
        register: AccessRegister,
        classes: Sequence[AccessClass],
        *,
        memo_bytes_max: int = LEVELS_MEMO_BYTES_MAX,
    ) -> None:
        """Interns what the classes have in common. Cost: O(classes + names in restrictions)."""
        self._rights = lru_cache(maxsize=RIGHTS_MEMO_COUNT_MAX)(partial(_rights_of, register))
        # What is kept hangs on the rights and not on the caller or the day: callers of one party share an array, and
        # midnight costs nothing. The functions are partials over plain values, so that a policy that was swapped out
        # is in no reference cycle and frees its memory at once.
        array_count_max = max(1, memo_bytes_max // max(1, len(classes)))
        self._levels = lru_cache(maxsize=array_count_max)(partial(_levels_of, class_arrays(classes)))

    def levels(self, caller: Caller, purpose: Purpose, today: int) -> UInt8Array:
        """Visibility per class: (n_classes,) of 0..3, read-only, in the order of the classes. All 0 for a stranger."""
        return self._levels(self._rights(caller, purpose, today))

    def decide(self, caller: Caller, purpose: Purpose, access_class: AccessClass, today: int) -> Decision:
        """The same as the function `decide`, from kept rights: the second look at each record that is a hit."""
        return _decision(self._rights(caller, purpose, today), access_class)

    def databases(self, caller: Caller, purpose: Purpose, today: int) -> tuple[Database, ...]:
        """The databases with an entitlement above NONE, ascending.

        Depends on the register alone: a coverage that moved with the records would tell of hidden ones.
        """
        levels = self._rights(caller, purpose, today).levels
        return tuple(database for database in Database if levels[database] > Visibility.NONE)


def _rights_of(register: AccessRegister, caller: Caller, purpose: Purpose, today: int) -> _Rights:
    if identify(register, caller.uri, today) != caller:
        return _no_rights(caller, Rule.CALLER_UNKNOWN)
    if register.state_of(caller.party, today) >= SourceState.READ_SUSPENDED:
        return _no_rights(caller, Rule.CONSULTATION_SUSPENDED)
    side = side_of(caller.party)
    # The register's reader refuses an entity that exceeds its bureau; taking the lower of the two here as well makes
    # it true of every register, however it was made (RPD articles 21 and 55).
    names = (caller.party, side)
    levels = [0] * (max(Database) + 1)
    for database in Database:
        levels[database] = min(int(_granted(register, (name, database, purpose), today)) for name in names)
    clearance = min(register.callers[caller.uri].clearance, *(register.parties[name].clearance for name in names))
    return _Rights(party=caller.party, side=side, clearance=int(clearance), levels=tuple(levels))


def _no_rights(caller: Caller, refusal: Rule) -> _Rights:
    levels = (0,) * (max(Database) + 1)
    return _Rights(party=caller.party, side=side_of(caller.party), clearance=0, levels=levels, refusal=refusal)


def _is_standing(register: AccessRegister, name: str, today: int) -> bool:
    party = register.parties.get(name)
    return party is not None and party.validity.covers(today)


def _granted(register: AccessRegister, key: EntitlementKey, today: int) -> Visibility:
    """The lowest level in force: where two grants contradict each other, the narrower one holds."""
    grants = register.entitlements.get(key, ())
    return min((grant.level for grant in grants if grant.validity.covers(today)), default=Visibility.NONE)


def _denials(rights: _Rights, access_class: AccessClass) -> Iterator[Rule]:
    """Every rule that denies, in a fixed order; a refused caller has that one reason only."""
    if rights.refusal is not None:
        yield rights.refusal
        return
    if rights.levels[access_class.database] == Visibility.NONE:
        yield Rule.NOT_ENTITLED
    if access_class.confidentiality > rights.clearance:
        yield Rule.CLEARANCE_TOO_LOW
    if access_class.status is not NoticeStatus.PUBLISHED:
        yield Rule.NOT_PUBLISHED
    if not is_intelligible(access_class):
        yield Rule.UNINTELLIGIBLE
    if not {rights.party, rights.side}.isdisjoint(access_class.restrictions.denied):
        yield Rule.DENIED_BY_SOURCE
    if access_class.is_allow_list and not (_is_own(rights, access_class) or _is_recipient(rights, access_class)):
        yield Rule.NOT_A_RECIPIENT


def _grounds(rights: _Rights, access_class: AccessClass) -> Iterator[Rule]:
    yield Rule.ENTITLED
    if access_class.is_allow_list:
        yield Rule.OWN_DATA if _is_own(rights, access_class) else Rule.RECIPIENT


def _is_own(rights: _Rights, access_class: AccessClass) -> bool:
    return side_of(access_class.source) == rights.side


def _is_recipient(rights: _Rights, access_class: AccessClass) -> bool:
    """Recipients are sides: naming an entity alone would let it see what its bureau does not (RPD article 55)."""
    return rights.side in access_class.restrictions.allowed


def _levels_of(arrays: ClassArrays, rights: _Rights) -> UInt8Array:
    levels = np.array(rights.levels, dtype=np.uint8)[arrays.grade_database]
    levels[arrays.grade_clearance > rights.clearance] = Visibility.NONE
    is_open = arrays.audience_open.copy()
    is_open[arrays.opened_by.get(rights.side, _NO_NUMBERS)] = 1
    for name in (rights.side, rights.party):  # After the opening: deny beats allow.
        is_open[arrays.closed_by.get(name, _NO_NUMBERS)] = 0
    is_open[arrays.sealed] = 0
    result = levels[arrays.grades]
    result *= is_open[arrays.audiences]
    result.flags.writeable = False
    return result
