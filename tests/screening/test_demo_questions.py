"""The questions of the demo."""

from __future__ import annotations

from screening_api.v1 import screening_pb2 as pb

from screening.demo_notices import demo_notices
from screening.demo_questions import ASYLUM, BORDER, demo_questions
from screening.mrz import Check, parse_mrz
from screening.wire import query_of

_TODAY = (2026, 6, 1)


def test_every_question_is_a_valid_check() -> None:
    """Each question passes the validation of the service."""
    for question in demo_questions():
        query_of(question.request(), today=_TODAY)


def test_promises_name_notices_that_exist() -> None:
    """A promise is the number of a notice of the demo, or nothing where no number is shown."""
    known = {notice.notice_id for notice in demo_notices()} | {""}
    assert {number for question in demo_questions() for number in question.promised} <= known


def test_both_callers_ask_the_same_where_rights_are_shown() -> None:
    """Two questions are asked by both callers, and get different answers."""
    by_words: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
    for question in demo_questions():
        by_words.setdefault(tuple(question.options()), {})[question.caller] = question.promised
    pairs = [answers for answers in by_words.values() if len(answers) == 2]
    assert len(pairs) == 2
    assert all(answers[BORDER] != answers[ASYLUM] for answers in pairs)


def test_the_misread_zone_fails_at_its_number_and_the_other_does_not() -> None:
    """The check digit of the document number tells the misread zone from the good one."""
    zones = [question.mrz for question in demo_questions() if question.mrz]
    checks = [parse_mrz(zone, today=_TODAY).number.check for zone in zones]
    assert checks == [Check.FAILED, Check.PASSED]


def test_the_purpose_is_the_one_that_the_caller_is_entitled_to() -> None:
    """The border system asks for border control, the asylum authority for asylum."""
    purposes = {question.caller: question.request().purpose for question in demo_questions()}
    assert purposes == {BORDER: pb.PURPOSE_BORDER_CONTROL, ASYLUM: pb.PURPOSE_ASYLUM}
