"""One folded token of any script to every plausible Latin form, and to the strings its sound keys come from.

Each script has its own file (`name_cyrillic`, `name_abjad`, ...); all others take anyascii's reading with the vowels of
Indic scripts put back. Forms follow whole systems of writing rather than the product of all letters' alternatives, so
their number is bounded and the most likely stand first. Pure; never raises for any str.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from anyascii import anyascii

from indexes.name_abjad import abjad_forms, abjad_sounds
from indexes.name_cyrillic import cyrillic_forms, cyrillic_sounds
from indexes.name_han import han_forms, han_sounds
from indexes.name_hangul import hangul_forms, hangul_sounds
from indexes.name_kana import kana_forms, kana_sounds
from indexes.name_latin import is_arabic_code, latin_spellings, mrz_decoded
from indexes.sound import plain_keys, sound_keys

__all__ = ["MAX_FORMS", "Script", "keys_of", "latin_forms", "script_of"]

MAX_FORMS = 8
"""Forms per token: more systems of writing than any one script has; each form costs vocabulary look-ups."""

_NOT_PLAIN = re.compile("[^a-z0-9]+")

_GREEK = (
    ("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch"), ("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("ηυ", "iv"), ("αι", "ai"),
    ("θ", "th"), ("χ", "ch"), ("ψ", "ps"), ("ξ", "x"), ("φ", "f"), ("β", "v"), ("η", "i"), ("υ", "y"), ("ω", "o"),
)  # fmt: skip
# Doc 9303-3 and ELOT 743 agree on the first; the others are English, older and German or French practice.
_GREEK_SYSTEMS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("τζ", "j"), ("ου", "u"), ("χ", "h"), ("αυ", "af"), ("ευ", "ef")),
    (("χ", "kh"), ("φ", "ph"), ("γκ", "g"), ("μπ", "b"), ("ντ", "nt")),
    (("β", "b"), ("η", "e"), ("φ", "ph"), ("αυ", "au"), ("ευ", "eu"), ("υ", "i")),
    (("γ", "gh"), ("χ", "h"), ("δ", "dh"), ("μπ", "mb"), ("ντ", "nd")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """How one script is read: forms and sounds of a folded token; sounds go through `plain_keys`."""

    name: str
    forms: Callable[[str], list[str]]
    sounds: Callable[[str], list[str]]


def _greek_forms(text: str) -> list[str]:
    return [_replaced(text, (*system, *_GREEK)) for system in _GREEK_SYSTEMS]


def _greek_sounds(text: str) -> list[str]:
    return [form.replace("ch", "kh") for form in _greek_forms(text)[:2]]


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for letters, spelling in pairs:
        text = text.replace(letters, spelling)
    return _ascii(text)


# The nine ISCII-derived blocks share one layout (Unicode 12.1): consonants, vowel signs and virama at equal offsets.
_INDIC_FIRST, _INDIC_LAST, _INDIC_BLOCK = 0x0900, 0x0D7F, 0x80
_INDIC_CONSONANTS = range(0x15, 0x3A)
_INDIC_VOWEL_SIGNS = frozenset((*range(0x3E, 0x4E), 0x3C))


def _indic_forms(text: str) -> list[str]:
    """Puts the inherent vowel back where a consonant has no sign, save at the end: नरेन्द्र narendra."""
    out = []
    for place, char in enumerate(text):
        out.append(anyascii(char).lower())
        following = ord(text[place + 1]) % _INDIC_BLOCK if place + 1 < len(text) else None
        bare = following not in _INDIC_VOWEL_SIGNS and following is not None
        cluster_end = following is None and place > 1 and ord(text[place - 1]) % _INDIC_BLOCK == 0x4D
        if ord(char) % _INDIC_BLOCK in _INDIC_CONSONANTS and (bare or cluster_end):
            out.append("a")
    written = "".join(out)
    return [written, written.replace("v", "w"), re.sub("([aiu])\\1", r"\1", written), _ascii(text)]


# Thai and Lao write these vowels in front of the consonant they follow, and a mark over a letter that is mute.
_THAI_MUTE = re.compile("[ก-ฮ][ิุ]?์")
_THAI_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")


def _thai_forms(text: str) -> list[str]:
    spoken = _ascii(_THAI_LEADING_VOWEL.sub(r"\2\1", _THAI_MUTE.sub("", text)))
    return [spoken, spoken.replace("v", "w"), spoken.replace("ph", "p"), _ascii(text)]


def _thai_sounds(text: str) -> list[str]:
    return [form.replace("ph", "p") for form in _thai_forms(text)[:1]]


def _other_forms(text: str) -> list[str]:
    return [_ascii(text)]


def _other_sounds(text: str) -> list[str]:
    """PH is an F in some of these scripts and an aspirated P in others."""
    written = _ascii(text)
    return [written, written.replace("ph", "p")]


def _ascii(text: str) -> str:
    return anyascii(text).lower()


_LATIN = Script(name="latin", forms=latin_spellings, sounds=_other_forms)
_OTHER = Script(name="other", forms=_other_forms, sounds=_other_sounds)
_SCRIPTS = {
    "LATIN": _LATIN,
    "CYRILLIC": Script(name="cyrillic", forms=cyrillic_forms, sounds=cyrillic_sounds),
    "ARABIC": Script(name="arabic", forms=abjad_forms, sounds=abjad_sounds),
    "HEBREW": Script(name="hebrew", forms=abjad_forms, sounds=abjad_sounds),
    "GREEK": Script(name="greek", forms=_greek_forms, sounds=_greek_sounds),
    "HIRAGANA": Script(name="kana", forms=kana_forms, sounds=kana_sounds),
    "HANGUL": Script(name="hangul", forms=hangul_forms, sounds=hangul_sounds),
    "THAI": Script(name="thai", forms=_thai_forms, sounds=_thai_sounds),
    "CJK": Script(name="han", forms=han_forms, sounds=han_sounds),
}
_SCRIPTS["KATAKANA"] = _SCRIPTS["KATAKANA-HIRAGANA"] = _SCRIPTS["HIRAGANA"]
_SCRIPTS["IDEOGRAPHIC"] = _SCRIPTS["CJK"]
_INDIC = Script(name="indic", forms=_indic_forms, sounds=_other_sounds)


def script_of(text: str) -> Script:
    """Returns the script of a token by its first letter; tokens of mixed scripts go through anyascii as a whole."""
    if text.isascii():
        return _LATIN
    found = {_letter_script(char).name: _letter_script(char) for char in text if char.isalpha()}
    return next(iter(found.values())) if len(found) == 1 else _OTHER


def _letter_script(char: str) -> Script:
    if _INDIC_FIRST <= ord(char) <= _INDIC_LAST:
        return _INDIC
    return _SCRIPTS.get(unicodedata.name(char, "OTHER").split()[0], _OTHER)


def latin_forms(text: str) -> tuple[str, ...]:
    """Returns 0..MAX_FORMS distinct forms [a-z0-9]+ of a folded token, likeliest first; () when nothing can be read."""
    if text.isascii() and text.isalnum() and "x" not in text and not text.startswith(("mc", "mac")):
        return (text,)
    forms = script_of(text).forms(text)
    coded = [decoded for form in forms[:1] for decoded in mrz_decoded(form)]
    return _plain([*forms, *coded, *_macs(forms[0] if forms else "")])


def _macs(form: str) -> list[str]:
    """MCDONALD and MACDONALD are one name: each gets the other's writing."""
    if form.startswith("mc") and len(form) > 4:
        return ["mac" + form[2:]]
    return ["mc" + form[3:]] if form.startswith("mac") and len(form) > 6 and form[3] not in "aeiouhky" else []


def _plain(forms: Iterable[str]) -> tuple[str, ...]:
    cleaned = (_NOT_PLAIN.sub("", form if form.isascii() else _ascii(form)) for form in forms)
    return tuple(dict.fromkeys(form for form in cleaned if form))[:MAX_FORMS]


def keys_of(text: str, forms: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the distinct sound keys of a token, most likely first (uncut; the caller bounds them).

    Latin spelling is read in several languages; what our own tables romanised has known values. A token in MRZ code is
    read as Arabic consonants, with a filler vowel between them as `name_abjad` does.
    """
    script = script_of(text)
    if script is _LATIN:
        return tuple(dict.fromkeys(key for form in _spoken(forms) for key in sound_keys(form)))
    return tuple(dict.fromkeys(key for sound in _plain(script.sounds(text)) for key in plain_keys(sound)))


def _spoken(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The forms that may sound differently; a token in Arabic code sounds as decoded, or as written (REXHA)."""
    decoded = mrz_decoded(forms[0])
    if decoded and is_arabic_code(forms[0]):
        return (*("a".join(form) for form in decoded), forms[0])
    return tuple(form for form in forms if not mrz_decoded(form))
