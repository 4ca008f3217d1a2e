"""Imports as a whole: all or nothing of a source, good rows of a file with bad ones. (Words and codes: test_cli.py.)"""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest
from rich.console import Console

from indexes.storage import read_manifest
from screening.data_directory import DataDirectory
from screening.importing import run_import
from screening.notice_log import NoticeLog
from tests.end_to_end.node import NOTICES

LISTS = Path(os.environ.get("SCREENING_SHARED_DATA", str(Path(__file__).parents[3] / "shared" / "data"))) / "lists"


def _import(directory: DataDirectory, name: str, *paths: Path) -> tuple[int, str]:
    said = io.StringIO()
    console = Console(file=said, width=200)
    return run_import(directory, name, paths, console, console), said.getvalue()


def _state(directory: DataDirectory) -> tuple[int, object]:
    log = NoticeLog(directory.notices)
    position = log.position()
    log.close()
    return position, read_manifest(directory.segments)


def test_of_a_source_that_breaks_off_nothing_stays_behind(own_data: Path, tmp_path: Path) -> None:
    """Neither in the log nor in the index, however many rows were good before."""
    directory = DataDirectory(own_data)
    before = _state(directory)
    whole = gzip.compress(NOTICES.read_bytes() * 500)
    broken = tmp_path / "rows.jsonl.gz"
    broken.write_bytes(whole[: len(whole) - 20])
    code, said = _import(directory, "notices-jsonl", broken)
    assert (code, "nothing was imported" in said) == (2, True)
    assert _state(directory) == before


def test_importing_twice_is_the_same_state(own_data: Path) -> None:
    """Entries of the log are added; what is current is the latest of each notice."""
    directory = DataDirectory(own_data)
    position, _ = _state(directory)
    assert _import(directory, "notices-jsonl", NOTICES)[0] == 0
    log = NoticeLog(directory.notices)
    assert log.position() == position + 9
    assert len(list(log.current(log.position()))) == 9
    log.close()


def test_only_the_first_rejections_are_printed_and_all_are_counted(own_data: Path, tmp_path: Path) -> None:
    """A file of the wrong kind does not flood the terminal."""
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{broken\n" * 500, encoding="utf-8")
    code, said = _import(DataDirectory(own_data), "notices-jsonl", bad)
    assert code == 1
    assert "0 imported, 500 rejected" in said
    assert said.count(": rejected: ") == 20


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not beside this checkout")
def test_documents_become_a_segment_of_their_own(own_data: Path) -> None:
    """Five thousand invented ones from a CSV file."""
    directory = DataDirectory(own_data)
    code, said = _import(directory, "documents-csv", LISTS / "synthetic_travel_documents_5000.csv.gz")
    assert code in (0, 1)
    assert "imported" in said
    manifest = read_manifest(directory.segments)
    assert manifest is not None
    assert [entry.name.partition("-")[0] for entry in manifest.segments] == ["notices", "documents"]
