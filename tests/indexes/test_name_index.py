"""The names of one segment as arrays; what is found in them is tests/property/test_search_laws.py."""

from __future__ import annotations

import numpy as np
import pytest
from numba import typeof

from indexes.build import NEVER, BuildDocument, BuildIdentity, BuildName, BuildRecord
from indexes.name_index import NameIndex
from tests.reference.segments import tables_of


def _index(*records: BuildRecord) -> NameIndex:
    return NameIndex(tables_of(records), np.zeros(1, np.int32))


def _record(*names: str) -> BuildRecord:
    identities = (BuildIdentity(tuple(BuildName(((name, 0),), False) for name in names), (), 0, ()),) if names else ()
    return BuildRecord("key", b"class", NEVER, b"payload", identities, (BuildDocument("X1", "UTO", 1, 0),))


def _types(index: NameIndex) -> list[str]:
    return [str(typeof(array)) for array in (*index.vocabulary, *index.arrays, index.posting_counts)]


@pytest.mark.parametrize("names", [("?!",), ()])
def test_types_are_those_of_any_segment(names: tuple[str, ...]) -> None:
    """A segment without names has arrays of the types that kernels are compiled for, so that it compiles nothing."""
    assert _types(_index(_record(*names))) == _types(_index(_record("Kari Moka")))


def test_rows_lead_to_their_record() -> None:
    """A row of names knows its record, its identity and which of its names it is, unusable ones counted."""
    index = _index(_record("Kari Moka", "...", "Tashi"))
    assert len(index) == 2
    assert [index.place(row) for row in range(2)] == [(0, 0), (0, 2)]
    assert (index.record_key(0), index.payload(0)) == ("key", b"payload")


def test_posting_counts() -> None:
    """Each token knows in how many names it stands."""
    index = _index(_record("kari moka", "kari kari", "tashi kari"))
    texts = index.tokens.column("text").to_pylist()
    assert dict(zip(texts, index.posting_counts.tolist(), strict=True)) == {"kari": 3, "moka": 1, "tashi": 1}
