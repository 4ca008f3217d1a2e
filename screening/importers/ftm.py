"""Entities of FollowTheMoney in JSON lines, as OpenSanctions publishes them, to notices of the sanctions database.

Taken: persons, organisations and companies, vessels and aircraft. A legal entity of unsaid kind counts as an
organisation; matching does not look at it. Identifications and passports join the person whom `holder` names, where
they are nested in it or stand within `WINDOW` entities of it, before or after: the file is never held. One further off
is rejected by its line, and costs little, since publishers repeat numbers in the person's own `passportNumber` and
`idNumber`. Entities that are about others (sanctions, addresses, family, ownership) are passed over; what they say is
not in a notice. Source: followthemoney.tech, schemata Person, LegalEntity, Vehicle, Identification.

The source is the country or organisation that the first telling dataset begins with ("us_ofac_sdn"), or XXX where none
tells: datasets of journalists and volunteers have no party to ask.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from pydantic_core import from_json

from screening.country_codes import alpha3_from_alpha2
from screening.importers.notice_parts import (
    CHARGES_MAX,
    SUMMARY_CHARS_MAX,
    checked_notice_id,
    clipped_text,
    date_in,
    document_in,
    name_in,
    names_within_limit,
    present,
    squeezed,
)
from screening.importers.rows import Advance, Flaws, Rejected, RowError, clipped_code, ignore_progress, notice_rows
from screening.importers.source_files import LINE_BYTES_MAX, numbered_lines, open_source
from screening.model import (
    Action,
    Database,
    Document,
    DocumentType,
    Identity,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Sex,
    SubjectKind,
)

__all__ = ["WINDOW", "read_ftm"]

WINDOW = 1_000
"""Entities held back for documents that follow, and documents held for persons that follow: some megabytes."""

_KINDS = {
    "Person": SubjectKind.PERSON,
    **dict.fromkeys(("LegalEntity", "Organization", "Company", "PublicBody"), SubjectKind.ORGANISATION),
    **dict.fromkeys(("Vessel", "Airplane"), SubjectKind.VESSEL),
}
_IDENTIFICATIONS = frozenset({"Identification", "Passport"})
_NAME_QUALITIES = (
    ("name", NameQuality.PRIMARY),
    ("alias", NameQuality.ALIAS),
    ("previousName", NameQuality.ALIAS),
    ("weakAlias", NameQuality.WEAK),
    ("abbreviation", NameQuality.WEAK),
)
_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE, "other": Sex.X}
_ORGANISATIONS = {"un": "UNO", "eu": "EUE", "interpol": "XPO"}
_NO_SOURCE = "XXX"
_BOM = b"\xef\xbb\xbf"


class _Entity(BaseModel):
    """One line. Values are texts, or nested entities in exports that nest."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)

    id: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[JsonValue]] = Field(default_factory=dict)
    datasets: list[str] = Field(default_factory=list)
    caption: str = ""

    def texts(self, *names: str) -> list[str]:
        """The texts of the properties in order, without what is nested or blank."""
        values = (value for name in names for value in self.properties.get(name, ()))
        return [text for value in values if isinstance(value, str) and (text := squeezed(value))]

    def nested(self, name: str) -> Iterator[_Entity]:
        """The entities nested in a property; those that are none are left alone."""
        for value in self.properties.get(name, ()):
            if isinstance(value, Mapping):
                try:
                    yield _Entity.model_validate(value)
                except ValidationError:
                    continue


class _Held:
    """An entity held back, with the identifications that named it."""

    __slots__ = ("entity", "identifications", "line")

    def __init__(self, line: int, entity: _Entity, identifications: list[_Entity]) -> None:
        self.line = line
        self.entity = entity
        self.identifications = identifications


