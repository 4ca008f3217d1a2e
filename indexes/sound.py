"""Sound keys: consonant skeletons under which spellings of one name in different languages meet.

A key is a string of class letters, one per sounded consonant group, with the mark `A` in front when the name starts
with a vowel: MOHAMMED, MUHAMMAD, MEHMET and the vowelless mhmd are all `MMT`. The classes are coarse because spellings
come from different languages (B/P, D/T, F/V, K/G/Q, L/R, S/Z/SH/TS), and one is read in several ways because a
letter has several values (J is DZH in English, Y in German, KH in Spanish). A key proposes; it decides nothing.
Pure: no clock, file or environment. The class table is our own; its precision is measured, see DECISIONS.md.
"""

import re
from dataclasses import dataclass

__all__ = ["MAX_KEYS", "MIN_KEY_CONSONANTS", "plain_keys", "sound_key", "sound_keys"]

MAX_KEYS = 4
"""Keys per token: the readings below and as many sounds of a foreign script; more keys cost candidates, not matches."""

MIN_KEY_CONSONANTS = 2
"""A skeleton of one consonant (ALI, ANA, LEE) is shared by a tenth of all names and says nothing."""

_VOWEL = " "
_CLASSES = {
    "b": "P", "p": "P", "d": "T", "t": "T", "f": "F", "v": "F", "g": "K", "k": "K", "q": "K",
    "l": "L", "r": "L", "m": "M", "n": "N", "s": "S", "z": "S",
    "a": _VOWEL, "e": _VOWEL, "i": _VOWEL, "o": _VOWEL, "u": _VOWEL, "y": _VOWEL, "h": _VOWEL,
}  # fmt: skip

