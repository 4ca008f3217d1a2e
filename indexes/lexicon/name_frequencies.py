"""From lists of popular names to the share of the world's name tokens that each spelling holds. Development time only.

The world share of a form is the sum over countries of population / world x role share x 1/2, because nearly everybody
bears one given and one family token. Within a country the best witness counts (the maximum over the sources), because
the sources overlap and none is complete. Sources differ in what they know, and each is taken at its word only:

- a count or a percentage is used as it stands;
- a rank alone is put on a power law (`_ranked_share`) with the head and slope that counted countries show;
- a bare list is spread evenly over half of the people, and no entry may claim more than UNRANKED_SHARE_MAX.
"""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexes.lexicon.populations import (
    LOCALE_COMMUNITIES,
    PATRONYMIC_COUNTRIES,
    POPULATION_MILLIONS,
    WORLD_MILLIONS,
)
from indexes.normalise import TokenKind, normalise_name

__all__ = ["CENSUS_FILES", "FAKER_FILE", "FORENAMES_FILE", "SURNAMES_FILE", "Witness", "read_witnesses", "world_shares"]

FAKER_FILE: Final = "faker_locale_names.csv.gz"
FORENAMES_FILE: Final = "cc0_popular_forenames_by_country.csv.gz"
SURNAMES_FILE: Final = "cc0_popular_surnames_by_country.csv.gz"
CENSUS_FILES: Final = {
    "us_census_1990_dist_all_last.txt.gz": ("family", 1.0),
    "us_census_1990_dist_female_first.txt.gz": ("given", 0.5),
    "us_census_1990_dist_male_first.txt.gz": ("given", 0.5),
}

# Head and slope of a ranked list: the first family name of a counted country holds 0.5 to 1.6 % of its people (US, DE,
# FR, RU), the first given name of one sex 2 to 10 % of all ages but 1 to 2 % of newborns, whose names few adults bear;
# the tenth name holds about a quarter of the first.
_FAMILY_HEAD: Final = 0.01
_GIVEN_HEAD: Final = 0.04
_NEWBORN_HEAD: Final = 0.01
_RANK_SLOPE: Final = 0.6

_LIST_COVERAGE: Final = 0.5  # The part of a country's people whose name stands in a list of its usual names.
UNRANKED_SHARE_MAX: Final = (
    0.004  # A list of twenty names must not make each of them as common as a counted first name.
)
_OTHER_FORM_PART: Final = 0.25  # What is not the likeliest romanisation (Teo for Zhang) stands for some of the bearers.
_COUNT_SHARE_MIN: Final = (
    1e-5  # Below it a "popular" name's count is in some other unit (Italy's are); its rank counts.
)

# The forename and surname lists say SV (El Salvador) for Sweden's names: Gustafsson and Maja stand there, and no SE.
_COUNTRY_CORRECTIONS: Final = {"SV": "SE"}

_GIVEN_KINDS: Final = {"given": 1.0, "given_m": 0.5, "given_f": 0.5, "given_latn": 1.0, "given_kana": 1.0}
_FAMILY_KINDS: Final = {"family": 1.0, "family_m": 0.5, "family_f": 0.5, "family_latn": 1.0, "family_kana": 1.0}
_MIDDLE_KINDS: Final = {"middle": 1.0, "middle_m": 0.5, "middle_f": 0.5}

