"""Notices in the JSON form of INTERPOL's public notice pages (bundesAPI/interpol-api, openapi.yaml).

One notice a line, a JSON array of notices, or pages {"_embedded": {"notices": [...]}}; fields that begin with an
underscore beside `_links` are additions of files made for tests (`_notice_type`, `_aliases`, `_native_name`).

The source is who asks: the country that issued the first warrant, or else the country given - `country`, the first
nationality, the country of birth, in this order. A notice that names none is refused, since nobody could be asked
about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from screening.country_codes import alpha3_from_alpha2, country_name
from screening.importers.json_objects import json_objects
from screening.importers.notice_parts import (
    CHARGE_CHARS_MAX,
    CHARGES_MAX,
    SUMMARY_CHARS_MAX,
    clipped_text,
    date_in,
    name_in,
    names_within_limit,
    present,
    squeezed,
)
from screening.importers.rows import Advance, Flaws, Rejected, RowError, clipped_code, ignore_progress, notice_rows
from screening.importers.source_files import open_source
from screening.model import (
    Action,
    Database,
    Identity,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Sex,
)

__all__ = ["read_interpol_json"]

_ENTITY_ID = re.compile(r"^(\d{4})[/-](\d{1,7})$")
_HREF_KIND = re.compile(r"/notices/v\d+/([a-z]+)")
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}

# What each colour says of its subject and asks of the finder (RPD articles 82 to 95). A blue notice may be about a
# witness or a victim, so it never says "suspect"; only red means detention.
_MEANINGS = {
    "red": (NoticeKind.RED, PersonStatus.WANTED, Action.LOCATE_AND_DETAIN),
    "blue": (NoticeKind.BLUE, PersonStatus.UNSPECIFIED, Action.LOCATE_AND_INFORM),
    "green": (NoticeKind.GREEN, PersonStatus.POSSIBLE_THREAT, Action.WARN),
    "yellow": (NoticeKind.YELLOW, PersonStatus.MISSING, Action.PROTECT),
    "black": (NoticeKind.BLACK, PersonStatus.UNIDENTIFIED, Action.IDENTIFY),
    "purple": (NoticeKind.PURPLE, PersonStatus.UNSPECIFIED, Action.UNSPECIFIED),
    "orange": (NoticeKind.ORANGE, PersonStatus.POSSIBLE_THREAT, Action.WARN),
    "silver": (NoticeKind.SILVER, PersonStatus.UNSPECIFIED, Action.LOCATE_AND_INFORM),
    "un": (NoticeKind.UN_SPECIAL, PersonStatus.SANCTIONED, Action.APPLY_SANCTIONS),
}


class _Part(BaseModel):
    """Fields of the wrong JSON type are refused; those we do not read may hold anything."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


class _Warrant(_Part):
    issuing_country_id: str | None = None
    charge: str | None = None
    charge_translation: str | None = None


class _Link(_Part):
    href: str = ""


class _Links(_Part):
    self_: _Link = Field(default_factory=_Link, alias="self")


class _PublicNotice(_Part):
    entity_id: str
    name: str | None = None
    forename: str | None = None
    date_of_birth: str | None = None
    sex_id: str | None = None
    nationalities: list[str] | None = None
    country: str | None = None
    country_of_birth_id: str | None = None
    place_of_birth: str | None = None
    distinguishing_marks: str | None = None
    arrest_warrants: list[_Warrant] | None = None
    notice_type: str | None = Field(default=None, alias="_notice_type")
    aliases: list[str] | None = Field(default=None, alias="_aliases")
    native_name: str | None = Field(default=None, alias="_native_name")
    links: _Links = Field(default_factory=_Links, alias="_links")


def read_interpol_json(paths: Sequence[Path], advance: Advance = ignore_progress) -> Iterator[Notice | Rejected]:
    """Reads the files; see `NoticeFormat`."""
    for path in paths:
        with open_source(path, advance) as stream:
            for line, content in json_objects(stream, "notices"):
                if isinstance(content, RowError):
                    yield Rejected(file=path.name, line=line, reason=str(content))
                else:
                    yield from notice_rows(path.name, line, partial(_notice, content))


