"""Document records from Parquet."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from screening.importers.documents_parquet import BATCH_ROWS, read_documents_parquet
from screening.importers.rows import Rejected, UnreadableSourceError


def _table(rows: int, **columns: pa.Array) -> pa.Table:
    numbers = [f"A{number}" for number in range(1, rows + 1)]
    constant = {"type": "P", "issuing_country": "FRA", "loss": "lost"}
    return pa.table({"number": numbers, **{name: [value] * rows for name, value in constant.items()}, **columns})


def _write(folder: Path, table: pa.Table, **options: int) -> Path:
    pq.write_table(table, folder / "documents.parquet", **options)
    return folder / "documents.parquet"


def test_rejected_rows_are_named_across_row_groups_and_batches(tmp_path: Path) -> None:
    """A rejection's line is the row of the file, wherever batches and row groups begin; nothing else is lost."""
    rows = BATCH_ROWS + 10_000
    countries = ["FRA"] * rows
    for wrong in (1, 50_001, BATCH_ROWS + 1, rows):
        countries[wrong - 1] = "QQQ"
    counts: list[int] = []
    path = _write(tmp_path, _table(rows, issuing_country=pa.array(countries)), row_group_size=50_000)
    items = list(read_documents_parquet([path], counts.append))
    assert [item.line for item in items if isinstance(item, Rejected)] == [1, 50_001, BATCH_ROWS + 1, rows]
    assert sum(0 if isinstance(item, Rejected) else len(item) for item in items) == rows - 4
    assert sum(counts) == path.stat().st_size


def test_dictionary_and_number_columns_are_read(tmp_path: Path) -> None:
    """Dictionary-encoded text and the numbers of the enumerations are as good as plain text."""
    columns = {
        "issuing_country": pa.array(["FRA", "D"]).dictionary_encode(),
        "type": pa.array([1, None], pa.uint8()),
        "loss": pa.array([3, 1], pa.int64()),
        "database": pa.array(["SAD", None]),
    }
    (batch,) = read_documents_parquet([_write(tmp_path, _table(2, **columns))])
    assert isinstance(batch, pa.RecordBatch)
    assert batch["issuing_country"].to_pylist() == ["FRA", "DEU"]
    assert (batch["type"].to_pylist(), batch["loss"].to_pylist()) == ([1, 0], [3, 1])
    assert batch["database"].to_pylist() == [4, 2]


def test_refuses_what_is_no_such_table(tmp_path: Path) -> None:
    """No Parquet, a missing column, and numbers that lost their leading zeros are problems of the whole file."""
    (tmp_path / "text.parquet").write_text("no Parquet", encoding="utf-8")
    for path, reason in (
        (tmp_path / "text.parquet", "not readable as Parquet"),
        (tmp_path / "absent.parquet", "not readable as Parquet"),
    ):
        with pytest.raises(UnreadableSourceError, match=reason):
            list(read_documents_parquet([path]))
    with pytest.raises(UnreadableSourceError, match="column loss is missing"):
        list(read_documents_parquet([_write(tmp_path, _table(1).drop_columns(["loss"]))]))
    with pytest.raises(UnreadableSourceError, match="column number has type int64"):
        list(read_documents_parquet([_write(tmp_path, _table(1, number=pa.array([7])))]))


def test_an_empty_table_is_an_empty_list(tmp_path: Path) -> None:
    """No rows is no fault, and progress still reaches its end."""
    counts: list[int] = []
    path = _write(tmp_path, _table(1).slice(0, 0))
    assert (
        sum(len(item) for item in read_documents_parquet([path], counts.append) if isinstance(item, pa.RecordBatch))
        == 0
    )
    assert sum(counts) == path.stat().st_size
