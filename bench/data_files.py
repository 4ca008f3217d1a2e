"""A data directory filled with the population, by the commands a user would use."""

from __future__ import annotations

import gc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pyarrow.parquet as pq

from bench.population import Population
from bench.targets import screening_command
from bench.wire_form import notice_line

__all__ = ["prepare_data_dir", "write_documents", "write_notices"]

# Persons in one file: a file is what one process makes at a time.
_PERSONS_A_FILE = 50_000
_PROCESSES = 2


def _write_part(seed: int, names_dir: Path | None, path: Path, start: int, count: int) -> Path:
    # What is made is written and dropped at once; there are no cycles for the collector to find, only time to lose.
    gc.disable()
    with path.open("w", encoding="utf-8") as out:
        out.writelines(map(notice_line, Population(seed, names_dir).notices(count, start=start)))
    return path


def write_notices(folder: Path, count: int, *, seed: int = 1, names_dir: Path | None = None) -> list[Path]:
    """Writes `count` notices as `notices-jsonl` files of 50,000, in two processes; returns them in order."""
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        parts = [
            pool.submit(
                _write_part,
                seed,
                names_dir,
                folder / f"notices-{start}.jsonl",
                start,
                min(_PERSONS_A_FILE, count - start),
            )
            for start in range(0, count, _PERSONS_A_FILE)
        ]
        return [part.result() for part in parts]


def write_documents(folder: Path, count: int, *, seed: int = 1) -> Path:
    """Writes `count` documents as one `documents-parquet` file."""
    path = folder / "documents.parquet"
    batches = Population(seed).documents(count)
    first = next(batches)
    with pq.ParquetWriter(path, first.schema) as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)
    return path


def prepare_data_dir(
    folder: Path, persons: int, documents: int, *, seed: int = 1, names_dir: Path | None = None
) -> Path:
    """Makes `folder`/data with `screening init` and `screening import`; returns it.

    Raises TargetFailedError where a command of the service fails.
    """
    data_dir = folder / "data"
    screening_command("init", "--data", str(data_dir))
    if persons:
        files = write_notices(folder, persons, seed=seed, names_dir=names_dir)
        screening_command("import", "notices-jsonl", *map(str, files), "--data", str(data_dir))
    if documents:
        path = write_documents(folder, documents, seed=seed)
        screening_command("import", "documents-parquet", str(path), "--data", str(data_dir))
    return data_dir
