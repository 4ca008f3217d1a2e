"""From Wikidata's name items and a list of nicknames to symbols per key. Development time only; variants.py looks up.

The order of the steps matters: a key is what a look-up can ask for; an item is a set of keys; what spelling rules and
one edit find anyway is dropped; an item inside a larger one is dropped; a key in too many items becomes a reading.
"""

import gzip
import hashlib
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA

from indexes.lexicon.variants import (
    COGNATE_SYMBOL_BASE,
    MAX_SYMBOLS,
    NICKNAME_SYMBOL_BASE,
    READING_SYMBOL_BASE,
    is_latin,
    romanises_plainly,
)
from indexes.normalise import Token, TokenKind, normalise_name

__all__ = [
    "HAN",
    "ITEMS_MEMBER",
    "LATIN",
    "Key",
    "KeyForms",
    "Symbols",
    "cognate_symbols",
    "item_symbols",
    "joined",
    "keys_of_form",
    "nickname_symbols",
    "read_items",
    "with_aliases",
]

Key = tuple[str, str]  # (script class, token text or ASCII form); the class is LATIN for ASCII forms.
KeyForms = Mapping[Key, tuple[str, ...]]  # The ASCII forms that the matcher compares by edit distance anyway.
Symbols = dict[Key, list[int]]  # Strongest first.

LATIN: Final = "latin"
HAN: Final = "han"
_OTHER: Final = "other"

ITEMS_MEMBER: Final = "rigour/data/names/persons.txt"
_INDEXED_FORMS: Final = 3  # A Latin token's later forms are MRZ spellings (MUXXLLER) that the query's own forms undo.
_DERIVED_ITEMS_MAX: Final = 2  # A romanised Cyrillic or Greek key that more items claim, or list, says too little.
_JOINED_CHARS_MAX: Final = 8  # Longer Han, kana or Hangul forms are whole names or transcribed phrases.

_ALIAS_SLOTS: Final = 4  # Kept free of items for cognates and short forms: Elizabeth has twenty of these.
_READING_SLOTS: Final = 2
_NICKNAME_STEM: Final = 3  # Letters: Bill, Billy, Billie are one family of short forms; Will, Willy, Willie another.

_ARTICLES: Final = frozenset({"al", "el", "ul"})
_HAN_BLOCKS: Final = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_UNSPACED_BLOCKS: Final = (*_HAN_BLOCKS, (0x3005, 0x3007), (0x3040, 0x30FF), (0xAC00, 0xD7AF))  # And kana, Hangul.


def read_items(path: Path) -> dict[int, list[str]]:
    """Reads `form, form, … => Q<number>` lines of rigour's wheel or of a text file, plain or .gz; item to forms."""
    items: dict[int, list[str]] = {}
    for line in _item_lines(path):
        forms, _, item = line.rpartition(" => Q")
        if forms:
            items.setdefault(int(item), []).extend(form.strip() for form in forms.split(","))
    return items


@cache
def keys_of_form(form: str) -> dict[Key, tuple[str, ...]]:
    """Returns the keys under which a look-up could ask for this spelling, each with the ASCII forms of its token.

    Empty for spellings of several words: their parts are names of their own. An Arabic article is dropped.
    """
    tokens = normalise_name(form)
    if len(tokens) == 2 and tokens[0].kind is TokenKind.PARTICLE and tokens[0].forms[0] in _ARTICLES:
        tokens = tokens[1:]
    if len(tokens) == 1 and tokens[0].kind is not TokenKind.INITIAL:
        return _keys_of_token(tokens[0])
    whole = "".join(token.text for token in tokens)
    if 1 < len(whole) <= _JOINED_CHARS_MAX and all(_in_blocks(letter, _UNSPACED_BLOCKS) for letter in form):
        return {(_script_class(whole), whole): ("".join(token.forms[0] for token in tokens),)}
    return {}


