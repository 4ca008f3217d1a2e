"""Document numbers in national formats, one at a time or millions a second.

Formats are patterns: `D` a digit, `L` a letter, `G` a character of the German set (no vowels and no letters that look
like digits), `#` a digit or letter; every other character stands for itself, a backslash makes the next one stand for
itself. They follow what issuing states print (openly described in travel guidance and in ICAO specimens); where a
state has several series the most common one stands for all. Check characters inside national numbers are not computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bench.draws import Draws, raw_words
from screening.model import Database, Document, DocumentType, LossKind

__all__ = ["DOCUMENT_SCHEMA", "FORMATS", "NumberFormat", "draw_document", "issuers", "number_format", "record_batches"]

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALPHABETS = {"D": _DIGITS, "L": _LETTERS, "G": "0123456789CFGHJKLMNPRTVWXYZ", "#": _DIGITS + _LETTERS}

# Country, document type (P passport, I identity card), pattern, weight among lost and stolen documents.
_TABLE = """
AFG P \\ODDDDDDDD 6; AFG P PDDDDDDDD 3; AGO P NDDDDDDD 2; ALB P BLDDDDDDD 3; ARE P LLDDDDDDD 2; ARG P AALDDDDDD 4
AUS P PLDDDDDDD 2; AUT P LDDDDDDD 2; AUT I LDDDDDDD 1; AZE P CDDDDDDDD 2; BEL P LLDDDDDD 2; BEL I DDDDDDDDDDDD 2
BGD P LLDDDDDDD 7; BGD P LDDDDDDDD 2; BRA P LLDDDDDD 8; BRA P FLDDDDDD 2; CAN P LLDDDDDD 2; CHE P XDDDDDDD 1
CHN P \\EDDDDDDDD 10; CHN P \\ELDDDDDDD 6; CIV P DDLLDDDDD 2; CMR P DDDDDDD 2; COD P \\O\\PDDDDDDD 3; COL P LLDDDDDD 5
COL I DDDDDDDDDD 2; CYP P KDDDDDDDD 1; CZE P DDDDDDDD 2; CZE I DDDDDDDDD 1; DEU P CGGGGGGGD 5; DEU I \\LGGGGGGGD 4
DNK P DDDDDDDDD 1; DZA P DDDDDDDDD 4; DZA I DDDDDDDDD 1; ECU P \\ADDDDDDD 3; EGY P ADDDDDDDD 8; EGY I DDDDDDDDDDDDDD 2
ERI P KDDDDDDD 2; ESP P LLLDDDDDD 3; ESP I LLLDDDDDD 3; ETH P \\E\\PDDDDDDD 5; FIN P \\F\\PDDDDDDD 1
FRA P DDLLDDDDD 6; FRA I ######### 4; GBR P DDDDDDDDD 8; GHA P \\GDDDDDDD 3; GRC P \\ALDDDDDDD 2; GRC I LLDDDDDD 2
GTM P DDDDDDDDD 2; HKG P KLDDDDDDD 1; HTI P LLDDDDDD 2; IDN P LDDDDDDD 5; IDN I DDDDDDDDDDDDDDDD 3; IND P LDDDDDDD 12
IRL P \\LLDDDDDDD 1; IRN P LDDDDDDDD 6; IRQ P ADDDDDDDD 9; ISR P DDDDDDDD 3; ITA P YLDDDDDDD 4; ITA I CLDDDDDLL 3
JAM P ADDDDDDD 1; JOR P LDDDDDD 3; JPN P LLDDDDDDD 3; KAZ P NDDDDDDDD 3; KEN P LKDDDDDDD 3; KGZ P \\A\\CDDDDDDD 2
KOR P MDDDLDDDD 3; KOR P MDDDDDDDD 1; LAO P PDDDDDDD 1; LBY P LLLLLLDD 1; LBY P LDDDDDDD 3; LKA P NDDDDDDD 3
MAR P LLDDDDDDD 4; MAR I LLDDDDDD 3; MEX P GDDDDDDDD 5; MEX P NDDDDDDDD 2; MLI P LLDDDDDDD 2; MYS P ADDDDDDDD 3
NGA P ADDDDDDDD 7; NGA P BDDDDDDDD 3; NOR P LLLDDDDDD 1; NPL P DDDDDDDD 3; PAK P LLDDDDDDD 8; PAK I DDDDDDDDDDDDD 2
PER P DDDDDDDDD 2; PER I DDDDDDDD 2; POL P LLDDDDDDD 3; POL I LLLDDDDDD 3; PRK P DDDDDDDDD 1; PRT P LLDDDDDD 1
PRT I DDDDDDDDDLLD 1; ROU P DDDDDDDDD 3; ROU I LLDDDDDD 3; RUS P DDDDDDDDD 14; RUS I DDDDDDDDDD 6; SAU P LDDDDDDD 3
SDN P PDDDDDDDD 4; SEN P \\ADDDDDDDD 2; SGP P \\KDDDDDDDL 1; SOM P PDDDDDDDD 4; SRB P DDDDDDDDD 2; SWE P DDDDDDDD 2
SWE P LLDDDDDDD 1; SYR P DDDDDDDDD 5; SYR P NDDDDDDDD 4; THA P LLDDDDDDD 4; TJK P DDDDDDDDD 1; TUN P LDDDDDD 3
TUR P UDDDDDDDD 7; TUR I LDDLDDDDD 3; TWN P DDDDDDDDD 2; TZA P \\T\\A\\EDDDDDD 1; UGA P LDDDDDDDD 1; UKR P LLDDDDDD 5
UKR I DDDDDDDDD 2; USA P DDDDDDDDD 10; USA P \\ADDDDDDDD 2; VEN P DDDDDDDDD 4; VNM P LDDDDDDD 4; YEM P DDDDDDDD 2
BLR P LLDDDDDDD 2
"""

_TYPES = {"P": DocumentType.PASSPORT, "I": DocumentType.IDENTITY_CARD}

# The columns of the file form `documents-parquet`.
DOCUMENT_SCHEMA = pa.schema(
    [
        pa.field("number", pa.string(), nullable=False),
        pa.field("type", pa.uint8(), nullable=False),
        pa.field("issuing_country", pa.string(), nullable=False),
        pa.field("database", pa.uint8(), nullable=False),
        pa.field("loss", pa.uint8(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
    ]
)

# Rows of a batch: small enough to stay in a core's cache while its columns are made.
_BATCH_ROWS = 65_536

# Rows of one issuer in a row within a batch: as lists of stolen documents come, country by country.
_RUN_ROWS = 4_096

# Share of the runs that are a block of consecutive blanks, stolen together before they were issued.
_BLANK_RUNS_PERCENT = 18

# Longest such block; published cases reach some thousands, usually a few boxes of 500.
_BLANK_ROWS_MAX = 1_000

# How the others got lost, in percent, cumulative: stolen from the bearer, lost, revoked.
_LOSS_KINDS = np.array([LossKind.STOLEN] * 38 + [LossKind.LOST] * 54 + [LossKind.REVOKED] * 8, dtype=np.uint8)

_STREAM_DOCUMENTS = 3


@dataclass(frozen=True)
class NumberFormat:
    """One national series: who issues it, what it is, its pattern and its share."""

    country: str
    type: DocumentType
    pattern: str
    weight: int

    @cached_property
    def alphabets(self) -> tuple[str, ...]:
        """The characters allowed at each position, left to right."""
        found, fixed = [], False
        for character in self.pattern:
            if character == "\\" and not fixed:
                fixed = True
                continue
            found.append(character if fixed else _ALPHABETS.get(character, character))
            fixed = False
        return tuple(found)

    @cached_property
    def capacity(self) -> int:
        """How many numbers the series has, cut at 2**62 so that serials fit an int64."""
        total = 1
        for alphabet in self.alphabets:
            total *= len(alphabet)
        return min(total, 1 << 62)

    def number(self, serial: int) -> str:
        """The number at a place in the series, 0..capacity - 1; the next serial is the next number printed."""
        characters = []
        for alphabet in reversed(self.alphabets):
            serial, digit = divmod(serial, len(alphabet))
            characters.append(alphabet[digit])
        return "".join(reversed(characters))

    def fits(self, number: str) -> bool:
        """True where a number could be one of this series."""
        pairs = zip(number, self.alphabets, strict=False)
        return len(number) == len(self.alphabets) and all(character in allowed for character, allowed in pairs)

    def numbers(self, serials: npt.NDArray[np.uint64]) -> pa.StringArray:
        """(n,) numbers of (n,) serials, vectorised; serials are reduced to the capacity."""
        width = len(self.alphabets)
        rest = serials % np.uint64(self.capacity)
        text = np.empty((len(serials), width), dtype=np.uint8)
        for position in range(width - 1, -1, -1):
            alphabet = np.frombuffer(self.alphabets[position].encode("ascii"), dtype=np.uint8)
            rest, digit = np.divmod(rest, np.uint64(len(alphabet))) if len(alphabet) > 1 else (rest, np.uint64(0))
            text[:, position] = alphabet[digit.astype(np.intp)]
        return _fixed_width(text)


def _fixed_width(text: npt.NDArray[np.uint8]) -> pa.StringArray:
    """(n, width) ASCII bytes as n strings."""
    offsets = np.arange(len(text) + 1, dtype=np.int32) * np.int32(text.shape[1])
    return pa.StringArray.from_buffers(len(text), pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text)))


def _formats() -> tuple[NumberFormat, ...]:
    found = []
    for line in _TABLE.strip().splitlines():
        for entry in line.split(";"):
            country, kind, pattern, weight = entry.split()
            found.append(NumberFormat(country, _TYPES[kind], pattern, int(weight)))
    return tuple(found)


FORMATS = _formats()
_CUMULATIVE = tuple(accumulate(entry.weight for entry in FORMATS))
_BY_COUNTRY: dict[str, tuple[NumberFormat, ...]] = {
    country: tuple(entry for entry in FORMATS if entry.country == country) for country in {e.country for e in FORMATS}
}


def issuers() -> tuple[str, ...]:
    """Alpha-3 codes of all issuers that have a format, in alphabetical order."""
    return tuple(sorted(_BY_COUNTRY))


def number_format(country: str, draws: Draws) -> NumberFormat:
    """One of the country's series."""
    return draws.one_of(_BY_COUNTRY[country])


