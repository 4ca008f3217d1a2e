"""Named ways in which what a traveller says differs from what is recorded (DOMAIN 7.1, Delegated Regulation 2023/333).

Each takes a listed notice and gives the name and birth date under which its subject presents itself, or nothing where
the notice has nothing of the kind (no alias, no second given name): then another phenomenon is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bench.draws import Draws
from screening.model import Date, Name, NameQuality, Notice

__all__ = ["PHENOMENA", "Presented"]

Presented = tuple[Name, Date]

# Shorter names are left alone: one letter changed in LI or KIM is another family, not a slip.
_TYPO_CHARS_MIN = 5

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _primary(notice: Notice) -> tuple[Name, Date]:
    identity = notice.identities[0]
    return identity.names[0], identity.birth_dates[0]


def _plain(name: Name) -> Name:
    return replace(name, quality=NameQuality.PRIMARY)


def exact(notice: Notice, draws: Draws) -> Presented | None:
    """As recorded."""
    return _primary(notice)


def _changed(name: Name, draws: Draws, change: Callable[[str, int], str]) -> Name | None:
    """The name with one long word changed at a place past its first letter."""
    words = [(part, word) for part in ("family", "given") for word in getattr(name, part).split()]
    long = [(part, word) for part, word in words if len(word) >= _TYPO_CHARS_MIN and word.isalpha()]
    if not long:
        return None
    part, word = draws.one_of(long)
    changed = change(word, 1 + draws.below(len(word) - 2))
    text = getattr(name, part).replace(word, changed, 1)
    return replace(name, family=text) if part == "family" else replace(name, given=text)


def typo(notice: Notice, draws: Draws) -> Presented | None:
    """One letter inserted, left out or taken for another."""
    name, date = _primary(notice)
    kind, letter = draws.below(3), draws.one_of(_LETTERS)
    changes: tuple[Callable[[str, int], str], ...] = (
        lambda word, at: word[:at] + letter + word[at:],
        lambda word, at: word[:at] + word[at + 1 :],
        lambda word, at: word[:at] + letter + word[at + 1 :],
    )
    changed = _changed(name, draws, changes[kind])
    return None if changed is None or changed == name else (changed, date)


def letters_swapped(notice: Notice, draws: Draws) -> Presented | None:
    """Two neighbouring letters swapped."""
    name, date = _primary(notice)
    changed = _changed(name, draws, lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return None if changed is None or changed == name else (changed, date)


def order_swapped(notice: Notice, draws: Draws) -> Presented | None:
    """Family name given as given name and the other way round."""
    name, date = _primary(notice)
    return (replace(name, family=name.given, given=name.family), date) if name.family else None


def token_missing(notice: Notice, draws: Draws) -> Presented | None:
    """The last given name, or the second family name, left out."""
    name, date = _primary(notice)
    given, family = name.given.split(), name.family.split()
    if len(given) > 1 and len(given[0]) > 1 and family:
        return replace(name, given=" ".join(given[:-1])), date
    if len(family) > 1 and given and len(family[0]) >= _TYPO_CHARS_MIN:
        return replace(name, family=family[0]), date
    return None


def tokens_joined(notice: Notice, draws: Draws) -> Presented | None:
    """Two given names written as one word."""
    name, date = _primary(notice)
    words = name.given.replace("-", " ").split()
    if len(words) < 2:
        return None
    return replace(name, given=" ".join([words[0] + words[1].lower(), *words[2:]])), date


def date_swapped(notice: Notice, draws: Draws) -> Presented | None:
    """Day and month swapped, where that is a date and another one."""
    name, date = _primary(notice)
    return (name, replace(date, month=date.day, day=date.month)) if date.day <= 12 and date.day != date.month else None


def date_year_only(notice: Notice, draws: Draws) -> Presented | None:
    """Only the year of birth is known to the traveller's document."""
    name, date = _primary(notice)
    return name, Date(year=date.year)


def date_typo(notice: Notice, draws: Draws) -> Presented | None:
    """One digit of the day wrong."""
    name, date = _primary(notice)
    return name, replace(date, day=date.day + 1 if date.day % 10 < 8 and date.day < 28 else date.day - 1)


def alias(notice: Notice, draws: Draws) -> Presented | None:
    """A recorded good alias in Latin letters."""
    others = [n for n in notice.identities[0].names[1:] if n.quality is NameQuality.ALIAS and not n.script]
    return (_plain(draws.one_of(others)), _primary(notice)[1]) if others else None


def native_script(notice: Notice, draws: Draws) -> Presented | None:
    """The recorded form in the holder's own script."""
    others = [name for name in notice.identities[0].names[1:] if name.script]
    return (_plain(others[0]), _primary(notice)[1]) if others else None


def capitals(notice: Notice, draws: Draws) -> Presented | None:
    """In one piece, in capitals, family name first, as many systems send it."""
    name, date = _primary(notice)
    return Name(full=f"{name.family} {name.given}".strip().upper()), date


PHENOMENA: dict[str, Callable[[Notice, Draws], Presented | None]] = {
    phenomenon.__name__: phenomenon
    for phenomenon in (
        exact,
        typo,
        letters_swapped,
        order_swapped,
        token_missing,
        tokens_joined,
        date_swapped,
        date_year_only,
        date_typo,
        alias,
        native_script,
        capitals,
    )
}
