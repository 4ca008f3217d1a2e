"""Records and documents to tables: everything that went in is there, in the order that searches rely on."""

from __future__ import annotations

from random import Random

import numpy as np
import pyarrow as pa
import pytest

from indexes.build import (
    MAX_TOKENS_OF_NAME,
    NEVER,
    BuildDate,
    BuildDocument,
    BuildIdentity,
    BuildName,
    BuildRecord,
    SegmentBuilder,
)
from indexes.kernels.name_arrays import MAX_POSITIONS
from indexes.packing import pack_number, unpack_country
from indexes.schema import DOCUMENT_TABLES, NAME_TABLES, NO_RECORD, TABLES
from indexes.token_analysis import analyse, name_tokens
from tests.reference.worlds import world


def _tables(records: list[BuildRecord]) -> dict[str, pa.Table]:
    builder = SegmentBuilder()
    for record in records:
        builder.add(record)
    return builder.tables()


def _record(*names: str, documents: tuple[BuildDocument, ...] = ()) -> BuildRecord:
    identity = BuildIdentity(tuple(BuildName(((name, 0),), False) for name in names), (), 0, ())
    return BuildRecord("key", b"class", NEVER, b"", (identity,), documents)


@pytest.fixture(scope="module")
def records() -> list[BuildRecord]:
    return world(Random(3), 60)


@pytest.fixture(scope="module")
def tables(records: list[BuildRecord]) -> dict[str, pa.Table]:
    return _tables(records)


def test_every_table_has_its_schema(tables: dict[str, pa.Table]) -> None:
    """Tables have the columns of schema.py, hold no null, and are those of names only where there is no document."""
    assert set(tables) == {"access_classes", *NAME_TABLES}
    for name, table in tables.items():
        assert table.schema.equals(TABLES[name])
        assert all(column.null_count == 0 for column in table.columns), name


def test_records_as_given(records: list[BuildRecord], tables: dict[str, pa.Table]) -> None:
    """Every record keeps its key, access class, last day and payload, in the order of adding."""
    classes = tables["access_classes"].column("key").to_pylist()
    rows = tables["records"].to_pylist()
    assert [(row["key"], classes[row["access_class"]], row["expires"], row["payload"]) for row in rows] == [
        (record.key, record.access_key, record.expires, record.payload) for record in records
    ]
    assert len(classes) == len(set(classes))


def test_identities_as_given(records: list[BuildRecord], tables: dict[str, pa.Table]) -> None:
    """Every identity keeps its sexes, dates and nationalities."""
    given = [(number, identity) for record in records for number, identity in enumerate(record.identities)]
    for row, (number, identity) in zip(tables["identities"].to_pylist(), given, strict=True):
        assert (row["ordinal"], row["sexes"]) == (number, identity.sexes)
        assert tuple(BuildDate(**date) for date in row["dates"]) == identity.dates
        assert tuple(map(unpack_country, row["nations"])) == identity.nations


def test_names_as_given(records: list[BuildRecord], tables: dict[str, pa.Table]) -> None:
    """Every name with a usable token has a row with its tokens and roles, and knows its place in its record."""
    texts, kinds = tables["tokens"].column("text").to_pylist(), tables["tokens"].column("kind").to_pylist()
    identities = tables["identities"].column("ordinal").to_pylist()
    rows = iter(tables["names"].to_pylist())
    for number, record in enumerate(records):
        for identity_number, identity in enumerate(record.identities):
            for name_number, name in enumerate(identity.names):
                words = [(token, role) for text, role in name.parts for token in name_tokens(text)]
                if words:
                    row = next(rows)
                    assert (row["record"], row["ordinal"], row["weak"]) == (number, name_number, name.weak)
                    assert identities[row["identity"]] == identity_number
                    assert row["roles"] == [role for _, role in words]
                    assert [(texts[t], kinds[t]) for t in row["tokens"]] == [(w.text, w.kind) for w, _ in words]
    assert next(rows, None) is None


def test_postings_are_the_inverse_of_names(tables: dict[str, pa.Table]) -> None:
    """A token's postings are the rows of the names that contain it: ascending, each once, none missing."""
    expected: list[set[int]] = [set() for _ in range(tables["tokens"].num_rows)]
    for row, tokens in enumerate(tables["names"].column("tokens").to_pylist()):
        for token in tokens:
            expected[token].add(row)
    assert tables["tokens"].column("postings").to_pylist() == [sorted(rows) for rows in expected]
    assert all(expected)


def test_vocabulary_is_complete_and_distinct(records: list[BuildRecord], tables: dict[str, pa.Table]) -> None:
    """Every token of a name stands in the vocabulary once, with its forms, weight and first letters."""
    parts = [text for record in records for i in record.identities for name in i.names for text, _ in name.parts]
    tokens = {(token.text, int(token.kind)): token for text in parts for token in name_tokens(text)}
    rows = tables["tokens"].to_pylist()
    assert len(rows) == len(tokens)
    for row in rows:
        token = tokens[row["text"], row["kind"]]
        assert tuple(row["forms"]) == token.forms
        assert row["weight"] == pytest.approx(analyse(token).weight)
        assert {chr(97 + bit) for bit in range(26) if row["initials"] >> bit & 1} == {
            form[0] for form in token.forms if form[0].isalpha()
        }


