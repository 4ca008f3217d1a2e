"""Segments and manifest on disk: what is damaged is named, and nothing of it is served."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.build import NEVER, BuildDocument, BuildIdentity, BuildName, BuildRecord, SegmentBuilder
from indexes.schema import SCHEMA_VERSION
from indexes.storage import (
    Manifest,
    SegmentEntry,
    SnapshotRejectedError,
    map_tables,
    read_manifest,
    remove_unlisted,
    verify,
    write_manifest,
    write_segment,
)


def _tables() -> dict[str, pa.Table]:
    builder = SegmentBuilder()
    identity = BuildIdentity((BuildName((("Kari Moka", 0),), False),), (), 0, ("UTO",))
    builder.add(BuildRecord("one", b"class", NEVER, b"payload", (identity,), (BuildDocument("X1", "UTO", 1, 0),)))
    return builder.tables()


def _manifest(directory: Path, generation: int = 1, name: str = "base") -> Manifest:
    segment = write_segment(directory, name, _tables())
    manifest = Manifest(generation=generation, log_position=7, segments=(segment,))
    write_manifest(directory, manifest)
    return manifest


def test_round_trip(tmp_path: Path) -> None:
    """What was written is read back: the manifest equal, the tables equal, the files verified."""
    manifest = _manifest(tmp_path)
    assert read_manifest(tmp_path) == manifest
    verify(tmp_path, manifest)
    mapped = map_tables(tmp_path, manifest.segments[0])
    assert mapped.keys() == _tables().keys()
    assert all(mapped[name].equals(table) for name, table in _tables().items())


def test_no_manifest_yet(tmp_path: Path) -> None:
    """A directory without a manifest holds no snapshot, which is not an error."""
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize("file", sorted(_tables()))
def test_flipped_byte_is_named(tmp_path: Path, file: str) -> None:
    """One changed bit in any file is found, and the message names the file."""
    manifest = _manifest(tmp_path)
    path = tmp_path / "base" / f"{file}.arrow"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(SnapshotRejectedError, match=f"^base/{file}.arrow has been changed"):
        verify(tmp_path, manifest)


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_flipped_bit_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Wherever a bit is flipped, the checksum differs."""
    directory = tmp_path_factory.mktemp("flip")
    manifest = _manifest(directory)
    path = directory / "base" / "names.arrow"
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    with pytest.raises(SnapshotRejectedError, match=r"^base/names.arrow "):
        verify(directory, manifest)


def test_truncated_file_is_named(tmp_path: Path) -> None:
    """A file that lost its end is found by its size alone, and cannot be mapped either."""
    manifest = _manifest(tmp_path)
    path = tmp_path / "base" / "tokens.arrow"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SnapshotRejectedError, match=r"^base/tokens.arrow has another size"):
        verify(tmp_path, manifest)
    with pytest.raises(SnapshotRejectedError, match=r"^base/tokens.arrow cannot be opened"):
        map_tables(tmp_path, manifest.segments[0])


@pytest.mark.parametrize("content", [None, b""])
def test_missing_or_empty_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    """A file that is gone, or that a crash left empty, is named by the check and by the mapping."""
    manifest = _manifest(tmp_path)
    path = tmp_path / "base" / "names.arrow"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SnapshotRejectedError, match=r"^base/names.arrow (is missing|has another size)"):
        verify(tmp_path, manifest)
    with pytest.raises(SnapshotRejectedError, match=r"^base/names.arrow cannot be opened"):
        map_tables(tmp_path, manifest.segments[0])