# Isolated kanji names would be read as Chinese; the same list carries their readings in Latin letters and kana.
_SKIPPED_LISTS: Final = {("ja_JP", kind) for kind in ("family", "given", "given_m", "given_f")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One source's word on one name: `share`, 0..1, of the people of `country` bear it in `role`."""

    country: str
    role: str  # "given", "family" or "middle"
    male: bool  # whether men bear it, so that it may stand as a father's name
    name: str
    share: float


def read_witnesses(folder: Path) -> Iterator[Witness]:
    """Reads all frequency sources of a folder, in a fixed order. Raises: OSError, KeyError (unknown shape)."""
    for name, (role, part) in CENSUS_FILES.items():
        yield from _read_census(folder / name, role, part)
    yield from _read_forenames(folder / FORENAMES_FILE)
    yield from _read_surnames(folder / SURNAMES_FILE)
    yield from _read_faker(folder / FAKER_FILE)


def world_shares(witnesses: Iterable[Witness]) -> dict[str, float]:
    """Returns ASCII form to its share, 0..1, of the world's name tokens. The keys are in no order."""
    best: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for witness in witnesses:
        for role in _roles(witness):
            column = best[witness.country, role]
            for form, part in _forms_of_name(witness.name).items():
                column[form] = max(column.get(form, 0.0), witness.share * part)
    world: dict[str, float] = defaultdict(float)
    for (country, _), column in sorted(best.items()):
        weight = POPULATION_MILLIONS[country] / WORLD_MILLIONS / 2
        for form, share in column.items():
            world[form] += weight * share
    return dict(world)


def _forms_of_name(name: str) -> dict[str, float]:
    """Returns the ASCII forms of a listed name, each with the part, 0..1, of its bearers that it may stand for.

    Scripts written without spaces give the joined form too: a listed Xiaoming is one token of a name in Latin letters.
    """
    tokens = [token for token in normalise_name(name) if token.kind in (TokenKind.NAME, TokenKind.PARTICLE)]
    if len(tokens) > 1 and not name.isascii() and len(name.split()) == 1 and len(name) <= len(tokens) + 1:
        return {"".join(token.forms[0] for token in tokens): 1.0}
    others = {form: _OTHER_FORM_PART for token in tokens for form in token.forms[1:]}
    return others | {token.forms[0]: 1.0 for token in tokens}


def _roles(witness: Witness) -> tuple[str, ...]:
    fathers_name = witness.role == "given" and witness.male and witness.country in PATRONYMIC_COUNTRIES
    return (witness.role, "father") if fathers_name else (witness.role,)


def _read_census(path: Path, role: str, part: float) -> Iterator[Witness]:
    """US Census 1990: name, percentage of the sex or of all, cumulative percentage, rank."""
    for line in _lines(path):
        if line.strip():
            name, percent, *_ = line.split()
            yield Witness(country="US", role=role, male=True, name=name, share=float(percent) / 100 * part)


def _read_forenames(path: Path) -> Iterator[Witness]:
    for row in csv.DictReader(_lines(path)):
        male = row["Gender"] == "M"
        head = _NEWBORN_HEAD if _of_newborns(row) else _GIVEN_HEAD
        share = _ranked_share(head / 2, int(row["Index"]))
        yield from _spellings(row, "given", male, share)


def _of_newborns(row: dict[str, str]) -> bool:
    return bool(row["Year"]) and row["Note"] in ("", "BabyCenter")


def _read_surnames(path: Path) -> Iterator[Witness]:
    for row in csv.DictReader(_lines(path)):
        yield from _spellings(row, "family", True, _surname_share(row))


def _spellings(row: dict[str, str], role: str, male: bool, share: float) -> Iterator[Witness]:
    """The localised and the romanised spelling of one row; kanji only by their romanisation."""
    country = _country(row)
    if country not in POPULATION_MILLIONS:
        raise KeyError(f"no population is known for country {country}")
    names = {row["Romanized Name"], "" if country == "JP" else row["Localized Name"]}
    for name in sorted(names - {""}):
        yield Witness(country=country, role=role, male=male, name=name, share=share)


def _surname_share(row: dict[str, str]) -> float:
    if row["Percent"]:
        return float(row["Percent"])
    counted = float(row["Count"] or 0) / (POPULATION_MILLIONS[_country(row)] * 1e6)
    if counted >= _COUNT_SHARE_MIN:
        return min(counted, 1.0)
    return _ranked_share(_FAMILY_HEAD, int(row["Rank"] or row["Index"]))


def _country(row: dict[str, str]) -> str:
    return _COUNTRY_CORRECTIONS.get(row["Country"], row["Country"])


def _ranked_share(head: float, rank: int) -> float:
    return float(head * max(rank, 1) ** -_RANK_SLOPE)


def _read_faker(path: Path) -> Iterator[Witness]:
    lists: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for row in csv.DictReader(_lines(path)):
        lists[row["locale"], row["kind"]].append((row["name"], float(row["weight"])))
    for (locale, kind), names in sorted(lists.items()):
        if (locale, kind) not in _SKIPPED_LISTS:
            yield from _read_locale_list(locale, kind, names)


def _read_locale_list(locale: str, kind: str, names: list[tuple[str, float]]) -> Iterator[Witness]:
    role, part = _role_of_kind(kind)
    total = sum(weight for _, weight in names)
    ranked = len({weight for _, weight in names}) > len(names) / 10  # Else the weights only count repetitions.
    ceiling = 1.0 if ranked else UNRANKED_SHARE_MAX
    for country, people in LOCALE_COMMUNITIES.get(locale, ((locale[-2:], 1.0),)):
        for name, weight in names:
            share = min(ceiling, _LIST_COVERAGE * weight / total) * part * people
            yield Witness(country=country, role=role, male=not kind.endswith("_f"), name=name, share=share)


def _role_of_kind(kind: str) -> tuple[str, float]:
    for role, kinds in (("given", _GIVEN_KINDS), ("family", _FAMILY_KINDS), ("middle", _MIDDLE_KINDS)):
        if kind in kinds:
            return role, kinds[kind]
    raise KeyError(f"unknown kind of name list: {kind}")


def _lines(path: Path) -> io.TextIOWrapper:
    return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig")
