"""Questions from the words of a command line, and answers for people. (Exit codes and errors: test_cli.py.)"""

from __future__ import annotations

import io

from rich.console import Console
from screening_api.v1 import screening_pb2 as pb

from screening.asking import print_response, request_of


def _printed(response: pb.CheckResponse) -> str:
    out = io.StringIO()
    print_response(response, Console(file=out, width=200))
    return out.getvalue()


def test_every_option_has_its_place_in_the_question() -> None:
    """A document is NUMBER[:COUNTRY[:TYPE]]; a date may be partial."""
    request = request_of(
        names=["A", "B"],
        born="1985-02",
        sex="f",
        nationalities=["UTO"],
        documents=["X1:UTO:PASSPORT", "X2"],
        zones=["ZONE"],
        purpose="asylum",
        user="u",
    )
    assert request.purpose == pb.PURPOSE_ASYLUM
    assert [name.full for name in request.subject.names] == ["A", "B"]
    assert (request.subject.birth_date.year, request.subject.birth_date.month, request.subject.birth_date.day) == (
        1985,
        2,
        0,
    )
    assert request.subject.sex == pb.SEX_FEMALE
    first, second = request.documents
    assert (first.number, first.issuing_country, first.type) == ("X1", "UTO", pb.DOCUMENT_TYPE_PASSPORT)
    assert (second.number, second.issuing_country, second.type) == ("X2", "", 0)
    assert list(request.mrz) == ["ZONE"]


def test_a_question_about_a_document_alone_has_no_subject() -> None:
    """An empty subject would be a mistake of its own."""
    words = {"names": [], "born": "", "sex": "", "nationalities": [], "zones": []}
    request = request_of(**words, documents=["X1"], purpose="BORDER_CONTROL", user="u")  # type: ignore[arg-type]
    assert not request.HasField("subject")


def test_names_from_lists_are_text_and_no_markup() -> None:
    """Brackets stand as they are recorded."""
    match = pb.Match(record_name="Erdacht [bold] [/red] Beispiel", score=0.9, database=pb.DATABASE_NOMINAL)
    assert "Erdacht [bold] [/red] Beispiel" in _printed(pb.CheckResponse(matches=[match], marking=1))


def test_four_answers_read_differently() -> None:
    """No match; not entitled; an old copy; cut off by the limit."""
    states = [pb.Coverage(database=1, state=1), pb.Coverage(database=2, state=2), pb.Coverage(database=3, state=4)]
    said = _printed(pb.CheckResponse(coverage=states, marking=1, remarks=["MRZ_0_X"]))
    for words in ("No match.", "NOMINAL searched", "SLTD not entitled", "TDAWN old copy", "MRZ_0_X"):
        assert words in said
    cut = pb.CheckResponse(matches=[pb.Match(database=1)], truncated=True, omitted_match_count=7, marking=1)
    assert "7 more matches were cut off" in _printed(cut)
    assert "ask the source" in _printed(cut)
