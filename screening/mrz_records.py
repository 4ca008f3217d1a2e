"""Files of machine-readable zones: lines of text or of JSON to records, records to readings (`screening mrz FILE`).

Pure: takes lines, yields values; who opens the file and prints is the command line's business. One bad record costs one
answer that says why, never the rest of the file.

A record is a JSON line, `{"id": ..., "mrz": [lines] or "text"}`, a list of lines or a string; or plain lines of text: a
blank line ends a record, a joined zone is one line, and otherwise two lines make a record, or three of about 30.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from screening.mrz import describe_mrz, parse_mrz
from screening.mrz_dates import Day
from screening.mrz_layouts import MrzError
from screening.mrz_text import INPUT_CHARACTERS_MAX

__all__ = ["read_mrz_file", "read_mrz_record"]

_JOINED_LENGTH_MIN: Final = 60
"""A line this long is no line of a zone (44 at most) but a whole one (72 at least), even when some of it was lost."""

_THREE_LINES_LENGTH_MAX: Final = 33
"""Between the lines of TD1 (30) and of TD2 (36): a bad read adds or loses a few characters."""


def read_mrz_file(lines: Iterable[str], *, today: Day) -> Iterator[dict[str, object]]:
    """One reading for each record of a file, in order, with the line number it starts at (from 1) under `line`."""
    for number, record in _records(lines):
        yield {"line": number, **read_mrz_record(record, today=today)}


def read_mrz_record(record: str, *, today: Day) -> dict[str, object]:
    """One record, JSON or text, to a dict that JSON can carry. Raises nothing.

    Returns: `id` when the record has one, and either `mrz` (`mrz.describe_mrz`) or `error` {reason, field}.
    Reasons beside those of `parse_mrz`: JSON_INVALID, MRZ_MISSING (no text or list of texts under `mrz`).
    """
    answer: dict[str, object] = {}
    try:
        identifier, lines = _unpacked(record)
        if identifier is not None:
            answer["id"] = identifier
        answer["mrz"] = describe_mrz(parse_mrz(lines, today=today))
    except MrzError as error:
        answer["error"] = {"reason": error.reason, "field": error.field}
    return answer


def _unpacked(record: str) -> tuple[str | int | None, str | list[str]]:
    """(id, lines) of a record. Raises MrzError for JSON without lines."""
    if not _is_json(record):
        return None, record
    try:
        content: object = json.loads(record)
    except (ValueError, RecursionError):
        raise MrzError("JSON_INVALID", "record") from None
    identifier, lines = (content.get("id"), content.get("mrz")) if isinstance(content, dict) else (None, content)
    if not isinstance(lines, str) and not (isinstance(lines, list) and all(isinstance(line, str) for line in lines)):
        raise MrzError("MRZ_MISSING", "record")
    return identifier if isinstance(identifier, str | int) else None, lines


def _is_json(line: str) -> bool:
    return line.lstrip()[:1] in ("{", "[", '"')


def _records(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(line number, text) of each record; the text of a record of several lines has line breaks."""
    pending: list[str] = []
    start = 0
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        stands_alone = _is_json(text) or len(text) >= _JOINED_LENGTH_MIN
        if pending and (not text or stands_alone):
            yield start, "\n".join(pending)
            pending = []
        if stands_alone:
            yield number, text
        elif text:
            start = start if pending else number
            pending.append(text[:INPUT_CHARACTERS_MAX])
            if len(pending) == (3 if len(pending[0]) <= _THREE_LINES_LENGTH_MAX else 2):
                yield start, "\n".join(pending)
                pending = []
    if pending:
        yield start, "\n".join(pending)
