"""Which name items a token is a known spelling of: two tokens that share a symbol are known variants.

Symbols come in three ranges. Below READING_SYMBOL_BASE a symbol is the number of a Wikidata item (Q5837762, a given
name, is 5837762), reached by the spellings the item lists. From READING_SYMBOL_BASE on it is a *reading*: a spelling
that belongs to more items than a token may carry symbols (Hiroshi is written in some ninety ways), shared by that
spelling and everything that can be read so; it says less within one script, where two tokens that are read alike are
written differently on purpose. From NICKNAME_SYMBOL_BASE on it links one formal name with one family of its short forms
(William with Bill and Billy, by another symbol with Will and Willy); from COGNATE_SYMBOL_BASE on names of one origin in
several languages (Joseph, Yusuf, Iosif). Both are aliases, not equivalences, and worth less: a matcher that knows one
bound only may treat every symbol from NICKNAME_SYMBOL_BASE on as weak.

Latin tokens are keyed by their ASCII forms. Every other script is keyed by its own text: the consonants "mhmd" or the
Pinyin "li" stand for too many names to carry symbols. Cyrillic and Greek romanise almost without loss, so that a token
the table does not know in its own script is looked up by its most likely ASCII form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from indexes.lexicon.artefact import latin_key, native_key, open_table

__all__ = [
    "COGNATE_SYMBOL_BASE",
    "MAX_SYMBOLS",
    "NICKNAME_SYMBOL_BASE",
    "READING_SYMBOL_BASE",
    "VARIANTS_FILE",
    "VariantTable",
    "is_latin",
    "load_variants",
    "romanises_plainly",
    "variant_symbols",
]

MAX_SYMBOLS: Final = 8
"""Symbols a token carries at most: a bound on the posting lists one token can open."""

READING_SYMBOL_BASE: Final = 1 << 30  # Above every Wikidata item number (about 1.4 x 10^8 in 2025).
NICKNAME_SYMBOL_BASE: Final = 1 << 31
COGNATE_SYMBOL_BASE: Final = 3 << 30

_LATIN_BLOCKS: Final = ((0x0000, 0x02FF), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF))
_PLAIN_BLOCKS: Final = ((0x0370, 0x052F), (0x1F00, 0x1FFF))  # Greek, Cyrillic and its supplement, Greek extended.

_CACHED_TOKENS: Final = 65_536  # As in rarity.py.

VARIANTS_FILE: Final = Path(__file__).with_name("variants.arrow")


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantTable:
    """The mapped table: keys (k,) uint64 ascending; symbols[offsets[i]:offsets[i + 1]] are key i's, ascending."""

    keys: npt.NDArray[np.uint64]
    offsets: npt.NDArray[np.int32]
    symbols: npt.NDArray[np.uint32]


@cache
def load_variants(path: Path = VARIANTS_FILE) -> VariantTable:
    """Maps the table, once per process; done at the first look-up unless a server calls it at its start.

    Raises: LexiconError, see `open_table`.
    """
    batch = open_table(path)
    lists = batch.column("symbols")
    return VariantTable(
        keys=batch.column("key").to_numpy(), offsets=lists.offsets.to_numpy(), symbols=lists.values.to_numpy()
    )


def is_latin(text: str) -> bool:
    """Tells whether a token is written in Latin letters, by its first character; an empty text counts as Latin."""
    return text.isascii() or _in_blocks(text, _LATIN_BLOCKS)


def romanises_plainly(text: str) -> bool:
    """Tells whether a token is in a script (Greek, Cyrillic) whose ASCII forms keep its vowels and consonants."""
    return _in_blocks(text, _PLAIN_BLOCKS)


def variant_symbols(text: str, forms: Sequence[str]) -> tuple[int, ...]:
    """Returns the symbols, 0..2^32-1, distinct, at most MAX_SYMBOLS, of one token; () when no table knows it.

    Args: text: the token's normal form in its own script; forms: its ASCII forms, most likely first.
    Item symbols come before readings, these before nicknames and cognates, so that a cut loses the weakest.
    Cost: under 1 µs when cached, else some 8 µs. Raises nothing.
    """
    return _cached_symbols(text, tuple(forms))


@lru_cache(maxsize=_CACHED_TOKENS)
def _cached_symbols(text: str, forms: tuple[str, ...]) -> tuple[int, ...]:
    if is_latin(text):
        found = {symbol for form in forms for symbol in _symbols_of(latin_key(form))}
        return tuple(sorted(found)[:MAX_SYMBOLS])
    own = _symbols_of(native_key(text))
    if not own and forms and romanises_plainly(text):
        return _symbols_of(latin_key(forms[0]))
    return own


def _symbols_of(key: int) -> tuple[int, ...]:
    table = load_variants()
    place = int(table.keys.searchsorted(np.uint64(key)))
    if place == len(table.keys) or int(table.keys[place]) != key:
        return ()
    return tuple(table.symbols[table.offsets[place] : table.offsets[place + 1]].tolist())


def _in_blocks(text: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    first = ord(text[0]) if text else 0
    return any(low <= first <= high for low, high in blocks)
