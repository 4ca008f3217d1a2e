"""JSON objects out of a stream."""

from __future__ import annotations

import gzip
import json
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.importers.json_objects import json_objects
from screening.importers.rows import RowError
from screening.importers.source_files import LINE_BYTES_MAX

_OBJECTS = st.lists(st.dictionaries(st.text(max_size=6), st.text(max_size=12) | st.integers() | st.none()), max_size=6)


def _read(text: str) -> list[tuple[int, object]]:
    return list(json_objects(gzip.GzipFile(fileobj=BytesIO(gzip.compress(text.encode()))), "notices"))


@settings(max_examples=150)
@given(_OBJECTS, st.sampled_from([None, 1]), st.booleans())
def test_any_objects_come_back_from_any_layout(
    objects: list[dict[str, object]], indent: int | None, ascii_only: bool
) -> None:
    """Lines, an array and an indented array all give the same objects, whatever their strings hold."""
    lines = "\n".join(json.dumps(item, ensure_ascii=ascii_only) for item in objects)
    array = json.dumps(objects, indent=indent, ensure_ascii=ascii_only)
    for text in (lines, array):
        assert [value for _, value in _read(text)] == objects


def test_each_object_has_the_line_of_its_start() -> None:
    """Line numbers count line ends before the object, in a document of several chunks too."""
    text = "[\n" + "".join('{"a":\n1},\n' for _ in range(20_000)) + "{}]"
    assert [line for line, _ in _read(text)] == list(range(2, 40_003, 2))


def test_a_document_that_breaks_off_is_said_to_be_broken() -> None:
    """The objects before are handed out; the one cut off is an error at its line."""
    first, last = _read('[\n{"a": 1},\n{"b": ')
    assert first == (2, {"a": 1})
    assert last[0] == 3
    assert isinstance(last[1], RowError)


def test_an_endless_object_ends_the_document() -> None:
    """An object beyond the limit is not collected in memory."""
    ((_, value),) = _read('[{"a": "' + "x" * (2 * LINE_BYTES_MAX))
    assert isinstance(value, RowError)
