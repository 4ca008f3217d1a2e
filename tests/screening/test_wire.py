"""Questions and answers at the edge: every limit, every bad input, and the one numbering of enumerations."""

from __future__ import annotations

from contextlib import suppress
from enum import IntEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screening_api.v1 import screening_pb2 as pb

from screening import model
from screening.errors import InvalidQueryError, OutOfTimeError
from screening.model import Database, Date, DocumentType, Purpose, Query, Sex
from screening.status import status_of
from screening.wire import (
    MAX_BATCH_CHECKS,
    MAX_DOCUMENTS,
    MAX_LIMIT,
    MAX_MRZ,
    MAX_NAMES,
    batch_response,
    check_result,
    parse_batch,
    parse_check,
    parse_stream_message,
    query_of,
    response_bytes,
    stream_response,
)

TODAY = (2031, 1, 1)
# The specimen of ICAO Doc 9303-4, appendix B.
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"


def _request() -> pb.CheckRequest:
    return pb.CheckRequest(
        request_id="r-1",
        purpose=pb.PURPOSE_BORDER_CONTROL,
        operator=pb.Operator(user="officer", location="gate"),
        subject=pb.Subject(names=[pb.Name(full="Erika Mustermann")]),
    )


def _read(request: pb.CheckRequest) -> Query:
    return query_of(parse_check(request.SerializeToString()), today=TODAY)


def _faults(request: pb.CheckRequest) -> dict[str, str]:
    """The fields at fault, with what is said of them."""
    with pytest.raises(InvalidQueryError) as caught:
        _read(request)
    return {item.field: item.description for item in caught.value.violations}


ENUMERATIONS = {
    name: kind for name in model.__all__ if isinstance(kind := getattr(model, name), type) and issubclass(kind, IntEnum)
}


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_enumerations_of_the_model_have_the_numbers_and_names_of_the_contract(name: str) -> None:
    """By number and by name; the contract's zero is "not stated", whatever the model calls it."""
    prefix = "".join(f"_{c}" if c.isupper() else c.upper() for c in name).lstrip("_") + "_"
    contract = {key.removeprefix(prefix): number for key, number in getattr(pb, name).items()}
    assert contract.pop("UNSPECIFIED") == 0
    assert {member.name: member.value for member in ENUMERATIONS[name] if member.value} == contract


def test_every_enumeration_of_the_contract_is_in_the_model() -> None:
    """None was forgotten."""
    assert set(pb.DESCRIPTOR.enum_types_by_name) == set(ENUMERATIONS)


def test_a_full_question_is_read_field_by_field() -> None:
    """Everything a caller can state arrives in the model; countries in their canonical form."""
    request = _request()
    request.subject.MergeFrom(
        pb.Subject(
            names=[pb.Name(family="Beispiel", given="Erika")],
            birth_date=pb.PartialDate(year=1984, month=8, approximate=True),
            sex=pb.SEX_FEMALE,
            nationalities=["D", "DEU", "uto"],
            birth_place=" Nirgendwo ",
        )
    )
    request.documents.add(number=" AB-12 ", type=pb.DOCUMENT_TYPE_PASSPORT, issuing_country="D", uncertain_read=True)
    request.options.CopyFrom(pb.CheckOptions(databases=[2, 1, 2], profile="strict", min_score=0.95, limit=100))
    query = _read(request)
    assert query.purpose is Purpose.BORDER_CONTROL
    assert (query.operator.user, query.operator.location) == ("officer", "gate")
    subject = query.subject
    assert subject is not None
    assert [name.text for name in subject.names] == ["Erika Mustermann", "Beispiel, Erika"]
    assert subject.birth_date == Date(year=1984, month=8, approximate=True)
    assert (subject.sex, subject.nationalities, subject.birth_place) == (Sex.FEMALE, ("DEU", "UTO"), "Nirgendwo")
    assert query.documents[0].number == "AB-12"
    assert query.documents[0].type is DocumentType.PASSPORT
    assert query.documents[0].uncertain_read
    assert (query.databases, query.profile, query.limit) == ((Database.NOMINAL, Database.SLTD), "strict", 100)
    assert query.score_min == pytest.approx(0.95)


def test_an_empty_message_hears_of_everything_it_lacks() -> None:
    """Purpose, operator, and something to ask about."""
    assert set(_faults(pb.CheckRequest())) == {"purpose", "operator.user", "subject"}


