"""Reads the records of a large XML file one at a time, with the line where each begins.

The parser is expat under defusedxml: entity declarations and external references are refused (billion laughs, file
disclosure). Only elements inside a record are kept, and only until the record has been handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from screening.importers.rows import Advance, UnreadableSourceError
from screening.importers.source_files import open_source

__all__ = ["RECORD_CHARS_MAX", "XmlElement", "xml_records"]

RECORD_CHARS_MAX = 4 << 20
"""Text and tags of one record, in characters: far above any list entry, low enough that no file fills the memory."""

_CHUNK_BYTES = 1 << 16
_ELEMENT_CHARS = (
    100  # What an empty element counts for: about its cost in memory, so that a million of them do not slip by.
)


@dataclass(slots=True, kw_only=True)
class XmlElement:
    """An element without attributes: no list we read keeps facts in them. `line` counts from 1."""

    tag: str
    line: int
    text: str = ""
    children: list[XmlElement] = field(default_factory=list)

    def all(self, tag: str) -> list[XmlElement]:
        """The children of that name."""
        return [child for child in self.children if child.tag == tag]

    def value(self, tag: str) -> str:
        """Text of the first child of that name, stripped; empty where there is none."""
        return next((child.text.strip() for child in self.children if child.tag == tag), "")


class _Position(Protocol):
    CurrentLineNumber: int


class _RecordTarget:
    """Receives expat's events; collects the elements inside records and nothing else."""

    def __init__(self, file: str, root: str, tags: Collection[str]) -> None:
        self._file = file
        self._root = root
        self._tags = tags
        self._open: list[XmlElement] = []
        self._texts: list[list[str]] = []
        self._chars = 0
        self._root_seen = False
        self.position: _Position | None = None
        self.finished: list[XmlElement] = []

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2]
        if not self._root_seen and local != self._root:
            raise UnreadableSourceError(self._file, f"the root element is not {self._root}")
        self._root_seen = True
        if self._open or local in self._tags:
            assert self.position is not None
            self._begin(XmlElement(tag=local, line=self.position.CurrentLineNumber))

    def data(self, text: str) -> None:
        if self._open:
            self._texts[-1].append(text)
            self._count(len(text))

    def end(self, _tag: str) -> None:
        if self._open:
            element = self._open.pop()
            element.text = "".join(self._texts.pop())
            if not self._open:
                self.finished.append(element)
                self._chars = 0

    def close(self) -> None:
        """Nothing is left to say at the end of the document."""

    def taken(self) -> list[XmlElement]:
        """The records finished since the last call."""
        taken, self.finished = self.finished, []
        return taken

    def _begin(self, element: XmlElement) -> None:
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)
        self._texts.append([])
        self._count(_ELEMENT_CHARS)

    def _count(self, chars: int) -> None:
        self._chars += chars
        if self._chars > RECORD_CHARS_MAX:
            line = self._open[0].line
            raise UnreadableSourceError(self._file, f"the record at line {line} exceeds {RECORD_CHARS_MAX} characters")


def xml_records(path: Path, root: str, tags: Collection[str], advance: Advance) -> Iterator[XmlElement]:
    """Yields each element named in `tags`, complete, in the order of the file; namespaces are ignored.

    Raises UnreadableSourceError, after the records before the fault, where the file is not XML, ends early, has another
    root or declares entities.
    """
    target = _RecordTarget(path.name, root, tags)
    parser = DefusedXMLParser(target=target)
    target.position = parser.parser
    with open_source(path, advance) as stream:
        fault: UnreadableSourceError | None = None
        while fault is None and (chunk := stream.read(_CHUNK_BYTES)):
            fault = _fault_in(path.name, partial(parser.feed, chunk))
            yield from target.taken()
        fault = fault or _fault_in(path.name, parser.close)
        if fault is not None:
            raise fault


def _fault_in(file: str, step: Callable[[], object]) -> UnreadableSourceError | None:
    """Parses a piece. A fault is returned, not raised, because the records before it are still to be handed out."""
    try:
        step()
    except UnreadableSourceError as error:
        return error
    except DefusedXmlException:
        return UnreadableSourceError(file, "declares entities or refers to other files, which is refused")
    except ParseError as error:
        return UnreadableSourceError(file, f"not well-formed XML at line {error.position[0]}")
    return None