class _Linker:
    """Joins identifications to their holders within the window; both wait in the order in which they came."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._holders: OrderedDict[str, _Held] = OrderedDict()
        self._waiting: OrderedDict[str, tuple[int, str, _Entity]] = OrderedDict()
        self._waiting_for: dict[str, list[str]] = {}

    def take(self, line: int, entity: _Entity) -> Iterator[Notice | Rejected]:
        """Takes one entity; yields what has waited long enough."""
        if entity.schema_ in _IDENTIFICATIONS:
            self._take_identification(line, entity)
        elif entity.schema_ in _KINDS:
            keys = self._waiting_for.pop(entity.id, [])
            own = [self._waiting.pop(key)[2] for key in keys]
            yield from self._released(self._holders.pop(entity.id, None))
            self._holders[entity.id] = _Held(line, entity, own)
        while len(self._holders) > WINDOW:
            yield from self._released(self._holders.popitem(last=False)[1])
        while len(self._waiting) > WINDOW:
            yield self._orphan(next(iter(self._waiting)))

    def rest(self) -> Iterator[Notice | Rejected]:
        """What is left at the end of the file."""
        for held in self._holders.values():
            yield from self._released(held)
        while self._waiting:
            yield self._orphan(next(iter(self._waiting)))

    def _take_identification(self, line: int, entity: _Entity) -> None:
        for holder in entity.texts("holder"):
            if holder in self._holders:
                self._holders[holder].identifications.append(entity)
            else:
                key = f"{line} {holder}"
                self._waiting[key] = (line, holder, entity)
                self._waiting_for.setdefault(holder, []).append(key)

    def _orphan(self, key: str) -> Rejected:
        line, holder, _ = self._waiting.pop(key)
        self._waiting_for[holder].remove(key)
        if not self._waiting_for[holder]:
            del self._waiting_for[holder]
        return Rejected(file=self._file, line=line, reason=f"holder: not among the {WINDOW} entities around")

    def _released(self, held: _Held | None) -> Iterator[Notice | Rejected]:
        if held is not None:
            yield from notice_rows(self._file, held.line, partial(_notice, held))


def read_ftm(paths: Sequence[Path], advance: Advance = ignore_progress) -> Iterator[Notice | Rejected]:
    """Reads the files; see `NoticeFormat`. A notice may come up to `WINDOW` entities after its line."""
    for path in paths:
        linker = _Linker(path.name)
        with open_source(path, advance) as stream:
            for line, content in numbered_lines(stream):
                if content is not None and not content.removeprefix(_BOM).strip():
                    continue
                try:
                    entity = _parsed(content)
                except RowError as error:
                    yield Rejected(file=path.name, line=line, reason=str(error))
                else:
                    yield from linker.take(line, entity)
        yield from linker.rest()


def _parsed(content: bytes | None) -> _Entity:
    """One line as an entity. Raises RowError, which names the field and repeats no value."""
    if content is None:
        raise RowError(f"longer than {LINE_BYTES_MAX} bytes")
    try:
        return _Entity.model_validate(from_json(content.removeprefix(_BOM)))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        # Only the first step of the place: names of properties are the file's, and could be anything.
        raise RowError(f"{next(iter(map(str, first['loc'])), 'entity')}: {first['msg']}") from None
    except ValueError:
        raise RowError("not valid JSON") from None


def _notice(held: _Held, flaws: Flaws) -> Notice:
    """One entity with its documents. Raises RowError without a name or with an identifier that is none."""
    entity = held.entity
    kind = _KINDS[entity.schema_]
    status, action = _meaning(entity.texts("topics"), person=kind is SubjectKind.PERSON)
    return Notice(
        notice_id=checked_notice_id(entity.id),
        database=Database.SANCTIONS,
        kind=NoticeKind.SANCTION,
        status=NoticeStatus.PUBLISHED,
        source=_source(entity.datasets),
        identities=(_identity(entity, flaws, person=kind is SubjectKind.PERSON),),
        documents=_documents(held, flaws) if kind is SubjectKind.PERSON else (),
        person_status=status,
        action=action,
        subject_kind=kind,
        summary=_summary(entity),
        charges=present(entity.texts("topics", "program"))[:CHARGES_MAX],
    )


def _meaning(topics: Sequence[str], *, person: bool) -> tuple[PersonStatus, Action]:
    """Only a sanction asks something of the finder; a politically exposed person, say, is just known."""
    if any(topic == "sanction" or topic.startswith("sanction.") for topic in topics):
        return (PersonStatus.SANCTIONED if person else PersonStatus.UNSPECIFIED), Action.APPLY_SANCTIONS
    if not person:
        return PersonStatus.UNSPECIFIED, Action.UNSPECIFIED
    return (PersonStatus.WANTED if "wanted" in topics else PersonStatus.OTHER), Action.UNSPECIFIED


def _source(datasets: Sequence[str]) -> str:
    prefixes = [dataset.partition("_")[0].lower() for dataset in datasets]
    codes = (_ORGANISATIONS.get(prefix) or alpha3_from_alpha2(prefix) for prefix in prefixes)
    return next((code for code in codes if code), _NO_SOURCE)


def _identity(entity: _Entity, flaws: Flaws, *, person: bool) -> Identity:
    names = names_within_limit(_names(entity, flaws), flaws)
    if not person:
        return Identity(names=names)
    return Identity(
        names=names,
        birth_dates=present(date_in(text, "birthDate", flaws) for text in entity.texts("birthDate")),
        sexes=present(_SEXES.get(text.lower()) for text in entity.texts("gender")),
        nationalities=present(
            _country(code, field, flaws) for field in ("nationality", "citizenship") for code in entity.texts(field)
        ),
        birth_places=present(entity.texts("birthPlace")),
    )


def _names(entity: _Entity, flaws: Flaws) -> Iterator[Name | None]:
    """The caption's name first, and it alone primary: the other values of `name` are spellings in other languages."""
    for field, quality in _NAME_QUALITIES:
        texts = sorted(entity.texts(field), key=lambda text: text != squeezed(entity.caption))
        for place, text in enumerate(texts):
            other = NameQuality.ALIAS if field == "name" and place else quality
            yield name_in(flaws, full=text, quality=other)
    if not entity.texts("name"):
        family, given = (" ".join(entity.texts(field)) for field in ("lastName", "firstName"))
        yield name_in(flaws, family=family, given=given, quality=NameQuality.PRIMARY)


