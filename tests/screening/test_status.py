"""One table from our errors to gRPC statuses; nothing of a bug leaves the process."""

from __future__ import annotations

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2

from screening import errors
from screening.errors import (
    FieldViolation,
    InvalidQueryError,
    NotEntitledError,
    NotReadyError,
    OutOfTimeError,
    OverQuotaError,
    ScreeningError,
    UnauthenticatedError,
)
from screening.status import ERROR_DOMAIN, grpc_code, internal_status, status_of

TABLE = [
    (UnauthenticatedError(), grpc.StatusCode.UNAUTHENTICATED, "CALLER_UNKNOWN"),
    (NotEntitledError(), grpc.StatusCode.PERMISSION_DENIED, "NOT_ENTITLED"),
    (InvalidQueryError((FieldViolation("purpose", "is required"),)), grpc.StatusCode.INVALID_ARGUMENT, "INVALID_QUERY"),
    (OverQuotaError(), grpc.StatusCode.RESOURCE_EXHAUSTED, "OVER_QUOTA"),
    (NotReadyError("OVERLOADED", "Later."), grpc.StatusCode.UNAVAILABLE, "OVERLOADED"),
    (OutOfTimeError(), grpc.StatusCode.DEADLINE_EXCEEDED, "OUT_OF_TIME"),
]


def _info(status: status_pb2.Status) -> error_details_pb2.ErrorInfo:
    info = error_details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    return info


@pytest.mark.parametrize(("error", "code", "reason"), TABLE, ids=[reason for _, _, reason in TABLE])
def test_every_error_has_its_code_and_a_stable_reason(
    error: ScreeningError, code: grpc.StatusCode, reason: str
) -> None:
    """The code of the table, ErrorInfo with domain and reason, and our own text."""
    status = status_of(error)
    assert grpc_code(status) is code
    assert (_info(status).reason, _info(status).domain) == (reason, ERROR_DOMAIN)
    assert status.message == error.message


def test_the_table_is_complete() -> None:
    """Every error class of errors.py has a row here, and so in status.py."""
    classes = {getattr(errors, name) for name in errors.__all__}
    ours = {kind for kind in classes if issubclass(kind, ScreeningError)} - {ScreeningError}
    assert ours == {type(error) for error, _, _ in TABLE}


def test_an_invalid_query_lists_its_fields() -> None:
    """BadRequest, one violation a field."""
    error = InvalidQueryError((FieldViolation("purpose", "is required"), FieldViolation("mrz[0]", "is too short")))
    bad = error_details_pb2.BadRequest()
    assert status_of(error).details[1].Unpack(bad)
    assert [(item.field, item.description) for item in bad.field_violations] == [
        ("purpose", "is required"),
        ("mrz[0]", "is too short"),
    ]


def test_a_bug_of_ours_says_nothing_but_its_number() -> None:
    """INTERNAL with a fixed text and the id under which it is logged."""
    status = internal_status("c0ffee")
    assert grpc_code(status) is grpc.StatusCode.INTERNAL
    assert dict(_info(status).metadata) == {"correlation_id": "c0ffee"}
    assert "c0ffee" not in status.message
