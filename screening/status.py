"""The one table from our errors to gRPC statuses, with the details of the Google API improvement proposals (193)."""

from __future__ import annotations

import grpc
from google.protobuf import any_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2

from screening.errors import (
    InvalidQueryError,
    NotEntitledError,
    NotReadyError,
    OutOfTimeError,
    OverQuotaError,
    ScreeningError,
    UnauthenticatedError,
)

__all__ = ["ERROR_DOMAIN", "grpc_code", "internal_status", "status_of"]

ERROR_DOMAIN = "screening"
"""`domain` of every ErrorInfo: with the reason it identifies an error."""

_CODES: dict[type[ScreeningError], int] = {
    UnauthenticatedError: code_pb2.UNAUTHENTICATED,
    NotEntitledError: code_pb2.PERMISSION_DENIED,
    InvalidQueryError: code_pb2.INVALID_ARGUMENT,
    OverQuotaError: code_pb2.RESOURCE_EXHAUSTED,
    NotReadyError: code_pb2.UNAVAILABLE,
    OutOfTimeError: code_pb2.DEADLINE_EXCEEDED,
}
_GRPC_CODES = {code.value[0]: code for code in grpc.StatusCode}


def status_of(error: ScreeningError) -> status_pb2.Status:
    """The status of one of our errors: ErrorInfo always, BadRequest with the fields where a message is at fault."""
    details = [_packed(error_details_pb2.ErrorInfo(reason=error.reason, domain=ERROR_DOMAIN))]
    if isinstance(error, InvalidQueryError):
        violations = [
            error_details_pb2.BadRequest.FieldViolation(field=item.field, description=item.description)
            for item in error.violations
        ]
        details.append(_packed(error_details_pb2.BadRequest(field_violations=violations)))
    return status_pb2.Status(code=_CODES[type(error)], message=error.message, details=details)


def internal_status(correlation_id: str) -> status_pb2.Status:
    """The status of a bug of ours: nothing of the exception, only the number under which it is logged."""
    info = error_details_pb2.ErrorInfo(
        reason="INTERNAL", domain=ERROR_DOMAIN, metadata={"correlation_id": correlation_id}
    )
    return status_pb2.Status(
        code=code_pb2.INTERNAL, message="The service failed; the operator finds it by its id.", details=[_packed(info)]
    )


def grpc_code(status: status_pb2.Status) -> grpc.StatusCode:
    """The gRPC code of a status."""
    return _GRPC_CODES[status.code]


def _packed(message: error_details_pb2.ErrorInfo | error_details_pb2.BadRequest) -> any_pb2.Any:
    packed = any_pb2.Any()
    packed.Pack(message)
    return packed
