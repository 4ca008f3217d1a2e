"""From log and bulk files to snapshots: whole generations, the old one kept for who still opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from indexes.snapshot import open_snapshot
from indexes.storage import Manifest, read_manifest, verify
from screening.data_directory import DataDirectory
from screening.importers import DOCUMENT_SCHEMA
from screening.segments import add_documents, rebuild_notices


def _documents(*numbers: str) -> pa.RecordBatch:
    rows = [
        {"number": number, "issuing_country": "UTO", "type": 1, "loss": 3, "database": 2, "source": "UTO"}
        for number in numbers
    ]
    return pa.RecordBatch.from_pylist(
        [{k: v for k, v in row.items() if k in DOCUMENT_SCHEMA.names} for row in rows], DOCUMENT_SCHEMA
    )


def _manifest(directory: DataDirectory) -> Manifest:
    manifest = read_manifest(directory.segments)
    assert manifest is not None
    verify(directory.segments, manifest)
    return manifest


def test_rebuilding_replaces_the_notices_and_keeps_bulk_documents(own_data: Path) -> None:
    """Each publication counts the generation up by one; documents add up."""
    directory = DataDirectory(own_data)
    first = _manifest(directory)
    documents = open_snapshot(directory.segments, first).document_count
    add_documents(directory, [_documents("ZZ1", "ZZ2")])
    add_documents(directory, [_documents("ZZ3")])
    last = rebuild_notices(directory, lambda _: None)
    assert last == _manifest(directory)
    assert last.generation == first.generation + 3
    assert [entry.name.split("-")[0] for entry in last.segments] == ["documents", "documents", "notices"]
    assert open_snapshot(directory.segments, last).document_count == documents + 3


def test_an_unchanged_log_builds_an_equal_segment(own_data: Path) -> None:
    """The same notices give the same bytes: a snapshot can be rebuilt."""
    directory = DataDirectory(own_data)
    one = rebuild_notices(directory, lambda _: None)
    two = rebuild_notices(directory, lambda _: None)
    assert [entry.files for entry in one.segments] == [entry.files for entry in two.segments]
    assert one.log_position == two.log_position


def test_the_generation_before_stays_for_who_is_opening_it_and_no_longer(own_data: Path) -> None:
    """Two on disk, whatever was left behind by a builder that was killed."""
    directory = DataDirectory(own_data)
    (directory.segments / "notices-000777").mkdir()
    one = rebuild_notices(directory, lambda _: None)
    two = rebuild_notices(directory, lambda _: None)
    verify(directory.segments, one)
    on_disk = {path.name for path in directory.segments.iterdir() if path.is_dir()}
    assert on_disk == {entry.name for manifest in (one, two) for entry in manifest.segments}


def test_a_source_that_breaks_off_publishes_nothing(own_data: Path) -> None:
    """The current snapshot stays what it was."""
    directory = DataDirectory(own_data)
    before = _manifest(directory)

    def batches() -> Iterator[pa.RecordBatch]:
        yield _documents("ZZ1")
        raise RuntimeError("the file ends early")

    with pytest.raises(RuntimeError):
        add_documents(directory, batches())
    assert _manifest(directory) == before


def test_progress_counts_the_notices(own_data: Path) -> None:
    """One call each."""
    counts: list[int] = []
    rebuild_notices(DataDirectory(own_data), counts.append)
    assert sum(counts) == 9
