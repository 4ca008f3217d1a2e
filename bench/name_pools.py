"""Cultures: which names there are, how often, and how they are put together (`bench/names/*.toml`).

A pool of names has a core (common real names, most frequent first) and a tail made of syllables, so that a population
of a million persons has the hundreds of thousands of distinct tokens that a real one has. Both fall off like Zipf's
law.

Keys of a culture's file. Lists of entries are text: `Latin|native|variant,variant`, white space between, `_` for a
space.
- `weight`: share among the cultures; `countries`: nationalities by weight; `script`: ISO 15924 code of the native
  forms.
- `native_percent`: persons whose native form is recorded; `vague_dates_percent`: those without a full birth date.
- `family_first`, `native_joiner`: order and joint of the native form; `given_joiners`: joints of several given names.
- `given_counts`, `family_counts`: weights of having 0, 1, 2 ... such names.
- `father_percent`, `grandfather_percent`, `father_links`: the father's given name after one's own, and what links them;
  `patronymic_male`, `patronymic_female`: endings that make a patronymic of it.
- `particles`, `particle_percent`: what precedes a family name; `feminine`: family endings `from>to|from>to` of women.
- `given_core_percent`, `family_core_percent`: share of draws from the core; `given_tail`, `family_tail`: size of the
  tails.
- `given_male`, `given_female`, `family`: the cores; `syllables`, `*_endings`: what the tails are made of.
- `spellings`: `from>to` rules of romanisation by which aliases and queries differ.
"""

from __future__ import annotations

import tomllib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from bench.draws import Draws, zipf_cumulative

__all__ = ["Culture", "NamePool", "NameToken", "load_cultures"]

_NAMES_DIR = Path(__file__).parent / "names"

# Offsets of the Zipf laws. The core's head is as steep as national statistics of names (the tenth has about a quarter
# of the first's share); the tail's is flatter, as its most frequent are already rare
# names; 30 gives a million persons some 400,000 distinct tokens, aliases included (measured up to 200,000: 148,000).
_CORE_OFFSET = 3
_TAIL_OFFSET = 30
_TAIL_RANKS_MAX = 100_000

# A multiplier prime to every number of combinations below, so that neighbours in rank are no neighbours in spelling.
_SCRAMBLE = 7_368_787


@dataclass(frozen=True, slots=True)
class NameToken:
    """One name: its Latin form, its native form (the Latin one where there is none), other Latin spellings in use."""

    latin: str
    native: str
    variants: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _tail_cumulative() -> array[int]:
    return array("Q", zipf_cumulative(_TAIL_RANKS_MAX, _TAIL_OFFSET))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePool:
    """Names of one kind in one culture; `draw` gives one by frequency."""

    core: tuple[NameToken, ...]
    core_percent: int
    tail_size: int = 0
    syllables: tuple[NameToken, ...] = ()
    endings: tuple[NameToken, ...] = ()
    _cumulative: array[int] = field(default_factory=lambda: array("Q"))
    _made: dict[int, NameToken] = field(default_factory=dict)

    def draw(self, draws: Draws) -> NameToken:
        """One name, by frequency."""
        if not self.tail_size or draws.chance(self.core_percent):
            return self.core[draws.rank(self._cumulative)]
        return self.tail(draws.rank(_tail_cumulative(), self.tail_size))

    def tail(self, rank: int) -> NameToken:
        """The invented name of that rank, 0..tail_size - 1; made once and kept."""
        token = self._made.get(rank)
        if token is None:
            token = self._made[rank] = self._make(rank)
        return token

    def _make(self, rank: int) -> NameToken:
        count, endings = len(self.syllables), len(self.endings)
        short = count * count * endings
        # Frequent names are short: two syllables and an ending first, three when those are used up or in every third
        # rank.
        long = rank >= short or rank % 3 == 2
        index = rank * _SCRAMBLE % (short * count if long else short)
        index, ending = divmod(index, endings)
        parts = []
        for _ in range(3 if long else 2):
            index, syllable = divmod(index, count)
            parts.append(self.syllables[syllable])
        parts.append(self.endings[ending])
        latin = "".join(part.latin for part in parts).capitalize()
        native = "".join(part.native for part in parts)
        return NameToken(latin, native.capitalize() if native.isascii() or native[0].islower() else native)


