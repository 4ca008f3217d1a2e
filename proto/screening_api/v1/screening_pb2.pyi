import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Purpose(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PURPOSE_UNSPECIFIED: _ClassVar[Purpose]
    PURPOSE_BORDER_CONTROL: _ClassVar[Purpose]
    PURPOSE_ASYLUM: _ClassVar[Purpose]
    PURPOSE_VISA: _ClassVar[Purpose]
    PURPOSE_POLICE_CHECK: _ClassVar[Purpose]

class Database(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DATABASE_UNSPECIFIED: _ClassVar[Database]
    DATABASE_NOMINAL: _ClassVar[Database]
    DATABASE_SLTD: _ClassVar[Database]
    DATABASE_TDAWN: _ClassVar[Database]
    DATABASE_SAD: _ClassVar[Database]
    DATABASE_SANCTIONS: _ClassVar[Database]

class CoverageState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COVERAGE_STATE_UNSPECIFIED: _ClassVar[CoverageState]
    COVERAGE_STATE_SEARCHED: _ClassVar[CoverageState]
    COVERAGE_STATE_NOT_ENTITLED: _ClassVar[CoverageState]
    COVERAGE_STATE_NOT_AVAILABLE: _ClassVar[CoverageState]
    COVERAGE_STATE_OLD_COPY: _ClassVar[CoverageState]
    COVERAGE_STATE_OUT_OF_TIME: _ClassVar[CoverageState]

class NoticeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_KIND_UNSPECIFIED: _ClassVar[NoticeKind]
    NOTICE_KIND_RED: _ClassVar[NoticeKind]
    NOTICE_KIND_BLUE: _ClassVar[NoticeKind]
    NOTICE_KIND_GREEN: _ClassVar[NoticeKind]
    NOTICE_KIND_YELLOW: _ClassVar[NoticeKind]
    NOTICE_KIND_BLACK: _ClassVar[NoticeKind]
    NOTICE_KIND_PURPLE: _ClassVar[NoticeKind]
    NOTICE_KIND_ORANGE: _ClassVar[NoticeKind]
    NOTICE_KIND_SILVER: _ClassVar[NoticeKind]
    NOTICE_KIND_UN_SPECIAL: _ClassVar[NoticeKind]
    NOTICE_KIND_DIFFUSION: _ClassVar[NoticeKind]
    NOTICE_KIND_SANCTION: _ClassVar[NoticeKind]
    NOTICE_KIND_DOCUMENT_RECORD: _ClassVar[NoticeKind]

class NoticeStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_STATUS_UNSPECIFIED: _ClassVar[NoticeStatus]
    NOTICE_STATUS_REQUESTED: _ClassVar[NoticeStatus]
    NOTICE_STATUS_PUBLISHED: _ClassVar[NoticeStatus]
    NOTICE_STATUS_SUSPENDED: _ClassVar[NoticeStatus]
    NOTICE_STATUS_WITHDRAWN: _ClassVar[NoticeStatus]
    NOTICE_STATUS_CANCELLED: _ClassVar[NoticeStatus]
    NOTICE_STATUS_EXPIRED: _ClassVar[NoticeStatus]

class Confidentiality(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONFIDENTIALITY_UNSPECIFIED: _ClassVar[Confidentiality]
    CONFIDENTIALITY_FOR_OFFICIAL_USE_ONLY: _ClassVar[Confidentiality]
    CONFIDENTIALITY_RESTRICTED: _ClassVar[Confidentiality]
    CONFIDENTIALITY_CONFIDENTIAL: _ClassVar[Confidentiality]

class Visibility(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VISIBILITY_UNSPECIFIED: _ClassVar[Visibility]
    VISIBILITY_HIT_ONLY: _ClassVar[Visibility]
    VISIBILITY_LIMITED: _ClassVar[Visibility]
    VISIBILITY_FULL: _ClassVar[Visibility]

class PersonStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PERSON_STATUS_UNSPECIFIED: _ClassVar[PersonStatus]
    PERSON_STATUS_WANTED: _ClassVar[PersonStatus]
    PERSON_STATUS_CONVICTED: _ClassVar[PersonStatus]
    PERSON_STATUS_SUSPECT: _ClassVar[PersonStatus]
    PERSON_STATUS_WITNESS: _ClassVar[PersonStatus]
    PERSON_STATUS_VICTIM: _ClassVar[PersonStatus]
    PERSON_STATUS_MISSING: _ClassVar[PersonStatus]
    PERSON_STATUS_UNIDENTIFIED: _ClassVar[PersonStatus]
    PERSON_STATUS_DECEASED: _ClassVar[PersonStatus]
    PERSON_STATUS_POSSIBLE_THREAT: _ClassVar[PersonStatus]
    PERSON_STATUS_CRIMINAL_HISTORY: _ClassVar[PersonStatus]
    PERSON_STATUS_SANCTIONED: _ClassVar[PersonStatus]
    PERSON_STATUS_OTHER: _ClassVar[PersonStatus]

class Action(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACTION_UNSPECIFIED: _ClassVar[Action]
    ACTION_LOCATE_AND_DETAIN: _ClassVar[Action]
    ACTION_LOCATE_AND_INFORM: _ClassVar[Action]
    ACTION_DISCREET_CHECK: _ClassVar[Action]
    ACTION_PROTECT: _ClassVar[Action]
    ACTION_WARN: _ClassVar[Action]
    ACTION_APPLY_SANCTIONS: _ClassVar[Action]
    ACTION_SEIZE_DOCUMENT: _ClassVar[Action]
    ACTION_IDENTIFY: _ClassVar[Action]

class IdentityClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    IDENTITY_CLASS_UNSPECIFIED: _ClassVar[IdentityClass]
    IDENTITY_CLASS_SAME: _ClassVar[IdentityClass]
    IDENTITY_CLASS_SIMILAR: _ClassVar[IdentityClass]
    IDENTITY_CLASS_POSSIBLE: _ClassVar[IdentityClass]

class IdentityCategory(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    IDENTITY_CATEGORY_UNSPECIFIED: _ClassVar[IdentityCategory]
    IDENTITY_CATEGORY_CONFIRMED: _ClassVar[IdentityCategory]
    IDENTITY_CATEGORY_UNCONFIRMED: _ClassVar[IdentityCategory]
    IDENTITY_CATEGORY_ALIAS: _ClassVar[IdentityCategory]
    IDENTITY_CATEGORY_MISUSED: _ClassVar[IdentityCategory]

class DocumentMeaning(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_MEANING_UNSPECIFIED: _ClassVar[DocumentMeaning]
    DOCUMENT_MEANING_NOT_VALID: _ClassVar[DocumentMeaning]
    DOCUMENT_MEANING_BEARER_IN_NOTICE: _ClassVar[DocumentMeaning]
    DOCUMENT_MEANING_ADMINISTRATIVE_STOLEN: _ClassVar[DocumentMeaning]

class Sex(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEX_UNSPECIFIED: _ClassVar[Sex]
    SEX_FEMALE: _ClassVar[Sex]
    SEX_MALE: _ClassVar[Sex]
    SEX_X: _ClassVar[Sex]

class NameQuality(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NAME_QUALITY_UNSPECIFIED: _ClassVar[NameQuality]
    NAME_QUALITY_PRIMARY: _ClassVar[NameQuality]
    NAME_QUALITY_ALIAS: _ClassVar[NameQuality]
    NAME_QUALITY_WEAK: _ClassVar[NameQuality]

class DocumentType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_TYPE_UNSPECIFIED: _ClassVar[DocumentType]
    DOCUMENT_TYPE_PASSPORT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_IDENTITY_CARD: _ClassVar[DocumentType]
    DOCUMENT_TYPE_VISA: _ClassVar[DocumentType]
    DOCUMENT_TYPE_RESIDENCE_PERMIT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_REFUGEE_TRAVEL_DOCUMENT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_ADMINISTRATIVE: _ClassVar[DocumentType]
    DOCUMENT_TYPE_OTHER: _ClassVar[DocumentType]

class LossKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LOSS_KIND_UNSPECIFIED: _ClassVar[LossKind]
    LOSS_KIND_STOLEN_BLANK: _ClassVar[LossKind]
    LOSS_KIND_STOLEN: _ClassVar[LossKind]
    LOSS_KIND_LOST: _ClassVar[LossKind]
    LOSS_KIND_REVOKED: _ClassVar[LossKind]

class SubjectKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUBJECT_KIND_UNSPECIFIED: _ClassVar[SubjectKind]
    SUBJECT_KIND_PERSON: _ClassVar[SubjectKind]
    SUBJECT_KIND_ORGANISATION: _ClassVar[SubjectKind]
    SUBJECT_KIND_VESSEL: _ClassVar[SubjectKind]
PURPOSE_UNSPECIFIED: Purpose
PURPOSE_BORDER_CONTROL: Purpose
PURPOSE_ASYLUM: Purpose
PURPOSE_VISA: Purpose
PURPOSE_POLICE_CHECK: Purpose
DATABASE_UNSPECIFIED: Database
DATABASE_NOMINAL: Database
DATABASE_SLTD: Database
DATABASE_TDAWN: Database
DATABASE_SAD: Database
DATABASE_SANCTIONS: Database
COVERAGE_STATE_UNSPECIFIED: CoverageState
COVERAGE_STATE_SEARCHED: CoverageState
COVERAGE_STATE_NOT_ENTITLED: CoverageState
COVERAGE_STATE_NOT_AVAILABLE: CoverageState
COVERAGE_STATE_OLD_COPY: CoverageState
COVERAGE_STATE_OUT_OF_TIME: CoverageState
NOTICE_KIND_UNSPECIFIED: NoticeKind
NOTICE_KIND_RED: NoticeKind
NOTICE_KIND_BLUE: NoticeKind
NOTICE_KIND_GREEN: NoticeKind
NOTICE_KIND_YELLOW: NoticeKind
NOTICE_KIND_BLACK: NoticeKind
NOTICE_KIND_PURPLE: NoticeKind
NOTICE_KIND_ORANGE: NoticeKind
NOTICE_KIND_SILVER: NoticeKind
NOTICE_KIND_UN_SPECIAL: NoticeKind
NOTICE_KIND_DIFFUSION: NoticeKind
NOTICE_KIND_SANCTION: NoticeKind
NOTICE_KIND_DOCUMENT_RECORD: NoticeKind
NOTICE_STATUS_UNSPECIFIED: NoticeStatus
NOTICE_STATUS_REQUESTED: NoticeStatus
NOTICE_STATUS_PUBLISHED: NoticeStatus
NOTICE_STATUS_SUSPENDED: NoticeStatus
NOTICE_STATUS_WITHDRAWN: NoticeStatus
NOTICE_STATUS_CANCELLED: NoticeStatus
NOTICE_STATUS_EXPIRED: NoticeStatus
CONFIDENTIALITY_UNSPECIFIED: Confidentiality
CONFIDENTIALITY_FOR_OFFICIAL_USE_ONLY: Confidentiality
CONFIDENTIALITY_RESTRICTED: Confidentiality
CONFIDENTIALITY_CONFIDENTIAL: Confidentiality
VISIBILITY_UNSPECIFIED: Visibility
VISIBILITY_HIT_ONLY: Visibility
VISIBILITY_LIMITED: Visibility
VISIBILITY_FULL: Visibility
PERSON_STATUS_UNSPECIFIED: PersonStatus
PERSON_STATUS_WANTED: PersonStatus
PERSON_STATUS_CONVICTED: PersonStatus
PERSON_STATUS_SUSPECT: PersonStatus
PERSON_STATUS_WITNESS: PersonStatus
PERSON_STATUS_VICTIM: PersonStatus
PERSON_STATUS_MISSING: PersonStatus
PERSON_STATUS_UNIDENTIFIED: PersonStatus
PERSON_STATUS_DECEASED: PersonStatus
PERSON_STATUS_POSSIBLE_THREAT: PersonStatus
PERSON_STATUS_CRIMINAL_HISTORY: PersonStatus
PERSON_STATUS_SANCTIONED: PersonStatus
PERSON_STATUS_OTHER: PersonStatus
ACTION_UNSPECIFIED: Action
ACTION_LOCATE_AND_DETAIN: Action
ACTION_LOCATE_AND_INFORM: Action
ACTION_DISCREET_CHECK: Action
ACTION_PROTECT: Action
ACTION_WARN: Action
ACTION_APPLY_SANCTIONS: Action
ACTION_SEIZE_DOCUMENT: Action
ACTION_IDENTIFY: Action
IDENTITY_CLASS_UNSPECIFIED: IdentityClass
IDENTITY_CLASS_SAME: IdentityClass
IDENTITY_CLASS_SIMILAR: IdentityClass
IDENTITY_CLASS_POSSIBLE: IdentityClass
IDENTITY_CATEGORY_UNSPECIFIED: IdentityCategory
IDENTITY_CATEGORY_CONFIRMED: IdentityCategory
IDENTITY_CATEGORY_UNCONFIRMED: IdentityCategory
IDENTITY_CATEGORY_ALIAS: IdentityCategory
IDENTITY_CATEGORY_MISUSED: IdentityCategory
DOCUMENT_MEANING_UNSPECIFIED: DocumentMeaning
DOCUMENT_MEANING_NOT_VALID: DocumentMeaning
DOCUMENT_MEANING_BEARER_IN_NOTICE: DocumentMeaning
DOCUMENT_MEANING_ADMINISTRATIVE_STOLEN: DocumentMeaning
SEX_UNSPECIFIED: Sex
SEX_FEMALE: Sex
SEX_MALE: Sex
SEX_X: Sex
NAME_QUALITY_UNSPECIFIED: NameQuality
NAME_QUALITY_PRIMARY: NameQuality
NAME_QUALITY_ALIAS: NameQuality
NAME_QUALITY_WEAK: NameQuality
DOCUMENT_TYPE_UNSPECIFIED: DocumentType
DOCUMENT_TYPE_PASSPORT: DocumentType
DOCUMENT_TYPE_IDENTITY_CARD: DocumentType
DOCUMENT_TYPE_VISA: DocumentType
DOCUMENT_TYPE_RESIDENCE_PERMIT: DocumentType
DOCUMENT_TYPE_REFUGEE_TRAVEL_DOCUMENT: DocumentType
DOCUMENT_TYPE_ADMINISTRATIVE: DocumentType
DOCUMENT_TYPE_OTHER: DocumentType
LOSS_KIND_UNSPECIFIED: LossKind
LOSS_KIND_STOLEN_BLANK: LossKind
LOSS_KIND_STOLEN: LossKind
LOSS_KIND_LOST: LossKind
LOSS_KIND_REVOKED: LossKind
SUBJECT_KIND_UNSPECIFIED: SubjectKind
SUBJECT_KIND_PERSON: SubjectKind
SUBJECT_KIND_ORGANISATION: SubjectKind
SUBJECT_KIND_VESSEL: SubjectKind

class CheckRequest(_message.Message):
    __slots__ = ("request_id", "purpose", "operator", "subject", "documents", "mrz", "options")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    MRZ_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    purpose: Purpose
    operator: Operator
    subject: Subject
    documents: _containers.RepeatedCompositeFieldContainer[Document]
    mrz: _containers.RepeatedScalarFieldContainer[str]
    options: CheckOptions
    def __init__(self, request_id: _Optional[str] = ..., purpose: _Optional[_Union[Purpose, str]] = ..., operator: _Optional[_Union[Operator, _Mapping]] = ..., subject: _Optional[_Union[Subject, _Mapping]] = ..., documents: _Optional[_Iterable[_Union[Document, _Mapping]]] = ..., mrz: _Optional[_Iterable[str]] = ..., options: _Optional[_Union[CheckOptions, _Mapping]] = ...) -> None: ...

class Operator(_message.Message):
    __slots__ = ("user", "location")
    USER_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    user: str
    location: str
    def __init__(self, user: _Optional[str] = ..., location: _Optional[str] = ...) -> None: ...

class Subject(_message.Message):
    __slots__ = ("names", "birth_date", "sex", "nationalities", "birth_place")
    NAMES_FIELD_NUMBER: _ClassVar[int]
    BIRTH_DATE_FIELD_NUMBER: _ClassVar[int]
    SEX_FIELD_NUMBER: _ClassVar[int]
    NATIONALITIES_FIELD_NUMBER: _ClassVar[int]
    BIRTH_PLACE_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedCompositeFieldContainer[Name]
    birth_date: PartialDate
    sex: Sex
    nationalities: _containers.RepeatedScalarFieldContainer[str]
    birth_place: str
    def __init__(self, names: _Optional[_Iterable[_Union[Name, _Mapping]]] = ..., birth_date: _Optional[_Union[PartialDate, _Mapping]] = ..., sex: _Optional[_Union[Sex, str]] = ..., nationalities: _Optional[_Iterable[str]] = ..., birth_place: _Optional[str] = ...) -> None: ...

class Name(_message.Message):
    __slots__ = ("full", "family", "given", "script", "quality")
    FULL_FIELD_NUMBER: _ClassVar[int]
    FAMILY_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    QUALITY_FIELD_NUMBER: _ClassVar[int]
    full: str
    family: str
    given: str
    script: str
    quality: NameQuality
    def __init__(self, full: _Optional[str] = ..., family: _Optional[str] = ..., given: _Optional[str] = ..., script: _Optional[str] = ..., quality: _Optional[_Union[NameQuality, str]] = ...) -> None: ...

class PartialDate(_message.Message):
    __slots__ = ("year", "month", "day", "approximate", "year_max")
    YEAR_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    APPROXIMATE_FIELD_NUMBER: _ClassVar[int]
    YEAR_MAX_FIELD_NUMBER: _ClassVar[int]
    year: int
    month: int
    day: int
    approximate: bool
    year_max: int
    def __init__(self, year: _Optional[int] = ..., month: _Optional[int] = ..., day: _Optional[int] = ..., approximate: _Optional[bool] = ..., year_max: _Optional[int] = ...) -> None: ...

class Document(_message.Message):
    __slots__ = ("number", "type", "issuing_country", "uncertain_read", "expiry_date", "loss")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ISSUING_COUNTRY_FIELD_NUMBER: _ClassVar[int]
    UNCERTAIN_READ_FIELD_NUMBER: _ClassVar[int]
    EXPIRY_DATE_FIELD_NUMBER: _ClassVar[int]
    LOSS_FIELD_NUMBER: _ClassVar[int]
    number: str
    type: DocumentType
    issuing_country: str
    uncertain_read: bool
    expiry_date: PartialDate
    loss: LossKind
    def __init__(self, number: _Optional[str] = ..., type: _Optional[_Union[DocumentType, str]] = ..., issuing_country: _Optional[str] = ..., uncertain_read: _Optional[bool] = ..., expiry_date: _Optional[_Union[PartialDate, _Mapping]] = ..., loss: _Optional[_Union[LossKind, str]] = ...) -> None: ...

class CheckOptions(_message.Message):
    __slots__ = ("databases", "profile", "min_score", "limit")
    DATABASES_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    MIN_SCORE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    databases: _containers.RepeatedScalarFieldContainer[Database]
    profile: str
    min_score: float
    limit: int
    def __init__(self, databases: _Optional[_Iterable[_Union[Database, str]]] = ..., profile: _Optional[str] = ..., min_score: _Optional[float] = ..., limit: _Optional[int] = ...) -> None: ...

class CheckResponse(_message.Message):
    __slots__ = ("request_id", "check_id", "matches", "coverage", "marking", "truncated", "omitted_match_count", "profile", "remarks")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CHECK_ID_FIELD_NUMBER: _ClassVar[int]
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_FIELD_NUMBER: _ClassVar[int]
    MARKING_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    OMITTED_MATCH_COUNT_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    REMARKS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    check_id: str
    matches: _containers.RepeatedCompositeFieldContainer[Match]
    coverage: _containers.RepeatedCompositeFieldContainer[Coverage]
    marking: Confidentiality
    truncated: bool
    omitted_match_count: int
    profile: Profile
    remarks: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., check_id: _Optional[str] = ..., matches: _Optional[_Iterable[_Union[Match, _Mapping]]] = ..., coverage: _Optional[_Iterable[_Union[Coverage, _Mapping]]] = ..., marking: _Optional[_Union[Confidentiality, str]] = ..., truncated: _Optional[bool] = ..., omitted_match_count: _Optional[int] = ..., profile: _Optional[_Union[Profile, _Mapping]] = ..., remarks: _Optional[_Iterable[str]] = ...) -> None: ...

class Profile(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class Coverage(_message.Message):
    __slots__ = ("database", "state", "as_of")
    DATABASE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    AS_OF_FIELD_NUMBER: _ClassVar[int]
    database: Database
    state: CoverageState
    as_of: _timestamp_pb2.Timestamp
    def __init__(self, database: _Optional[_Union[Database, str]] = ..., state: _Optional[_Union[CoverageState, str]] = ..., as_of: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Match(_message.Message):
    __slots__ = ("record_ref", "database", "notice_id", "kind", "person_status", "action", "identity_class", "document_meaning", "score", "evidence", "visibility", "confidentiality", "handling", "contact", "record_name", "caution", "identity_category", "subject_kind")
    RECORD_REF_FIELD_NUMBER: _ClassVar[int]
    DATABASE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PERSON_STATUS_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_MEANING_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    VISIBILITY_FIELD_NUMBER: _ClassVar[int]
    CONFIDENTIALITY_FIELD_NUMBER: _ClassVar[int]
    HANDLING_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    RECORD_NAME_FIELD_NUMBER: _ClassVar[int]
    CAUTION_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_KIND_FIELD_NUMBER: _ClassVar[int]
    record_ref: str
    database: Database
    notice_id: str
    kind: NoticeKind
    person_status: PersonStatus
    action: Action
    identity_class: IdentityClass
    document_meaning: DocumentMeaning
    score: float
    evidence: _containers.RepeatedCompositeFieldContainer[Evidence]
    visibility: Visibility
    confidentiality: Confidentiality
    handling: _containers.RepeatedScalarFieldContainer[str]
    contact: str
    record_name: str
    caution: _containers.RepeatedScalarFieldContainer[str]
    identity_category: IdentityCategory
    subject_kind: SubjectKind
    def __init__(self, record_ref: _Optional[str] = ..., database: _Optional[_Union[Database, str]] = ..., notice_id: _Optional[str] = ..., kind: _Optional[_Union[NoticeKind, str]] = ..., person_status: _Optional[_Union[PersonStatus, str]] = ..., action: _Optional[_Union[Action, str]] = ..., identity_class: _Optional[_Union[IdentityClass, str]] = ..., document_meaning: _Optional[_Union[DocumentMeaning, str]] = ..., score: _Optional[float] = ..., evidence: _Optional[_Iterable[_Union[Evidence, _Mapping]]] = ..., visibility: _Optional[_Union[Visibility, str]] = ..., confidentiality: _Optional[_Union[Confidentiality, str]] = ..., handling: _Optional[_Iterable[str]] = ..., contact: _Optional[str] = ..., record_name: _Optional[str] = ..., caution: _Optional[_Iterable[str]] = ..., identity_category: _Optional[_Union[IdentityCategory, str]] = ..., subject_kind: _Optional[_Union[SubjectKind, str]] = ...) -> None: ...

class Evidence(_message.Message):
    __slots__ = ("feature", "query_value", "record_value", "contribution", "sentence")
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    QUERY_VALUE_FIELD_NUMBER: _ClassVar[int]
    RECORD_VALUE_FIELD_NUMBER: _ClassVar[int]
    CONTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    feature: str
    query_value: str
    record_value: str
    contribution: float
    sentence: str
    def __init__(self, feature: _Optional[str] = ..., query_value: _Optional[str] = ..., record_value: _Optional[str] = ..., contribution: _Optional[float] = ..., sentence: _Optional[str] = ...) -> None: ...

class CheckBatchRequest(_message.Message):
    __slots__ = ("checks",)
    CHECKS_FIELD_NUMBER: _ClassVar[int]
    checks: _containers.RepeatedCompositeFieldContainer[CheckRequest]
    def __init__(self, checks: _Optional[_Iterable[_Union[CheckRequest, _Mapping]]] = ...) -> None: ...

class CheckBatchResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[CheckResult]
    def __init__(self, results: _Optional[_Iterable[_Union[CheckResult, _Mapping]]] = ...) -> None: ...

class CheckStreamRequest(_message.Message):
    __slots__ = ("checks",)
    CHECKS_FIELD_NUMBER: _ClassVar[int]
    checks: _containers.RepeatedCompositeFieldContainer[CheckRequest]
    def __init__(self, checks: _Optional[_Iterable[_Union[CheckRequest, _Mapping]]] = ...) -> None: ...

class CheckStreamResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[CheckResult]
    def __init__(self, results: _Optional[_Iterable[_Union[CheckResult, _Mapping]]] = ...) -> None: ...

class CheckResult(_message.Message):
    __slots__ = ("request_id", "response", "error")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    response: CheckResponse
    error: _status_pb2.Status
    def __init__(self, request_id: _Optional[str] = ..., response: _Optional[_Union[CheckResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class Notice(_message.Message):
    __slots__ = ("notice_id", "database", "kind", "status", "source", "confidentiality", "restrictions", "identities", "documents", "person_status", "action", "caution", "published_at", "expires_at", "handling", "subject_kind", "summary", "charges")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    DATABASE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CONFIDENTIALITY_FIELD_NUMBER: _ClassVar[int]
    RESTRICTIONS_FIELD_NUMBER: _ClassVar[int]
    IDENTITIES_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    PERSON_STATUS_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    CAUTION_FIELD_NUMBER: _ClassVar[int]
    PUBLISHED_AT_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    HANDLING_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_KIND_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    database: Database
    kind: NoticeKind
    status: NoticeStatus
    source: str
    confidentiality: Confidentiality
    restrictions: Restrictions
    identities: _containers.RepeatedCompositeFieldContainer[Identity]
    documents: _containers.RepeatedCompositeFieldContainer[Document]
    person_status: PersonStatus
    action: Action
    caution: _containers.RepeatedScalarFieldContainer[str]
    published_at: _timestamp_pb2.Timestamp
    expires_at: _timestamp_pb2.Timestamp
    handling: _containers.RepeatedScalarFieldContainer[str]
    subject_kind: SubjectKind
    summary: str
    charges: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, notice_id: _Optional[str] = ..., database: _Optional[_Union[Database, str]] = ..., kind: _Optional[_Union[NoticeKind, str]] = ..., status: _Optional[_Union[NoticeStatus, str]] = ..., source: _Optional[str] = ..., confidentiality: _Optional[_Union[Confidentiality, str]] = ..., restrictions: _Optional[_Union[Restrictions, _Mapping]] = ..., identities: _Optional[_Iterable[_Union[Identity, _Mapping]]] = ..., documents: _Optional[_Iterable[_Union[Document, _Mapping]]] = ..., person_status: _Optional[_Union[PersonStatus, str]] = ..., action: _Optional[_Union[Action, str]] = ..., caution: _Optional[_Iterable[str]] = ..., published_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expires_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., handling: _Optional[_Iterable[str]] = ..., subject_kind: _Optional[_Union[SubjectKind, str]] = ..., summary: _Optional[str] = ..., charges: _Optional[_Iterable[str]] = ...) -> None: ...

class Identity(_message.Message):
    __slots__ = ("names", "birth_dates", "sexes", "nationalities", "birth_places", "category")
    NAMES_FIELD_NUMBER: _ClassVar[int]
    BIRTH_DATES_FIELD_NUMBER: _ClassVar[int]
    SEXES_FIELD_NUMBER: _ClassVar[int]
    NATIONALITIES_FIELD_NUMBER: _ClassVar[int]
    BIRTH_PLACES_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedCompositeFieldContainer[Name]
    birth_dates: _containers.RepeatedCompositeFieldContainer[PartialDate]
    sexes: _containers.RepeatedScalarFieldContainer[Sex]
    nationalities: _containers.RepeatedScalarFieldContainer[str]
    birth_places: _containers.RepeatedScalarFieldContainer[str]
    category: IdentityCategory
    def __init__(self, names: _Optional[_Iterable[_Union[Name, _Mapping]]] = ..., birth_dates: _Optional[_Iterable[_Union[PartialDate, _Mapping]]] = ..., sexes: _Optional[_Iterable[_Union[Sex, str]]] = ..., nationalities: _Optional[_Iterable[str]] = ..., birth_places: _Optional[_Iterable[str]] = ..., category: _Optional[_Union[IdentityCategory, str]] = ...) -> None: ...

class Restrictions(_message.Message):
    __slots__ = ("denied", "allowed")
    DENIED_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_FIELD_NUMBER: _ClassVar[int]
    denied: _containers.RepeatedScalarFieldContainer[str]
    allowed: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, denied: _Optional[_Iterable[str]] = ..., allowed: _Optional[_Iterable[str]] = ...) -> None: ...
