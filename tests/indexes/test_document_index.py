"""Documents found through the index are those that looking at every one of them finds."""

from __future__ import annotations

from random import Random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.build import SegmentBuilder
from indexes.document_index import DocumentIndex, DocumentMatches, DocumentQuestion
from indexes.kernels.document_search import SAMPLE_STEP, Tier
from indexes.packing import MAX_EXACT_CHARS, pack_number
from tests.reference.documents import Recorded, find, look_alike
from tests.reference.segments import file_form

_CLASSES = (b"red", b"blue")
_SEEN = np.array([[1, 1], [1, 0], [0, 0]], np.uint8)
_LETTERS = "0O1I8B2"

_RECORDED = st.builds(
    Recorded,
    st.text(_LETTERS, min_size=1, max_size=4),
    st.sampled_from(("", "UTO", "D")),
    st.integers(0, 2),
    st.sampled_from(_CLASSES),
)
_QUESTIONS = st.builds(
    DocumentQuestion,
    number=st.text(_LETTERS + "-o", min_size=1, max_size=4),
    country=st.sampled_from(("", "UTO", "D")),
    type=st.integers(0, 2),
    misread=st.booleans(),
    mask=st.integers(0, 2),
)


def _index(documents: list[Recorded]) -> DocumentIndex:
    builder = SegmentBuilder()
    batch = pa.record_batch(
        {
            "number": pa.array([document.number for document in documents], pa.string()),
            "issuing_country": pa.array([document.country for document in documents], pa.string()),
            "type": pa.array([document.type for document in documents], pa.uint8()),
            "loss": pa.array([0] * len(documents), pa.uint8()),
        }
    )
    builder.add_documents(batch, _CLASSES, np.array([_CLASSES.index(d.access_key) for d in documents], np.int32))
    return DocumentIndex(file_form(builder.tables()), np.arange(2, dtype=np.int32))


def _found(index: DocumentIndex, matches: DocumentMatches, question: int) -> list[tuple[int, str, int, bytes, int]]:
    rows = []
    for k in np.flatnonzero(matches.question == question):
        document = index.document(int(matches.row[k]))
        rows.append((document.key, document.country, document.type, _CLASSES[document.access_class], matches.tier[k]))
    return sorted(rows)


def _expected(documents: list[Recorded], question: DocumentQuestion) -> list[tuple[int, str, int, bytes, int]]:
    seen = {key: bool(see) for key, see in zip(_CLASSES, _SEEN[question.mask], strict=True)}
    found = find(documents, question, seen)
    return sorted((pack_number(d.number), d.country, d.type, d.access_key, int(tier)) for d, tier in found)


@given(st.lists(_RECORDED, min_size=1, max_size=40), st.lists(_QUESTIONS, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_same_as_looking_at_every_document(documents: list[Recorded], questions: list[DocumentQuestion]) -> None:
    """Numbers, issuers, types, masks, misreadings: exactly the documents that a linear scan finds, each once."""
    index = _index(documents)
    matches = index.search(questions, _SEEN)
    for number, question in enumerate(questions):
        assert _found(index, matches, number) == _expected(documents, question), question


def test_a_hundred_thousand_documents() -> None:
    """In a bulk of documents with many equal numbers, every look-up finds what a scan finds, across all samples."""
    random = Random(11)
    documents = [
        Recorded(f"{random.choice('BO')}{random.randrange(60_000):07}", random.choice(("", "UTO")), 1, b"red")
        for _ in range(100_000)
    ]
    index = _index(documents)
    assert len(index) == len(documents) > 300 * SAMPLE_STEP
    asked = [documents[random.randrange(len(documents))].number for _ in range(4)]
    asked += ["B0000000", "ZZZZZZZZ", "BO00001O"]
    questions = [DocumentQuestion(number, "UTO", 0, place % 3 == 0, 0) for place, number in enumerate(asked)]
    matches = index.search(questions, _SEEN)
    for number, question in enumerate(questions):
        assert _found(index, matches, number) == _expected(documents, question), number
    assert matches.row.size >= 4


def test_more_matches_than_room() -> None:
    """A number that more documents bear than the first room holds is answered in full."""
    documents = [Recorded("X1", "", number % 3, b"red") for number in range(3_000)]
    matches = _index(documents).search([DocumentQuestion("x-1", "", 0, False, 0)], _SEEN)
    assert sorted(matches.row.tolist()) == list(range(3_000))


@pytest.mark.parametrize("number", ["0B" * 8, "Z" * 40, "1I" * 32])
def test_long_numbers(number: str) -> None:
    """Numbers too long to pack exactly are found by all their characters, and with one character misread."""
    misread = number[:-1] + next(c for c in "0Z1I2B8" if look_alike(c, number[-1]))
    index = _index([Recorded(number, "UTO", 1, b"red"), Recorded(number[:-1], "UTO", 1, b"red")])
    questions = [DocumentQuestion(text, "", 0, True, 0) for text in (number, misread, "A" + number[1:-1] + "A")]
    matches = index.search(questions, _SEEN)
    assert [(int(q), int(tier)) for q, tier in zip(matches.question, matches.tier, strict=True)] == [
        (0, Tier.EXACT),
        (1, Tier.CONFUSABLE),
    ]


def test_two_misreads_in_long_numbers() -> None:
    """Two misread characters are found wherever they stand, beyond MAX_EXACT_CHARS as well."""
    index = _index([Recorded("0C0" + "C" * (MAX_EXACT_CHARS - 3) + "0C0", "", 0, b"red")])
    early, across, late = (
        a + "C" * (MAX_EXACT_CHARS - 3) + b for a, b in (("OCO", "0C0"), ("OC0", "0CO"), ("0C0", "OCO"))
    )
    matches = index.search([DocumentQuestion(text, "", 0, True, 0) for text in (early, across, late)], _SEEN)
    assert sorted(matches.question.tolist()) == [0, 1, 2]


def test_no_question() -> None:
    """A batch without documents asks for nothing."""
    assert _index([Recorded("X1", "", 0, b"red")]).search([], _SEEN).row.size == 0
