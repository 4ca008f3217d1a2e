"""Fills the compile cache of the kernels through the real path: build, write, map, search, explain.

The types that numba compiles for depend on how arrays come about (mapped ones are read-only), so nothing is warmed by
made-up arguments. About a minute on a machine that has never done it, about 1 s on one that has.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa

from indexes.build import NEVER, BuildDate, BuildDocument, BuildIdentity, BuildName, BuildRecord, SegmentBuilder
from indexes.document_index import DocumentQuestion
from indexes.kernels.score_weights import ScoreWeights
from indexes.name_index import NameQuestion
from indexes.snapshot import open_snapshot
from indexes.storage import Manifest, write_segment

__all__ = ["warm"]


def warm(weights: ScoreWeights) -> None:
    """Compiles every kernel, or loads it from the cache. The record and document are fictitious and gone after."""
    builder = SegmentBuilder()
    names = (BuildName((("Mustermann Max", 0),), False), BuildName((("Maxim Musterman", 0),), True))
    date = BuildDate(1970, 1970, 1, 2)
    identity = BuildIdentity(names, (date,), 4, ("UTO",))
    document = BuildDocument("X0000000", "UTO", 1, 0)
    builder.add(BuildRecord("warm", b"class", NEVER, b"", (identity,), (document,)))
    bulk = pa.record_batch(
        {
            "number": pa.array(["X0000001"]),
            "issuing_country": pa.array(["UTO"]),
            "type": pa.array([1], pa.uint8()),
            "loss": pa.array([1], pa.uint8()),
        }
    )
    builder.add_documents(bulk, [b"class"], np.zeros(1, np.int32))
    with tempfile.TemporaryDirectory() as directory:
        segment = write_segment(Path(directory), "warm", builder.tables())
        snapshot = open_snapshot(Path(directory), Manifest(generation=0, log_position=0, segments=(segment,)))
        searcher = snapshot.searcher(0, "warm", weights)
        visible = np.ones((1, 1), np.uint8)
        question = NameQuestion((("Max Mustermann", 0),), date, 2, ("UTO",), 0, 0.5)
        searcher.search([question], visible, 1)
        searcher.explain(question, 0)
        documents = snapshot.segments[0].documents
        assert documents is not None, "the warm-up segment holds documents"
        documents.search([DocumentQuestion("X0000000", "UTO", 1, True, 0)], visible)
