"""Checks and their outcomes in plain form, for tests of what carries them: batching, audit, the RPC methods."""

from __future__ import annotations

from screening.model import Answer, AuditRecord, Caller, CheckId, Confidentiality, Database, Operator, Purpose, Query
from screening.screen import Check

BORDER = Caller(uri="spiffe://screening.example/UTO/border", party="UTO/BORDER", country="UTO")
OTHER = Caller(uri="spiffe://screening.example/XRA/asylum", party="XRA/ASYLUM", country="XRA")


def check(number: int, caller: Caller = BORDER) -> Check:
    """A check under a number."""
    query = Query(
        request_id=str(number),
        purpose=Purpose.BORDER_CONTROL,
        operator=Operator(user="officer"),
        subject=None,
        documents=(),
    )
    return Check(CheckId(f"check-{number}"), caller, query)


def outcome(asked: Check) -> tuple[Answer, AuditRecord]:
    """No match, with its audit record."""
    answer = Answer(
        request_id=asked.query.request_id,
        check_id=asked.check_id,
        hits=(),
        coverage=(),
        marking=Confidentiality.FOR_OFFICIAL_USE_ONLY,
        omitted=0,
        profile_name="border",
        profile_version=1,
        remarks=(),
    )
    return answer, audit_record(asked)


def audit_record(asked: Check, disclosed: tuple[str, ...] = ()) -> AuditRecord:
    """What is kept of a check."""
    return AuditRecord(
        check_id=asked.check_id,
        caller=asked.caller.uri,
        party=asked.caller.party,
        purpose=asked.query.purpose,
        operator_user="officer",
        operator_location="Tor 1 – Ausgang",
        databases=(Database.NOMINAL, Database.SLTD),
        disclosed=disclosed,
        generation=3,
        policy_version=1,
        profile="border/1",
    )
