"""Artefacts: stable keys, and a table that is whole and of the right version or is refused."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from indexes.lexicon import LEXICON_VERSION, LexiconError
from indexes.lexicon.artefact import latin_key, native_key, open_table, write_table
from indexes.lexicon.rarity import RARITY_FILE
from indexes.lexicon.variants import VARIANTS_FILE

ARTEFACTS = (RARITY_FILE, VARIANTS_FILE)
TOTAL_BYTES_MAX = 12_000_000


def _small_table(path: Path) -> None:
    columns = {"key": pa.array([1, 5, 9], pa.uint64()), "symbols": pa.array([[7], [7, 8], []], pa.list_(pa.uint32()))}
    write_table(path, columns, {"source.txt": "00"})


def test_keys_never_change() -> None:
    """A key is the same number in every process and release, or committed artefacts would answer nothing."""
    assert latin_key("mohammed") == 3_930_560_143_996_707_082
    assert latin_key("li") != native_key("li")


@pytest.mark.parametrize("path", ARTEFACTS, ids=lambda path: path.name)
def test_shipped_artefacts_are_whole(path: Path) -> None:
    """Every shipped artefact opens, has this version, and its keys ascend strictly."""
    batch = open_table(path)
    assert batch.schema.metadata[b"lexicon_version"].decode() == LEXICON_VERSION
    assert batch.num_rows > 10_000
    assert (np.diff(batch.column("key").to_numpy()) > 0).all()


def test_shipped_artefacts_are_small() -> None:
    """All artefacts together stay within what a repository should carry."""
    assert sum(path.stat().st_size for path in ARTEFACTS) <= TOTAL_BYTES_MAX


def test_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    """A missing artefact is refused by name."""
    with pytest.raises(LexiconError, match=r"absent\.arrow cannot be read"):
        open_table(tmp_path / "absent.arrow")


def test_other_version_is_refused(tmp_path: Path) -> None:
    """An artefact of another version is refused, and the error names both versions."""
    path = tmp_path / "table.arrow"
    _small_table(path)
    other = LEXICON_VERSION[:-1] + "9"
    path.write_bytes(path.read_bytes().replace(LEXICON_VERSION.encode(), other.encode()))
    with pytest.raises(LexiconError, match=other):
        open_table(path)


def test_no_flipped_byte_changes_a_value(tmp_path: Path) -> None:
    """Any flipped byte is refused, or stands in padding and changes nothing that is read."""
    path, damaged = tmp_path / "table.arrow", tmp_path / "damaged.arrow"
    _small_table(path)
    whole, refused = path.read_bytes(), 0
    expected = open_table(path).to_pydict()
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 0x11
        damaged.write_bytes(flipped)
        try:
            assert open_table(damaged).to_pydict() == expected
        except LexiconError:
            refused += 1
    assert refused > len(whole) // 10


@pytest.mark.parametrize("column", ["key", "symbols"])
def test_flipped_value_is_refused(tmp_path: Path, column: str) -> None:
    """A byte flipped inside a column of values is always refused."""
    path = tmp_path / "table.arrow"
    _small_table(path)
    array = open_table(path).column(column)
    value = (array if column == "key" else array.values).to_numpy()[:1].tobytes()
    path.write_bytes(path.read_bytes().replace(value, b"\xff" + value[1:]))
    with pytest.raises(LexiconError, match=r"damaged|cannot be read"):
        open_table(path)