def item_symbols(items: Mapping[int, Iterable[str]]) -> Symbols:
    """Returns the symbols of each key: kept items first, largest first, then readings; at most MAX_SYMBOLS a key."""
    keys_of_item, forms = _keyed_items(items)
    useful = {item: keys for item, keys in keys_of_item.items() if _links_something(keys, forms)}
    widest = _without_contained(useful)
    items_of_key = _inverted(widest)
    readings = _readings(items_of_key, widest)
    chosen = {
        key: sorted(found, key=lambda item: (-len(widest[item]), item))[
            : MAX_SYMBOLS - min(_READING_SLOTS, len(readings[key]))
        ]
        for key, found in items_of_key.items()
    }
    kept = _still_linking(chosen, forms)
    return {
        key: symbols
        for key in sorted(items_of_key)
        if (symbols := [*kept.get(key, ()), *readings[key][:_READING_SLOTS]])
    }


def nickname_symbols(pairs: Iterable[tuple[str, str]], shares: Mapping[str, float]) -> Symbols:
    """Returns nickname symbols of Latin keys, from (formal name, nickname) pairs, the commonest names' first.

    One symbol per formal name and family of short forms: Bill and Will each share one with William only.
    A name in more families than it may carry symbols (Al, Jo) keeps those whose names have the largest world shares.
    """
    families: dict[tuple[str, str], set[str]] = defaultdict(set)
    for formal, nickname in pairs:
        if OSA.distance(formal, nickname) > 1:
            families[formal, nickname[:_NICKNAME_STEM]].add(nickname)
    symbols: Symbols = defaultdict(list)
    for (formal, stem), nicknames in sorted(families.items(), key=lambda entry: _by_commonness(entry, shares)):
        symbol = NICKNAME_SYMBOL_BASE + _number(f"{formal}/{stem}", 30)
        for name in (formal, *sorted(nicknames)):
            symbols[LATIN, name].append(symbol)
    return symbols


def _by_commonness(
    entry: tuple[tuple[str, str], set[str]], shares: Mapping[str, float]
) -> tuple[float, tuple[str, str]]:
    (formal, stem), nicknames = entry
    return -shares.get(formal, 0.0) * max(shares.get(nickname, 0.0) for nickname in nicknames), (formal, stem)


def cognate_symbols(groups: Iterable[str]) -> Symbols:
    """Returns one cognate symbol per group of space-separated names; a name in two groups (Isa) keeps both."""
    symbols: Symbols = defaultdict(list)
    for group in groups:
        names = group.split()
        symbol = COGNATE_SYMBOL_BASE + _number(names[0], 30)
        for key in sorted({key for name in names for key in keys_of_form(name)}):
            symbols[key].append(symbol)
    return symbols


def with_aliases(items: Symbols, aliases: Symbols) -> Symbols:
    """Joins both, at most MAX_SYMBOLS a key: aliases get _ALIAS_SLOTS of them, and any that items leave free."""
    merged: Symbols = {}
    for key in sorted({*items, *aliases}):
        own, alias = items.get(key, []), aliases.get(key, [])
        free = MAX_SYMBOLS - min(len(alias), _ALIAS_SLOTS)
        merged[key] = [*own[:free], *alias[: MAX_SYMBOLS - len(own[:free])]]
    return merged


def joined(*tables: Symbols) -> Symbols:
    """Joins tables of symbols, the first table's first."""
    return {key: [symbol for table in tables for symbol in table.get(key, ())] for key in sorted(set().union(*tables))}


