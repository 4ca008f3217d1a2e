"""Our own notices, one a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screening.importers.notices_jsonl import read_notices_jsonl
from screening.importers.rows import Rejected
from screening.importers.source_files import LINE_BYTES_MAX
from screening.model import Notice


def _notice(**fields: Any) -> dict[str, Any]:
    return {
        "noticeId": "FICT-1",
        "database": "DATABASE_NOMINAL",
        "kind": "NOTICE_KIND_RED",
        "status": "NOTICE_STATUS_PUBLISHED",
        "source": "UTO",
        "identities": [{"names": [{"family": "DOE", "given": "FICTIO", "quality": "NAME_QUALITY_PRIMARY"}]}],
        **fields,
    }


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        json.dumps(_notice(source="")),
        json.dumps(_notice(unheardOf=1)),
        json.dumps(_notice(kind="NOTICE_KIND_UNSPECIFIED")),
        "x" * (LINE_BYTES_MAX + 1),
    ],
)
def test_a_bad_line_is_named_and_its_neighbours_are_kept(tmp_path: Path, bad: str) -> None:
    """A line is taken whole or rejected with its number; blank lines are passed over; no person's name is repeated."""
    good = json.dumps(_notice())
    path = tmp_path / "notices.jsonl"
    path.write_text(f"\ufeff{good}\n\n{bad}\n{good}\n", encoding="utf-8")
    first, rejected, last = read_notices_jsonl([path])
    assert isinstance(first, Notice)
    assert first == last
    assert isinstance(rejected, Rejected)
    assert (rejected.file, rejected.line, rejected.row_kept) == ("notices.jsonl", 3, False)
    assert rejected.reason
    assert "DOE" not in rejected.reason
