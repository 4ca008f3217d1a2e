"""Notices in the file form and in the form that is kept: both come back as they were, and bad ones are named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.errors import InvalidQueryError
from screening.model import (
    Action,
    Confidentiality,
    Database,
    Date,
    Document,
    DocumentType,
    Identity,
    IdentityCategory,
    LossKind,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Restrictions,
    Sex,
    SubjectKind,
)
from screening.wire_notice import (
    MAX_DOCUMENTS,
    MAX_IDENTITIES,
    MAX_NAMES,
    notice_from_bytes,
    notice_from_json,
    notice_to_bytes,
    notice_to_json,
)

# Texts as they are kept: without control characters, surrogates, or space at the ends or twice in a row.
TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
LETTERS = st.text("abcÄЖ王فñ", min_size=1, max_size=20)
CODES = st.sampled_from(["UTO", "DEU", "XXA", "FRA"])
DATES = st.builds(
    lambda year, month, day, approximate, span: Date(
        year=year, month=month, day=day if month else 0, approximate=approximate, year_max=year + span if span else 0
    ),
    st.integers(1, 9_900),
    st.integers(0, 12),
    st.integers(0, 28),
    st.booleans(),
    st.integers(0, 9),
)
QUALITIES = st.sampled_from(NameQuality)
NAMES = st.builds(Name, full=LETTERS, script=st.sampled_from(["", "Latn"]), quality=QUALITIES) | st.builds(
    Name, family=LETTERS, given=LETTERS, quality=QUALITIES
)
DOCUMENTS = st.builds(
    Document,
    number=st.text("0123456789ABC", min_size=1, max_size=40),
    type=st.sampled_from(DocumentType),
    issuing_country=CODES | st.just(""),
    uncertain_read=st.booleans(),
    expiry_date=DATES | st.none(),
    loss=st.sampled_from(LossKind),
)
IDENTITIES = st.builds(
    Identity,
    names=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    birth_dates=st.lists(DATES, max_size=3).map(tuple),
    sexes=st.lists(st.sampled_from([Sex.FEMALE, Sex.MALE, Sex.X]), max_size=3).map(tuple),
    nationalities=st.lists(CODES, max_size=3, unique=True).map(tuple),
    birth_places=st.lists(TEXTS, max_size=2).map(tuple),
    category=st.sampled_from(IdentityCategory),
)
TEXT_LISTS = st.lists(TEXTS, max_size=3).map(tuple)
NOTICES = st.builds(
    Notice,
    notice_id=TEXTS,
    database=st.sampled_from(Database),
    kind=st.sampled_from(NoticeKind),
    status=st.sampled_from(NoticeStatus),
    source=TEXTS,
    confidentiality=st.sampled_from(Confidentiality),
    restrictions=st.builds(Restrictions, denied=TEXT_LISTS, allowed=TEXT_LISTS),
    identities=st.lists(IDENTITIES, min_size=1, max_size=3).map(tuple),
    documents=st.lists(DOCUMENTS, max_size=3).map(tuple),
    person_status=st.sampled_from(PersonStatus),
    action=st.sampled_from(Action),
    caution=TEXT_LISTS,
    published_at=st.integers(0, 4_000_000_000),
    expires_at=st.integers(0, 4_000_000_000),
    handling=TEXT_LISTS,
    subject_kind=st.sampled_from(SubjectKind),
    summary=TEXTS,
    charges=TEXT_LISTS,
)


@settings(max_examples=150)
@given(NOTICES)
def test_decode_after_encode_is_identity(notice: Notice) -> None:
    """In protobuf JSON and in the bytes of log and index."""
    assert notice_from_json(notice_to_json(notice).encode()) == notice
    assert notice_from_bytes(notice_to_bytes(notice)) == notice


@settings(max_examples=50)
@given(NOTICES)
def test_the_file_form_is_one_line(notice: Notice) -> None:
    """So that a file can be read line by line."""
    assert "\n" not in notice_to_json(notice)


def _faults(**changes: object) -> list[str]:
    fields: dict[str, object] = {
        "noticeId": "2031/1",
        "database": "DATABASE_NOMINAL",
        "kind": "NOTICE_KIND_RED",
        "status": "NOTICE_STATUS_PUBLISHED",
        "source": "XGR",
        "identities": [{"names": [{"full": "Geheimname Erdacht"}]}],
    }
    with pytest.raises(InvalidQueryError) as caught:
        notice_from_json(json.dumps(fields | changes).encode())
    assert "Geheimname" not in str(caught.value)
    return [item.field for item in caught.value.violations]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"noticeId": ""}, "notice_id"),
        ({"noticeId": "n" * 65}, "notice_id"),
        ({"database": 0}, "database"),
        ({"database": 99}, "database"),
        ({"kind": 0}, "kind"),
        ({"status": 0}, "status"),
        ({"source": ""}, "source"),
        ({"confidentiality": 9}, "confidentiality"),
        ({"personStatus": 99}, "person_status"),
        ({"identities": []}, "identities"),
        ({"identities": [{}]}, "identities[0].names"),
        ({"identities": [{"names": [{"full": "Geheimname"}] * (MAX_NAMES + 1)}]}, "identities[0].names"),
        ({"identities": [{"names": [{"full": "A"}]}] * (MAX_IDENTITIES + 1)}, "identities"),
        ({"identities": [{"names": [{"full": "A"}], "sexes": [9]}]}, "identities[0].sexes"),
        ({"identities": [{"names": [{"full": "A"}], "category": 9}]}, "identities[0].category"),
        ({"documents": [{"number": "1"}] * (MAX_DOCUMENTS + 1)}, "documents"),
        ({"documents": [{"number": "1", "loss": 9}]}, "documents[0].loss"),
        ({"restrictions": {"denied": ["UTO"] * 301}}, "restrictions.denied"),
        ({"caution": ["c" * 65]}, "caution[0]"),
        ({"handling": ["h"] * 17}, "handling"),
        ({"summary": "s" * 4_001}, "summary"),
        ({"charges": ["c"] * 33}, "charges"),
        ({"subjectKind": 9}, "subject_kind"),
    ],
)
def test_what_is_wrong_with_a_notice_is_named(changes: dict[str, object], field: str) -> None:
    """By the path of the field, without its value."""
    assert _faults(**changes) == [field]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b'{"noticeId": 7}',
        b'{"unknown": 1}',
        b"[" * 100_000,
        b'{"source": "\\ud800"}',
    ],
)
def test_a_line_that_is_no_notice_is_refused_as_a_whole(line: bytes) -> None:
    """No JSON, no object, another shape, no UTF-8, nested without end, half a character."""
    with pytest.raises(InvalidQueryError):
        notice_from_json(line)


def test_line_breaks_in_prose_are_layout() -> None:
    """A summary over three lines is kept as one text."""
    line = {"noticeId": "1", "database": 1, "kind": 1, "status": 2, "source": "XGR", "documents": [{"number": "1"}]}
    notice = notice_from_json(json.dumps(line | {"summary": "a\n  b\tc", "caution": [" ARMED\n"]}).encode())
    assert (notice.summary, notice.caution) == ("a b c", ("ARMED",))
