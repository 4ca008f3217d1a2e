"""The frozen files of the lexicon: how a key is hashed, how a table is written, opened and checked.

An artefact is one uncompressed Arrow IPC file with one record batch: a column `key` (uint64, strictly ascending) and a
value column. It is memory-mapped, so that all workers of a node share its pages and opening it copies nothing. Its
schema metadata carries LEXICON_VERSION and a BLAKE2b digest of the column buffers; both are checked when it is opened.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = [
    "LEXICON_VERSION",
    "LexiconError",
    "latin_key",
    "native_key",
    "open_table",
    "write_table",
]

LEXICON_VERSION: Final = "1.0.0"
"""Version of the meaning and content of the artefacts; a score may change only when this changes."""

_KEY_BYTES: Final = 8  # 64 bits: with half a million keys an unseen token meets a stored key by chance once in 10^13.
_DIGEST_BYTES: Final = 16
_VERSION_FIELD: Final = b"lexicon_version"
_DIGEST_FIELD: Final = b"content_blake2b"


class LexiconError(Exception):
    """A lexicon artefact is missing, damaged or of another version. Names the file, never its content."""


def latin_key(form: str) -> int:
    """Returns the key, 0..2^64-1, of an ASCII Latin form; the same in every process and version of Python."""
    return _stable_hash("l" + form)


def native_key(text: str) -> int:
    """Returns the key of a token in its own, non-Latin script; never equal to a Latin key but by chance (2^-64)."""
    return _stable_hash("n" + text)


def _stable_hash(tagged: str) -> int:
    # Unpaired surrogates reach this line from callers' bytes; "surrogatepass" keeps the look-up total.
    digest = hashlib.blake2b(tagged.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES)
    return int.from_bytes(digest.digest(), "little")


def write_table(path: Path, columns: Mapping[str, pa.Array], sources: Mapping[str, str]) -> None:
    """Writes one artefact; the same columns and sources give the same bytes.

    Args: columns: `key` first; sources: file name to SHA-256 of every input, kept in the schema metadata.
    """
    batch = pa.record_batch(dict(columns))
    metadata = {
        _VERSION_FIELD: LEXICON_VERSION.encode(),
        _DIGEST_FIELD: _content_digest(batch),
        **{b"source:" + name.encode(): digest.encode() for name, digest in sorted(sources.items())},
    }
    batch = batch.replace_schema_metadata(metadata)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)


def open_table(path: Path) -> pa.RecordBatch:
    """Maps one artefact and checks it: a few milliseconds, no copy.

    Raises: LexiconError when the file is missing, is no artefact, is damaged, or has another LEXICON_VERSION.
    """
    try:
        batch = _map_batch(path)
    except (OSError, pa.ArrowException, ValueError) as error:
        raise LexiconError(f"lexicon artefact {path.name} cannot be read: {type(error).__name__}") from error
    metadata = batch.schema.metadata or {}
    version = metadata.get(_VERSION_FIELD, b"").decode(errors="replace")
    if version != LEXICON_VERSION:
        raise LexiconError(f"lexicon artefact {path.name} has version {version!r}, this build needs {LEXICON_VERSION}")
    if metadata.get(_DIGEST_FIELD) != _content_digest(batch):
        raise LexiconError(f"lexicon artefact {path.name} is damaged: its content does not have the recorded digest")
    return batch


def _map_batch(path: Path) -> pa.RecordBatch:
    reader = pa.ipc.open_file(pa.memory_map(str(path), "r"))
    if reader.num_record_batches != 1:
        raise ValueError("an artefact has exactly one record batch")
    batch = reader.get_batch(0)
    batch.validate()
    return batch


def _content_digest(batch: pa.RecordBatch) -> bytes:
    """Digest of every value and of the shape, as hexadecimal; flipped padding bytes do not count."""
    state = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    state.update(f"{batch.schema.names} {batch.schema.types} {batch.num_rows}".encode())
    for column in batch.columns:
        for part in _value_arrays(column):
            state.update(np.ascontiguousarray(part).data)
    return state.hexdigest().encode()


def _value_arrays(column: pa.Array) -> list[npt.NDArray[np.generic]]:
    if pa.types.is_list(column.type):
        return [column.offsets.to_numpy(), column.values.to_numpy()]
    return [column.to_numpy()]
