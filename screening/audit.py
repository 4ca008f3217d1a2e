"""What is recorded of every check, and how one record is chained to the one before it.

A chain of keyed digests over the records in order: removing, changing or inserting a record breaks every link after it.
The key lives beside the log with a tight mode; whoever has both could write another history, so the head of the chain
is to be kept elsewhere from time to time (`screening audit verify` prints it).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Protocol

from screening.model import AuditRecord

__all__ = ["CHAIN_START", "AuditSink", "chained", "record_bytes"]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

CHAIN_START = bytes(32)
"""The link before the first record."""


class AuditSink(Protocol):
    """Where audit records become durable. `append` returns only then; whatever it raises, nothing was promised."""

    def append(self, records: Sequence[AuditRecord], time_ms: int) -> None: ...


def record_bytes(record: AuditRecord, time_ms: int) -> bytes:
    """One record in the canonical form that is stored and chained. time_ms: milliseconds since 1970."""
    return _encode(
        [
            record.check_id,
            time_ms,
            record.caller,
            record.party,
            record.purpose,
            record.operator_user,
            record.operator_location,
            record.databases,
            record.disclosed,
            record.generation,
            record.policy_version,
            record.profile,
        ]
    ).encode()


def chained(previous: bytes, body: bytes, key: bytes) -> bytes:
    """The link of a record: a keyed BLAKE2b-256 over the link before it and its own bytes."""
    return hashlib.blake2b(previous + body, key=key, digest_size=32).digest()