def _item_lines(path: Path) -> Iterator[str]:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            yield from wheel.read(ITEMS_MEMBER).decode("utf-8").splitlines()
    else:
        content = path.read_bytes()
        yield from (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8").splitlines()


def _keys_of_token(token: Token) -> dict[Key, tuple[str, ...]]:
    if is_latin(token.text):
        return {(LATIN, form): (form,) for form in token.forms[:_INDEXED_FORMS]}
    return {(_script_class(token.text), token.text): token.forms}


def _script_class(text: str) -> str:
    if is_latin(text):
        return LATIN
    return HAN if _in_blocks(text[0], _HAN_BLOCKS) else _OTHER


def _in_blocks(letter: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= ord(letter) <= high for low, high in blocks)


def _keyed_items(items: Mapping[int, Iterable[str]]) -> tuple[dict[int, set[Key]], KeyForms]:
    """Returns each item's keys, and every key's ASCII forms.

    An item without a Latin key gets its romanised one where that is unambiguous.
    """
    forms: dict[Key, tuple[str, ...]] = {}
    keys_of_item: dict[int, set[Key]] = {}
    for item, spellings in sorted(items.items()):
        found = {key: ascii_forms for spelling in spellings for key, ascii_forms in keys_of_form(spelling).items()}
        forms.update(found)
        keys_of_item[item] = set(found)
    listed = _inverted(keys_of_item)
    claims = _inverted({item: _romanised(keys, forms) for item, keys in keys_of_item.items()})
    for key, claimants in claims.items():
        if len(claimants | listed.get(key, set())) <= _DERIVED_ITEMS_MAX:
            forms.setdefault(key, (key[1],))
            for item in claimants:
                keys_of_item[item].add(key)
    return keys_of_item, forms


def _romanised(keys: set[Key], forms: KeyForms) -> set[Key]:
    if any(key[0] == LATIN for key in keys):
        return set()
    return {(LATIN, forms[key][0]) for key in keys if romanises_plainly(key[1])}


def _inverted(keys_of_item: Mapping[int, Iterable[Key]]) -> dict[Key, set[int]]:
    items_of_key: dict[Key, set[int]] = defaultdict(set)
    for item, keys in keys_of_item.items():
        for key in keys:
            items_of_key[key].add(item)
    return items_of_key


def _links_something(keys: Iterable[Key], forms: KeyForms) -> bool:
    """Tells whether some two keys are more than one edit apart in every pair of forms: else the symbol adds nothing."""
    return any(not _already_near(forms[left], forms[right]) for left, right in combinations(sorted(keys), 2))


def _already_near(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return any(OSA.distance(a, b, score_cutoff=1) <= 1 for a in left for b in right)


def _without_contained(keys_of_item: Mapping[int, set[Key]]) -> dict[int, set[Key]]:
    """Drops each item whose keys all stand in another: whoever shares the smaller shares the larger."""
    items_of_key = _inverted(keys_of_item)
    kept: dict[int, set[Key]] = {}
    for item in sorted(keys_of_item, key=lambda number: (-len(keys_of_item[number]), number)):
        keys = keys_of_item[item]
        rarest = min(keys, key=lambda key: (len(items_of_key[key]), key))
        if not any(keys <= kept[other] for other in items_of_key[rarest] if other in kept):
            kept[item] = keys
    return kept


def _readings(items_of_key: Mapping[Key, set[int]], keys_of_item: Mapping[int, set[Key]]) -> dict[Key, list[int]]:
    """Returns reading symbols of the keys that stand in more items than they can carry, and of what is read so."""
    crowded = [key for key, found in items_of_key.items() if len(found) > MAX_SYMBOLS - _READING_SLOTS]
    readings: dict[Key, list[int]] = defaultdict(list)
    covered: set[Key] = set()
    for hub in sorted(crowded, key=lambda key: (-len(items_of_key[key]), key)):
        if hub not in covered and hub[0] != HAN:
            members = _read_alike(hub, items_of_key, keys_of_item)
            covered.update(key for key in members if key[0] != HAN)
            symbol = READING_SYMBOL_BASE + _number("/".join(hub), 30)
            for key in sorted(members):
                readings[key].append(symbol)
    return readings


def _read_alike(hub: Key, items_of_key: Mapping[Key, set[int]], keys_of_item: Mapping[int, set[Key]]) -> set[Key]:
    """The hub, the Han spellings of its items, and phonetic spellings found beside it at least as often as not."""
    shared: dict[Key, int] = defaultdict(int)
    for item in items_of_key[hub]:
        for key in keys_of_item[item]:
            shared[key] += 1
    return {
        key
        for key, count in shared.items()
        if key[0] == HAN or 2 * count >= max(len(items_of_key[hub]), len(items_of_key[key]))
    }


def _still_linking(chosen: Mapping[Key, list[int]], forms: KeyForms) -> dict[Key, list[int]]:
    """Drops the items that the bound on symbols has left with nothing to link."""
    keys_of_item: dict[int, set[Key]] = defaultdict(set)
    for key, items in chosen.items():
        for item in items:
            keys_of_item[item].add(key)
    useful = {item for item, keys in keys_of_item.items() if _links_something(keys, forms)}
    return {key: [item for item in items if item in useful] for key, items in chosen.items()}


def _number(text: str, bits: int) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") % (1 << bits)
