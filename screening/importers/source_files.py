"""Opens source files, plain or gzip, as streams that count the bytes consumed, and reads them line by line.

Nothing here holds more than one buffer and one line, whatever the size of the file.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from screening.importers.rows import Advance, UnreadableSourceError, ignore_progress

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["LINE_BYTES_MAX", "SourceStream", "bytes_total", "numbered_lines", "open_source"]

LINE_BYTES_MAX = 4 << 20
"""A longer line is no record: a notice at every limit of the contract stays below 4 MiB of UTF-8."""

_BUFFER_BYTES = 1 << 16  # Small enough for smooth progress, large enough that reading costs nothing.
_GZIP_MAGIC = b"\x1f\x8b"  # RFC 1952 section 2.3.1. The content decides, because suffixes get lost in transfers.


class SourceStream(Protocol):
    """What readers use of an open source."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""

    def readline(self, size: int, /) -> bytes:
        """A line with its end, or its first `size` bytes."""

    def peek(self, size: int, /) -> bytes:
        """Some of the next bytes, which stay the next ones; `size` is a wish."""


class _CountingReader(io.RawIOBase):
    """Passes reads on to a file and reports how much was read."""

    def __init__(self, raw: io.FileIO, advance: Advance) -> None:
        self._raw = raw
        self._advance = advance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        count = self._raw.readinto(buffer)
        if count:
            self._advance(count)
        return count


def bytes_total(paths: Sequence[Path]) -> int:
    """Bytes as stored: what `advance` will have counted at the end. Raises UnreadableSourceError for a missing file."""
    return sum(_size(path) for path in paths)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise UnreadableSourceError(path.name, error.strerror or "cannot be opened") from None


@contextmanager
def open_source(path: Path, advance: Advance = ignore_progress) -> Iterator[SourceStream]:
    """Opens a plain or gzip file (told by its first bytes) and reports consumed bytes of the file as stored.

    Raises UnreadableSourceError where the file cannot be opened or its gzip stream breaks, also while it is read.
    """
    try:
        with path.open("rb", buffering=0) as raw:
            buffered = io.BufferedReader(_CountingReader(raw, advance), _BUFFER_BYTES)
            packed = buffered.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC)
            yield gzip.GzipFile(fileobj=buffered) if packed else buffered
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnreadableSourceError(path.name, "the gzip stream is broken or ends early") from None
    except OSError as error:
        raise UnreadableSourceError(path.name, error.strerror or "cannot be read") from None


def numbered_lines(stream: SourceStream) -> Iterator[tuple[int, bytes | None]]:
    """Yields (line number from 1, line without its line end); None stands for a line beyond `LINE_BYTES_MAX`."""
    number = 0
    while line := stream.readline(LINE_BYTES_MAX + 1):
        number += 1
        if len(line) <= LINE_BYTES_MAX or line.endswith(b"\n"):
            yield number, line.rstrip(b"\r\n")
        else:
            _skip_line(stream)
            yield number, None


def _skip_line(stream: SourceStream) -> None:
    """Reads to the end of the line in pieces, so that not even a file without line ends fills the memory."""
    while (piece := stream.readline(_BUFFER_BYTES)) and not piece.endswith(b"\n"):
        pass
