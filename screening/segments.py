"""From the log of record and bulk files to a new snapshot: build, write, and make it the current one.

One builder at a time; servers go on with the snapshot they hold and take the new one up by themselves.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from indexes.build import SegmentBuilder
from indexes.storage import Manifest, read_manifest, remove_unlisted, write_manifest, write_segment
from screening.access_classes import AccessClass
from screening.data_directory import DataDirectory
from screening.model import Confidentiality, Database, NoticeKind, NoticeStatus, Restrictions
from screening.notice_log import NoticeLog
from screening.recorded import build_record
from screening.wire_notice import notice_from_bytes

__all__ = ["add_batch", "add_documents", "rebuild_notices"]

_NOTICES = "notices-"
_DOCUMENTS = "documents-"
Advance = Callable[[int], None]


def rebuild_notices(directory: DataDirectory, advance: Advance) -> Manifest:
    """Builds the notices' segment from the current state of the log, and makes it current with all bulk documents.

    advance: called with the number of notices just built. Cost: about 30 us a name; memory as SegmentBuilder says.
    """
    with _building(directory):
        log = NoticeLog(directory.notices)
        position = log.position()
        builder = SegmentBuilder()
        for body in log.current(position):
            builder.add(build_record(notice_from_bytes(body), body))
            advance(1)
        log.close()
        return _publish(directory, builder, _NOTICES, position)


def add_documents(directory: DataDirectory, batches: Iterable[pa.RecordBatch]) -> Manifest:
    """Builds one more segment of bulk documents from batches of importers.DOCUMENT_SCHEMA, and makes it current."""
    with _building(directory):
        builder = SegmentBuilder()
        for batch in batches:
            add_batch(builder, batch)
        manifest = read_manifest(directory.segments)
        return _publish(directory, builder, _DOCUMENTS, manifest.log_position if manifest else 0)


def add_batch(builder: SegmentBuilder, batch: pa.RecordBatch) -> None:
    """Adds the rows with the access class of their database and source; bulk documents carry no restriction."""
    owners = pc.binary_join_element_wise(pc.cast(batch.column("database"), pa.string()), batch.column("source"), "/")
    encoded = owners.dictionary_encode()
    keys = []
    for owner in encoded.dictionary.to_pylist():
        database, source = owner.split("/", 1)
        keys.append(_document_class(Database(int(database)), source).to_key())
    builder.add_documents(batch, keys, encoded.indices.to_numpy().astype(np.int32))


def _document_class(database: Database, source: str) -> AccessClass:
    return AccessClass(
        database=database,
        kind=NoticeKind.DOCUMENT_RECORD,
        source=source,
        confidentiality=Confidentiality.FOR_OFFICIAL_USE_ONLY,
        status=NoticeStatus.PUBLISHED,
        restrictions=Restrictions(),
    )


def _publish(directory: DataDirectory, builder: SegmentBuilder, prefix: str, position: int) -> Manifest:
    old = read_manifest(directory.segments)
    generation = old.generation + 1 if old else 1
    remove_unlisted(directory.segments, (old,) if old else ())  # What a killed builder left behind.
    entry = write_segment(directory.segments, f"{prefix}{generation:06d}", builder.tables())
    kept = tuple(s for s in (old.segments if old else ()) if prefix == _DOCUMENTS or not s.name.startswith(prefix))
    manifest = Manifest(generation=generation, log_position=position, segments=(*kept, entry))
    write_manifest(directory.segments, manifest)
    remove_unlisted(directory.segments, (manifest, old) if old else (manifest,))  # A server may yet open the old one.
    return manifest


@contextmanager
def _building(directory: DataDirectory) -> Iterator[None]:
    with (directory.root / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
