"""Builds the artefacts of this folder from the sources that PROVENANCE.md names; run at development time only.

    python -m indexes.lexicon.compile --sources DIR [--items FILE] [--into DIR]

DIR holds every file of SOURCES. Same sources, same `indexes.normalise`, same pyarrow: same bytes.
"""

import csv
import gzip
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import pyarrow as pa
import typer

from indexes.lexicon import name_frequencies, name_items
from indexes.lexicon.artefact import latin_key, native_key, write_table
from indexes.lexicon.cognates import COGNATES
from indexes.lexicon.rarity import RARITY_FILE, SHARE_RARE
from indexes.lexicon.variants import VARIANTS_FILE

__all__ = ["ITEMS_FILE", "NICKNAMES_FILE", "SOURCES", "VARIANT_SHARE", "compile_lexicon", "main", "with_variants"]

ITEMS_FILE: Final = "wikidata_person_name_variants_half.txt.gz"
NICKNAMES_FILE: Final = "nicknames_en.csv.gz"
SOURCES: Final = (
    *name_frequencies.CENSUS_FILES,
    name_frequencies.FORENAMES_FILE,
    name_frequencies.SURNAMES_FILE,
    name_frequencies.FAKER_FILE,
    NICKNAMES_FILE,
    ITEMS_FILE,
)

VARIANT_SHARE: Final = 0.5
"""A spelling that no frequency source has counts as at least half as common as the commonest known variant of it."""


def compile_lexicon(sources: Path, items: Path, into: Path) -> None:
    """Writes rarity.arrow and variants.arrow into a folder.

    Raises: OSError on a missing source; KeyError or ValueError on one of another shape; AssertionError when two keys
    or two symbols collide (then the hash needs another salt).
    """
    digests = {path.name: _sha256(path) for path in (*(sources / name for name in SOURCES[:-1]), items)}
    spelled = name_items.read_items(items)
    shares = name_frequencies.world_shares(name_frequencies.read_witnesses(sources))
    nicknames = name_items.nickname_symbols(_nickname_pairs(sources / NICKNAMES_FILE), shares)
    aliases = name_items.joined(name_items.cognate_symbols(COGNATES), nicknames)
    symbols = name_items.with_aliases(name_items.item_symbols(spelled), aliases)
    write_table(into / VARIANTS_FILE.name, _variant_columns(symbols), digests)
    write_table(into / RARITY_FILE.name, _rarity_columns(with_variants(shares, spelled.values())), digests)


def with_variants(shares: Mapping[str, float], items: Iterable[Iterable[str]]) -> dict[str, float]:
    """Returns the shares, with each Latin spelling of an item raised to VARIANT_SHARE of the item's commonest one."""
    raised = dict(shares)
    for spellings in items:
        forms = {
            key[1] for spelling in spellings for key in name_items.keys_of_form(spelling) if key[0] == name_items.LATIN
        }
        common = max((shares.get(form, 0.0) for form in forms), default=0.0)
        for form in forms:
            raised[form] = max(raised.get(form, 0.0), common * VARIANT_SHARE)
    return raised


def _rarity_columns(shares: Mapping[str, float]) -> dict[str, pa.Array]:
    """Forms at or below SHARE_RARE weigh as if unknown, and are left out."""
    known = sorted((latin_key(form), share) for form, share in shares.items() if share > SHARE_RARE)
    keys = np.array([key for key, _ in known], np.uint64)
    assert (np.diff(keys) > 0).all(), "two forms have the same key"
    return {"key": pa.array(keys), "share": pa.array(np.array([share for _, share in known], np.float32))}


def _variant_columns(symbols: name_items.Symbols) -> dict[str, pa.Array]:
    rows = sorted((_hash_of(key), sorted(numbers)) for key, numbers in symbols.items() if numbers)
    keys = np.array([key for key, _ in rows], np.uint64)
    assert (np.diff(keys) > 0).all(), "two names have the same key"
    assert all(0 <= number < 1 << 32 for _, numbers in rows for number in numbers), "a symbol is not uint32"
    return {"key": pa.array(keys), "symbols": pa.array([numbers for _, numbers in rows], pa.list_(pa.uint32()))}


def _hash_of(key: name_items.Key) -> int:
    script, text = key
    return latin_key(text) if script == name_items.LATIN else native_key(text)


def _nickname_pairs(path: Path) -> list[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [(row["name1"], row["name2"]) for row in csv.DictReader(lines) if row["relationship"] == "has_nickname"]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(
    sources: Annotated[Path, typer.Option(help="Folder with every file of SOURCES.")],
    items: Annotated[
        Path | None, typer.Option(help="Another table of name items: a text file, plain or gzipped, or a wheel.")
    ] = None,
    into: Annotated[Path, typer.Option(help="Where the artefacts go.")] = RARITY_FILE.parent,
) -> None:
    """Builds rarity.arrow and variants.arrow."""
    compile_lexicon(sources, items or sources / ITEMS_FILE, into)


if __name__ == "__main__":
    typer.run(main)
