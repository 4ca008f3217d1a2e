"""The access register's text (TOML) to an `AccessRegister`, or to every problem in it with its line.

Pure: text in, values out. demo_register.toml documents the form by example. A register is taken whole or not at all, so
that a slip of the pen leaves the rights of yesterday in force instead of half of tomorrow's. Checked are the shape of
each entry, and across entries: parties exist, a national entity never exceeds its bureau in level, time or clearance,
a caller never its party (RPD articles 21 and 55), and no two entitlements speak of one key on the same day.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from screening.access import (
    AccessRegister,
    EntitlementKey,
    Grant,
    Party,
    PartyKind,
    RegisteredCaller,
    SourceMeasure,
)
from screening.access_classes import side_of
from screening.access_shapes import (
    CallerShape,
    DatedShape,
    EntitlementShape,
    HeadShape,
    PartyShape,
    SourceStateShape,
)
from screening.country_codes import is_country_code, is_historic_code, is_without_nationality
from screening.model import Visibility
from screening.toml_lines import TomlLocation, line_of, lines_of

__all__ = ["REGISTER_CHARACTERS_MAX", "RegisterError", "RegisterProblem", "parse_register"]

REGISTER_CHARACTERS_MAX: Final = 16_000_000
"""Longest text read: 8,000 callers with ten entitlements each. It may take half a minute then, before
a policy is swapped in; no caller waits for it."""

_NOT_STATES: Final = frozenset(
    {"EUE", "UNA", "UNK", "UNO", "XBA", "XCC", "XCE", "XCO", "XDC", "XEC", "XES", "XIM", "XMP", "XOM", "XPO"}
    | {"GBD", "GBN", "GBO", "GBP", "GBS"}
)
"""Codes of ICAO Doc 9303-3 section 5 for organisations and kinds of British national: no national bureau has one."""

_USER_ASSIGNED: Final = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")
"""User-assigned alpha-3 codes (ISO 3166-1 clause 8.1.3), for bureaus of territories without a code, and for demos."""

_ERROR_LINE: Final = re.compile(r"at line (\d+)")

_ShapeT = TypeVar("_ShapeT", bound=BaseModel)
_Problem: TypeAlias = tuple[TomlLocation, str]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class RegisterProblem:
    """One thing wrong. `line` counts from 1; `key` reads like "caller[2].clearance", entries counted from 1."""

    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.key}: {self.reason}"


class RegisterError(ValueError):
    """The text is no valid register. `problems` are all that were found, by line; the message lists them."""

    def __init__(self, problems: Iterable[RegisterProblem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def parse_register(toml_text: str) -> AccessRegister:
    """Reads a register.

    Raises: RegisterError with every problem found. Not everything can be found at once: text that is no TOML has one
    problem, and an entry that is malformed is not compared with the others.
    Cost: about 0.2 ms an entry.
    """
    document = _read_toml(toml_text)
    sections = _Sections.read(document)
    problems = [*sections.problems, *_cross_problems(sections)]
    if problems:
        lines = lines_of(toml_text)
        raise RegisterError(_located(location, reason, lines) for location, reason in problems)
    return _register_of(sections)


def _read_toml(toml_text: str) -> dict[str, Any]:
    if len(toml_text) > REGISTER_CHARACTERS_MAX:
        raise RegisterError([RegisterProblem(line=1, key="register", reason="is longer than a register may be")])
    try:
        return tomllib.loads(toml_text)
    except (ValueError, RecursionError) as error:
        # tomllib names the line in its message only; the rest of that message may quote the text, so it stays out.
        found = _ERROR_LINE.search(str(error))
        line = int(found[1]) if found else toml_text.count("\n") + 1
        raise RegisterError([RegisterProblem(line=line, key="register", reason="is not valid TOML")]) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section(Generic[_ShapeT]):
    """The well-formed entries of one array of tables, with their positions, and what is wrong with the others."""

    entries: tuple[tuple[int, _ShapeT], ...]
    problems: tuple[_Problem, ...]

    @classmethod
    def read(cls, document: Mapping[str, Any], name: str, shape: type[_ShapeT]) -> _Section[_ShapeT]:
        tables = document.get(name, [])
        if not isinstance(tables, list):
            return cls(entries=(), problems=(((name,), f"must be written as [[{name}]]"),))
        read = [(index, _validated(shape, table, (name, index))) for index, table in enumerate(tables)]
        return cls(
            entries=tuple((index, value) for index, value in read if isinstance(value, shape)),
            problems=tuple(problem for _, value in read if isinstance(value, list) for problem in value),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sections:
    """A whole register, shapes checked. `named` are all party names that stand in it, in well-formed entries or not."""

    head: HeadShape | list[_Problem]
    party: _Section[PartyShape]
    caller: _Section[CallerShape]
    entitlement: _Section[EntitlementShape]
    source_state: _Section[SourceStateShape]
    named: frozenset[str]

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> _Sections:
        arrays = ("party", "caller", "entitlement", "source_state")
        head = {key: value for key, value in document.items() if key not in arrays}
        tables = document.get("party", [])
        names = [table.get("name") for table in tables if isinstance(table, dict)] if isinstance(tables, list) else []
        return cls(
            head=_validated(HeadShape, head, ()),
            party=_Section.read(document, "party", PartyShape),
            caller=_Section.read(document, "caller", CallerShape),
            entitlement=_Section.read(document, "entitlement", EntitlementShape),
            source_state=_Section.read(document, "source_state", SourceStateShape),
            named=frozenset(name for name in names if isinstance(name, str)),
        )

    @property
    def problems(self) -> Iterator[_Problem]:
        yield from self.head if isinstance(self.head, list) else ()
        for section in (self.party, self.caller, self.entitlement, self.source_state):
            yield from section.problems


def _validated(shape: type[_ShapeT], table: object, location: TomlLocation) -> _ShapeT | list[_Problem]:
    if not isinstance(table, dict):
        return [(location, "must be a table")]
    try:
        return shape.model_validate(table)
    except ValidationError as error:
        return [((*location, *item["loc"]), item["msg"]) for item in error.errors(include_input=False)]


def _cross_problems(sections: _Sections) -> Iterator[_Problem]:
    parties = {party.name: party for _, party in sections.party.entries}
    yield from _repeated("party", "name", [(index, party.name) for index, party in sections.party.entries])
    yield from _repeated("caller", "uri", [(index, caller.uri) for index, caller in sections.caller.entries])
    for index, party in sections.party.entries:
        yield from _party_problems(index, party, parties, sections.named)
    yield from _unregistered("caller", sections.caller.entries, sections.named)
    yield from _unregistered("entitlement", sections.entitlement.entries, sections.named)
    for index, caller in sections.caller.entries:
        ceiling = parties.get(caller.party)
        if ceiling is not None and caller.clearance > ceiling.clearance:
            yield ("caller", index, "clearance"), f"exceeds {ceiling.clearance.name}, the clearance of its party"
    for index, measure in sections.source_state.entries:
        if side_of(measure.source) != measure.source:
            yield ("source_state", index, "source"), "supervision is of a bureau or an organisation, not of an entity"
    yield from _period_problems(sections)
    yield from _overlaps(sections.entitlement.entries)
    if not sections.entitlement.problems:  # A bureau's malformed entitlement would make its entities look too wide.
        yield from _excesses(sections.entitlement.entries, sections.named)


def _party_problems(
    index: int, party: PartyShape, parties: Mapping[str, PartyShape], named: frozenset[str]
) -> Iterator[_Problem]:
    name_reason = _name_reason(party)
    if name_reason:
        yield ("party", index, "name"), name_reason
    if party.kind is not PartyKind.NATIONAL_ENTITY:
        return
    bureau = parties.get(side_of(party.name))
    if side_of(party.name) not in named:
        yield ("party", index, "name"), f"its national bureau {side_of(party.name)} is not registered"
    elif bureau is not None and bureau.kind is not PartyKind.NATIONAL_BUREAU:
        yield ("party", index, "name"), f"{bureau.name} is not a national bureau"
    elif bureau is not None and party.clearance > bureau.clearance:
        yield ("party", index, "clearance"), f"exceeds {bureau.clearance.name}, the clearance of its national bureau"


def _name_reason(party: PartyShape) -> str:
    """What is wrong with a name for its kind, or nothing.

    A bureau is named by its country, as restrictions name it; an organisation may not be, or it would own the country's
    data and fall under its restrictions.
    """
    is_entity = side_of(party.name) != party.name
    if is_entity is not (party.kind is PartyKind.NATIONAL_ENTITY):
        return "a national entity, and nothing else, is named BUREAU/ENTITY"
    if party.kind is PartyKind.NATIONAL_BUREAU and not _is_state_code(party.name):
        return "a national bureau is named by the alpha-3 code of its country"
    if party.kind in (PartyKind.GENERAL_SECRETARIAT, PartyKind.INTERNATIONAL_ENTITY) and _is_state_code(party.name):
        return "an organisation may not carry a country code"
    return ""


def _is_state_code(name: str) -> bool:
    if name in _NOT_STATES or is_without_nationality(name) or is_historic_code(name):
        return False
    return len(name) == 3 and (is_country_code(name) or _USER_ASSIGNED.fullmatch(name) is not None)


def _repeated(section: str, key: str, values: Sequence[tuple[int, str]]) -> Iterator[_Problem]:
    seen: set[str] = set()
    for index, value in values:
        if value in seen:
            yield (section, index, key), "stands in the register twice"
        seen.add(value)


def _unregistered(
    section: str, entries: Iterable[tuple[int, CallerShape | EntitlementShape]], named: frozenset[str]
) -> Iterator[_Problem]:
    for index, entry in entries:
        if entry.party not in named:
            yield (section, index, "party"), "is not registered as a party"


def _period_problems(sections: _Sections) -> Iterator[_Problem]:
    dated: list[tuple[str, tuple[tuple[int, DatedShape], ...]]] = [
        ("party", sections.party.entries),
        ("caller", sections.caller.entries),
        ("entitlement", sections.entitlement.entries),
        ("source_state", sections.source_state.entries),
    ]
    for section, entries in dated:
        for index, entry in entries:
            if entry.valid_from > entry.valid_until:
                yield (section, index, "valid_until"), "is before valid_from"


def _by_key(
    entries: Iterable[tuple[int, EntitlementShape]],
) -> dict[EntitlementKey, list[tuple[int, EntitlementShape]]]:
    """The entitlements that speak of one key, by first day."""
    grouped: dict[EntitlementKey, list[tuple[int, EntitlementShape]]] = {}
    for index, entry in entries:
        for key in entry.keys:
            grouped.setdefault(key, []).append((index, entry))
    for group in grouped.values():
        group.sort(key=lambda item: item[1].valid_from)
    return grouped


def _overlaps(entries: Sequence[tuple[int, EntitlementShape]]) -> Iterator[_Problem]:
    for key, group in _by_key(entries).items():
        last_day = date.min
        for position, (index, entry) in enumerate(group):
            if position and entry.valid_from <= last_day:
                yield ("entitlement", index, "valid_from"), f"{_words(key)} is granted twice on {entry.valid_from}"
            last_day = max(last_day, entry.valid_until)


def _excesses(entries: Sequence[tuple[int, EntitlementShape]], named: frozenset[str]) -> Iterator[_Problem]:
    """Entitlements of national entities that their bureau does not hold, from the first day on which it does not."""
    grouped = _by_key(entries)
    for (party, database, purpose), group in grouped.items():
        bureau = side_of(party)
        if bureau == party or bureau not in named:
            continue
        held = [entry for _, entry in grouped.get((bureau, database, purpose), [])]
        for index, entry in group:
            day = _first_day_not_held(entry, held)
            if day is not None:
                what = f"{entry.level.name} {_words((party, database, purpose))}"
                yield ("entitlement", index, "level"), f"{what} exceeds what {bureau} holds on {day}"


def _first_day_not_held(entry: EntitlementShape, held: Sequence[EntitlementShape]) -> date | None:
    if entry.level is Visibility.NONE:
        return None
    day = entry.valid_from.toordinal()
    for grant in held:  # By first day, so one walk suffices: a gap or a lower level stops it.
        if grant.level >= entry.level and grant.validity.covers(day):
            day = grant.validity.last_day + 1
    return None if day > entry.valid_until.toordinal() else date.fromordinal(day)


def _words(key: EntitlementKey) -> str:
    _, database, purpose = key
    return f"in {database.name} for {purpose.name}"


# --- Values ---------------------------------------------------------------------------------------------------------


def _register_of(sections: _Sections) -> AccessRegister:
    assert isinstance(sections.head, HeadShape), "problems were raised before"
    callers = [caller for _, caller in sections.caller.entries]
    return AccessRegister(
        version=sections.head.version,
        parties=MappingProxyType({party.name: _party_of(party) for _, party in sections.party.entries}),
        callers=MappingProxyType({caller.uri: _caller_of(caller) for caller in callers}),
        entitlements=MappingProxyType(_grants_of(sections.entitlement.entries)),
        source_states=MappingProxyType(_measures_of(sections.source_state.entries)),
        contacts=MappingProxyType(dict(sections.head.contacts)),
    )


def _party_of(party: PartyShape) -> Party:
    return Party(name=party.name, kind=party.kind, clearance=party.clearance, validity=party.validity)


def _caller_of(caller: CallerShape) -> RegisteredCaller:
    return RegisteredCaller(uri=caller.uri, party=caller.party, clearance=caller.clearance, validity=caller.validity)


def _grants_of(entries: Sequence[tuple[int, EntitlementShape]]) -> dict[EntitlementKey, tuple[Grant, ...]]:
    return {
        key: tuple(Grant(level=entry.level, validity=entry.validity) for _, entry in group)
        for key, group in _by_key(entries).items()
    }


def _measures_of(entries: Sequence[tuple[int, SourceStateShape]]) -> dict[str, tuple[SourceMeasure, ...]]:
    measures: dict[str, tuple[SourceMeasure, ...]] = {}
    for _, entry in entries:
        measure = SourceMeasure(state=entry.state, validity=entry.validity, authority=entry.authority)
        measures[entry.source] = (*measures.get(entry.source, ()), measure)
    return measures


def _located(location: TomlLocation, reason: str, lines: Mapping[TomlLocation, int]) -> RegisterProblem:
    # pydantic marks a fault in a key itself by a last "[key]"; the key that stands before it says enough.
    named = [part for part in location if part != "[key]"]
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in named).removeprefix(".")
    return RegisterProblem(line=line_of(location, lines), key=key or "register", reason=reason)
