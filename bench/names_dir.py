"""Larger tables of names from a folder, added to the built-in pools: `faker_locale_names`, popular names, US census.

The folder is the `names/` of the shared data (its README gives origins and licences). Files that are absent are left
out. Names in a script without an open romanisation table here are skipped: an unvowelled Arabic name is no Latin form.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.name_pools import NameToken

__all__ = ["read_names"]

# Language (or language and country) of a Faker locale to the culture here.
_LOCALES = {
    **dict.fromkeys(("tr", "az"), "turkish"),
    **dict.fromkeys(("en_IN", "hi", "ne"), "south_asian"),
    **dict.fromkeys(("en_PK",), "pakistani"),
    **dict.fromkeys(("vi",), "vietnamese"),
    **dict.fromkeys(("pl", "cs", "ro", "sk", "hr", "sl", "sr"), "polish"),
    **dict.fromkeys(("es",), "spanish"),
    **dict.fromkeys(("pt",), "portuguese"),
    **dict.fromkeys(("fr",), "french"),
    **dict.fromkeys(("de", "nl"), "german"),
    **dict.fromkeys(("sv", "da", "no", "fi", "is"), "nordic"),
    **dict.fromkeys(("en_US", "en_GB", "en_IE", "en_NZ"), "english"),
    **dict.fromkeys(("yo", "tw", "ha"), "west_african"),
    **dict.fromkeys(("en_KE", "sw", "zu"), "swahili"),
    **dict.fromkeys(("id", "ms"), "indonesian"),
    **dict.fromkeys(("it",), "italian"),
}
_KINDS = {
    "given_m": ("given_male",),
    "given_f": ("given_female",),
    "given": ("given_male", "given_female"),
    "family": ("family",),
}

# The census names beyond this rank are borne by fewer than one in 100,000; the syllable tail stands for them.
_CENSUS_RANK_MAX = 20_000

Row = tuple[str, str, str]


def _latin(text: str) -> bool:
    """True for one word or a few of Latin letters, the only ones whose Latin form is given."""
    return (
        bool(text)
        and all(ch < "\u0250" or "\u1e00" <= ch <= "\u1eff" for ch in text)
        and text.replace(" ", "").isalpha()
    )


def _faker(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            culture = _LOCALES.get(row["locale"]) or _LOCALES.get(row["locale"].split("_")[0])
            for pool in _KINDS.get(row["kind"], ()) if culture else ():
                yield str(culture), pool, row["name"]


def _census(path: Path, pool: str) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="ascii") as source:
        for rank, line in enumerate(source):
            if rank < _CENSUS_RANK_MAX and line.strip():
                yield "english", pool, line.split()[0].capitalize()


def _rows(folder: Path) -> Iterator[Row]:
    faker = folder / "faker_locale_names.csv.gz"
    if faker.exists():
        yield from _faker(faker)
    census = {"all_last": "family", "female_first": "given_female", "male_first": "given_male"}
    for part, pool in census.items():
        path = folder / f"us_census_1990_dist_{part}.txt.gz"
        if path.exists():
            yield from _census(path, pool)


def read_names(folder: Path) -> dict[str, dict[str, tuple[NameToken, ...]]]:
    """Names by culture and pool, each once, in the order of the files (most frequent first where a file says so).

    Raises FileNotFoundError where the folder holds none of the files.
    """
    found: dict[str, dict[str, dict[str, NameToken]]] = defaultdict(lambda: defaultdict(dict))
    for culture, pool, name in _rows(folder):
        if _latin(name):
            found[culture][pool].setdefault(name, NameToken(name, name))
    if not found:
        raise FileNotFoundError(f"no table of names in {folder.name!r}")
    return {culture: {pool: tuple(names.values()) for pool, names in pools.items()} for culture, pools in found.items()}
