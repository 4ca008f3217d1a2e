"""JSON objects out of a stream, one at a time: one a line, the elements of an array, or those of published pages.

Lines are told from a document by the first line: a document breaks its lines after an opening bracket or a comma. In
a file of lines a broken object costs its line only; in a document the objects before the fault are handed out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import JsonValue
from pydantic_core import from_json

from screening.importers.rows import RowError
from screening.importers.source_files import LINE_BYTES_MAX, SourceStream, numbered_lines

__all__ = ["json_objects"]

_Numbered = tuple[int, "JsonValue | RowError"]
_Texts = Iterator[tuple[int, "bytes | None"]]
_BOM = b"\xef\xbb\xbf"
_CHUNK_BYTES = 1 << 16
_DOCUMENT_BREAKS = (b"{\n", b"{\r\n", b",\n", b",\r\n")
_STRUCTURE = re.compile(rb'["\\{}]')


def json_objects(stream: SourceStream, page_key: str) -> Iterator[_Numbered]:
    """Yields (line where the object starts, object or the reason why it is none).

    A page is an object with `_embedded`: the elements of its list `page_key` are yielded in its place.
    """
    head = stream.peek(_CHUNK_BYTES).removeprefix(_BOM).lstrip()
    first = head[: head.find(b"\n") + 1]
    document = head.startswith(b"[") or first.endswith(_DOCUMENT_BREAKS)
    for line, text in _objects_of_document(stream) if document else _objects_of_lines(stream):
        yield from _unfolded(line, _parsed(text), page_key)


def _parsed(text: bytes | None) -> JsonValue | RowError:
    if text is None:
        return RowError(f"longer than {LINE_BYTES_MAX} bytes")
    try:
        value: JsonValue = from_json(text)
    except ValueError:
        return RowError("not valid JSON")
    return value


def _unfolded(line: int, value: JsonValue | RowError, page_key: str) -> Iterator[_Numbered]:
    """The object itself, or the elements of the page it is."""
    if isinstance(value, dict) and isinstance(embedded := value.get("_embedded"), dict):
        value = embedded.get(page_key)
    if isinstance(value, list):
        yield from ((line, element) for element in value)
    else:
        yield line, value


def _objects_of_lines(stream: SourceStream) -> _Texts:
    for line, text in numbered_lines(stream):
        content = text if text is None else text.removeprefix(_BOM).strip()
        if content != b"":
            yield line, content


def _objects_of_document(stream: SourceStream) -> _Texts:
    """The outermost objects, cut out by counting braces outside of strings; the array around them does not matter."""
    scanner = _BraceScanner()
    while chunk := stream.read(_CHUNK_BYTES):
        yield from scanner.objects_in(chunk)
        if scanner.size > LINE_BYTES_MAX:
            yield scanner.start, None
            return
    if scanner.depth:
        yield scanner.start, b""


class _BraceScanner:
    """Collects the text of one outermost object across chunks."""

    def __init__(self) -> None:
        self.depth = 0
        self.start = 0
        self.size = 0
        self._line = 1
        self._pieces: list[bytes] = []
        self._in_string = False
        self._escaped = -1  # Position, in the chunk at hand, of the character that a backslash before it made harmless.

    def objects_in(self, chunk: bytes) -> _Texts:
        """The objects that end in this chunk, each with the line of its start."""
        begin = 0
        for mark in _STRUCTURE.finditer(chunk):
            position = mark.start()
            if position == self._escaped or not self._turns(mark.group(), position):
                continue
            if mark.group() == b"{" and self.depth == 1:
                begin, self.start = position, self._line + chunk.count(b"\n", 0, position)
            elif mark.group() == b"}" and self.depth == 0:
                yield self.start, b"".join((*self._pieces, chunk[begin : position + 1]))
                self._pieces, self.size = [], 0
        if self.depth:
            self._pieces.append(chunk[begin:])
            self.size += len(chunk) - begin
        self._line += chunk.count(b"\n")
        self._escaped -= len(chunk)

    def _turns(self, sign: bytes, position: int) -> bool:
        """Follows strings, escapes and depth; True where a brace of the document's structure stands."""
        if sign == b"\\":
            self._escaped = position + 1
        elif sign == b'"':
            self._in_string = not self._in_string
        elif not self._in_string and (sign == b"{" or self.depth):
            self.depth += 1 if sign == b"{" else -1
            return True
        return False
