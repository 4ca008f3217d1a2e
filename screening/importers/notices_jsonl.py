"""Our own file form: one `Notice` of the contract a line, in protobuf JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from screening.importers.rows import Advance, Rejected, ignore_progress
from screening.importers.source_files import LINE_BYTES_MAX, numbered_lines, open_source
from screening.model import Notice
from screening.wire_notice import notice_from_json

__all__ = ["read_notices_jsonl"]

_BOM = b"\xef\xbb\xbf"


def read_notices_jsonl(paths: Sequence[Path], advance: Advance = ignore_progress) -> Iterator[Notice | Rejected]:
    """Reads the files; see `NoticeFormat`. Blank lines are passed over. A line is taken whole or not at all."""
    for path in paths:
        with open_source(path, advance) as stream:
            for line, content in numbered_lines(stream):
                if content is None:
                    yield Rejected(file=path.name, line=line, reason=f"longer than {LINE_BYTES_MAX} bytes")
                elif content.removeprefix(_BOM).strip():
                    yield _notice(path.name, line, content.removeprefix(_BOM))


def _notice(file: str, line: int, content: bytes) -> Notice | Rejected:
    """The reason names the fields at fault and repeats none of their values: `notice_from_json` sees to that."""
    try:
        return notice_from_json(content)
    except ValueError as error:
        return Rejected(file=file, line=line, reason=str(error))
