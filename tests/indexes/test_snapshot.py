"""Segments opened together: one numbering of access classes, one searcher a segment and profile."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexes.build import NEVER, BuildDocument, BuildIdentity, BuildName, BuildRecord, SegmentBuilder
from indexes.document_index import DocumentQuestion
from indexes.kernels.score_weights import ScoreWeights
from indexes.name_query import NameQuestion
from indexes.snapshot import Snapshot, open_snapshot
from indexes.storage import Manifest, SegmentEntry, SnapshotRejectedError, write_segment
from screening.profiles import parse_profiles

_PROFILES = Path(__file__).parents[2] / "screening" / "profiles.toml"


@pytest.fixture(scope="module")
def weights() -> ScoreWeights:
    return parse_profiles(_PROFILES.read_text(encoding="utf-8"))["border"].weights


def _segment(directory: Path, name: str, *records: tuple[str, bytes]) -> SegmentEntry:
    builder = SegmentBuilder()
    for person, access_key in records:
        identity = BuildIdentity((BuildName(((person, 0),), False),), (), 0, ())
        document = BuildDocument(f"X{person[0]}1", "UTO", 1, 0)
        builder.add(BuildRecord(f"{name}-{person}", access_key, NEVER, person.encode(), (identity,), (document,)))
    return write_segment(directory, name, builder.tables())


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Two segments that share the class `blue`, which has another number in each."""
    base = _segment(tmp_path, "base", ("Kari Moka", b"red"), ("Tashi Valen", b"blue"))
    delta = _segment(tmp_path, "delta", ("Elmo Rita", b"blue"), ("Kari Moka", b"green"))
    return open_snapshot(tmp_path, Manifest(generation=5, log_position=8, segments=(base, delta)))


def _keys(snapshot: Snapshot, segment: int, name: str, classes: set[bytes], weights: ScoreWeights) -> list[str]:
    visible = np.array([[key in classes for key in snapshot.access_keys]], np.uint8)
    searcher = snapshot.searcher(segment, "border", weights)
    matches = searcher.search([NameQuestion(((name, 0),), None, 0, (), 0, 0.6)], visible, 1)
    records = [int(searcher.index.arrays.name_record[row]) for row in matches.name]
    return [searcher.index.record_key(record) for record in records]


def test_classes_are_numbered_once(snapshot: Snapshot) -> None:
    """A class of several segments has one number; every class has one."""
    assert snapshot.access_keys == (b"red", b"blue", b"green")
    assert (snapshot.generation, snapshot.log_position) == (5, 8)
    assert (snapshot.name_count, snapshot.document_count) == (4, 4)


def test_one_mask_for_all_segments(snapshot: Snapshot, weights: ScoreWeights) -> None:
    """A mask over the snapshot's classes hides and shows the same classes in every segment."""
    assert _keys(snapshot, 0, "Kari Moka", {b"red"}, weights) == ["base-Kari Moka"]
    assert _keys(snapshot, 1, "Kari Moka", {b"red"}, weights) == []
    assert _keys(snapshot, 1, "Kari Moka", {b"green"}, weights) == ["delta-Kari Moka"]
    assert _keys(snapshot, 0, "Tashi Valen", {b"blue"}, weights) == ["base-Tashi Valen"]
    assert _keys(snapshot, 1, "Elmo Rita", {b"blue"}, weights) == ["delta-Elmo Rita"]
    assert _keys(snapshot, 1, "Elmo Rita", {b"red", b"green"}, weights) == []


def test_documents_under_the_same_mask(snapshot: Snapshot) -> None:
    """Documents are masked by the same numbers, and say which class of the snapshot they are of."""
    documents = snapshot.segments[1].documents
    assert documents is not None
    question = DocumentQuestion("XE1", "", 0, False, 0)
    assert documents.search([question], np.array([[1, 0, 1]], np.uint8)).row.size == 0
    (row,) = documents.search([question], np.array([[0, 1, 0]], np.uint8)).row
    found = documents.document(int(row))
    assert snapshot.access_keys[found.access_class] == b"blue"
    assert (found.country, found.type, found.record) == ("UTO", 1, 0)


def test_record_and_place(snapshot: Snapshot) -> None:
    """A row leads back to its record, its payload, and its place among the record's identities and names."""
    names = snapshot.segments[0].names
    assert names is not None
    assert names.payload(1) == b"Tashi Valen"
    assert names.place(1) == (0, 0)


def test_searcher_is_kept(snapshot: Snapshot, weights: ScoreWeights) -> None:
    """The searcher of a segment and profile is made once, so that its cache stays warm."""
    assert snapshot.searcher(0, "border", weights) is snapshot.searcher(0, "border", weights)
    assert snapshot.searcher(0, "border", weights) is not snapshot.searcher(0, "wide", weights)


def test_segments_of_one_kind(tmp_path: Path) -> None:
    """A segment without documents has no document index; one without records no name index."""
    builder = SegmentBuilder()
    identity = BuildIdentity((BuildName((("Kari", 0),), False),), (), 0, ())
    builder.add(BuildRecord("one", b"red", NEVER, b"", (identity,), ()))
    names = write_segment(tmp_path, "names", builder.tables())
    empty = write_segment(tmp_path, "empty", SegmentBuilder().tables())
    snapshot = open_snapshot(tmp_path, Manifest(generation=1, log_position=1, segments=(names, empty)))
    assert [(bool(s.names), bool(s.documents)) for s in snapshot.segments] == [(True, False), (False, False)]
    assert (snapshot.name_count, snapshot.document_count) == (1, 0)


def test_no_segments(tmp_path: Path) -> None:
    """A snapshot of nothing opens, and has no classes."""
    snapshot = open_snapshot(tmp_path, Manifest(generation=1, log_position=0, segments=()))
    assert (snapshot.access_keys, snapshot.name_count, snapshot.document_count) == ((), 0, 0)


def test_records_without_usable_names(tmp_path: Path, weights: ScoreWeights) -> None:
    """A segment whose names hold nothing comparable opens and is searched, and finds nothing."""
    segment = _segment(tmp_path, "base", ("???", b"red"))
    snapshot = open_snapshot(tmp_path, Manifest(generation=1, log_position=1, segments=(segment,)))
    assert _keys(snapshot, 0, "Kari", {b"red"}, weights) == []


def test_damaged_segment_opens_nothing(tmp_path: Path) -> None:
    """Where one segment cannot be mapped, there is no snapshot, also not of the sound segments."""
    base, delta = _segment(tmp_path, "base", ("Kari", b"red")), _segment(tmp_path, "delta", ("Moka", b"red"))
    (tmp_path / "delta" / "tokens.arrow").unlink()
    with pytest.raises(SnapshotRejectedError, match=r"^delta/tokens.arrow"):
        open_snapshot(tmp_path, Manifest(generation=1, log_position=1, segments=(base, delta)))


def test_segment_without_its_classes(tmp_path: Path) -> None:
    """A manifest that lists too few files of a segment is refused like any other damage."""
    base = _segment(tmp_path, "base", ("Kari", b"red"))
    short = SegmentEntry(name="base", files=tuple(file for file in base.files if file.table != "access_classes"))
    with pytest.raises(SnapshotRejectedError):
        open_snapshot(tmp_path, Manifest(generation=1, log_position=1, segments=(short,)))
