"""Parts of a notice within the limits of the contract."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screening.importers.notice_parts import NAMES_MAX, comma_name, document_in, name_in, names_within_limit, squeezed
from screening.importers.rows import clipped_code
from screening.model import DocumentType, Name


def test_a_comma_parts_a_name_only_between_two_parts() -> None:
    """A comma at either end is a slip of the list, not a missing family name."""
    assert comma_name([], "DOE, Fictio, Jr.") == Name(family="DOE", given="Fictio, Jr.")
    assert comma_name([], "DOE,") == comma_name([], ", DOE") == Name(full="DOE")
    assert comma_name([], " ") is None


def test_the_first_names_are_kept_beyond_the_limit() -> None:
    """More names than the contract allows are cut with a remark, the best first."""
    flaws: list[str] = []
    kept = names_within_limit([Name(full=f"N{number}") for number in range(NAMES_MAX + 5)], flaws)
    assert (len(kept), kept[0].full) == (NAMES_MAX, "N0")
    assert flaws == ["names: 205 of them, the first 200 are kept"]


@given(st.text(max_size=250))
def test_a_name_is_clean_or_absent(text: str) -> None:
    """Whatever the source holds, a name has a letter or digit, at most 200 characters and no control character."""
    name = name_in([], full=text)
    assert name is None or (0 < len(name.full) <= 200 and any(map(str.isalnum, name.full)))
    assert name is None or not any(character < " " for character in name.full)


@given(st.text(max_size=60))
def test_a_document_number_is_usable_or_refused_with_a_reason(text: str) -> None:
    """There is a document or a flaw, never neither and never both."""
    flaws: list[str] = []
    document = document_in(flaws, text, DocumentType.PASSPORT)
    assert (document is None) == bool(flaws)


@given(st.text(max_size=80))
def test_a_quoted_code_is_short_and_printable(text: str) -> None:
    """A reason can go to a terminal."""
    assert len(clipped_code(text)) <= 70
    assert clipped_code(text).isprintable()
    assert squeezed(squeezed(text)) == squeezed(text)
