"""Document records from CSV."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from screening.importers.documents_csv import read_documents_csv
from screening.importers.rows import Rejected, UnreadableSourceError

LISTS = Path(os.environ.get("SCREENING_SHARED_DATA", str(Path(__file__).parents[4] / "shared" / "data"))) / "lists"
HEADER = "number,issuing_country,doc_type,status,expiry_year\n"


def _read(folder: Path, content: bytes) -> tuple[list[str], list[tuple[int, str]]]:
    path = folder / "documents.csv"
    path.write_bytes(content)
    items = list(read_documents_csv([path]))
    rejected = [(item.line, item.reason) for item in items if isinstance(item, Rejected)]
    return [
        number for item in items if not isinstance(item, Rejected) for number in item["number"].to_pylist()
    ], rejected


@pytest.mark.parametrize(
    "content", [HEADER + "A1,FRA,P,lost,2030\n", '"number","issuing_country","type","loss"\r\n"A1","FRA","P","lost"']
)
def test_plain_and_quoted_files(tmp_path: Path, content: str) -> None:
    """Both spellings of the header, with quotes or without, with or without a last line end, BOM or gzip."""
    for data in (content.encode(), b"\xef\xbb\xbf" + content.encode(), gzip.compress(content.encode())):
        assert _read(tmp_path, data) == (["A1"], [])


def test_every_bad_line_is_named_and_no_other_is_lost(tmp_path: Path) -> None:
    """Wrong column counts, unknown codes, bad bytes and stray quotes cost their own line only; blank lines nothing."""
    lines = [
        b"A1,FRA,P,lost,2030",
        b"A2,FRA",
        b"A3,QQQ,P,lost,2030",
        b"",
        b"\xff\xff,FRA,P,lost,x",
        b'"A4,FRA,P,lost,2030',
        b"A5,FRA,P,lost,",
    ]
    numbers, rejected = _read(tmp_path, HEADER.encode() + b"\n".join(lines))
    assert numbers == ["A1", "A5"]
    assert rejected == [
        (3, "2 columns instead of 5"),
        (4, "issuing_country: 'QQQ' is no country code"),
        (6, "number: not UTF-8"),
        (7, "number: '\"A4' is no document number"),
    ]


def test_line_numbers_hold_across_blocks(tmp_path: Path) -> None:
    """In a file of several blocks every rejection still names its own line."""
    lines = [f"A{number},FRA,P,lost,2030" for number in range(2, 400_002)]
    wrong = {7: "A7,FRA", 199_999: "A9,QQQ,P,lost,1", 200_000: "A,B", 400_001: "?,FRA,P,lost,1"}
    for line, text in wrong.items():
        lines[line - 2] = text
    numbers, rejected = _read(tmp_path, (HEADER + "\n".join(lines)).encode())
    assert len(numbers) == 400_000 - len(wrong)
    assert sorted(line for line, _ in rejected) == sorted(wrong)


def test_a_header_alone_is_an_empty_list(tmp_path: Path) -> None:
    """No rows is no fault."""
    assert _read(tmp_path, HEADER.encode()) == ([], [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "column number is missing"),
        (b"number,doc_type,status\nA1,P,lost\n", "column issuing_country is missing"),
        (HEADER.encode() + b"A" * (9 << 20), "a line is longer"),
    ],
)
def test_refuses_files_that_hold_no_such_table(tmp_path: Path, content: bytes, reason: str) -> None:
    """A missing column or an endless line is a problem of the whole file."""
    with pytest.raises(UnreadableSourceError, match=reason):
        _read(tmp_path, content)


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not beside this checkout")
def test_the_synthetic_documents_are_all_read() -> None:
    """All 5,000 records are imported without a rejection."""
    items = list(read_documents_csv([LISTS / "synthetic_travel_documents_5000.csv.gz"]))
    assert sum(0 if isinstance(item, Rejected) else len(item) for item in items) == 5_000
    assert not any(isinstance(item, Rejected) for item in items)
