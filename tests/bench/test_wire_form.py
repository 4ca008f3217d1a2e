"""The population is written in the forms of the contract."""

from __future__ import annotations

from google.protobuf import json_format
from screening_api.v1 import screening_pb2

from bench.population import Population
from bench.wire_form import check_request, notice_line
from screening.wire_notice import notice_from_json


def test_a_notice_read_back_is_the_notice_written() -> None:
    """A line of a file, read by the service, is the notice that was written, but for the summary added to it."""
    for notice in Population(1).notices(300):
        read = notice_from_json(notice_line(notice).encode("utf-8"))
        assert read.identities == notice.identities
        assert read.documents == notice.documents
        assert read.restrictions == notice.restrictions
        assert (read.notice_id, read.kind, read.status, read.source) == (
            notice.notice_id,
            notice.kind,
            notice.status,
            notice.source,
        )
        assert (read.confidentiality, read.person_status, read.action, read.published_at) == (
            notice.confidentiality,
            notice.person_status,
            notice.action,
            notice.published_at,
        )


def test_every_line_is_strict_protobuf_json() -> None:
    """Every line is protobuf JSON without a field that the contract does not know."""
    for notice in Population(1).notices(50):
        json_format.Parse(notice_line(notice), screening_pb2.Notice())


def test_a_request_says_who_asks_why_and_about_whom() -> None:
    """A request has purpose, operator, subject and, where the traveller has one, the document."""
    for number, traveller in enumerate(Population(1).travellers(100)):
        request = check_request(traveller, str(number))
        assert request.request_id == str(number)
        assert request.purpose == screening_pb2.PURPOSE_BORDER_CONTROL
        assert request.operator.user
        assert request.subject.names[0].given == traveller.name.given
        assert request.subject.birth_date.year == traveller.birth_date.year
        assert request.subject.sex == int(traveller.sex)
        assert len(request.documents) == (traveller.document is not None)
