"""An immutable state of all indexes. A query holds one snapshot from start to end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from indexes.document_index import DocumentIndex
from indexes.kernels.array_types import Int32Array
from indexes.kernels.score_weights import ScoreWeights
from indexes.name_index import NameIndex, NameSearcher
from indexes.storage import Manifest, SnapshotRejectedError, map_tables

__all__ = ["Segment", "Snapshot", "open_snapshot"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment, opened. An index is None where the segment holds nothing of its kind."""

    name: str
    names: NameIndex | None
    documents: DocumentIndex | None


class Snapshot:
    """Segments with one common numbering of access classes, and the generation they belong to.

    `access_keys`: the distinct keys of all segments; what the visibility tables of searches are about.
    """

    def __init__(self, generation: int, log_position: int, access_keys: tuple[bytes, ...], segments: list[Segment]):
        self.generation = generation
        self.log_position = log_position
        self.access_keys = access_keys
        self.segments = segments
        self._searchers: dict[tuple[int, str], NameSearcher] = {}

    def searcher(self, segment: int, profile: str, weights: ScoreWeights) -> NameSearcher:
        """The searcher of one segment under one profile, made at its first use. For the matching thread only."""
        searcher = self._searchers.get((segment, profile))
        if searcher is None:
            index = self.segments[segment].names
            assert index is not None, "only segments with names are searched by name"
            searcher = self._searchers[segment, profile] = NameSearcher(index, weights)
        return searcher

    @property
    def name_count(self) -> int:
        """Recorded names in all segments."""
        return sum(len(segment.names) for segment in self.segments if segment.names)

    @property
    def document_count(self) -> int:
        """Recorded documents in all segments."""
        return sum(len(segment.documents) for segment in self.segments if segment.documents)


def open_snapshot(directory: Path, manifest: Manifest) -> Snapshot:
    """Maps every segment of a manifest. Does not verify checksums: storage.verify does, once for all workers.

    Raises SnapshotRejectedError. Cost: independent of size but for one pass over the records' classes.
    """
    numbering: dict[bytes, int] = {}
    segments = []
    for entry in manifest.segments:
        tables = map_tables(directory, entry)
        if "access_classes" not in tables:
            raise SnapshotRejectedError(f"{entry.name} has no access classes")
        segments.append(_open_segment(entry.name, tables, _class_map(tables["access_classes"], numbering)))
    return Snapshot(manifest.generation, manifest.log_position, tuple(numbering), segments)


def _open_segment(name: str, tables: dict[str, pa.Table], class_map: Int32Array) -> Segment:
    return Segment(
        name=name,
        names=NameIndex(tables, class_map) if "names" in tables else None,
        documents=DocumentIndex(tables, class_map) if "documents" in tables else None,
    )


def _class_map(classes: pa.Table, numbering: dict[bytes, int]) -> Int32Array:
    keys = classes.column("key").to_pylist()
    return np.array([numbering.setdefault(key, len(numbering)) for key in keys], np.int32)
