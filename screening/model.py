"""The values of the service, frozen: what is asked, what is recorded, what is answered.

Enumerations carry the numbers of the contract (`proto/screening_api/v1/screening.proto`), so that `wire.py` converts by
number; `tests/screening/test_wire.py` asserts that the two lists are the same. Zero always means "not stated".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NewType

__all__ = [
    "Action",
    "Answer",
    "AuditRecord",
    "Caller",
    "CheckId",
    "Confidentiality",
    "Coverage",
    "CoverageState",
    "Database",
    "Date",
    "Document",
    "DocumentMeaning",
    "DocumentType",
    "Evidence",
    "Hit",
    "Identity",
    "IdentityCategory",
    "IdentityClass",
    "LossKind",
    "Name",
    "NameQuality",
    "Notice",
    "NoticeKind",
    "NoticeStatus",
    "Operator",
    "PersonStatus",
    "Purpose",
    "Query",
    "Restrictions",
    "Sex",
    "Subject",
    "SubjectKind",
    "Visibility",
]

CheckId = NewType("CheckId", str)


class Purpose(IntEnum):
    """Why a check is made (RPD article 10). There is no zero: a check without a purpose is refused at the edge."""

    BORDER_CONTROL = 1
    ASYLUM = 2
    VISA = 3
    POLICE_CHECK = 4


class Database(IntEnum):
    """Databases that can be searched."""

    NOMINAL = 1
    SLTD = 2
    TDAWN = 3
    SAD = 4
    SANCTIONS = 5


class CoverageState(IntEnum):
    """What became of the search in one database."""

    SEARCHED = 1
    NOT_ENTITLED = 2
    NOT_AVAILABLE = 3
    OLD_COPY = 4
    OUT_OF_TIME = 5


class NoticeKind(IntEnum):
    """Kinds of record (RPD articles 73 to 103)."""

    RED = 1
    BLUE = 2
    GREEN = 3
    YELLOW = 4
    BLACK = 5
    PURPLE = 6
    ORANGE = 7
    SILVER = 8
    UN_SPECIAL = 9
    DIFFUSION = 10
    SANCTION = 11
    DOCUMENT_RECORD = 12


class NoticeStatus(IntEnum):
    """Where a notice stands in its life; only PUBLISHED is ever answered with."""

    REQUESTED = 1
    PUBLISHED = 2
    SUSPENDED = 3
    WITHDRAWN = 4
    CANCELLED = 5
    EXPIRED = 6


class Confidentiality(IntEnum):
    """Levels of RPD article 112, low to high; the order of the numbers is the order of the levels."""

    FOR_OFFICIAL_USE_ONLY = 1
    RESTRICTED = 2
    CONFIDENTIAL = 3


class Visibility(IntEnum):
    """How much of a record an answer shows, low to high. NONE is never on the wire: such a record has no match."""

    NONE = 0
    HIT_ONLY = 1
    LIMITED = 2
    FULL = 3


class PersonStatus(IntEnum):
    """What a person is to the case (RPD article 44)."""

    UNSPECIFIED = 0
    WANTED = 1
    CONVICTED = 2
    SUSPECT = 3
    WITNESS = 4
    VICTIM = 5
    MISSING = 6
    UNIDENTIFIED = 7
    DECEASED = 8
    POSSIBLE_THREAT = 9
    CRIMINAL_HISTORY = 10
    SANCTIONED = 11
    OTHER = 12


class Action(IntEnum):
    """What the source asks the finder to do."""

    UNSPECIFIED = 0
    LOCATE_AND_DETAIN = 1
    LOCATE_AND_INFORM = 2
    DISCREET_CHECK = 3
    PROTECT = 4
    WARN = 5
    APPLY_SANCTIONS = 6
    SEIZE_DOCUMENT = 7
    IDENTIFY = 8


class IdentityClass(IntEnum):
    """How alike two identities are (Delegated Regulation (EU) 2023/333); UNSPECIFIED where none was compared."""

    UNSPECIFIED = 0
    SAME = 1
    SIMILAR = 2
    POSSIBLE = 3


class IdentityCategory(IntEnum):
    """How a recorded identity is known to belong to the subject (SIS vocabulary)."""

    CONFIRMED = 1
    UNCONFIRMED = 2
    ALIAS = 3
    MISUSED = 4


class DocumentMeaning(IntEnum):
    """What a recorded document means for the one presented."""

    UNSPECIFIED = 0
    NOT_VALID = 1
    BEARER_IN_NOTICE = 2
    ADMINISTRATIVE_STOLEN = 3


class Sex(IntEnum):
    """Sex as stated in a document (ICAO Doc 9303-3)."""

    UNSPECIFIED = 0
    FEMALE = 1
    MALE = 2
    X = 3


class NameQuality(IntEnum):
    """How good the source considers a name."""

    PRIMARY = 1
    ALIAS = 2
    WEAK = 3


class DocumentType(IntEnum):
    """Kinds of document."""

    UNSPECIFIED = 0
    PASSPORT = 1
    IDENTITY_CARD = 2
    VISA = 3
    RESIDENCE_PERMIT = 4
    REFUGEE_TRAVEL_DOCUMENT = 5
    ADMINISTRATIVE = 6
    OTHER = 7


class LossKind(IntEnum):
    """How a document left its holder's hands."""

    UNSPECIFIED = 0
    STOLEN_BLANK = 1
    STOLEN = 2
    LOST = 3
    REVOKED = 4


