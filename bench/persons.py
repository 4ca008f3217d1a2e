"""Invented persons: names put together as their culture does it, and the other names they are known by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from bench.draws import Draws
from bench.name_pools import Culture, NameToken
from screening.model import Date, Name, NameQuality, Sex

__all__ = [
    "PersonName",
    "aliases",
    "birth_date",
    "birth_dates",
    "compose",
    "native_name",
    "printed_name",
    "respell",
    "without_one",
]

# Weights of having 0 to 4 aliases: 1.3 on average, as in published sanctions lists.
_ALIAS_COUNTS = tuple(accumulate((30, 32, 22, 11, 5)))

# Weights of the kinds of alias, in the order of `_alias`.
_ALIAS_KINDS = tuple(accumulate((56, 14, 10, 8, 7, 5)))

_BIRTH_YEAR_FIRST = 1940
_BIRTH_YEARS = 68
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in the parts it was composed of; `links[i]` precedes `given[i]` (its first is empty)."""

    given: tuple[NameToken, ...]
    links: tuple[NameToken, ...]
    family: tuple[NameToken, ...]

    @property
    def token_count(self) -> int:
        """How many names it has, particles not counted."""
        return len(self.given) + len(self.family)

    @property
    def latin_given(self) -> str:
        """Given names (and the father's, where the culture puts it there) in Latin letters."""
        if len(self.given) == 1:
            return _capital(self.given[0].latin)
        return _capital("".join([link.latin + token.latin for link, token in zip(self.links, self.given, strict=True)]))

    @property
    def latin_family(self) -> str:
        """Family names in Latin letters."""
        return self.family[0].latin if len(self.family) == 1 else " ".join([token.latin for token in self.family])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _given(culture: Culture, sex: Sex, draws: Draws) -> tuple[list[NameToken], list[NameToken]]:
    pool = culture.given_female if sex is Sex.FEMALE else culture.given_male
    count = max(1, draws.rank(culture.given_cumulative))
    tokens = list(dict.fromkeys(pool.draw(draws) for _ in range(count)))
    joiner = draws.one_of(culture.given_joiners)
    joint = NameToken(joiner, culture.native_joiner if culture.family_first else joiner)
    return tokens, [NameToken("", ""), *[joint] * (len(tokens) - 1)]


def _fathers(culture: Culture, sex: Sex, draws: Draws) -> tuple[list[NameToken], list[NameToken]]:
    """The father's and grandfather's names with their links; empty for most cultures."""
    if not draws.chance(culture.father_percent):
        return [], []
    ending = culture.patronymic_female if sex is Sex.FEMALE else culture.patronymic_male
    father = culture.given_male.draw(draws)
    if ending is not None:
        return [_patronymic(father, ending)], [NameToken(" ", " ")]
    tokens, links = [father], [draws.one_of(culture.father_links)]
    if culture.grandfather_percent and draws.chance(culture.grandfather_percent):
        tokens.append(culture.given_male.draw(draws))
        links.append(draws.one_of(culture.father_links))
    return tokens, links


def _patronymic(father: NameToken, ending: NameToken) -> NameToken:
    """A Slavic patronymic: the ending, softened where the name ends in a vowel or a short i."""
    latin, native = father.latin.rstrip("aeiouy"), father.native.rstrip("аеиоуыйья")
    if latin == father.latin:
        return NameToken(latin + ending.latin, native + ending.native)
    return NameToken(latin + "e" + ending.latin[1:], native + "е" + ending.native[1:])


def _feminised(token: NameToken, culture: Culture) -> NameToken:
    for old, new, native_old, native_new in culture.feminine:
        if token.latin.endswith(old):
            native = token.native.removesuffix(native_old) + native_new if token.native.endswith(native_old) else ""
            return NameToken(token.latin.removesuffix(old) + new, native or token.native)
    return token


def _family(culture: Culture, sex: Sex, draws: Draws) -> list[NameToken]:
    tokens = []
    for _ in range(draws.rank(culture.family_cumulative)):
        token = culture.family.draw(draws)
        if sex is Sex.FEMALE and culture.feminine:
            token = _feminised(token, culture)
        if culture.particles and draws.chance(culture.particle_percent):
            particle = draws.one_of(culture.particles)
            native = particle.native if particle.native != particle.latin else particle.latin
            token = NameToken(particle.latin + token.latin, native + token.native, token.variants)
        tokens.append(token)
    return tokens


def compose(culture: Culture, sex: Sex, draws: Draws) -> PersonName:
    """A name of that culture. Where there is no family name, the father's name stands in its place, if there is one."""
    given, links = _given(culture, sex, draws)
    fathers, father_links = _fathers(culture, sex, draws)
    family = _family(culture, sex, draws)
    if not family and fathers:
        return PersonName(tuple(given), tuple(links), tuple(fathers))
    return PersonName((*given, *fathers), (*links, *father_links), tuple(family))


