"""Arabic and Hebrew script to Latin: consonants and long vowels, because short vowels are not written.

Sources: the letters' values in Arabic, Persian, Urdu, Pashto, Kurdish and Hebrew as BGN/PCGN and ISO 233/259 give them,
without marks. Forms are what is written (mhmd); no rule can know the vowels, so the *sound* strings carry a filler
vowel between consonants (mahamad), and the sound key of mhmd is that of MOHAMMED.
"""

import re
import unicodedata

from anyascii import anyascii

__all__ = ["abjad_forms", "abjad_sounds", "unify_arabic"]

_ARABIC = {
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d",
    "ڈ": "d", "ذ": "dh", "ر": "r", "ڑ": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t",
    "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
    "ں": "n", "ه": "h", "و": "w", "ي": "y", "ے": "e", "ة": "a", "ء": "", "ړ": "r", "ڼ": "n", "ټ": "t", "ډ": "d",
    "ښ": "sh", "ږ": "zh", "ځ": "z", "څ": "ts", "ې": "e", "ۆ": "o", "ێ": "e", "ڵ": "l", "ڕ": "r", "ە": "e", "ۀ": "e",
}  # fmt: skip
_HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "ch", "ט": "t", "י": "y", "כ": "k",
    "ך": "ch", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p", "ף": "f",
    "צ": "tz", "ץ": "tz", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip

# Letters that keyboards and languages write differently for the same sound; unified so that a Persian and an Arabic
# keyboard give the same token. Alef with hamza or madda, alef wasla, alef maksura, Farsi yeh, Urdu heh, kaf.
_UNIFIED = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ك": "ک", "ہ": "ه", "ھ": "ه",
    "ە": "ه", "ۀ": "ه", "ۃ": "ة", "ـ": None, "ګ": "گ", "ڪ": "ک", "ٰ": None,
})  # fmt: skip

_VOWELS_U = {"و": "u", "ي": "i", "ק": "k"}
_PERSIAN = {"و": "v", "ي": "i", "ث": "s", "ذ": "z", "ض": "z", "ق": "gh"}
_EGYPTIAN = {"ج": "g", "و": "o", "ي": "i", "ق": "k", "ذ": "z", "ث": "s"}
_FRENCH = {"ش": "ch", "و": "ou", "ي": "i", "ج": "dj", "ق": "k"}
_TURKISH = {"ش": "s", "و": "v", "ي": "y", "ج": "c", "خ": "h", "ق": "k", "غ": "g"}
_ARABIC_SYSTEMS: tuple[dict[str, str], ...] = ({}, _VOWELS_U, _PERSIAN, _EGYPTIAN, _FRENCH, _TURKISH)
_HEBREW_SYSTEMS: tuple[dict[str, str], ...] = (
    {"ו": "o", "י": "i"},
    {"ו": "u", "י": "i", "ח": "h", "ב": "v", "צ": "ts", "א": "", "ע": ""},
    {"י": "i", "כ": "ch", "ח": "h", "פ": "f", "ש": "s"},
    {"ו": "o", "י": "y", "ח": "h", "ש": "s", "כ": "kh", "ך": "kh"},
    {"ו": "u", "י": "i", "ב": "v", "ג": "j", "צ": "ch"},
    {},
)
_IS_HEBREW = re.compile("[\u0590-\u05ff]")
_HEBREW_FINAL_H = re.compile("(?<=.)ה$")


def unify_arabic(text: str) -> str:
    """Replaces the keyboard variants of one Arabic letter and drops vowel signs, shadda and tatweel.

    Doc 9303-3 table C treats them alike where it gives no letter; twice = once.
    """
    return "".join(char for char in text.translate(_UNIFIED) if not unicodedata.combining(char))


def _written(text: str, filler: str, override: dict[str, str]) -> str:
    table = (_HEBREW if _IS_HEBREW.search(text) else _ARABIC) | override
    parts = (table[char] if char in table else anyascii(char).lower() for char in text)
    return filler.join(part for part in parts if part or filler)


def abjad_forms(text: str) -> list[str]:
    """Returns the Latin consonant forms of one unified Arabic or Hebrew token, one per system; may repeat itself."""
    if _IS_HEBREW.search(text):
        text = _HEBREW_FINAL_H.sub("א", text)
        return [_written(text, "", system) for system in _HEBREW_SYSTEMS]
    return [_written(text, "", system) for system in _ARABIC_SYSTEMS]


# What foreign sounds are written with, and W where it can only be a consonant, each one letter of the sound string.
_ARABIC_GROUPS = (("تش", "چ"), ("دج", "ج"), ("تز", "ز"), ("تس", "س"), ("وو", "و"), ("يي", "ي"))
_HEBREW_GROUPS = (
    ("טש", "ש"),
    ("טס", "ס"),
    ("וו", "ב"),
    ("יי", "י"),
    ("ג׳", "ש"),
    ("צ׳", "ש"),
    ("ז׳", "ש"),
    ("ת׳", "ת"),
)
_ARABIC_CONSONANT_W = re.compile("^و|و(?=[اي])|(?<=ا)و")
_HEBREW_CONSONANT_V = re.compile("^ו|ו(?=[אי])")
_FINAL_NASAL = re.compile("ن[غجک]$")


def abjad_sounds(text: str) -> list[str]:
    """Returns strings for `plain_keys`, a filler vowel between letters so that equal neighbours stay two sounds.

    Vav and waw are vowels except where they open a syllable; there `plain_keys` takes them both ways.
    """
    hebrew = _IS_HEBREW.search(text) is not None
    for letters, letter in _HEBREW_GROUPS if hebrew else _ARABIC_GROUPS:
        text = text.replace(letters, letter)
    if hebrew:
        spoken = _HEBREW_CONSONANT_V.sub("V", text).replace("ו", "א").replace("V", "ו")
        return [_written(spoken, "a", {"ו": "w"} | system) for system in _HEBREW_SOUNDS] + [_written(text, "a", {})]
    spoken = _ARABIC_CONSONANT_W.sub("W", _FINAL_NASAL.sub("ن", text)).replace("و", "ا").replace("W", "و")
    return [_written(spoken, "a", system) for system in _ARABIC_SOUNDS]


_ARABIC_SOUNDS: tuple[dict[str, str], ...] = ({}, {"ث": "s", "ذ": "z", "ض": "z", "ج": "g"})
_HEBREW_SOUNDS: tuple[dict[str, str], ...] = (
    {"ח": "kh", "ך": "kh"},
    {"ב": "v", "פ": "f", "ח": "h", "כ": "kh"},
)
