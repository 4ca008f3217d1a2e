"""The population in the forms in which it reaches the service: file lines of notices, and check requests."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from screening_api.v1 import screening_pb2

from bench.population import Traveller
from screening.model import Date, Document, Identity, Name, Notice

__all__ = ["check_request", "notice_line"]

# Who asks in every check of a bench.
_OPERATOR = screening_pb2.Operator(user="bench-operator", location="BENCH-GATE-1")

# Prefixes that the contract puts before the names of its enumerations, by the name of ours.
_PREFIXES = {
    "Action": "ACTION_",
    "Confidentiality": "CONFIDENTIALITY_",
    "Database": "DATABASE_",
    "DocumentType": "DOCUMENT_TYPE_",
    "IdentityCategory": "IDENTITY_CATEGORY_",
    "NameQuality": "NAME_QUALITY_",
    "NoticeKind": "NOTICE_KIND_",
    "NoticeStatus": "NOTICE_STATUS_",
    "PersonStatus": "PERSON_STATUS_",
    "Sex": "SEX_",
}


def _enum(value: IntEnum) -> str:
    return _PREFIXES[type(value).__name__] + value.name


def _present(**fields: object) -> dict[str, object]:
    """The fields that say something; absent ones say nothing, as in the contract."""
    return {key: value for key, value in fields.items() if value}


def _name(name: Name) -> dict[str, object]:
    return _present(
        full=name.full, family=name.family, given=name.given, script=name.script, quality=_enum(name.quality)
    )


def _date(date: Date) -> dict[str, object]:
    return _present(year=date.year, month=date.month, day=date.day, approximate=date.approximate, yearMax=date.year_max)


def _document(document: Document) -> dict[str, object]:
    return _present(number=document.number, type=_enum(document.type), issuingCountry=document.issuing_country)


def _identity(identity: Identity) -> dict[str, object]:
    return _present(
        names=[_name(name) for name in identity.names],
        birthDates=[_date(date) for date in identity.birth_dates],
        sexes=[_enum(sex) for sex in identity.sexes],
        nationalities=identity.nationalities,
        category=_enum(identity.category),
    )


def notice_line(notice: Notice) -> str:
    """One line of the file form `notices-jsonl`: the protobuf JSON of `screening_api.v1.Notice`, with its line end."""
    restrictions = _present(denied=notice.restrictions.denied, allowed=notice.restrictions.allowed)
    record: dict[str, Any] = _present(
        noticeId=notice.notice_id,
        database=_enum(notice.database),
        kind=_enum(notice.kind),
        status=_enum(notice.status),
        source=notice.source,
        confidentiality=_enum(notice.confidentiality),
        restrictions=restrictions,
        identities=[_identity(identity) for identity in notice.identities],
        documents=[_document(document) for document in notice.documents],
        personStatus=_enum(notice.person_status),
        action=_enum(notice.action),
        caution=notice.caution,
        publishedAt=datetime.fromtimestamp(notice.published_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        summary="Synthetic record of the benchmark population.",
    )
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def check_request(traveller: Traveller, request_id: str) -> screening_pb2.CheckRequest:
    """The question a border system asks about a traveller."""
    name, date = traveller.name, traveller.birth_date
    subject = screening_pb2.Subject(
        names=[screening_pb2.Name(full=name.full, family=name.family, given=name.given, script=name.script)],
        birth_date=screening_pb2.PartialDate(year=date.year, month=date.month, day=date.day),
        sex=screening_pb2.Sex.Name(traveller.sex),
        nationalities=[traveller.nationality] if traveller.nationality else [],
    )
    request = screening_pb2.CheckRequest(
        request_id=request_id, purpose=screening_pb2.PURPOSE_BORDER_CONTROL, operator=_OPERATOR, subject=subject
    )
    if traveller.document is not None:
        document = traveller.document
        kind = screening_pb2.DocumentType.ValueType(document.type)
        request.documents.add(number=document.number, type=kind, issuing_country=document.issuing_country)
    return request
