"""What of a matching record an answer shows: reasons an officer can read, cut down to what the caller may see.

The table of fields by level is `_visible`; it holds for the record's fields and for the evidence alike.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from screening.model import (
    Confidentiality,
    Database,
    DocumentMeaning,
    Evidence,
    Hit,
    Identity,
    IdentityClass,
    Name,
    Notice,
    NoticeKind,
    Visibility,
)

__all__ = ["Finding", "hit_of", "meaning_of", "record_reference"]

_MEANINGS = {
    Database.SLTD: DocumentMeaning.NOT_VALID,
    Database.SAD: DocumentMeaning.ADMINISTRATIVE_STOLEN,
}
_REFERENCE_BYTES = 10  # 80 bits: two records of one caller share a reference once in a million databases.


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A visible record with its score, before it is cut down. notice is None for a bulk document record."""

    key: str
    database: Database
    kind: NoticeKind
    confidentiality: Confidentiality
    source: str
    score: float
    identity_class: IdentityClass
    evidence: tuple[Evidence, ...]
    document_meaning: DocumentMeaning
    notice: Notice | None
    identity: Identity | None


def meaning_of(database: Database) -> DocumentMeaning:
    """What a document recorded in this database means: SLTD and SAD void it, every other links its bearer."""
    return _MEANINGS.get(database, DocumentMeaning.BEARER_IN_NOTICE)


def hit_of(finding: Finding, level: Visibility, *, caller: str, contact: str, key: bytes) -> Hit:
    """The finding as this caller may see it. `key` is the secret under which record references are made."""
    hit = Hit(
        record_ref=record_reference(finding.database, finding.key, caller, key),
        database=finding.database,
        visibility=level,
        confidentiality=finding.confidentiality,
        contact=contact,
        score=0.0,
        identity_class=IdentityClass.UNSPECIFIED,
        document_meaning=DocumentMeaning.UNSPECIFIED,
        evidence=(),
    )
    return _visible(hit, finding, level)


def _visible(hit: Hit, finding: Finding, level: Visibility) -> Hit:
    """HIT_ONLY: that something is held, whom to ask. LIMITED: what the officer acts on. FULL: recorded values."""
    if level <= Visibility.HIT_ONLY:
        return hit
    notice, identity = finding.notice, finding.identity
    evidence = finding.evidence if level == Visibility.FULL else tuple(map(_without_record, finding.evidence))
    hit = replace(
        hit,
        score=finding.score,
        identity_class=finding.identity_class,
        document_meaning=finding.document_meaning,
        kind=finding.kind,
        evidence=evidence,
    )
    if notice is None:
        return hit
    names = identity.names if identity else ()
    return replace(
        hit,
        notice_id=notice.notice_id,
        person_status=notice.person_status,
        action=notice.action,
        handling=notice.handling,
        caution=notice.caution,
        subject_kind=notice.subject_kind,
        identity_category=identity.category if identity else None,
        record_name=_principal(names).text if names else "",
    )


def _without_record(evidence: Evidence) -> Evidence:
    """LIMITED shows the recorded name that matched; other recorded values are for those who see it in full."""
    return evidence if evidence.feature == "name" else replace(evidence, record_value="")


def _principal(names: tuple[Name, ...]) -> Name:
    return min(names, key=lambda name: name.quality)


def record_reference(database: Database, record_key: str, caller: str, key: bytes) -> str:
    """A name for a record that is stable for one caller and means nothing to another."""
    text = f"{caller}\0{int(database)}\0{record_key}".encode()
    return hashlib.blake2b(text, key=key, digest_size=_REFERENCE_BYTES).hexdigest()
