"""Opening source files: plain or gzip, counted, and line by line within a bound."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from screening.importers.rows import UnreadableSourceError
from screening.importers.source_files import LINE_BYTES_MAX, bytes_total, numbered_lines, open_source


@pytest.mark.parametrize("packed", [False, True])
def test_counts_every_stored_byte(tmp_path: Path, packed: bool) -> None:
    """At the end of a file the counted bytes are its size as stored, gzip or not, whatever its suffix says."""
    content = b"".join(b"line %d\n" % number for number in range(50_000))
    path = tmp_path / "list.txt"
    path.write_bytes(gzip.compress(content) if packed else content)
    counts: list[int] = []
    with open_source(path, counts.append) as stream:
        assert b"".join(iter(lambda: stream.read(1 << 12), b"")) == content
    assert sum(counts) == bytes_total([path]) == path.stat().st_size
    assert len(counts) > 1


def test_names_a_gzip_stream_that_ends_early(tmp_path: Path) -> None:
    """A gzip file cut off is an unreadable source by name, after what could be read of it."""
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 4_000)[:-20])
    with pytest.raises(UnreadableSourceError, match=r"cut\.gz: the gzip stream"), open_source(path) as stream:
        stream.read(1 << 30)


def test_names_a_file_that_does_not_exist(tmp_path: Path) -> None:
    """A missing file is an unreadable source, and its folder is not told."""
    with pytest.raises(UnreadableSourceError) as caught, open_source(tmp_path / "nowhere.csv"):
        pass
    assert str(caught.value) == "nowhere.csv: No such file or directory"
    with pytest.raises(UnreadableSourceError):
        bytes_total([tmp_path / "nowhere.csv"])


def test_an_endless_line_costs_itself_only() -> None:
    """A line beyond the limit is reported without its text, and the next line keeps its number."""
    raw = io.BytesIO(b"first\r\n" + b"x" * (2 * LINE_BYTES_MAX) + b"\nthird")
    stream = io.BufferedReader(raw)  # type: ignore[arg-type]  # Any raw stream will do.
    assert list(numbered_lines(stream)) == [(1, b"first"), (2, None), (3, b"third")]
