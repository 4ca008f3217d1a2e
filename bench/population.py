"""The population: listed persons, lost and stolen documents, and travellers, all invented, the same for the same seed.

Notices come in blocks of which each has a seed of its own, so that a listed person can be made again from its number
alone: that is how travellers are planted without keeping a million notices in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path

import pyarrow as pa

from bench.document_numbers import draw_document, issuers, record_batches
from bench.draws import Draws
from bench.name_pools import Culture, load_cultures
from bench.names_dir import read_names
from bench.persons import PersonName, aliases, birth_date, birth_dates, compose, native_name, printed_name
from bench.phenomena import PHENOMENA
from screening.model import (
    Action,
    Confidentiality,
    Database,
    Date,
    Document,
    Identity,
    IdentityCategory,
    Name,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    Restrictions,
    Sex,
)

__all__ = ["Population", "Traveller"]

# Notices made together: a block costs about 10 ms, which is what making one planted traveller costs at most.
_BLOCK = 128

# Blocks kept for planting; travellers are planted in the order of the list, so a handful is enough.
_BLOCKS_KEPT = 4

_STREAM_NOTICES = 1
_STREAM_TRAVELLERS = 2
_STREAM_PLANTED = 5

# Kinds by their numbers in force (DOMAIN 5: red 74, blue 18, yellow 16 thousand at the end of 2023), with green
# notices and diffusions estimated. Black and purple notices carry no names.
_KINDS = (NoticeKind.RED, NoticeKind.DIFFUSION, NoticeKind.BLUE, NoticeKind.YELLOW, NoticeKind.GREEN)
_KINDS_CUMULATIVE = tuple(accumulate((50, 22, 13, 11, 4)))

_STATUSES = (NoticeStatus.PUBLISHED, NoticeStatus.SUSPENDED, NoticeStatus.REQUESTED, NoticeStatus.WITHDRAWN)
_STATUSES_CUMULATIVE = tuple(accumulate((95, 2, 1, 2)))

_LEVELS = tuple(Confidentiality)
_LEVELS_CUMULATIVE = tuple(accumulate((88, 10, 2)))

_PERSON: dict[NoticeKind, tuple[tuple[PersonStatus, Action], ...]] = {
    NoticeKind.RED: (
        (PersonStatus.WANTED, Action.LOCATE_AND_DETAIN),
        (PersonStatus.WANTED, Action.LOCATE_AND_DETAIN),
        (PersonStatus.CONVICTED, Action.LOCATE_AND_DETAIN),
    ),
    NoticeKind.BLUE: (
        (PersonStatus.SUSPECT, Action.LOCATE_AND_INFORM),
        (PersonStatus.SUSPECT, Action.DISCREET_CHECK),
        (PersonStatus.WITNESS, Action.LOCATE_AND_INFORM),
        (PersonStatus.VICTIM, Action.LOCATE_AND_INFORM),
    ),
    NoticeKind.YELLOW: ((PersonStatus.MISSING, Action.PROTECT),),
    NoticeKind.GREEN: ((PersonStatus.POSSIBLE_THREAT, Action.WARN), (PersonStatus.CRIMINAL_HISTORY, Action.WARN)),
    NoticeKind.DIFFUSION: (
        (PersonStatus.WANTED, Action.LOCATE_AND_INFORM),
        (PersonStatus.SUSPECT, Action.DISCREET_CHECK),
        (PersonStatus.WANTED, Action.LOCATE_AND_DETAIN),
    ),
}

# Notices are dated within the five years up to this moment (2026-01-01); none expires, or a later run would measure
# less.
_PUBLISHED_LAST = 1_767_225_600
_PUBLISHED_SECONDS = 5 * 365 * 86_400

# Strides through the list of bureaus when parties are chosen; primes, so that few strides meet the same ones.
_PARTY_STEPS = (1, 7, 11, 13, 17, 19, 23, 29)

# How often another phenomenon is tried before a planted traveller presents itself exactly as recorded.
_PHENOMENON_TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """Who presents itself at a border. `phenomenon` is empty, and `expected_notice_id` None, for those in no list."""

    name: Name
    birth_date: Date
    sex: Sex
    nationality: str
    document: Document | None = None
    expected_notice_id: str | None = None
    phenomenon: str = ""


class Population:
    """All that one seed makes. `names_dir` adds larger tables of names (see `bench/names_dir.py`)."""

    def __init__(self, seed: int = 1, names_dir: Path | None = None) -> None:
        self._seed = seed
        self._cultures = load_cultures(read_names(names_dir) if names_dir else None)
        self._cumulative = tuple(accumulate(culture.weight for culture in self._cultures))
        self._sources = issuers()
        self._block = lru_cache(maxsize=_BLOCKS_KEPT)(self._make_block)

    def notices(self, count: int, *, start: int = 0) -> Iterator[Notice]:
        """`count` listed persons from number `start` on, streaming; a number is the same person whatever the range."""
        first, skip = divmod(start, _BLOCK)
        blocks = range(first, (start + count + _BLOCK - 1) // _BLOCK)
        yield from islice((notice for block in blocks for notice in self._make_block(block)), skip, skip + count)

    def documents(self, count: int) -> Iterator[pa.RecordBatch]:
        """`count` lost and stolen documents (schema `document_numbers.DOCUMENT_SCHEMA`)."""
        return record_batches(self._seed, count)

    def travellers(self, count: int, *, listed: int = 0, planted_share: float = 0.0002) -> Iterator[Traveller]:
        """Travellers, of whom a share are persons among the first `listed` notices, by one of `PHENOMENA` each.

        Planted ones are spread evenly and derive from notices that every entitled caller may see. A traveller who is
        not planted may still share name and birth date with a listed person by chance, as in life.
        """
        planted = round(count * planted_share) if listed else 0
        step = count / planted if planted else 0.0
        draws = Draws(self._seed, _STREAM_TRAVELLERS, 0)
        done = 0
        for index in range(count):
            if done < planted and index >= int(step * (done + 0.5)):
                yield self._planted(done, planted, listed)
                done += 1
            else:
                yield self._traveller(draws)

    def _culture(self, draws: Draws) -> Culture:
        return self._cultures[draws.rank(self._cumulative)]

    def _traveller(self, draws: Draws) -> Traveller:
        culture = self._culture(draws)
        sex = Sex.FEMALE if draws.chance(46) else Sex.MALE
        name = printed_name(compose(culture, sex, draws))
        country = culture.country(draws)
        if draws.chance(60):
            name = Name(family=name.family.upper(), given=name.given.upper())
        date = birth_date(draws)
        document = draw_document(country, draws) if draws.chance(95) else None
        return Traveller(name=name, birth_date=date, sex=sex, nationality=country, document=document)

    def _planted(self, number: int, planted: int, listed: int) -> Traveller:
        """The planted traveller of that number; the listed persons are taken in order, evenly over the list."""
        draws = Draws(self._seed, _STREAM_PLANTED, number)
        notice = self._eligible(number * listed // planted, listed)
        wanted = number % len(PHENOMENA)
        for attempt in range(_PHENOMENON_TRIES):
            label, derive = list(PHENOMENA.items())[(wanted + attempt) % len(PHENOMENA)]
            presented = derive(notice, draws)
            if presented is not None:
                return _presented(notice, label, presented)
        presented = PHENOMENA["exact"](notice, draws)
        assert presented is not None, "every eligible notice has a name and a full birth date"
        return _presented(notice, "exact", presented)

    def _eligible(self, start: int, listed: int) -> Notice:
        """The first notice from `start` on (and round) that every entitled caller may see and that has a full date."""
        for index in range(start, start + listed):
            block, at = divmod(index % listed, _BLOCK)
            notice = self._block(block)[at]
            if _open_to_all(notice):
                return notice
        raise ValueError("no notice of the list is open to every caller: list more persons")

    def _make_block(self, block: int) -> tuple[Notice, ...]:
        draws = Draws(self._seed, _STREAM_NOTICES, block)
        return tuple(self._notice(block * _BLOCK + at, draws) for at in range(_BLOCK))

    def _notice(self, number: int, draws: Draws) -> Notice:
        culture = self._culture(draws)
        sex = Sex.FEMALE if draws.chance(18) else Sex.MALE
        country = culture.country(draws)
        kind = _KINDS[draws.rank(_KINDS_CUMULATIVE)]
        status, action = draws.one_of(_PERSON[kind])
        return Notice(
            notice_id=f"BENCH-{number:09d}",
            database=Database.NOMINAL,
            kind=kind,
            status=_STATUSES[draws.rank(_STATUSES_CUMULATIVE)],
            source=country if draws.chance(45) else draws.one_of(self._sources),
            confidentiality=_LEVELS[draws.rank(_LEVELS_CUMULATIVE)],
            restrictions=self._restrictions(kind, draws),
            identities=_identities(culture, sex, country, draws),
            documents=tuple(draw_document(country, draws) for _ in range(draws.below(3) if draws.chance(55) else 0)),
            person_status=status,
            action=action,
            caution=("ARMED",) if kind is NoticeKind.RED and draws.chance(6) else (),
            published_at=_PUBLISHED_LAST - draws.below(_PUBLISHED_SECONDS),
        )

    def _restrictions(self, kind: NoticeKind, draws: Draws) -> Restrictions:
        """Diffusions go to a few chosen bureaus; a notice is withheld from one to three in a few cases."""
        if kind is NoticeKind.DIFFUSION:
            return Restrictions(allowed=self._parties(3 + draws.below(30), draws))
        if draws.chance(4):
            return Restrictions(denied=self._parties(1 + draws.below(3), draws))
        return Restrictions()

    def _parties(self, count: int, draws: Draws) -> tuple[str, ...]:
        """So many different bureaus: every `step`-th of the list, which takes two draws instead of one each."""
        total = len(self._sources)
        start, step = draws.below(total), draws.one_of(_PARTY_STEPS)
        return tuple(dict.fromkeys(self._sources[(start + at * step) % total] for at in range(count)))


def _identities(culture: Culture, sex: Sex, country: str, draws: Draws) -> tuple[Identity, ...]:
    """One identity; a second, of another name, in three of a hundred."""
    first = _identity(culture, sex, country, IdentityCategory.CONFIRMED, draws)
    if not draws.chance(3):
        return (first,)
    category = IdentityCategory.MISUSED if draws.chance(30) else IdentityCategory.UNCONFIRMED
    return (first, _identity(culture, sex, culture.country(draws), category, draws))


def _identity(culture: Culture, sex: Sex, country: str, category: IdentityCategory, draws: Draws) -> Identity:
    name: PersonName = compose(culture, sex, draws)
    names = [printed_name(name)]
    if draws.chance(culture.native_percent):
        native = native_name(name, culture)
        if native.full != f"{names[0].given} {names[0].family}".strip():
            names.append(native)
    names += aliases(name, names[0], culture, sex, draws)
    second = (culture.country(draws),) if draws.chance(4) else ()
    return Identity(
        names=tuple(names),
        birth_dates=birth_dates(culture, draws),
        sexes=(sex,) if draws.chance(97) else (),
        nationalities=tuple(dict.fromkeys((country, *second))) if draws.chance(94) else (),
        category=category,
    )


def _open_to_all(notice: Notice) -> bool:
    dates = notice.identities[0].birth_dates
    return (
        notice.status is NoticeStatus.PUBLISHED
        and notice.confidentiality is Confidentiality.FOR_OFFICIAL_USE_ONLY
        and notice.kind is not NoticeKind.DIFFUSION
        and notice.restrictions == Restrictions()
        and len(dates) == 1
        and dates[0].day > 0
        and (dates[0].day, dates[0].month) != (1, 1)
    )


def _presented(notice: Notice, phenomenon: str, presented: tuple[Name, Date]) -> Traveller:
    name, date = presented
    identity = notice.identities[0]
    return Traveller(
        name=name,
        birth_date=date,
        sex=identity.sexes[0] if identity.sexes else Sex.UNSPECIFIED,
        nationality=identity.nationalities[0] if identity.nationalities else "",
        expected_notice_id=notice.notice_id,
        phenomenon=phenomenon,
    )