# Letter groups with one value in every reading, longer ones first; ^ and $ are the word's ends. H between vowels and at
# the end is mute (MEHMET, ABDULLAH), at the start it is a consonant.
_SHARED_GROUPS = {
    "^h": "H", "dsch": "S", "tsch": "S", "shch": "S", "stch": "S", "sch": "S", "tch": "S", "dzh": "S", "tsh": "S",
    "dj": "S", "dz": "S", "tz": "S", "ts": "S", "sz": "S", "cz": "S", "zh": "S", "sh": "S", "cs": "S", "ph": "F",
    "th": "T", "dh": "T", "dt": "T", "bh": "P", "gh": "K", "ck": "K", "cq": "K", "ce": "Se", "ci": "Si", "cy": "Sy",
    "nb": "Mb", "np": "Mp",
}  # fmt: skip
# Every branch opens with a plain letter, so that the engine skips to the next possible one by a set of letters.
_SHARED = re.compile("|".join(map(re.escape, _SHARED_GROUPS)))
# NG is one nasal where it closes a syllable (WONG), two sounds before a vowel or liquid (ANGELA, ANGLIN).
_CLOSING_NASAL = re.compile(r"ng(?![aeiouhlr])")
_DOUBLES = tuple((letter * 2, letter) for letter in "PTFKLMNSH" + _VOWEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """How one family of languages reads the letters that `_SHARED_GROUPS` leaves open.

    Args: groups, letters to class in order, as above; singles, one letter to its class; mute, a silent end.
    """

    groups: tuple[tuple[str, str], ...]
    singles: dict[int, str]
    mute: re.Pattern[str] | None = None

    def skeleton(self, shared: str) -> str:
        """Reads what `_shared` left; see `sound_key` for the result."""
        if self.mute is not None:
            shared = self.mute.sub("", shared)
        for letters, value in self.groups:
            shared = shared.replace(letters, value)
        classes = _once(shared.strip("^$").translate(self.singles))
        mark = "A" if classes[:1] == _VOWEL else ""
        return mark + classes.replace(_VOWEL, "")


def _once(classes: str) -> str:
    """Writes a class that follows itself once. Ten look-ups cost a seventh of one regular expression."""
    for double, single in _DOUBLES:
        while double in classes:
            classes = classes.replace(double, single)
    return classes


def _shared(form: str) -> str:
    """Replaces the groups that every reading reads alike by their classes (capitals), the rest stays small."""
    read = _SHARED.sub(_shared_class, f"^{form}$")
    return _CLOSING_NASAL.sub("N", read) if "ng" in read else read


def _shared_class(match: re.Match[str]) -> str:
    return _SHARED_GROUPS[match[0]]


def _singles(**letters: str) -> dict[int, str]:
    return str.maketrans(_CLASSES | letters)


# English and French letter values, as most alphabetic lists use them; W between letters is a vowel (DAWOOD, وليد).
_ENGLISH = _Reading(
    groups=(("^wh", "F"), ("^w", "F"), ("kh", "K"), ("^x", "S"), ("x", "KS"), ("ch", "S")),
    singles=_singles(c="K", j="S", w=_VOWEL),
)
# German, Polish, Czech, South Slavic: J is Y, W is V, C is TS (Turkish DZH, the same class), CH and KH are a breath.
_CENTRAL = _Reading(
    groups=(("^ch", "H"), ("^kh", "H"), ("ch", _VOWEL), ("kh", _VOWEL), ("x", "KS")),
    singles=_singles(c="S", j=_VOWEL, w="F"),
)
# Spanish, Italian, French, Portuguese: J may be KH, G before E and I is soft, CH may be hard, W opens like a vowel,
# GN and GLI are N and L, a last T or X behind a vowel is mute (not D: MOHAMMED).
_ROMANCE = _Reading(
    groups=(("^j", "H"), ("dge", "Se"), ("ge", "Se"), ("gi", "Si"), ("gy", "Sy"), ("kh", "K"), ("ch", "K"), ("gn", "N"),
            ("gli", "Li")),
    singles=_singles(c="K", j="S", w=_VOWEL, x="S"),
    mute=re.compile(r"(?<=[aeiou])(?:[tx]|S)\$"),
)  # fmt: skip
_READINGS = (_ENGLISH, _CENTRAL, _ROMANCE)
# Romanised by our own tables, so that every letter has one value; only the breath KH and W stay open.
_PLAIN = (
    _Reading(groups=(("kh", "K"), ("ch", "S"), ("x", "KS")), singles=_singles(c="K", j="S", w=_VOWEL)),
    _Reading(groups=(("^kh", "H"), ("kh", _VOWEL), ("ch", "S"), ("x", "KS")), singles=_singles(c="K", j="S", w="F")),
)
_AMBIGUOUS = re.compile(r"[cjwx]|kh|g[eiyln]|[aeiou](?:t|S)\$")
_AMBIGUOUS_PLAIN = re.compile(r"kh|w")


def sound_key(form: str) -> str:
    """Returns the consonant skeleton of a form [a-z0-9]* as English reads it.

    Class letters, `A` in front for a leading vowel; "" for a form without letters. It may be shorter than
    MIN_KEY_CONSONANTS; `sound_keys` leaves such keys out.
    """
    return _ENGLISH.skeleton(_shared(form))


def sound_keys(form: str) -> tuple[str, ...]:
    """Returns 0..MAX_KEYS keys of a form in Latin spelling of an unknown language, the English reading first."""
    shared = _shared(form)
    if _AMBIGUOUS.search(shared) is None:
        return _telling((_ENGLISH.skeleton(shared),))
    return _telling(tuple([reading.skeleton(shared) for reading in _READINGS]))


def plain_keys(sound: str) -> tuple[str, ...]:
    """Returns 0..MAX_KEYS keys of a sound string that `transliterate` wrote itself, so that letters have one value."""
    shared = _shared(sound)
    if _AMBIGUOUS_PLAIN.search(shared) is None:
        return _telling((_PLAIN[0].skeleton(shared),))
    return _telling(tuple([reading.skeleton(shared) for reading in _PLAIN]))


def _telling(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Keeps the distinct keys that have enough consonants."""
    kept = dict.fromkeys([key for key in keys if len(key) - (key[:1] == "A") >= MIN_KEY_CONSONANTS])
    return tuple(kept)[:MAX_KEYS]