BAD: list[tuple[str, dict[str, object]]] = [
    ("purpose", {"purpose": 99}),
    ("purpose", {"purpose": -1}),
    ("request_id", {"request_id": "r" * 65}),
    ("request_id", {"request_id": "a\x00b"}),
    ("operator.user", {"operator": pb.Operator(user="   ")}),
    ("operator.user", {"operator": pb.Operator(user="u" * 129)}),
    ("operator.location", {"operator": pb.Operator(user="u", location="\x9f")}),
    ("subject.names", {"subject": pb.Subject()}),
    ("subject.names", {"subject": pb.Subject(names=[pb.Name(full="Erika")] * 10_000)}),
    ("subject.names[0].full", {"subject": pb.Subject(names=[pb.Name(full="")])}),
    ("subject.names[0].full", {"subject": pb.Subject(names=[pb.Name(full="_-' .")])}),
    ("subject.names[0].full", {"subject": pb.Subject(names=[pb.Name(full="\u200f\u202e")])}),
    ("subject.names[0].full", {"subject": pb.Subject(names=[pb.Name(full="x" * 1_000_000)])}),
    ("subject.names[0].full", {"subject": pb.Subject(names=[pb.Name(full="Erika\x1b[31m")])}),
    ("subject.names[0].full", {"subject": pb.Subject(names=[pb.Name(full="Erika\nMustermann")])}),
    ("subject.names[0].given", {"subject": pb.Subject(names=[pb.Name(family="A", given="\x7f")])}),
    ("subject.names[0].family", {"subject": pb.Subject(names=[pb.Name(family="a" * 101, given="b" * 100)])}),
    ("subject.names[0]", {"subject": pb.Subject(names=[pb.Name(full="Erika", family="Mustermann")])}),
    ("subject.names[0].script", {"subject": pb.Subject(names=[pb.Name(full="Erika", script="Latin")])}),
    ("subject.names[0].quality", {"subject": pb.Subject(names=[pb.Name(full="Erika", quality=9)])}),
    ("subject.sex", {"subject": pb.Subject(names=[pb.Name(full="E")], sex=4)}),
    ("subject.nationalities[1]", {"subject": pb.Subject(names=[pb.Name(full="E")], nationalities=["UTO", "QQQ"])}),
    ("subject.nationalities[0]", {"subject": pb.Subject(names=[pb.Name(full="E")], nationalities=["U" * 100_000])}),
    ("subject.nationalities", {"subject": pb.Subject(names=[pb.Name(full="E")], nationalities=["UTO"] * 9)}),
    ("subject.birth_place", {"subject": pb.Subject(names=[pb.Name(full="E")], birth_place="b" * 129)}),
    ("documents", {"documents": [pb.Document(number="1")] * (MAX_DOCUMENTS + 1)}),
    ("documents[0].number", {"documents": [pb.Document(number="1" * 60)]}),
    ("documents[0].number", {"documents": [pb.Document(number="")]}),
    ("documents[0].number", {"documents": [pb.Document(number="<<<")]}),
    ("documents[0].issuing_country", {"documents": [pb.Document(number="1", issuing_country="ZZZZ")]}),
    ("documents[0].type", {"documents": [pb.Document(number="1", type=77)]}),
    ("documents[0].expiry_date.month", {"documents": [pb.Document(number="1", expiry_date=pb.PartialDate(month=1))]}),
    ("mrz", {"mrz": [ZONE] * (MAX_MRZ + 1)}),
    ("mrz[0]", {"mrz": [ZONE[:-1]]}),
    ("mrz[1]", {"mrz": [ZONE, ""]}),
    ("mrz[0]", {"mrz": ["<" * 100_000]}),
    ("options.min_score", {"options": pb.CheckOptions(min_score=float("nan"))}),
    ("options.min_score", {"options": pb.CheckOptions(min_score=1.01)}),
    ("options.limit", {"options": pb.CheckOptions(limit=MAX_LIMIT + 1)}),
    ("options.limit", {"options": pb.CheckOptions(limit=-1)}),
    ("options.databases[0]", {"options": pb.CheckOptions(databases=[0])}),
    ("options.databases[0]", {"options": pb.CheckOptions(databases=[66])}),
    ("options.databases", {"options": pb.CheckOptions(databases=[1] * 10_000)}),
    ("options.profile", {"options": pb.CheckOptions(profile="p" * 33)}),
]


@pytest.mark.parametrize(("field", "change"), BAD, ids=[f"{i}-{field}" for i, (field, _) in enumerate(BAD)])
def test_what_is_wrong_is_named_by_its_path_and_not_repeated(field: str, change: dict[str, object]) -> None:
    """Exactly the one field at fault, in a message that stays short whatever was sent."""
    request = _request()
    for name in change:
        request.ClearField(name)
    request.MergeFrom(pb.CheckRequest(**change))  # type: ignore[arg-type]
    faults = _faults(request)
    assert list(faults) == [field]
    assert len(faults[field]) < 100
    assert "Mustermann" not in faults[field]