def test_other_columns_are_named(tmp_path: Path) -> None:
    """An Arrow file of other columns than its table has is refused, also where its checksum would agree."""
    manifest = _manifest(tmp_path)
    path = tmp_path / "base" / "names.arrow"
    table = pa.table({"ordinal": pa.array([1], pa.int32())})
    with path.open("wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    with pytest.raises(SnapshotRejectedError, match=r"^base/names.arrow has another schema"):
        map_tables(tmp_path, manifest.segments[0])


def test_other_schema_version(tmp_path: Path) -> None:
    """A snapshot that an older or newer build wrote is refused, and the message gives both versions."""
    _manifest(tmp_path)
    path = tmp_path / "manifest.json"
    fields = json.loads(path.read_text()) | {"schema_version": SCHEMA_VERSION + 1}
    path.write_text(json.dumps(fields))
    with pytest.raises(SnapshotRejectedError, match=f"version {SCHEMA_VERSION + 1}, this build reads {SCHEMA_VERSION}"):
        read_manifest(tmp_path)


def test_half_written_manifest(tmp_path: Path) -> None:
    """A manifest cut off anywhere is refused: there is no place where the rest would still make sense."""
    _manifest(tmp_path)
    path = tmp_path / "manifest.json"
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(SnapshotRejectedError, match=r"^manifest.json cannot be read"):
            read_manifest(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"[]", b"null", b"{}", b'{"schema_version": 1}', b'{"segments": [1]}', b"\xff"],
)
def test_nonsense_manifest(tmp_path: Path, content: bytes) -> None:
    """Valid JSON that is no manifest, or bytes that are no text, are refused the same way."""
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(SnapshotRejectedError, match=r"^manifest.json cannot be read"):
        read_manifest(tmp_path)


def test_crash_before_the_rename_keeps_the_old_manifest(tmp_path: Path) -> None:
    """A draft that was never renamed is not read, and the next manifest takes its place."""
    old = _manifest(tmp_path)
    (tmp_path / "manifest.json.new").write_text('{"schema_ver')
    assert read_manifest(tmp_path) == old
    new = Manifest(generation=2, log_position=9, segments=old.segments)
    write_manifest(tmp_path, new)
    assert read_manifest(tmp_path) == new
    assert not (tmp_path / "manifest.json.new").exists()


def test_reader_during_the_swap_sees_a_whole_manifest(tmp_path: Path) -> None:
    """A reader that opened the manifest before the swap reads the old one to its end: it is replaced, not rewritten."""
    old = _manifest(tmp_path)
    with (tmp_path / "manifest.json").open() as reader:
        start = reader.read(10)
        write_manifest(tmp_path, Manifest(generation=2, log_position=9, segments=()))
        assert json.loads(start + reader.read())["generation"] == old.generation


def test_segment_is_written_once(tmp_path: Path) -> None:
    """A segment that exists is never written over: a process may have it mapped."""
    _manifest(tmp_path)
    with pytest.raises(FileExistsError):
        write_segment(tmp_path, "base", _tables())


def test_removing_what_is_mapped(tmp_path: Path) -> None:
    """Segments that no manifest names are deleted; who has one mapped still reads it; listed ones stay."""
    old = _manifest(tmp_path, name="old")
    mapped = map_tables(tmp_path, old.segments[0])
    new = _manifest(tmp_path, generation=2, name="new")
    remove_unlisted(tmp_path, (new,))
    assert not (tmp_path / "old").exists()
    assert all(mapped[name].equals(table) for name, table in _tables().items())
    verify(tmp_path, new)
    assert read_manifest(tmp_path) == new


def test_all_kept_manifests_keep_their_segments(tmp_path: Path) -> None:
    """A segment stays while any of the manifests to keep names it."""
    old = _manifest(tmp_path, name="old")
    new = _manifest(tmp_path, generation=2, name="new")
    remove_unlisted(tmp_path, (old, new))
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"old", "new"}


def test_segment_that_was_never_written(tmp_path: Path) -> None:
    """A manifest that names a segment which is not there is refused by the check."""
    manifest = _manifest(tmp_path)
    ghost = SegmentEntry(name="ghost", files=manifest.segments[0].files)
    with pytest.raises(SnapshotRejectedError, match=r"^ghost/access_classes.arrow is missing"):
        verify(tmp_path, Manifest(generation=2, log_position=8, segments=(ghost,)))