def test_keys_are_ascending_and_complete(tables: dict[str, pa.Table]) -> None:
    """Keys ascend, and each leads to the tokens that carry it."""
    hashes = tables["token_keys"].column("hash").to_numpy()
    assert np.all(hashes[1:] >= hashes[:-1])
    edits = tables["edit_keys"].column("hash").to_numpy()
    assert np.all(edits[1:] >= edits[:-1])
    starts = tables["edit_directory"].column("start").to_numpy()
    bits = (len(starts) - 1).bit_length() - 1
    assert len(starts) == 2**bits + 1
    expected = np.searchsorted(edits >> np.uint32(32 - bits), np.arange(2**bits + 1))
    assert starts.tolist() == expected.tolist()


def test_nothing_at_all() -> None:
    """A segment of nothing has no tables but its empty list of access classes."""
    assert {name: table.num_rows for name, table in SegmentBuilder().tables().items()} == {"access_classes": 0}


def test_record_without_usable_names() -> None:
    """A record whose names hold nothing that can be compared is kept, with no row of names."""
    tables = _tables([_record("?!", "...")])
    assert tables["records"].num_rows == tables["identities"].num_rows == 1
    assert tables["names"].num_rows == tables["tokens"].num_rows == 0


def test_record_without_identities() -> None:
    """A record of documents alone is kept, and its document leads to it."""
    document = BuildDocument("X-12", "UTO", 1, 2)
    tables = _tables([BuildRecord("key", b"class", NEVER, b"", (), (document,))])
    assert set(tables) == {"access_classes", *NAME_TABLES, *DOCUMENT_TABLES}
    assert tables["documents"].to_pylist()[0] | {"country": "UTO"} == {
        "key": pack_number("X12"), "country": "UTO", "type": 1, "loss": 2, "access_class": 0, "record": 0,
    }  # fmt: skip


def test_longest_names() -> None:
    """Of a name with more tokens than are compared the first are kept, over all parts together."""
    words = [f"{a}{b}lor" for a in "bdfg" for b in "aeiou"]
    name = BuildName(((" ".join(words[:10]), 1), (" ".join(words[10:]), 2)), False)
    identity = BuildIdentity((name,), (), 0, ())
    tables = _tables([BuildRecord("key", b"class", NEVER, b"", (identity,), ())])
    texts = tables["tokens"].column("text").to_pylist()
    assert MAX_TOKENS_OF_NAME == MAX_POSITIONS
    assert texts == words[:MAX_POSITIONS]
    assert tables["names"].column("roles").to_pylist() == [[1] * 10 + [2] * 6]


def test_repeated_word_has_one_posting() -> None:
    """A name that repeats a word stands once in its postings, and keeps the word twice."""
    tables = _tables([_record("kari kari")])
    assert tables["names"].column("tokens").to_pylist() == [[0, 0]]
    assert tables["tokens"].column("postings").to_pylist() == [[0]]


def test_documents_are_sorted() -> None:
    """Documents of records and bulk documents stand together, ascending by number, issuer and type."""
    builder = SegmentBuilder()
    documents = tuple(BuildDocument(number, country, kind, 0) for number, country, kind in _some_documents(1, 40))
    builder.add(_record("kari", documents=documents))
    bulk = _some_documents(2, 60)
    batch = pa.record_batch(
        {
            "number": pa.array([number for number, _, _ in bulk]),
            "issuing_country": pa.array([country for _, country, _ in bulk]),
            "type": pa.array([kind for _, _, kind in bulk], pa.uint8()),
            "loss": pa.array([1] * len(bulk), pa.uint8()),
        }
    )
    builder.add_documents(batch.slice(0, 25), [b"other", b"class"], np.arange(25, dtype=np.int32) % 2)
    builder.add_documents(batch.slice(25), [b"class"], np.zeros(35, np.int32))
    rows = builder.tables()["documents"].to_pylist()
    order = [(row["key"], row["country"], row["type"]) for row in rows]
    assert order == sorted(order)
    given = [(pack_number(number), country, kind) for number, country, kind in _some_documents(1, 40) + bulk]
    assert sorted((key, unpack_country(country), kind) for key, country, kind in order) == sorted(given)
    assert sum(row["record"] == NO_RECORD and row["loss"] == 1 for row in rows) == 60
    assert sum(row["access_class"] == 1 for row in rows) == 13


def _some_documents(seed: int, count: int) -> list[tuple[str, str, int]]:
    random = Random(seed)
    return [
        (
            "".join(random.choice("01A") for _ in range(random.randint(1, 14))),
            random.choice(("", "UTO", "D")),
            number % 3,
        )
        for number in range(count)
    ]
