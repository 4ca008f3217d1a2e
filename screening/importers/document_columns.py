"""Columns of document records, validated a batch at a time, because 138 million of them come this way.

A record is kept whole or rejected whole: number, type and issuing country together identify a document, so none of
them may be guessed. Work is per distinct value (a country, a type) or in Arrow's kernels, never per row; only
rejected rows cost Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from screening.country_codes import canonical_country, is_country_code
from screening.importers.rows import clipped_code
from screening.model import Database, DocumentType, LossKind

__all__ = ["DOCUMENT_SCHEMA", "INPUT_COLUMNS", "REQUIRED_COLUMNS", "FaultyRow", "ValidatedBatch", "validated"]

DOCUMENT_SCHEMA: Final = pa.schema(
    [
        pa.field("number", pa.string(), nullable=False),
        pa.field("type", pa.uint8(), nullable=False),
        pa.field("issuing_country", pa.string(), nullable=False),
        pa.field("database", pa.uint8(), nullable=False),
        pa.field("loss", pa.uint8(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
    ]
)
"""What document importers yield. `number` as printed, 1 to 40 characters; `type`, `database` and `loss` are the
numbers of the enumerations of `model.py` (0: not stated; never for `database`); countries are canonical alpha-3;
`source` owns the record."""

INPUT_COLUMNS: Final = ("number", "type", "issuing_country", "loss", "database", "source")
REQUIRED_COLUMNS: Final = ("number", "type", "issuing_country", "loss")

NUMBER_CHARS_MAX = 40  # The contract's limit for Document.number.
_DATABASES = (Database.SLTD, Database.TDAWN, Database.SAD)  # The databases that hold records of documents alone.

# P and V are document codes of Doc 9303-4 and -7, I of Doc 9303-5. A stands for an administrative document here, as
# in the files this format is for; Doc 9303-5 also allows A for identity cards, so such files should write the full
# word.
_TYPE_LETTERS = {
    "P": DocumentType.PASSPORT,
    "I": DocumentType.IDENTITY_CARD,
    "V": DocumentType.VISA,
    "A": DocumentType.ADMINISTRATIVE,
}
_TYPES: Final[Mapping[str, int]] = {"": 0, **{kind.name: kind for kind in DocumentType}, **_TYPE_LETTERS}
_LOSSES: Final[Mapping[str, int]] = {"": 0, **{kind.name: kind for kind in LossKind}}
_DATABASE_NUMBERS: Final[Mapping[str, int]] = {"": Database.SLTD, **{kind.name: kind for kind in _DATABASES}}
_PREFIXES = {
    "type": "DOCUMENT_TYPE_",
    "loss": "LOSS_KIND_",
    "database": "DATABASE_",
}  # Names as protobuf JSON writes them.

_PRINTED_NUMBER = rf"^[\p{{L}}\p{{Nd}} /.<-]{{1,{NUMBER_CHARS_MAX}}}$"  # The separators that documents print.
_HOLDS_ALPHANUMERIC = r"[\p{L}\p{Nd}]"

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyRow:
    """A rejected row: its position in the batch from 0, and why. The first fault found is named."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidatedBatch:
    """The good rows of a batch in `DOCUMENT_SCHEMA`, and the others."""

    good: pa.RecordBatch
    faulty: tuple[FaultyRow, ...] = ()


@dataclass(slots=True)
class _Faults:
    """Which rows are still good, and why the others are not."""

    rows: int
    reasons: dict[int, str] = field(default_factory=dict)

    def add(self, bad: _Mask, reason: Callable[[int], str]) -> None:
        for position in np.flatnonzero(bad).tolist():
            self.reasons.setdefault(position, reason(position))

    def good(self) -> _Mask:
        good = np.ones(self.rows, dtype=np.bool_)
        good[list(self.reasons)] = False
        return good


def validated(columns: Mapping[str, pa.Array]) -> ValidatedBatch:
    """Checks and converts the columns of `INPUT_COLUMNS`; `database` and `source` may be absent. All have one length.

    Text columns are strings or bytes, enumerations text or their numbers; null means empty. A record of SLTD whose
    source is another than its issuing country is refused: only the issuer may record a document there (DOMAIN 4.1).
    """
    row_count = len(columns["number"])
    faults = _Faults(row_count)
    number = _numbers(columns["number"], faults)
    types = _enumerated(columns["type"], "type", _TYPES, faults)
    losses = _enumerated(columns["loss"], "loss", _LOSSES, faults)
    databases = _enumerated(_column(columns, "database", row_count), "database", _DATABASE_NUMBERS, faults)
    country = _countries(columns["issuing_country"], "issuing_country", faults)
    source = _sources(columns.get("source"), country, databases, faults)
    arrays = (number, types, country, databases, losses, source)
    batch = pa.RecordBatch.from_arrays(list(arrays), schema=DOCUMENT_SCHEMA)
    if not faults.reasons:
        return ValidatedBatch(good=batch)
    faulty = (FaultyRow(position=position, reason=reason) for position, reason in sorted(faults.reasons.items()))
    return ValidatedBatch(good=batch.filter(pa.array(faults.good())), faulty=tuple(faulty))


def _column(columns: Mapping[str, pa.Array], name: str, row_count: int) -> pa.Array:
    """The column, or an empty one where the file has none."""
    return columns[name] if name in columns else pa.nulls(row_count, pa.string())


