"""Small worlds of invented names that lie close together, and questions about them, all from one seed.

Names come from few syllables and a few real scripts, so that equal sounds, near spellings, known variants, joined and
split words and repeated words abound; most questions are a recorded name that somebody misspelt.
"""

from __future__ import annotations

from random import Random

from indexes.build import NEVER, BuildDate, BuildIdentity, BuildName, BuildRecord
from indexes.name_query import NameQuestion

__all__ = ["CLASSES", "TODAY", "questions_about", "world"]

TODAY = 738_000
CLASSES = (b"red", b"blue", b"local")

_SYLLABLES = ("ka", "ri", "mo", "len", "ta", "shi", "va", "dor", "el", "u")
_SCRIPTS = ("иванов", "мария", "каримо", "محمد", "احمد", "كريم", "张伟", "王", "李娜", "김철수", "γιωργος")
_KNOWN = ("william", "bill", "mohammed", "mehmet", "aleksandr", "ivanov", "maria", "jose", "li", "zhang", "abdulrahman")
_SMALL = ("van", "de", "al", "j", "m", "k", "jr", "bin", "и")
_NATIONS = ("UTO", "XOM", "D")


def world(random: Random, record_count: int) -> list[BuildRecord]:
    """Records with one or two identities of one to three names each."""
    pool = [_word(random) for _ in range(max(4, record_count // 2))]
    return [_record(random, pool, number) for number in range(record_count)]


def questions_about(random: Random, records: list[BuildRecord], count: int) -> list[NameQuestion]:
    """Questions, most of them about a recorded name with something changed."""
    return [_question(random, records) for _ in range(count)]


def _record(random: Random, pool: list[str], number: int) -> BuildRecord:
    identities = tuple(_identity(random, pool) for _ in range(random.choice((1, 1, 2))))
    expires = random.choice((NEVER, NEVER, NEVER, TODAY, TODAY + 1))
    return BuildRecord(str(number), random.choice(CLASSES), expires, b"", identities, ())


def _identity(random: Random, pool: list[str]) -> BuildIdentity:
    names = tuple(
        BuildName(_in_parts(random, [random.choice(pool) for _ in range(random.randint(1, 4))]), random.random() < 0.2)
        for _ in range(random.randint(1, 3))
    )
    dates = tuple(_date(random) for _ in range(random.randint(0, 2)))
    nations = tuple(random.sample(_NATIONS, random.randint(0, 2)))
    return BuildIdentity(names, dates, random.choice((0, 2, 4, 6)), nations)


def _word(random: Random) -> str:
    kind = random.random()
    if kind < 0.6:
        return "".join(random.choice(_SYLLABLES) for _ in range(random.randint(1, 4)))
    return random.choice(_SCRIPTS if kind < 0.75 else _KNOWN if kind < 0.9 else _SMALL)


def _in_parts(random: Random, words: list[str]) -> tuple[tuple[str, int], ...]:
    """Words as one full name, or as family and given name."""
    if len(words) == 1 or random.random() < 0.5:
        return ((" ".join(words), 0),)
    cut = random.randint(1, len(words) - 1)
    return ((" ".join(words[:cut]), 1), (" ".join(words[cut:]), 2))


def _date(random: Random) -> BuildDate:
    year = random.choice((1969, 1970, 1971, 1979, 1999))
    month = random.choice((0, 1, 2, 11, 12))
    day = random.choice((0, 1, 2, 11, 12)) if month else 0
    return BuildDate(year, year + random.choice((0, 0, 0, 2)), month, day)


def _question(random: Random, records: list[BuildRecord]) -> NameQuestion:
    identity = random.choice(random.choice(records).identities)
    words = " ".join(text for text, _ in random.choice(identity.names).parts).split()
    for _ in range(random.choice((0, 1, 1, 2))):
        words = _changed(random, words)
    known = random.random() < 0.5 and identity.dates
    return NameQuestion(
        _in_parts(random, words),
        random.choice(identity.dates) if known else random.choice((None, _date(random))),
        random.choice((0, 1, 2)),
        tuple(random.sample(_NATIONS, random.choice((0, 0, 1, 2)))),
        random.randrange(3),
        random.choice((0.6, 0.7, 0.75, 0.8, 0.85, 0.9)),
    )


def _changed(random: Random, words: list[str]) -> list[str]:
    place = random.randrange(len(words))
    word = words[place]
    cut = random.randint(0, len(word))
    letter = random.choice("aeoklmstи")
    others: tuple[list[str], ...] = (
        [word[:cut] + letter + word[cut:]],
        [word[:cut] + word[cut + 1 :]],
        [word[:cut] + word[cut + 1 : cut + 2] + word[cut : cut + 1] + word[cut + 2 :]],
        [word[-1] + word[1:-1] + word[0]],
        [word[0]],
        [word[:cut], word[cut:]],
        [word, _word(random)],
        [],
    )
    choice = random.randrange(len(others) + 4)
    if choice < len(others):
        changed = [*words[:place], *others[choice], *words[place + 1 :]]
    elif choice == len(others):
        changed = random.sample(words, len(words))
    else:
        # Two words as one, and perhaps one of them once more: it must not be counted for both.
        both = ["".join(words[place : place + 2]), random.choice(["", *words])]
        changed = [*words[:place], *random.sample(both, 2), *words[place + 2 :]]
    return [part for part in changed if part] or words
