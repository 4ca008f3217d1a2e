"""The shapes of the access register's entries: what may stand in one entry, before entries are compared.

Read by access_register.py. Names of enumeration members are those of the contract; dates are TOML dates, both included.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import IntEnum
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from screening.access import EntitlementKey, PartyKind, SourceState, Validity
from screening.access_classes import canonical_party
from screening.model import Confidentiality, Database, Purpose, Visibility

__all__ = ["CallerShape", "DatedShape", "EntitlementShape", "HeadShape", "PartyShape", "SourceStateShape"]

_PARTY_CHARACTERS_MAX: Final = 64
"""Longest party name; it stands in every audit record of its callers."""

_LINE_CHARACTERS_MAX: Final = 256
"""Longest contact or authority: a contact is shown in one line of an answer."""

_URI_CHARACTERS_MAX: Final = 2_048
"""Longest SPIFFE ID (SPIFFE-ID standard, section 2.3)."""

_VERSION_MAX: Final = 2**31 - 1
"""Highest version: audit records keep it in a signed 32-bit column at the least."""

_PARTY_PATTERN: Final = r"^[A-Z0-9][A-Z0-9.-]*(/[A-Z0-9][A-Z0-9.-]*)?$"
_URI_PATTERN: Final = r"^spiffe://[a-z0-9._-]+(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$"

_EnumT = TypeVar("_EnumT", bound=IntEnum)


def _member_of(kind: type[_EnumT]) -> BeforeValidator:
    """Reads an enumeration by the names of the contract; a number would be read in any order of levels."""

    def read(value: object) -> _EnumT:
        if isinstance(value, str) and value in kind.__members__:
            return kind[value]
        raise PydanticCustomError("member", "must be one of {names}", {"names": ", ".join(kind.__members__)})

    return BeforeValidator(read)


def _canonical(name: str) -> str:
    if canonical_party(name) != name:
        raise PydanticCustomError("canonical", "is not the code in use: write {name}", {"name": canonical_party(name)})
    return name


def _distinct(values: list[_EnumT]) -> list[_EnumT]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("distinct", "names a value twice")
    return values


def _one_line(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise PydanticCustomError("one_line", "must be one line of printable text")
    return text


_PartyName = Annotated[str, Field(pattern=_PARTY_PATTERN, max_length=_PARTY_CHARACTERS_MAX), AfterValidator(_canonical)]
_Line = Annotated[str, Field(max_length=_LINE_CHARACTERS_MAX), AfterValidator(_one_line)]
_Clearance = Annotated[Confidentiality, _member_of(Confidentiality)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class DatedShape(_Shape):
    valid_from: date
    valid_until: date

    @property
    def validity(self) -> Validity:
        return Validity(first_day=self.valid_from.toordinal(), last_day=self.valid_until.toordinal())


class PartyShape(DatedShape):
    name: _PartyName
    kind: Annotated[PartyKind, _member_of(PartyKind)]
    clearance: _Clearance
    valid_from: date = date.min
    valid_until: date = date.max


class CallerShape(DatedShape):
    uri: Annotated[str, Field(pattern=_URI_PATTERN, max_length=_URI_CHARACTERS_MAX)]
    party: _PartyName
    clearance: _Clearance


class EntitlementShape(DatedShape):
    party: _PartyName
    purposes: Annotated[list[Annotated[Purpose, _member_of(Purpose)]], Field(min_length=1), AfterValidator(_distinct)]
    databases: Annotated[
        list[Annotated[Database, _member_of(Database)]], Field(min_length=1), AfterValidator(_distinct)
    ]
    level: Annotated[Visibility, _member_of(Visibility)]

    @property
    def keys(self) -> Iterator[EntitlementKey]:
        return ((self.party, database, purpose) for purpose in self.purposes for database in self.databases)


class SourceStateShape(DatedShape):
    source: _PartyName
    state: Annotated[SourceState, _member_of(SourceState)]
    authority: _Line


class HeadShape(_Shape):
    version: Annotated[int, Field(ge=1, le=_VERSION_MAX)]
    contacts: dict[_PartyName, _Line] = Field(default_factory=dict)
