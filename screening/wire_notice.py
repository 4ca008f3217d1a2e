"""Notices between the contract's messages and the model: the file form, and what the log and the index keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp
from screening_api.v1 import screening_pb2 as pb

from screening.errors import FieldViolation, InvalidQueryError
from screening.model import (
    Action,
    Confidentiality,
    Database,
    Date,
    Document,
    Identity,
    IdentityCategory,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Restrictions,
    Sex,
    SubjectKind,
)
from screening.wire_fields import Violations, countries, date, document, enum_value, name, required_enum, text

__all__ = ["notice_from_bytes", "notice_from_json", "notice_to_bytes", "notice_to_json"]

MAX_IDENTITIES = 64  # The most identities of one entry on the UN and OFAC lists is about a dozen.
MAX_NAMES = 200  # Heads of state carry over a hundred spellings on consolidated lists.
MAX_DOCUMENTS = 500
MAX_PARTIES = 300  # There are 196 member countries.

_new: Any = pb
"""The generated classes for making messages: they take our enumerations by number, which the stubs do not know."""


def notice_from_json(line: bytes) -> Notice:
    """One notice in protobuf JSON. Raises InvalidQueryError (a ValueError) naming fields at fault, not their values."""
    message = pb.Notice()
    try:
        json_format.Parse(line, message)
    except (json_format.ParseError, UnicodeDecodeError, RecursionError):
        raise InvalidQueryError((FieldViolation("", "the line is no Notice in protobuf JSON"),)) from None
    return _notice(message)


def notice_to_json(notice: Notice) -> str:
    """The notice in protobuf JSON, on one line."""
    return json_format.MessageToJson(_message(notice), indent=None, preserving_proto_field_name=True)


def notice_to_bytes(notice: Notice) -> bytes:
    """The notice as the log and the index keep it."""
    return _message(notice).SerializeToString(deterministic=True)


def notice_from_bytes(data: bytes) -> Notice:
    """A notice that was kept; it was valid when it was written."""
    return _notice(pb.Notice.FromString(data))


def _notice(message: pb.Notice) -> Notice:
    violations = Violations()
    identities = tuple(
        _identity(item, f"identities[{i}]", violations) for i, item in enumerate(message.identities[:MAX_IDENTITIES])
    )
    documents = tuple(
        document(item, f"documents[{i}]", violations) for i, item in enumerate(message.documents[:MAX_DOCUMENTS])
    )
    if len(message.identities) > MAX_IDENTITIES:
        violations.add("identities", f"more than {MAX_IDENTITIES}")
    if len(message.documents) > MAX_DOCUMENTS:
        violations.add("documents", f"more than {MAX_DOCUMENTS}")
    if not identities and not documents:
        violations.add("identities", "give at least one identity or document")
    notice = Notice(
        notice_id=text(message.notice_id, "notice_id", 64, violations, required=True),
        database=required_enum(Database, message.database, "database", violations, Database.NOMINAL),
        kind=required_enum(NoticeKind, message.kind, "kind", violations, NoticeKind.RED),
        status=required_enum(NoticeStatus, message.status, "status", violations, NoticeStatus.REQUESTED),
        source=text(message.source, "source", 64, violations, required=True),
        confidentiality=enum_value(
            Confidentiality,
            message.confidentiality,
            "confidentiality",
            violations,
            Confidentiality.FOR_OFFICIAL_USE_ONLY,
        ),
        restrictions=Restrictions(
            denied=_parties(message.restrictions.denied, "restrictions.denied", violations),
            allowed=_parties(message.restrictions.allowed, "restrictions.allowed", violations),
        ),
        identities=identities,
        documents=documents,
        person_status=enum_value(
            PersonStatus, message.person_status, "person_status", violations, PersonStatus.UNSPECIFIED
        ),
        action=enum_value(Action, message.action, "action", violations, Action.UNSPECIFIED),
        caution=_texts(message.caution, "caution", 16, 64, violations),
        published_at=message.published_at.seconds,
        expires_at=message.expires_at.seconds,
        handling=_texts(message.handling, "handling", 16, 500, violations),
        subject_kind=enum_value(SubjectKind, message.subject_kind, "subject_kind", violations, SubjectKind.PERSON),
        summary=_prose(message.summary, "summary", 4_000, violations),
        charges=_texts(message.charges, "charges", 32, 1_000, violations),
    )
    violations.raise_any()
    return notice


def _identity(message: pb.Identity, field: str, violations: Violations) -> Identity:
    if not 1 <= len(message.names) <= MAX_NAMES:
        violations.add(f"{field}.names", f"1 to {MAX_NAMES} names")
    names = tuple(
        name(item, f"{field}.names[{i}]", violations, NameQuality.ALIAS if i else NameQuality.PRIMARY)
        for i, item in enumerate(message.names[:MAX_NAMES])
    )
    dates = [date(item, f"{field}.birth_dates[{i}]", violations) for i, item in enumerate(message.birth_dates[:32])]
    sexes = [enum_value(Sex, item, f"{field}.sexes", violations, Sex.UNSPECIFIED) for item in message.sexes[:4]]
    return Identity(
        names=names,
        birth_dates=tuple(item for item in dates if item is not None),
        sexes=tuple(item for item in sexes if item),
        nationalities=countries(message.nationalities, f"{field}.nationalities", 32, violations),
        birth_places=_texts(message.birth_places, f"{field}.birth_places", 32, 200, violations),
        category=enum_value(
            IdentityCategory, message.category, f"{field}.category", violations, IdentityCategory.CONFIRMED
        ),
    )


def _parties(values: Sequence[str], field: str, violations: Violations) -> tuple[str, ...]:
    return _texts(values, field, MAX_PARTIES, 64, violations)


def _texts(values: Sequence[str], field: str, count: int, limit: int, violations: Violations) -> tuple[str, ...]:
    if len(values) > count:
        violations.add(field, f"more than {count}")
    return tuple(_prose(value, f"{field}[{i}]", limit, violations) for i, value in enumerate(values[:count]))


def _prose(value: str, field: str, limit: int, violations: Violations) -> str:
    """Free text of a source: line breaks are layout, not content."""
    return text(" ".join(value.split()), field, limit, violations)


def _message(notice: Notice) -> pb.Notice:
    made: pb.Notice = _new.Notice(
        notice_id=notice.notice_id,
        database=notice.database,
        kind=notice.kind,
        status=notice.status,
        source=notice.source,
        confidentiality=notice.confidentiality,
        restrictions=_new.Restrictions(denied=notice.restrictions.denied, allowed=notice.restrictions.allowed),
        identities=[_identity_message(identity) for identity in notice.identities],
        documents=[_document_message(item) for item in notice.documents],
        person_status=notice.person_status,
        action=notice.action,
        caution=notice.caution,
        published_at=Timestamp(seconds=notice.published_at) if notice.published_at else None,
        expires_at=Timestamp(seconds=notice.expires_at) if notice.expires_at else None,
        handling=notice.handling,
        subject_kind=notice.subject_kind,
        summary=notice.summary,
        charges=notice.charges,
    )
    return made


def _identity_message(identity: Identity) -> pb.Identity:
    made: pb.Identity = _new.Identity(
        names=[_name_message(item) for item in identity.names],
        birth_dates=[_date_message(item) for item in identity.birth_dates],
        sexes=list(identity.sexes),
        nationalities=identity.nationalities,
        birth_places=identity.birth_places,
        category=identity.category,
    )
    return made


def _name_message(item: Name) -> pb.Name:
    made: pb.Name = _new.Name(
        full=item.full, family=item.family, given=item.given, script=item.script, quality=item.quality
    )
    return made


def _date_message(item: Date) -> pb.PartialDate:
    made: pb.PartialDate = _new.PartialDate(
        year=item.year, month=item.month, day=item.day, approximate=item.approximate, year_max=item.year_max
    )
    return made


def _document_message(item: Document) -> pb.Document:
    made: pb.Document = _new.Document(
        number=item.number,
        type=item.type,
        issuing_country=item.issuing_country,
        uncertain_read=item.uncertain_read,
        expiry_date=_date_message(item.expiry_date) if item.expiry_date else None,
        loss=item.loss,
    )
    return made
