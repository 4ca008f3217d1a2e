"""Segments and manifest on disk: written once, checked, then mapped.

Layout of a snapshot directory: `manifest.json` and one directory a segment. The manifest names every file of every
segment with its size and SHA-256; it is replaced by rename, so that a reader sees the old snapshot or the new one and
never something between. A file that does not agree with the manifest is named, and nothing of the snapshot is served.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from indexes.schema import SCHEMA_VERSION, TABLES

__all__ = [
    "FileEntry",
    "Manifest",
    "SegmentEntry",
    "SnapshotRejectedError",
    "map_tables",
    "read_manifest",
    "remove_unlisted",
    "verify",
    "write_manifest",
    "write_segment",
]

_MANIFEST = "manifest.json"
_READ_BYTES = 4 * 1024 * 1024  # Enough to make a read cost more than the call, small enough to stay in the cache.


class SnapshotRejectedError(Exception):
    """A snapshot cannot be served: it is incomplete, damaged or of another version. Names the file at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One Arrow IPC file: its table's name, size in bytes and SHA-256 (64 hex digits)."""

    table: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEntry:
    """One segment: its directory's name and its files."""

    name: str
    files: tuple[FileEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot consists of. `generation` counts up; `log_position` is the last log entry it contains."""

    generation: int
    log_position: int
    segments: tuple[SegmentEntry, ...]


def write_segment(directory: Path, name: str, tables: Mapping[str, pa.Table]) -> SegmentEntry:
    """Writes the tables as Arrow IPC files into directory/name, synced to disk, and returns their manifest entry.

    Every table must have its schema of `schema.TABLES`. Raises FileExistsError where the segment exists.
    """
    target = directory / name
    target.mkdir(parents=True)
    entries = []
    for table_name, table in tables.items():
        assert table.schema.equals(TABLES[table_name]), table_name
        path = target / f"{table_name}.arrow"
        with path.open("wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            for batch in table.combine_chunks().to_batches():
                writer.write_batch(batch)
        _sync(path)
        entries.append(FileEntry(table=table_name, size=path.stat().st_size, sha256=_sha256(path)))
    _sync(target)
    return SegmentEntry(name=name, files=tuple(entries))


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Makes `manifest` the current one, atomically and durably."""
    text = json.dumps({"schema_version": SCHEMA_VERSION, **asdict(manifest)}, indent=1)
    draft = directory / f"{_MANIFEST}.new"
    draft.write_text(text, encoding="utf-8")
    _sync(draft)
    draft.replace(directory / _MANIFEST)
    _sync(directory)


def read_manifest(directory: Path) -> Manifest | None:
    """The current manifest; None where the directory has none yet. Raises SnapshotRejectedError if it is unusable."""
    try:
        content = (directory / _MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    try:
        fields = json.loads(content)
        version = fields["schema_version"]
        segments = tuple(
            SegmentEntry(name=entry["name"], files=tuple(FileEntry(**file) for file in entry["files"]))
            for entry in fields["segments"]
        )
        manifest = Manifest(generation=fields["generation"], log_position=fields["log_position"], segments=segments)
    except (ValueError, KeyError, TypeError) as error:
        raise SnapshotRejectedError(f"{_MANIFEST} cannot be read") from error
    if version != SCHEMA_VERSION:
        raise SnapshotRejectedError(f"{_MANIFEST} is of schema version {version}, this build reads {SCHEMA_VERSION}")
    return manifest


def verify(directory: Path, manifest: Manifest) -> None:
    """Compares every file with the manifest. Raises SnapshotRejectedError naming the first that differs.

    Cost: one read of everything, two files at a time (the digest releases the GIL).
    """
    files = [(directory / segment.name / f"{f.table}.arrow", f) for segment in manifest.segments for f in segment.files]
    with ThreadPoolExecutor(max_workers=2) as pool:
        for problem in pool.map(lambda item: _problem(*item), files):
            if problem:
                raise SnapshotRejectedError(problem)


def map_tables(directory: Path, segment: SegmentEntry) -> dict[str, pa.Table]:
    """The tables of one segment, memory-mapped: nothing is read until it is used."""
    tables = {}
    for file in segment.files:
        path = directory / segment.name / f"{file.table}.arrow"
        try:
            with pa.memory_map(str(path)) as source:
                table = pa.ipc.open_file(source).read_all()
        except (OSError, pa.ArrowInvalid) as error:
            raise SnapshotRejectedError(f"{segment.name}/{file.table}.arrow cannot be opened") from error
        if file.table not in TABLES or not table.schema.equals(TABLES[file.table]):
            raise SnapshotRejectedError(f"{segment.name}/{file.table}.arrow has another schema")
        tables[file.table] = table
    return tables


def remove_unlisted(directory: Path, keep: tuple[Manifest, ...]) -> None:
    """Deletes segments that none of the manifests names. A process that has one mapped keeps its pages."""
    listed = {segment.name for manifest in keep for segment in manifest.segments}
    for path in directory.iterdir():
        if path.is_dir() and path.name not in listed:
            shutil.rmtree(path)


def _problem(path: Path, entry: FileEntry) -> str | None:
    name = f"{path.parent.name}/{path.name}"
    try:
        if path.stat().st_size != entry.size:
            return f"{name} has another size than the manifest says"
        return None if _sha256(path) == entry.sha256 else f"{name} has been changed: its SHA-256 differs"
    except OSError:
        return f"{name} is missing or cannot be read"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    buffer = bytearray(_READ_BYTES)
    with path.open("rb", buffering=0) as source:
        while size := source.readinto(buffer):
            digest.update(memoryview(buffer)[:size])
    return digest.hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