def _country(code: str, field: str, flaws: Flaws) -> str:
    """Alpha-3 of a code; of a part of a country ("gb-sct"), that of the country. Empty for an unknown one (a flaw)."""
    alpha3 = alpha3_from_alpha2(code.partition("-")[0])
    if alpha3 is None:
        flaws.append(f"{field}: {clipped_code(code)} is no country code")
    return alpha3 or ""


def _documents(held: _Held, flaws: Flaws) -> tuple[Document, ...]:
    """Those of linked and nested identifications, which know their country, then the bare numbers not among them."""
    linked = (*held.identifications, *held.entity.nested("identification"))
    known = present(_linked_document(identification, flaws) for identification in linked)
    numbers = {document.number for document in known}
    columns = (("passportNumber", DocumentType.PASSPORT), ("idNumber", DocumentType.IDENTITY_CARD))
    bare = (
        document_in(flaws, number, kind)
        for field, kind in columns
        for number in held.entity.texts(field)
        if number not in numbers
    )
    return (*known, *present(bare))


def _linked_document(entity: _Entity, flaws: Flaws) -> Document | None:
    number = next(iter(entity.texts("number", "passportNumber")), "")
    country = next((_country(code, "document country", flaws) for code in entity.texts("country")), "")
    expiry = next((date_in(text, "document endDate", flaws) for text in entity.texts("endDate")), None)
    stated = " ".join(entity.texts("type")).lower()
    passport = entity.schema_ == "Passport" or "passport" in stated
    kind = DocumentType.PASSPORT if passport else DocumentType.IDENTITY_CARD
    return document_in(flaws, number, kind, country, expiry)


def _summary(entity: _Entity) -> str:
    """Title, position and notes, and for craft and companies the numbers and the flag that tell them apart."""
    texts = present(entity.texts("title", "position", "notes", "summary"))
    marks = ("imoNumber", "mmsi", "callSign", "flag", "registrationNumber", "jurisdiction")
    facts = [f"{field}: {', '.join(values)}" for field in marks if (values := entity.texts(field))]
    return clipped_text(" ".join(f"{text.rstrip('.')}." for text in (*texts, *facts)), SUMMARY_CHARS_MAX)