def draw_document(country: str, draws: Draws) -> Document:
    """A document of that country with any number of one of its series."""
    series = number_format(country, draws)
    return Document(number=series.number(draws.below(series.capacity)), type=series.type, issuing_country=country)


def _run(
    words: npt.NDArray[np.uint64], series: NumberFormat, blanks: bool
) -> tuple[pa.StringArray, npt.NDArray[np.uint8]]:
    """Numbers and kinds of loss of one run of rows of one series; (n,) words decide them."""
    count = len(words)
    if not blanks:
        return series.numbers(words >> np.uint64(1)), _LOSS_KINDS[(words % np.uint64(100)).astype(np.intp)]
    # Blocks of one length a run; each starts anywhere in the series and counts up.
    length = 50 + int(words[0] % np.uint64(_BLANK_ROWS_MAX - 50))
    starts = np.repeat(words[::length] >> np.uint64(2), length)[:count]
    serials = starts + np.arange(count, dtype=np.uint64) % np.uint64(length)
    return series.numbers(serials), np.full(count, LossKind.STOLEN_BLANK, dtype=np.uint8)


def _batch(seed: int, block: int, count: int) -> pa.RecordBatch:
    words = raw_words(seed, _STREAM_DOCUMENTS, block, count)
    draws = Draws(seed, _STREAM_DOCUMENTS + 1, block)
    numbers, losses, types, countries = [], [], [], []
    for start in range(0, count, _RUN_ROWS):
        part = words[start : start + _RUN_ROWS]
        series = FORMATS[draws.rank(_CUMULATIVE)]
        number, loss = _run(part, series, draws.chance(_BLANK_RUNS_PERCENT))
        numbers.append(number)
        losses.append(loss)
        types.append(np.full(len(part), series.type, dtype=np.uint8))
        countries.append(_fixed_width(np.tile(np.frombuffer(series.country.encode(), dtype=np.uint8), (len(part), 1))))
    country = pa.concat_arrays(countries)
    database = np.full(count, Database.SLTD, dtype=np.uint8)
    columns = [pa.concat_arrays(numbers), np.concatenate(types), country, database, np.concatenate(losses), country]
    return pa.RecordBatch.from_arrays([pa.array(column) for column in columns], schema=DOCUMENT_SCHEMA)


def record_batches(seed: int, count: int) -> Iterator[pa.RecordBatch]:
    """`count` lost and stolen documents in batches; some numbers may come twice, as they do in real lists.

    The first n rows are the same whatever the count, for every n that is a multiple of 65,536.
    """
    for block, start in enumerate(range(0, count, _BATCH_ROWS)):
        yield _batch(seed, block, min(_BATCH_ROWS, count - start))