class SubjectKind(IntEnum):
    """Who or what a notice is about."""

    PERSON = 1
    ORGANISATION = 2
    VESSEL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A Gregorian date of which parts may be unknown (0). A day needs its month, a month its year.

    `year_max` > 0 makes it a range of whole years; `approximate` is the source's "circa".
    """

    year: int = 0
    month: int = 0
    day: int = 0
    approximate: bool = False
    year_max: int = 0

    def __str__(self) -> str:
        parts = [f"{self.year:04d}" if self.year else "?"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        text = "-".join(parts) + (f" to {self.year_max:04d}" if self.year_max else "")
        return f"about {text}" if self.approximate else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in one piece (`full`) or in parts (`family`, `given`); never both ways."""

    full: str = ""
    family: str = ""
    given: str = ""
    script: str = ""
    quality: NameQuality = NameQuality.PRIMARY

    @property
    def text(self) -> str:
        """The name as one would write it in a list: the full form, or "FAMILY, Given"."""
        return self.full or ", ".join(part for part in (self.family, self.given) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A travel or identity document, presented or recorded."""

    number: str
    type: DocumentType = DocumentType.UNSPECIFIED
    issuing_country: str = ""
    uncertain_read: bool = False
    expiry_date: Date | None = None
    loss: LossKind = LossKind.UNSPECIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One of the identities under which the subject of a notice is known."""

    names: tuple[Name, ...] = ()
    birth_dates: tuple[Date, ...] = ()
    sexes: tuple[Sex, ...] = ()
    nationalities: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    category: IdentityCategory = IdentityCategory.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrictions:
    """Parties that may not (`denied`), or that alone may (`allowed`), see a record (RPD articles 58, 97 to 101)."""

    denied: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice, diffusion or list entry, as its owner published it. Times are seconds since 1970, 0 for none."""

    notice_id: str
    database: Database
    kind: NoticeKind
    status: NoticeStatus
    source: str
    confidentiality: Confidentiality = Confidentiality.FOR_OFFICIAL_USE_ONLY
    restrictions: Restrictions = Restrictions()
    identities: tuple[Identity, ...] = ()
    documents: tuple[Document, ...] = ()
    person_status: PersonStatus = PersonStatus.UNSPECIFIED
    action: Action = Action.UNSPECIFIED
    caution: tuple[str, ...] = ()
    published_at: int = 0
    expires_at: int = 0
    handling: tuple[str, ...] = ()
    subject_kind: SubjectKind = SubjectKind.PERSON
    summary: str = ""
    charges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """The end user the authenticated caller vouches for."""

    user: str
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The person asked about."""

    names: tuple[Name, ...]
    birth_date: Date | None = None
    sex: Sex = Sex.UNSPECIFIED
    nationalities: tuple[str, ...] = ()
    birth_place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question, validated: at least one of `subject` and `documents` is present.

    `databases` empty means all the caller is entitled to. `remarks` are reasons about the MRZ or a document as given
    that are no errors. `limit` is 1 to 100; `score_min` 0 stands for the threshold of the profile.
    """

    request_id: str
    purpose: Purpose
    operator: Operator
    subject: Subject | None
    documents: tuple[Document, ...]
    databases: tuple[Database, ...] = ()
    profile: str = "border"
    score_min: float = 0.0
    limit: int = 10
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The authenticated system that asks: its certificate's URI and the party it belongs to."""

    uri: str
    party: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for a match; `record_value` is empty where the caller may not see it. Contribution is in [-1, 1]."""

    feature: str
    query_value: str
    record_value: str
    contribution: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record at or above the threshold that this caller may see, cut down to what it may see of it."""

    record_ref: str
    database: Database
    visibility: Visibility
    confidentiality: Confidentiality
    contact: str
    score: float
    identity_class: IdentityClass
    document_meaning: DocumentMeaning
    evidence: tuple[Evidence, ...]
    notice_id: str = ""
    kind: NoticeKind | None = None
    person_status: PersonStatus = PersonStatus.UNSPECIFIED
    action: Action = Action.UNSPECIFIED
    handling: tuple[str, ...] = ()
    record_name: str = ""
    caution: tuple[str, ...] = ()
    identity_category: IdentityCategory | None = None
    subject_kind: SubjectKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What became of the search in one database; `as_of` is seconds since 1970, 0 unless searched."""

    database: Database
    state: CoverageState
    as_of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one query. An empty `hits` with every database searched is "no match"."""

    request_id: str
    check_id: CheckId
    hits: tuple[Hit, ...]
    coverage: tuple[Coverage, ...]
    marking: Confidentiality
    omitted: int
    profile_name: str
    profile_version: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """What is kept of one check: who asked, why, under which rules, and which records the answer disclosed.

    It does not hold the person asked about: the register of checks must not become a register of travellers.
    """

    check_id: CheckId
    caller: str
    party: str
    purpose: Purpose
    operator_user: str
    operator_location: str
    databases: tuple[Database, ...]
    disclosed: tuple[str, ...]
    generation: int
    policy_version: int
    profile: str