def printed_name(name: PersonName, quality: NameQuality = NameQuality.PRIMARY) -> Name:
    """The Latin form in parts, as in a passport's visual zone."""
    return Name(family=name.latin_family, given=name.latin_given, quality=quality)


def native_name(name: PersonName, culture: Culture) -> Name:
    """The native form in one piece, in the order and with the joints of the culture."""
    given = "".join(link.native + token.native for link, token in zip(name.links, name.given, strict=True))
    family = " ".join(token.native for token in name.family)
    parts = (family, given) if culture.family_first else (given, family)
    joiner = culture.native_joiner if culture.family_first else " "
    return Name(full=joiner.join(part for part in parts if part), script=culture.script, quality=NameQuality.ALIAS)


def respell(token: NameToken, culture: Culture, draws: Draws) -> NameToken:
    """Another Latin spelling: a known variant, or one rule of the culture applied; the same where none applies."""
    if token.variants and draws.chance(70):
        return replace(token, latin=draws.one_of(token.variants))
    start = draws.below(len(culture.spellings))
    for old, new in culture.spellings[start:] + culture.spellings[:start]:
        at = token.latin.find(old, 1)
        if at > 0 and len(token.latin) > 3:
            return replace(token, latin=token.latin[:at] + new + token.latin[at + len(old) :])
    return token


def _respelt(name: PersonName, culture: Culture, draws: Draws) -> PersonName:
    """One or two names spelt otherwise."""
    tokens = [*name.given, *name.family]
    for _ in range(1 + draws.below(2)):
        at = draws.below(len(tokens))
        tokens[at] = respell(tokens[at], culture, draws)
    split = len(name.given)
    return PersonName(tuple(tokens[:split]), name.links, tuple(tokens[split:]))


def without_one(name: PersonName, draws: Draws) -> PersonName:
    """The name without one of its tokens; the first given name and the last token always stay."""
    if len(name.given) > 1:
        at = 1 + draws.below(len(name.given) - 1)
        return PersonName(name.given[:at] + name.given[at + 1 :], name.links[:at] + name.links[at + 1 :], name.family)
    return PersonName(name.given, name.links, name.family[-1:])


def _alias(name: PersonName, culture: Culture, sex: Sex, draws: Draws) -> Name:
    kind = draws.rank(_ALIAS_KINDS)
    if kind == 1 and name.token_count > 2:
        return printed_name(without_one(name, draws), NameQuality.ALIAS)
    if kind == 2:
        return Name(full=f"{name.latin_family} {name.latin_given}".strip(), quality=NameQuality.ALIAS)
    if kind == 3 and len(name.given) > 1:
        joint = NameToken("-" if name.links[1].latin != "-" else " ", name.links[1].native)
        return printed_name(
            PersonName(name.given, (name.links[0], joint, *name.links[2:]), name.family), NameQuality.ALIAS
        )
    if kind == 4:
        other = PersonName(name.given, name.links, tuple(_family(culture, sex, draws)) or name.family)
        return printed_name(other, NameQuality.ALIAS)
    if kind == 5:
        return Name(full=respell(name.given[0], culture, draws).latin, quality=NameQuality.WEAK)
    return printed_name(_respelt(name, culture, draws), NameQuality.ALIAS)


def aliases(name: PersonName, printed: Name, culture: Culture, sex: Sex, draws: Draws) -> list[Name]:
    """0 to 4 further names, all different from each other and from the name itself, of which `printed` is the form."""
    seen = {printed.text.casefold()}
    found = []
    for _ in range(draws.rank(_ALIAS_COUNTS)):
        # One that came out like a name already there is made once more; a second time it is left out.
        for _ in range(2):
            alias = _alias(name, culture, sex, draws)
            folded = alias.text.casefold()
            if folded not in seen:
                seen.add(folded)
                found.append(alias)
                break
    return found


def birth_date(draws: Draws) -> Date:
    """A full birth date; years thin out towards both ends (the mean of two draws)."""
    year = _BIRTH_YEAR_FIRST + (draws.below(_BIRTH_YEARS) + draws.below(_BIRTH_YEARS)) // 2
    month = 1 + draws.below(12)
    return Date(year=year, month=month, day=1 + draws.below(_MONTH_DAYS[month - 1]))


def birth_dates(culture: Culture, draws: Draws) -> tuple[Date, ...]:
    """What is recorded of a birth date: the date, a placeholder, a year, a guess, a range, two dates, or nothing."""
    date = birth_date(draws)
    if not draws.chance(culture.vague_dates_percent):
        return (date, birth_date(draws)) if draws.chance(2) else (date,)
    kind = draws.below(20)
    if kind < 9:
        return (Date(year=date.year, month=1, day=1),)
    if kind < 15:
        return (Date(year=date.year),)
    if kind < 17:
        return (Date(year=date.year, approximate=True),)
    return (Date(year=date.year, year_max=date.year + 1 + draws.below(4)),) if kind < 19 else ()