def _parsed(content: JsonValue) -> _PublicNotice:
    try:
        return _PublicNotice.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise RowError(f"{'.'.join(map(str, first['loc'])) or 'notice'}: {first['msg']}") from None


def _notice(content: JsonValue, flaws: Flaws) -> Notice:
    """One notice. Raises RowError without number, name, known colour or source."""
    public = _parsed(content)
    kind, status, action = _meaning(public)
    warrants = public.arrest_warrants or []
    nationalities = present(_country(code, "nationalities", flaws) for code in public.nationalities or [])
    charges = present(squeezed(warrant.charge_translation or warrant.charge) for warrant in warrants)
    return Notice(
        notice_id=_notice_id(public.entity_id),
        database=Database.NOMINAL,
        kind=kind,
        status=NoticeStatus.PUBLISHED,
        source=_source(public, nationalities, flaws),
        identities=(_identity(public, nationalities, flaws),),
        person_status=status,
        action=action,
        summary=clipped_text(squeezed(public.distinguishing_marks), SUMMARY_CHARS_MAX),
        charges=tuple(clipped_text(charge, CHARGE_CHARS_MAX) for charge in charges[:CHARGES_MAX]),
    )


def _notice_id(entity_id: str) -> str:
    """The number as notices print it, "2018/10000"; addresses write it with a dash."""
    found = _ENTITY_ID.match(entity_id)
    if found is None:
        raise RowError(f"entity_id: {clipped_code(entity_id)} is not of the form 2018/10000")
    return f"{found[1]}/{found[2]}"


def _meaning(public: _PublicNotice) -> tuple[NoticeKind, PersonStatus, Action]:
    """By the stated colour, or that of the notice's own address, or red: the public form has no other field for it."""
    address = _HREF_KIND.search(public.links.self_.href)
    colour = (public.notice_type or (address[1] if address else "red")).lower()
    if colour not in _MEANINGS:
        raise RowError(f"_notice_type: {clipped_code(colour)} is unknown")
    return _MEANINGS[colour]


def _source(public: _PublicNotice, nationalities: tuple[str, ...], flaws: Flaws) -> str:
    warrants = present(
        _country(warrant.issuing_country_id, "issuing_country_id", flaws) for warrant in _warrants(public)
    )
    birth = _country(public.country_of_birth_id, "country_of_birth_id", [])
    candidates = present((*warrants[:1], _country(public.country, "country", flaws), *nationalities[:1], birth))
    if not candidates:
        raise RowError("source: neither a warrant nor any other field names a country")
    return candidates[0]


def _warrants(public: _PublicNotice) -> list[_Warrant]:
    return public.arrest_warrants or []


def _identity(public: _PublicNotice, nationalities: tuple[str, ...], flaws: Flaws) -> Identity:
    names = [name_in(flaws, family=public.name or "", given=public.forename or "")]
    names += [name_in(flaws, full=alias, quality=NameQuality.ALIAS) for alias in public.aliases or []]
    names.append(name_in(flaws, full=public.native_name or "", quality=NameQuality.ALIAS))
    return Identity(
        names=names_within_limit(names, flaws),
        birth_dates=present((date_in(public.date_of_birth or "", "date_of_birth", flaws),)),
        sexes=present((_SEXES.get(public.sex_id or ""),)),
        nationalities=nationalities,
        birth_places=present((_birth_place(public, flaws),)),
    )


def _birth_place(public: _PublicNotice, flaws: Flaws) -> str:
    """Place and country by its English name, as the other lists write it."""
    code = _country(public.country_of_birth_id, "country_of_birth_id", flaws)
    return ", ".join(present((squeezed(public.place_of_birth), country_name(code) if code else "")))


def _country(alpha2: str | None, field: str, flaws: Flaws) -> str:
    """Alpha-3 of an alpha-2 code; empty where there is none, or no such country (a flaw)."""
    if not alpha2:
        return ""
    code = alpha3_from_alpha2(alpha2)
    if code is None:
        flaws.append(f"{field}: {clipped_code(alpha2)} is no country code")
    return code or ""