@dataclass(frozen=True, slots=True, kw_only=True)
class Culture:
    """A naming culture; the fields are the keys described above."""

    name: str
    weight: int
    script: str
    countries: tuple[str, ...]
    country_cumulative: tuple[int, ...]
    native_percent: int
    vague_dates_percent: int
    given_male: NamePool
    given_female: NamePool
    family: NamePool
    given_cumulative: tuple[int, ...]
    family_cumulative: tuple[int, ...]
    family_first: bool = False
    native_joiner: str = " "
    given_joiners: tuple[str, ...] = (" ",)
    father_percent: int = 0
    grandfather_percent: int = 0
    father_links: tuple[NameToken, ...] = (NameToken(" ", " "),)
    patronymic_male: NameToken | None = None
    patronymic_female: NameToken | None = None
    particles: tuple[NameToken, ...] = ()
    particle_percent: int = 0
    feminine: tuple[tuple[str, str, str, str], ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()

    def country(self, draws: Draws) -> str:
        """A nationality, by weight."""
        return self.countries[draws.rank(self.country_cumulative)]


def _entry(text: str) -> NameToken:
    latin, _, rest = text.replace("_", " ").partition("|")
    native, _, variants = rest.partition("|")
    return NameToken(latin, native or latin, tuple(part for part in variants.split(",") if part))


def _entries(text: str) -> tuple[NameToken, ...]:
    return tuple(_entry(part) for part in text.split())


def _pool(table: Mapping[str, Any], kind: str, core: str, endings: str, more: Iterable[NameToken]) -> NamePool:
    """One pool; `more` are names of larger tables, which follow the built-in ones in rank."""
    tokens = {token.latin: token for token in (*more, *_entries(table[core]))}
    ordered = [token.latin for token in _entries(table[core])]
    names = tuple(tokens[latin] for latin in dict.fromkeys([*ordered, *tokens]))
    return NamePool(
        core=names,
        core_percent=table[f"{kind}_core_percent"],
        tail_size=table[f"{kind}_tail"],
        syllables=_entries(table["syllables"]),
        endings=_entries(table[endings]) or (NameToken("", ""),),
        _cumulative=array("Q", zipf_cumulative(len(names), _CORE_OFFSET)),
    )


def _feminine(text: str) -> tuple[tuple[str, str, str, str], ...]:
    rules = []
    for rule in text.split():
        latin, _, native = rule.partition("|")
        rules.append((*_pair(latin), *_pair(native)))
    return tuple(rules)


def _pair(rule: str) -> tuple[str, str]:
    old, _, new = rule.partition(">")
    return old, new


def _culture(name: str, table: Mapping[str, Any], more: Mapping[str, tuple[NameToken, ...]]) -> Culture:
    plain = ("family_first", "native_joiner", "father_percent", "grandfather_percent", "particle_percent")
    options: dict[str, Any] = {key: table[key] for key in plain if key in table}
    if "given_joiners" in table:
        options["given_joiners"] = tuple(table["given_joiners"])
    if "father_links" in table:
        options["father_links"] = tuple(_entry(link) for link in table["father_links"])
    for key in ("patronymic_male", "patronymic_female"):
        if key in table:
            options[key] = _entry(table[key])
    return Culture(
        name=name,
        weight=table["weight"],
        script=table["script"],
        countries=tuple(table["countries"]),
        country_cumulative=tuple(accumulate(table["countries"].values())),
        native_percent=table["native_percent"],
        vague_dates_percent=table["vague_dates_percent"],
        given_male=_pool(table, "given", "given_male", "male_endings", more.get("given_male", ())),
        given_female=_pool(table, "given", "given_female", "female_endings", more.get("given_female", ())),
        family=_pool(table, "family", "family", "family_endings", more.get("family", ())),
        given_cumulative=tuple(accumulate(table["given_counts"])),
        family_cumulative=tuple(accumulate(table["family_counts"])),
        particles=_entries(table.get("particles", "")),
        feminine=_feminine(table.get("feminine", "")),
        spellings=tuple(_pair(rule) for rule in table["spellings"].split()),
        **options,
    )


def load_cultures(more: Mapping[str, Mapping[str, tuple[NameToken, ...]]] | None = None) -> tuple[Culture, ...]:
    """The cultures, by name. `more` adds names by culture and pool (see `bench/names_dir.py`)."""
    extra = more or {}
    tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(_NAMES_DIR.glob("*.toml"))}
    return tuple(_culture(name, table, extra.get(name, {})) for name, table in tables.items())
