"""Ways in which one and the same name comes to be written otherwise, beyond those of `phenomena.py`.

Each takes the recorded name and gives another one, or None where the name has nothing of the kind. Sources: issue list
of the matching work; ICAO Doc 9303-3 section 6 for the letters; DOMAIN 7.1 for titles and particles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bench.draws import Draws
from screening.model import Name

__all__ = ["SLIPS"]

_LONG_WORD = 5  # One letter changed in a shorter word is another name, not a slip.
_TWO_SLIPS_WORD = 8  # Two slips in a shorter word leave too little of it.

# Spellings of one sound across languages; the first that occurs past the first letter is taken.
_SOUNDS = (
    *(("kh", "h"), ("q", "k"), ("w", "v"), ("ph", "f"), ("sch", "sh"), ("sh", "sch"), ("ou", "u"), ("oo", "u")),
    *(("ch", "tch"), ("j", "y"), ("y", "j"), ("dj", "j"), ("ck", "k"), ("v", "w"), ("f", "ph"), ("k", "c"), ("z", "s")),
)
_READ_AS = (
    ("rn", "m"),
    ("m", "rn"),
    ("o", "0"),
    ("i", "1"),
    ("l", "1"),
    ("s", "5"),
    ("b", "8"),
    ("u", "v"),
    ("cl", "d"),
)
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ICAO_LETTERS = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "å": "aa",
    "æ": "ae",
    "ø": "oe",
    "ñ": "nxx",
    "þ": "th",
    "Ä": "Ae",
    "Ö": "Oe",
    "Ü": "Ue",
    "Å": "Aa",
    "Æ": "Ae",
    "Ø": "Oe",
    "Ñ": "Nxx",
    "Þ": "Th",
}
_TITLES = ("Dr.", "Mr", "Haji", "Prof.", "Sheikh", "Eng.")
_ARTICLE = re.compile(r"\b([aeAE])l[- ](?=\w)")
_SMALL_WORD = re.compile(
    r"\b(?:al|el|bin|ibn|ben|bint|de|da|dos|van|von|der|del|la|di|bar|abu|ter)[- ](?=\w)", re.IGNORECASE
)

Slip = Callable[[Name, Draws], Name | None]


def _in_long_word(
    name: Name, draws: Draws, change: Callable[[str], str | None], letters: int = _LONG_WORD
) -> Name | None:
    """The name with one long word changed, whichever of them can be; the parts stay apart."""
    words = [
        (part, word) for part in ("family", "given") for word in getattr(name, part).split() if len(word) >= letters
    ]
    start = draws.below(max(1, len(words)))
    for part, word in words[start:] + words[:start]:
        changed = change(word)
        if changed and changed != word:
            return _with_part(name, part, getattr(name, part).replace(word, changed, 1))
    return None


def _with_part(name: Name, part: str, text: str) -> Name:
    return replace(name, family=text) if part == "family" else replace(name, given=text)


def _by_table(table: tuple[tuple[str, str], ...], draws: Draws) -> Callable[[str], str | None]:
    start = draws.below(len(table))

    def change(word: str) -> str | None:
        for old, new in table[start:] + table[:start]:
            at = word.find(old, 1)
            if at > 0:
                return word[:at] + new + word[at + len(old) :]
        return None

    return change


def sounds_alike(name: Name, draws: Draws) -> Name | None:
    """One sound spelt as in another language: KH for H, SCH for SH, OU for U."""
    return _in_long_word(name, draws, _by_table(_SOUNDS, draws))


def misread(name: Name, draws: Draws) -> Name | None:
    """One letter as a machine misreads it: 0 for O, RN for M."""
    return _in_long_word(name, draws, _by_table(_READ_AS, draws))


def letter_doubled(name: Name, draws: Draws) -> Name | None:
    """One letter written twice, or once where it stood twice."""

    def change(word: str) -> str | None:
        at = 1 + draws.below(len(word) - 2)
        return word[:at] + word[at + 1 :] if word[at] == word[at - 1] else word[:at] + word[at] + word[at:]

    return _in_long_word(name, draws, change)


def wrong_key(name: Name, draws: Draws) -> Name | None:
    """One letter taken for its neighbour on the keyboard."""

    def change(word: str) -> str | None:
        at = 1 + draws.below(len(word) - 1)
        row = next((row for row in _KEY_ROWS if word[at] in row), "")
        if not row:
            return None
        key = row.index(word[at])
        return word[:at] + row[key - 1 if key else 1] + word[at + 1 :]

    return _in_long_word(name, draws, change)


def two_slips(name: Name, draws: Draws) -> Name | None:
    """Two letters of a long word wrong: one left out, and two others swapped."""

    def change(word: str) -> str | None:
        shorter = word[:2] + word[3:]
        at = len(shorter) - 3
        return shorter[:at] + shorter[at + 1] + shorter[at] + shorter[at + 2 :]

    return _in_long_word(name, draws, change, _TWO_SLIPS_WORD)


def icao_letters(name: Name, draws: Draws) -> Name | None:
    """Letters as the machine-readable zone writes them: UE for Ü, NXX for Ñ (Doc 9303-3 section 6)."""
    family, given = (_written(text) for text in (name.family, name.given))
    return replace(name, family=family, given=given) if (family, given) != (name.family, name.given) else None


def _written(text: str) -> str:
    return "".join(_ICAO_LETTERS.get(letter, letter) for letter in text)


def initial_only(name: Name, draws: Draws) -> Name | None:
    """The second given name as an initial."""
    given = name.given.split()
    if len(given) < 2 or len(given[1]) < 2:
        return None
    return replace(name, given=" ".join((given[0], given[1][0], *given[2:])))


def hyphen_changed(name: Name, draws: Draws) -> Name | None:
    """A hyphen where there was a space between given names, or a space for a hyphen."""
    if "-" in name.given:
        return replace(name, given=name.given.replace("-", " ", 1))
    first, space, rest = name.given.partition(" ")
    return replace(name, given=f"{first}-{rest}") if space else None


def title_added(name: Name, draws: Draws) -> Name | None:
    """A title before the name, in one piece with it."""
    return Name(full=f"{draws.one_of(_TITLES)} {name.given} {name.family}".strip())


def article_changed(name: Name, draws: Draws) -> Name | None:
    """AL- written EL or joined: AL-HADDAD, EL HADDAD, ALHADDAD."""
    family = _ARTICLE.sub("el " if draws.chance(50) else "al", name.family, count=1)
    return replace(name, family=family) if family.casefold() != name.family.casefold() else None


def particle_missing(name: Name, draws: Draws) -> Name | None:
    """Without its first article, link or particle (al-, bin, de la, van)."""
    for part in ("family", "given"):
        text = getattr(name, part)
        shorter = _SMALL_WORD.sub("", text, count=1)
        if shorter != text:
            return _with_part(name, part, shorter)
    return None


SLIPS: dict[str, Slip] = {
    slip.__name__: slip
    for slip in (
        sounds_alike,
        misread,
        letter_doubled,
        wrong_key,
        two_slips,
        icao_letters,
        initial_only,
        hyphen_changed,
        title_added,
        article_changed,
        particle_missing,
    )
}