def _numbers(column: pa.Array, faults: _Faults) -> pa.Array:
    """Document numbers without spaces around; plain letters and digits, nearly all, are told by the fast kernel."""
    text = pc.utf8_trim_whitespace(_text(column, "number", faults))
    size = pc.utf8_length(text)
    plain = _mask(pc.and_(pc.string_is_ascii(text), pc.utf8_is_alnum(text))) & (_ints(size) <= NUMBER_CHARS_MAX)
    doubtful = np.flatnonzero(~plain)
    if not len(doubtful):
        return text
    rare = text.take(pa.array(doubtful))
    printed = _mask(pc.match_substring_regex(rare, _PRINTED_NUMBER))
    printed &= _mask(pc.match_substring_regex(rare, _HOLDS_ALPHANUMERIC))
    bad = np.zeros(len(text), dtype=np.bool_)
    bad[doubtful[~printed]] = True
    faults.add(bad, lambda position: _number_reason(text[position].as_py()))
    return text


def _number_reason(number: str) -> str:
    if not number:
        return "number: missing"
    if len(number) > NUMBER_CHARS_MAX:
        return f"number: longer than {NUMBER_CHARS_MAX} characters"
    return f"number: {clipped_code(number)} is no document number"


def _enumerated(column: pa.Array, name: str, numbers: Mapping[str, int], faults: _Faults) -> pa.Array:
    """Numbers of an enumeration, from its names (any case, protobuf's prefix or not), letters or numbers."""
    if pa.types.is_integer(column.type):
        wanted, codes = set(numbers.values()), column.fill_null(0)
        known = {code: code for code in pc.unique(codes).to_pylist() if code in wanted}
        if name == "database":
            known[0] = numbers[""]
    else:
        codes = _text(column, name, faults)
        known = _known_names(pc.unique(codes).to_pylist(), _PREFIXES[name], numbers)
    values, missing = _looked_up(codes, known, 0)
    faults.add(missing, lambda position: f"{name}: {clipped_code(str(codes[position].as_py()))} is unknown")
    return pa.array(values, pa.uint8())


def _known_names(written: list[str], prefix: str, numbers: Mapping[str, int]) -> dict[str, int]:
    names = {text: text.strip().upper().removeprefix(prefix) for text in written}
    return {text: numbers[name] for text, name in names.items() if name in numbers}


def _countries(column: pa.Array, name: str, faults: _Faults) -> pa.Array:
    """Canonical alpha-3 codes; an empty or unknown one is a fault."""
    text = _text(column, name, faults)
    known = {code: _canonical(code) for code in pc.unique(text).to_pylist()}
    codes = sorted({code for code in known.values() if code})
    indices, missing = _looked_up(text, {raw: codes.index(code) for raw, code in known.items() if code}, 0)
    faults.add(missing, lambda position: _country_reason(name, text[position].as_py()))
    return pa.array(codes or [""], pa.string()).take(pa.array(indices))


@cache
def _canonical_of_code(code: str) -> str:
    return canonical_country(code) if is_country_code(code) else ""


def _canonical(code: str) -> str:
    """Canonical code, or empty; only short texts are remembered, so that a file of junk does not fill the memory."""
    code = code.strip().upper()
    return _canonical_of_code(code) if len(code) <= len("DEU") and code.isascii() else ""


def _country_reason(name: str, code: str) -> str:
    return f"{name}: {clipped_code(code)} is no country code" if code.strip() else f"{name}: missing"


def _sources(column: pa.Array | None, country: pa.Array, databases: pa.Array, faults: _Faults) -> pa.Array:
    """Who owns each record: the column's code, or the issuing country where there is none."""
    if column is None or column.null_count == len(column):
        return country
    text = _text(column, "source", faults)
    stated = _mask(pc.not_equal(pc.utf8_trim_whitespace(text), ""))
    canonical = _countries(pc.if_else(pa.array(stated), text, country), "source", faults)
    foreign = _mask(pc.not_equal(canonical, country)) & (_ints(databases) == Database.SLTD)
    faults.add(foreign, lambda _: "source: only the issuing country may record a document in SLTD")
    return canonical


def _text(column: pa.Array, name: str, faults: _Faults) -> pa.Array:
    """The column as strings without nulls. Bytes that are no UTF-8 are a fault, and become empty."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)):
        return column.cast(pa.string()).fill_null("")
    column = column.cast(pa.binary()).fill_null(b"")
    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:
        return _decodable(column, name, faults)


def _decodable(column: pa.Array, name: str, faults: _Faults) -> pa.Array:
    """The slow way for the rare batch with bytes that are no UTF-8."""
    texts = [_decoded(value) for value in column.to_pylist()]
    faults.add(np.array([text is None for text in texts]), lambda _: f"{name}: not UTF-8")
    return pa.array([text or "" for text in texts], pa.string())


def _decoded(value: bytes) -> str | None:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _looked_up(values: pa.Array, known: Mapping[object, int], default: int) -> tuple[npt.NDArray[np.int64], _Mask]:
    """Each value's number by the mapping, `default` where it has none; and which have none."""
    keys = pa.array(list(known), values.type)
    indices = _ints(pc.fill_null(pc.index_in(values, value_set=keys), -1))
    numbers = np.array([*known.values(), default], dtype=np.int64)
    return numbers[indices], indices < 0


def _mask(flags: pa.Array) -> _Mask:
    return np.asarray(flags.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _ints(numbers: pa.Array) -> npt.NDArray[np.int64]:
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.int64)
