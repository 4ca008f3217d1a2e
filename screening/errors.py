"""What can go wrong, said once. `status.py` is the one table from here to gRPC; messages never hold a person's data."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "FieldViolation",
    "InvalidQueryError",
    "NotEntitledError",
    "NotReadyError",
    "OutOfTimeError",
    "OverQuotaError",
    "ScreeningError",
    "UnauthenticatedError",
]


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One field at fault: its path in the message, for instance `subject.names[0].full`, and what it should be."""

    field: str
    description: str


class ScreeningError(Exception):
    """An error of the caller's or of the moment, with a reason that stays stable (UPPER_SNAKE)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


class UnauthenticatedError(ScreeningError):
    """The client certificate names no caller of the access register, or one whose time is over."""

    def __init__(self) -> None:
        super().__init__("CALLER_UNKNOWN", "The client certificate names no registered caller.")


class NotEntitledError(ScreeningError):
    """The caller has no right to what it asks; reads the same whether the thing exists or not."""

    def __init__(self) -> None:
        super().__init__(
            "NOT_ENTITLED", "The caller is not entitled to any of it for this purpose (or it might not exist)."
        )


class InvalidQueryError(ScreeningError, ValueError):
    """The message is at fault; every field at fault is named."""

    def __init__(self, violations: tuple[FieldViolation, ...]) -> None:
        self.violations = violations
        super().__init__("INVALID_QUERY", "; ".join(f"{item.field}: {item.description}" for item in violations))


class OverQuotaError(ScreeningError):
    """The caller's share of the service is used up at the moment."""

    def __init__(self) -> None:
        super().__init__("OVER_QUOTA", "The caller has too many checks waiting; send fewer at once.")


class NotReadyError(ScreeningError):
    """The service cannot answer now, and the same question may be asked again."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)


class OutOfTimeError(ScreeningError):
    """The deadline passed before the answer was ready."""

    def __init__(self) -> None:
        super().__init__("OUT_OF_TIME", "The deadline passed before the check was finished.")
