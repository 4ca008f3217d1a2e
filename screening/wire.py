"""Questions and answers between the contract's messages and the model: parsed once, at the edge, into valid values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from google.protobuf.message import DecodeError, Message
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import status_pb2
from screening_api.v1 import screening_pb2 as pb

from screening.errors import FieldViolation, InvalidQueryError
from screening.model import (
    Answer,
    Coverage,
    CoverageState,
    Database,
    Document,
    Hit,
    Operator,
    Purpose,
    Query,
    Sex,
    Subject,
)
from screening.mrz import MrzError, parse_mrz
from screening.mrz_dates import Day
from screening.mrz_subject import document_of, holder_of
from screening.wire_fields import Violations, countries, date, document, enum_value, name, required_enum, text

__all__ = [
    "MAX_BATCH_CHECKS",
    "batch_response",
    "check_result",
    "parse_batch",
    "parse_check",
    "parse_stream_message",
    "query_of",
    "response_bytes",
    "stream_response",
]

MAX_BATCH_CHECKS = 1_000  # One batch is one piece of work for a worker: a tenth of a second, not more.
MAX_NAMES = 10  # Names one person gives; each costs a search of its own.
MAX_DOCUMENTS = 16
MAX_MRZ = 4
MAX_MRZ_CHARS = 200  # Three lines of 30 and their breaks are 92; spaces between characters double that.
MAX_LIMIT = 100  # Matches an officer could look at; also bounds the size of an answer.
DEFAULT_LIMIT = 10
_PROFILE_CHARS = 32
_SCOPES_REMEMBERED = 1_024  # Callers, purposes and choices of databases within a second.

_MessageT = TypeVar("_MessageT", bound=Message)
_new: Any = pb
"""The generated classes for making messages out of the model: its enumerations convert by number (a test compares the
two lists), while the generated stubs accept only their own."""


def parse_check(data: bytes) -> pb.CheckRequest:
    """The message of a unary call. Raises InvalidQueryError where the bytes are no such message."""
    return _decoded(pb.CheckRequest, data)


def parse_batch(data: bytes) -> Sequence[pb.CheckRequest]:
    """The checks of a batch, 1 to MAX_BATCH_CHECKS. Raises InvalidQueryError."""
    return _checks_of(_decoded(pb.CheckBatchRequest, data).checks)


def parse_stream_message(data: bytes) -> Sequence[pb.CheckRequest]:
    """The checks of one message of a stream, 1 to MAX_BATCH_CHECKS. Raises InvalidQueryError."""
    return _checks_of(_decoded(pb.CheckStreamRequest, data).checks)


def query_of(message: pb.CheckRequest, *, today: Day) -> Query:
    """A valid query. Raises InvalidQueryError naming every field at fault, none of its values.

    Cost: some 25 us for a name with a birth date and a document.
    """
    violations = Violations()
    purpose = required_enum(Purpose, message.purpose, "purpose", violations, Purpose.BORDER_CONTROL)
    request_id = text(message.request_id, "request_id", 64, violations)
    operator = Operator(
        user=text(message.operator.user, "operator.user", 128, violations, required=True),
        location=text(message.operator.location, "operator.location", 128, violations),
    )
    subject = _subject(message.subject, violations) if message.HasField("subject") else None
    documents = _documents(message.documents, violations)
    remarks: tuple[str, ...] = ()
    if message.mrz:
        subject, read, remarks = _from_mrz(message.mrz, subject, today, violations)
        documents += read
    if subject is None and not documents and not violations.concern("mrz"):
        violations.add("subject", "give a subject, a document or an MRZ")
    query = Query(
        request_id=request_id,
        purpose=purpose,
        operator=operator,
        subject=subject,
        documents=documents,
        remarks=remarks,
        limit=DEFAULT_LIMIT,
    )
    if message.HasField("options"):
        query = _with_options(query, message.options, violations)
    violations.raise_any()
    return query


def _with_options(query: Query, options: pb.CheckOptions, violations: Violations) -> Query:
    score_min, limit = options.min_score, options.limit
    if not 0.0 <= score_min <= 1.0:
        violations.add("options.min_score", "is not between 0 and 1")
    if not 0 <= limit <= MAX_LIMIT:
        violations.add("options.limit", f"is not between 1 and {MAX_LIMIT}")
    databases = tuple(
        required_enum(Database, value, f"options.databases[{i}]", violations, Database.NOMINAL)
        for i, value in enumerate(options.databases[: len(Database) + 1])
    )
    if len(options.databases) > len(Database):
        violations.add("options.databases", f"more than {len(Database)}")
    profile = text(options.profile, "options.profile", _PROFILE_CHARS, violations) or query.profile
    return replace(
        query,
        databases=tuple(sorted(set(databases))),
        profile=profile,
        score_min=score_min,
        limit=limit or DEFAULT_LIMIT,
    )


def _subject(message: pb.Subject, violations: Violations) -> Subject:
    if not message.names:
        violations.add("subject.names", "at least one name is required")
    if len(message.names) > MAX_NAMES:
        violations.add("subject.names", f"more than {MAX_NAMES}")
    names = tuple(name(item, f"subject.names[{i}]", violations) for i, item in enumerate(message.names[:MAX_NAMES]))
    return Subject(
        names=names,
        birth_date=date(message.birth_date, "subject.birth_date", violations)
        if message.HasField("birth_date")
        else None,
        sex=enum_value(Sex, message.sex, "subject.sex", violations, Sex.UNSPECIFIED),
        nationalities=countries(message.nationalities, "subject.nationalities", 8, violations),
        birth_place=text(message.birth_place, "subject.birth_place", 128, violations),
    )


def _documents(messages: Sequence[pb.Document], violations: Violations) -> tuple[Document, ...]:
    if len(messages) > MAX_DOCUMENTS:
        violations.add("documents", f"more than {MAX_DOCUMENTS}")
    return tuple(document(item, f"documents[{i}]", violations) for i, item in enumerate(messages[:MAX_DOCUMENTS]))


def _from_mrz(
    zones: Sequence[str], subject: Subject | None, today: Day, violations: Violations
) -> tuple[Subject | None, tuple[Document, ...], tuple[str, ...]]:
    """Adds what the zones say: their documents, and their holder's name beside the names given.

    What the caller states of the person beside an MRZ stands; the MRZ fills in what it does not state.
    """
    documents, remarks = [], []
    if len(zones) > MAX_MRZ:
        violations.add("mrz", f"more than {MAX_MRZ}")
    for i, zone in enumerate(zones[:MAX_MRZ]):
        if len(zone) > MAX_MRZ_CHARS:
            violations.add(f"mrz[{i}]", f"longer than {MAX_MRZ_CHARS} characters")
            continue
        try:
            mrz = parse_mrz(zone, today=today)
        except MrzError as error:
            violations.add(f"mrz[{i}]", f"is no machine-readable zone that can be read: {error.reason}")
            continue
        remarks += [f"MRZ_{i}_{problem}" for problem in mrz.problems]
        if mrz.number.value:
            documents.append(document_of(mrz))
        holder = holder_of(mrz)
        if holder is not None:
            subject = _merged(subject, holder)
    return subject, tuple(documents), tuple(remarks)


def _merged(stated: Subject | None, holder: Subject) -> Subject:
    if stated is None:
        return holder
    return Subject(
        names=(*stated.names, *holder.names),
        birth_date=stated.birth_date or holder.birth_date,
        sex=stated.sex or holder.sex,
        nationalities=stated.nationalities or holder.nationalities,
        birth_place=stated.birth_place,
    )


def response_bytes(answer: Answer) -> bytes:
    """An answer as the bytes of a CheckResponse."""
    return _response(answer).SerializeToString()


def check_result(request_id: str, outcome: Answer | status_pb2.Status) -> pb.CheckResult:
    """One result of a batch or stream: an answer or a status."""
    if isinstance(outcome, Answer):
        return pb.CheckResult(request_id=request_id, response=_response(outcome))
    return pb.CheckResult(request_id=request_id, error=outcome)


def batch_response(results: Sequence[pb.CheckResult]) -> bytes:
    """The bytes of a CheckBatchResponse."""
    return pb.CheckBatchResponse(results=results).SerializeToString()


def stream_response(results: Sequence[pb.CheckResult]) -> bytes:
    """The bytes of one CheckStreamResponse."""
    return pb.CheckStreamResponse(results=results).SerializeToString()


def _response(answer: Answer) -> pb.CheckResponse:
    """The common answer is "nothing": then only the ids are new, and the rest is copied."""
    response = _new.CheckResponse()
    response.CopyFrom(_nothing(answer.coverage, answer.profile_name, answer.profile_version))
    response.request_id = answer.request_id
    response.check_id = answer.check_id
    if answer.remarks:
        response.remarks.extend(answer.remarks)
    if answer.hits or answer.omitted:
        response.matches.extend([_match(hit) for hit in answer.hits])
        response.truncated = answer.omitted > 0
        response.omitted_match_count = answer.omitted
    response.marking = answer.marking
    made: pb.CheckResponse = response
    return made


@lru_cache(maxsize=_SCOPES_REMEMBERED)
def _nothing(coverage: tuple[Coverage, ...], profile: str, version: int) -> pb.CheckResponse:
    """What all answers of one scope and second have in common. Not to be changed by whoever gets it."""
    made: pb.CheckResponse = _new.CheckResponse(
        coverage=[_coverage(item) for item in coverage], profile=_new.Profile(name=profile, version=version)
    )
    return made


def _coverage(item: Coverage) -> pb.Coverage:
    searched = item.state in (CoverageState.SEARCHED, CoverageState.OLD_COPY)
    as_of = Timestamp(seconds=item.as_of) if searched else None
    made: pb.Coverage = _new.Coverage(database=item.database, state=item.state, as_of=as_of)
    return made


def _match(hit: Hit) -> pb.Match:
    made: pb.Match = _new.Match(
        record_ref=hit.record_ref,
        database=hit.database,
        notice_id=hit.notice_id,
        kind=hit.kind or 0,
        person_status=hit.person_status,
        action=hit.action,
        identity_class=hit.identity_class,
        document_meaning=hit.document_meaning,
        score=hit.score,
        evidence=[
            pb.Evidence(
                feature=item.feature,
                query_value=item.query_value,
                record_value=item.record_value,
                contribution=item.contribution,
                sentence=item.sentence,
            )
            for item in hit.evidence
        ],
        visibility=hit.visibility,
        confidentiality=hit.confidentiality,
        handling=hit.handling,
        contact=hit.contact,
        record_name=hit.record_name,
        caution=hit.caution,
        identity_category=hit.identity_category or 0,
        subject_kind=hit.subject_kind or 0,
    )
    return made


def _decoded(kind: type[_MessageT], data: bytes) -> _MessageT:
    try:
        return kind.FromString(data)
    except DecodeError:
        description = "the bytes are no message of this method, or a text in it is not UTF-8"
        raise InvalidQueryError((FieldViolation("", description),)) from None


def _checks_of(checks: Sequence[pb.CheckRequest]) -> Sequence[pb.CheckRequest]:
    if not 1 <= len(checks) <= MAX_BATCH_CHECKS:
        raise InvalidQueryError((FieldViolation("checks", f"1 to {MAX_BATCH_CHECKS} checks, not {len(checks)}"),))
    return checks
