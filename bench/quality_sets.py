"""Labelled pairs of our own making: fictitious persons of every culture, each asked for by every phenomenon.

Positives are one person written in two ways; negatives are two persons. Near-namesakes have birth dates of their own,
so that only `token differs` and `another person` are negatives where no date is given. Deterministic by the seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bench.draws import Draws
from bench.name_pools import Culture, load_cultures
from bench.persons import PersonName, birth_date, compose, native_name, printed_name, respell
from bench.phenomena import PHENOMENA
from bench.quality_lists import script_of
from bench.quality_matchers import Person
from bench.quality_slips import SLIPS
from screening.model import Database, Date, Identity, Name, NameQuality, Notice, NoticeKind, NoticeStatus, Sex

__all__ = ["Pair", "own_pairs"]

_STREAM = 11  # Not one of the population's streams: pairs and travellers are drawn apart.
_NAMESAKE_YEARS = 3  # A near-namesake is born so many years apart at least: nearer ones could be a mistyped year.
_NEGATIVE_TRIES = 20  # Draws of another given name before a pool counts as too small for one.

_NAMED = ("exact", "typo", "letters_swapped", "order_swapped", "token_missing", "tokens_joined", "capitals")
_DATED = ("date_swapped", "date_year_only", "date_typo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A person asked for and one recorded. `dated`: the label holds only where the birth dates are told."""

    asked: Person
    recorded: Person
    expected: bool
    phenomenon: str
    culture: str = ""
    script: str = "Latin"
    dated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A fictitious person with the parts of the name."""

    culture: Culture
    sex: Sex
    name: PersonName
    printed: Name
    date: Date

    @property
    def person(self) -> Person:
        return Person(names=(self.printed,), birth_dates=(self.date,))


def own_pairs(seed: int, persons_each: int) -> list[Pair]:
    """The pairs of so many persons of each culture."""
    return [
        pair
        for number, culture in enumerate(load_cultures())
        for pair in _culture_pairs(culture, Draws(seed, _STREAM, number), persons_each)
    ]


def _culture_pairs(culture: Culture, draws: Draws, count: int) -> Iterator[Pair]:
    for _ in range(count):
        made = _make(culture, draws)
        yield from _positives(made, draws)
        yield from _negatives(made, draws)


def _make(culture: Culture, draws: Draws) -> _Made:
    sex = Sex.FEMALE if draws.chance(40) else Sex.MALE
    name = compose(culture, sex, draws)
    return _Made(culture=culture, sex=sex, name=name, printed=printed_name(name), date=_full_date(draws))


def _full_date(draws: Draws) -> Date:
    """A birth date whose day and month can be swapped and that is no placeholder."""
    while (date := birth_date(draws)).day > 12 or date.day == date.month or date.day == 1:
        pass
    return date


def _positives(made: _Made, draws: Draws) -> Iterator[Pair]:
    notice = _notice(made)
    for phenomenon in _NAMED:
        if presented := PHENOMENA[phenomenon](notice, draws):
            yield _pair(made, presented[0], made.date, phenomenon)
    for phenomenon in _DATED:
        if presented := PHENOMENA[phenomenon](notice, draws):
            yield _pair(made, presented[0], presented[1], phenomenon, dated=True)
    yield _pair(made, made.printed, replace(made.date, month=1, day=1), "date_new_year", dated=True)
    yield _pair(made, made.printed, replace(made.date, year=made.date.year + 1), "date_year_off", dated=True)
    for phenomenon, slip in SLIPS.items():
        if name := slip(made.printed, draws):
            yield _pair(made, name, made.date, phenomenon)
    respelt = _respelt(made, draws)
    if respelt != made.printed:
        yield _pair(made, respelt, made.date, "respelt")
    yield from _native_pairs(made)


def _native_pairs(made: _Made) -> Iterator[Pair]:
    """Asked for in the native script, and recorded in it."""
    native = replace(native_name(made.name, made.culture), quality=NameQuality.PRIMARY)
    script = script_of(native.full)
    if script != "Latin":
        pair = _pair(made, native, made.date, "native_asked")
        yield replace(pair, script=script)
        yield replace(pair, script=script, phenomenon="native_recorded", asked=pair.recorded, recorded=pair.asked)


def _negatives(made: _Made, draws: Draws) -> Iterator[Pair]:
    """One pair of each kind; with those of `another person` about one negative to five positives."""
    notice = _notice(made)
    other_day = _other_date(made.date, draws)
    if name := _other_given(made, draws):
        yield _pair(made, name, other_day, "token differs", expected=False)
    for phenomenon, label in (("token_missing", "token missing, born otherwise"), ("typo", "one slip, born otherwise")):
        if presented := PHENOMENA[phenomenon](notice, draws):
            yield _pair(made, presented[0], other_day, label, expected=False, dated=True)
    other = _make(made.culture, draws)
    if other.printed != made.printed:
        yield _pair(made, other.printed, other.date, "another person", expected=False)


def _other_date(date: Date, draws: Draws) -> Date:
    """A date of other year, and of other day and month but by chance."""
    while abs((other := _full_date(draws)).year - date.year) < _NAMESAKE_YEARS:
        pass
    return other


def _other_given(made: _Made, draws: Draws) -> Name | None:
    """The name with another first given name, not a spelling of the same."""
    pool = made.culture.given_female if made.sex is Sex.FEMALE else made.culture.given_male
    own = made.name.given[0]
    for _ in range(_NEGATIVE_TRIES):
        other = pool.draw(draws)
        if other.latin[:2].casefold() != own.latin[:2].casefold() and other.native != own.native:
            return printed_name(replace(made.name, given=(other, *made.name.given[1:])))
    return None


def _respelt(made: _Made, draws: Draws) -> Name:
    """Each part in another Latin spelling that the culture knows."""
    given = tuple(respell(token, made.culture, draws) for token in made.name.given)
    family = tuple(respell(token, made.culture, draws) for token in made.name.family)
    return printed_name(replace(made.name, given=given, family=family))


def _pair(made: _Made, name: Name, date: Date, phenomenon: str, *, expected: bool = True, dated: bool = False) -> Pair:
    return Pair(
        asked=Person(names=(name,), birth_dates=(date,)),
        recorded=made.person,
        expected=expected,
        phenomenon=phenomenon,
        culture=made.culture.name,
        dated=dated,
    )


def _notice(made: _Made) -> Notice:
    return Notice(
        notice_id="PAIR",
        database=Database.NOMINAL,
        kind=NoticeKind.BLUE,
        status=NoticeStatus.PUBLISHED,
        source="UTO",
        identities=(Identity(names=(made.printed,), birth_dates=(made.date,)),),
    )
