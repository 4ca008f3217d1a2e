"""Document numbers are of national formats, one at a time and in bulk."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.document_numbers import DOCUMENT_SCHEMA, FORMATS, draw_document, issuers, record_batches
from bench.draws import Draws
from bench.population import Population
from screening.model import Database, DocumentType, LossKind

ROWS = 131_072


def test_every_bulk_row_fits_a_format_of_its_issuer_and_type() -> None:
    """Every bulk row fits a format of its issuer and type."""
    formats = defaultdict(list)
    for series in FORMATS:
        formats[series.country, int(series.type)].append(series)
    batch = next(Population(1).documents(20_000))
    columns = [batch.column(name).to_pylist() for name in ("number", "issuing_country", "type")]
    for number, country, kind in zip(*columns, strict=True):
        assert any(series.fits(number) for series in formats[country, kind])


def test_the_bulk_is_the_same_on_every_machine_and_has_the_schema_and_count_asked_for() -> None:
    """The bulk is the same on every machine and has the schema and count asked for."""
    batches = list(record_batches(1, ROWS + 5))
    assert [batch.num_rows for batch in batches] == [65_536, 65_536, 5]
    assert all(batch.schema == DOCUMENT_SCHEMA for batch in batches)
    digest = hashlib.sha256("".join(batches[0].column("number").to_pylist()).encode()).hexdigest()[:16]
    assert digest == "7771e7eb14359598"


def test_kinds_of_loss_are_mixed_and_blanks_come_in_consecutive_blocks() -> None:
    """Kinds of loss are mixed; stolen blanks come in blocks of consecutive numbers."""
    losses: Counter[int] = Counter()
    neighbours = 0
    for batch in record_batches(1, ROWS):
        loss = batch.column("loss").to_numpy()
        losses.update(loss.tolist())
        assert set(batch.column("database").to_pylist()) == {Database.SLTD}
        digits = [int("".join(filter(str.isdigit, number)) or 0) for number in batch.column("number").to_pylist()]
        steps = np.diff(np.array(digits, dtype=object)) == 1
        neighbours += int(np.sum(steps & (loss[1:] == LossKind.STOLEN_BLANK)))
    assert set(losses) == {LossKind.STOLEN_BLANK, LossKind.STOLEN, LossKind.LOST, LossKind.REVOKED}
    assert neighbours > 0.8 * losses[LossKind.STOLEN_BLANK]


@given(series=st.sampled_from(FORMATS), serial=st.integers(0, 10**18))
@settings(max_examples=60)
def test_bulk_and_single_numbers_agree(series: object, serial: int) -> None:
    """The number of a serial is the same whether made alone or in bulk, and fits its format."""
    assert isinstance(series, type(FORMATS[0]))
    number = series.number(serial % series.capacity)
    assert series.numbers(np.array([serial], dtype=np.uint64)).to_pylist() == [number]
    assert series.fits(number)
    assert len(number) <= 40


def test_a_person_gets_a_document_of_the_country_asked_for() -> None:
    """A person gets a document of the country asked for, whichever it is."""
    draws = Draws(1, 0, 0)
    for country in issuers():
        document = draw_document(country, draws)
        assert document.issuing_country == country
        assert document.type in (DocumentType.PASSPORT, DocumentType.IDENTITY_CARD)