@pytest.mark.parametrize(
    ("date", "field"),
    [
        (pb.PartialDate(year=1985, month=2, day=31), "day"),
        (pb.PartialDate(year=1900, month=2, day=29), "day"),
        (pb.PartialDate(year=1985, day=1), "day"),
        (pb.PartialDate(year=1985, month=13), "month"),
        (pb.PartialDate(month=5), "month"),
        (pb.PartialDate(year=10_000), "year"),
        (pb.PartialDate(year=-5), "year"),
        (pb.PartialDate(year=1985, year_max=1984), "year"),
        (pb.PartialDate(year=1985, year_max=10_000), "year"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_at_its_part(date: pb.PartialDate, field: str) -> None:
    """31 February, a day without a month, a range that ends before it starts."""
    request = _request()
    request.subject.birth_date.CopyFrom(date)
    assert list(_faults(request)) == [f"subject.birth_date.{field}"]


@pytest.mark.parametrize(
    "date",
    [
        pb.PartialDate(),
        pb.PartialDate(year=2000, month=2, day=29),
        pb.PartialDate(year=1),
        pb.PartialDate(year=9999, month=12, day=31),
        pb.PartialDate(year=1958, year_max=1960),
    ],
)
def test_partial_dates_are_accepted(date: pb.PartialDate) -> None:
    """Nothing known, a leap day, a year alone, a range."""
    request = _request()
    request.subject.birth_date.CopyFrom(date)
    subject = _read(request).subject
    assert subject is not None
    assert (subject.birth_date.year if subject.birth_date else 0) == date.year


def test_direction_marks_and_every_script_are_part_of_names() -> None:
    """U+200F, U+202B, U+202C come with copied Arabic text; they are no control characters to refuse."""
    request = _request()
    request.subject.names[0].full = "\u202bفلان بن فلان\u202c\u200f"
    request.subject.names.add(full="王小明")
    subject = _read(request).subject
    assert subject is not None
    assert len(subject.names) == 2


def test_as_many_of_everything_as_the_contract_allows_is_accepted() -> None:
    """The limits themselves are inside."""
    request = _request()
    request.subject.names.extend([pb.Name(full="x" * 200)] * (MAX_NAMES - 1))
    request.subject.nationalities.extend(["UTO"] * 8)
    request.documents.extend([pb.Document(number="1" * 40)] * MAX_DOCUMENTS)
    request.mrz.extend([ZONE] * MAX_MRZ)
    request.request_id = "r" * 64
    request.operator.user = "u" * 128
    request.options.limit = MAX_LIMIT
    query = _read(request)
    assert query.subject is not None
    assert len(query.subject.names) == MAX_NAMES + MAX_MRZ
    assert len(query.documents) == MAX_DOCUMENTS + MAX_MRZ


def test_a_zone_is_a_question_of_its_own_and_what_the_caller_states_stands() -> None:
    """Its document and holder are both asked about; a stated birth date is not overwritten by the zone's."""
    alone = pb.CheckRequest(purpose=1, operator=pb.Operator(user="u"), mrz=[ZONE])
    query = _read(alone)
    assert query.subject is not None
    assert query.subject.names[0].text == "ERIKSSON, ANNA MARIA"
    assert query.subject.birth_date == Date(year=1974, month=8, day=12)
    assert [document.number for document in query.documents] == ["L898902C3"]
    beside = _request()
    beside.mrz.append(ZONE)
    beside.subject.birth_date.CopyFrom(pb.PartialDate(year=1980))
    subject = _read(beside).subject
    assert subject is not None
    assert [name.text for name in subject.names] == ["Erika Mustermann", "ERIKSSON, ANNA MARIA"]
    assert subject.birth_date == Date(year=1980)
    assert subject.sex is Sex.FEMALE


def test_a_zone_with_a_failed_check_digit_is_a_remark_and_an_uncertain_read() -> None:
    """It is asked about all the same: a misread document must not pass for lack of a digit."""
    request = pb.CheckRequest(purpose=1, operator=pb.Operator(user="u"), mrz=[ZONE.replace("L898902C36", "L898902C37")])
    query = _read(request)
    assert query.documents[0].uncertain_read
    assert any(remark.startswith("MRZ_0_") for remark in query.remarks)


def test_at_most_twenty_faults_are_listed() -> None:
    """A message with more is not mended by hand, and its error stays small."""
    request = _request()
    request.documents.extend([pb.Document(number="", type=99)] * MAX_DOCUMENTS)
    with pytest.raises(InvalidQueryError) as caught:
        _read(request)
    assert len(caught.value.violations) == 20


@pytest.mark.parametrize(
    "data", [b"\xff", b"\x0a\x05abc", b"\x0a\x03\xed\xa0\x80", b"\x22\x06\x0a\x04\x0a\x02\xc3\x28"]
)
def test_bytes_that_are_no_message_are_an_invalid_query(data: bytes) -> None:
    """Cut short, of no known form, or with a text that is not UTF-8 (an unpaired surrogate)."""
    with pytest.raises(InvalidQueryError):
        parse_check(data)


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_raise_anything_but_an_invalid_query(data: bytes) -> None:
    """Whatever arrives is a query or INVALID_ARGUMENT; nothing becomes INTERNAL."""
    with suppress(InvalidQueryError):
        query_of(parse_check(data), today=TODAY)


@settings(max_examples=200)
@given(name=st.text(max_size=300), number=st.text(max_size=60), zone=st.text(max_size=120))
def test_no_text_at_all_raises_anything_but_an_invalid_query(name: str, number: str, zone: str) -> None:
    """Any Unicode in any field."""
    request = pb.CheckRequest(purpose=1, operator=pb.Operator(user="u"))
    try:
        request.subject.names.add(full=name)
        request.documents.add(number=number, issuing_country=number[:3])
        request.mrz.append(zone)
    except UnicodeEncodeError:
        return  # A lone surrogate cannot be sent by this client; bytes of one are tested above.
    with suppress(InvalidQueryError):
        _read(request)


@pytest.mark.parametrize("count", [0, MAX_BATCH_CHECKS + 1])
def test_a_batch_or_stream_message_holds_one_to_a_thousand_checks(count: int) -> None:
    """Both limits, at the field that is at fault."""
    data = pb.CheckBatchRequest(checks=[pb.CheckRequest()] * count).SerializeToString()
    for parse in (parse_batch, parse_stream_message):
        with pytest.raises(InvalidQueryError) as caught:
            parse(data)
        assert [item.field for item in caught.value.violations] == ["checks"]
    full = pb.CheckBatchRequest(checks=[pb.CheckRequest()] * MAX_BATCH_CHECKS).SerializeToString()
    assert len(parse_batch(full)) == len(parse_stream_message(full)) == MAX_BATCH_CHECKS


def _answer() -> model.Answer:
    hit = model.Hit(
        record_ref="ref",
        database=Database.NOMINAL,
        visibility=model.Visibility.FULL,
        confidentiality=model.Confidentiality.RESTRICTED,
        contact="NCB Utopia",
        score=0.5,
        identity_class=model.IdentityClass.SIMILAR,
        document_meaning=model.DocumentMeaning.BEARER_IN_NOTICE,
        evidence=(model.Evidence(feature="name", query_value="a", record_value="b", contribution=0.25, sentence="S."),),
        notice_id="2031/1",
        kind=model.NoticeKind.RED,
        person_status=model.PersonStatus.WANTED,
        action=model.Action.LOCATE_AND_DETAIN,
        handling=("ask",),
        record_name="Beispiel",
        caution=("ARMED",),
        identity_category=model.IdentityCategory.MISUSED,
        subject_kind=model.SubjectKind.PERSON,
    )
    return model.Answer(
        request_id="r",
        check_id=model.CheckId("c"),
        hits=(hit,),
        coverage=(
            model.Coverage(database=Database.NOMINAL, state=model.CoverageState.SEARCHED, as_of=7),
            model.Coverage(database=Database.SLTD, state=model.CoverageState.NOT_ENTITLED, as_of=7),
        ),
        marking=model.Confidentiality.RESTRICTED,
        omitted=3,
        profile_name="border",
        profile_version=2,
        remarks=("MRZ_0_X",),
    )


def test_an_answer_is_written_field_by_field() -> None:
    """What the model holds is in the message; as_of only where something was searched."""
    response = pb.CheckResponse.FromString(response_bytes(_answer()))
    assert (response.request_id, response.check_id) == ("r", "c")
    assert (response.truncated, response.omitted_match_count, response.marking) == (True, 3, 2)
    assert (response.profile.name, response.profile.version, list(response.remarks)) == ("border", 2, ["MRZ_0_X"])
    searched, refused = response.coverage
    assert (searched.as_of.seconds, searched.HasField("as_of"), refused.HasField("as_of")) == (7, True, False)
    (match,) = response.matches
    missing = {field.name for field in match.DESCRIPTOR.fields} - {field.name for field, _ in match.ListFields()}
    assert not missing
    assert match.evidence[0].sentence == "S."
    assert (match.kind, match.identity_category, match.action) == (1, 4, 1)


def test_a_result_is_an_answer_or_a_status() -> None:
    """In batches and streams alike."""
    results = [check_result("a", _answer()), check_result("b", status_of(OutOfTimeError()))]
    for written in (batch_response(results), stream_response(results)):
        read = pb.CheckBatchResponse.FromString(written).results
        assert [(item.request_id, item.WhichOneof("outcome")) for item in read] == [("a", "response"), ("b", "error")]
