"""Latin letters beyond A-Z to their spellings in A-Z, and the MRZ's own codes back to letters.

Sources: ICAO Doc 9303-3 section 6, table A (Latin letters, with the alternatives it allows: Ä AE/A, Ö OE/O, Ü UE/UXX/U,
Ñ N/NXX, Å AA/A, Ø OE) and table C (Arabic, a reversible code with X in front of letters that Latin does not have).
The other alternatives are the spellings that bearers use abroad: Š as SH, Ş as SH, Ç as CH, Đ as DJ.
Forms are built here; nothing here decides.
"""

import re
import unicodedata
from functools import lru_cache

__all__ = ["LETTER_FORMS", "fold_latin", "latin_spellings", "mrz_decoded"]

LETTER_FORMS: dict[str, tuple[str, ...]] = {
    "ä": ("ae", "a"), "ö": ("oe", "o"), "ü": ("ue", "u", "uxx"), "å": ("aa", "a"), "ø": ("oe", "o"),
    "æ": ("ae", "a"), "œ": ("oe", "o"), "ñ": ("n", "nxx", "ny"), "þ": ("th",), "ð": ("d", "dh"), "đ": ("d", "dj"),
    "ł": ("l",), "ĳ": ("ij", "y"), "ı": ("i",), "ş": ("s", "sh"), "ș": ("s", "sh"), "š": ("s", "sh", "sch"),
    "ç": ("c", "ch", "s"), "č": ("c", "ch", "tsch"), "ć": ("c", "ch"), "ž": ("z", "zh", "j"), "ż": ("z", "zh"),
    "ř": ("r", "rz"), "ğ": ("g", "gh"), "ţ": ("t", "ts"), "ț": ("t", "ts"), "ő": ("o", "oe"), "ű": ("u", "ue"),
    "ŭ": ("u", "w"), "ŋ": ("n", "ng"), "ĸ": ("k",), "ħ": ("h",), "ŧ": ("t",), "ə": ("a", "e"), "ɨ": ("i",),
    "ʻ": ("",), "ɓ": ("b",), "ɗ": ("d",), "ƙ": ("k",), "ĝ": ("g", "j"), "ĉ": ("c", "ch"), "ĵ": ("j", "zh"),
    "ŝ": ("s", "sh"), "ĥ": ("h", "kh"), "ź": ("z",), "ś": ("s", "sh"), "ď": ("d",), "ť": ("t",), "ň": ("n",),
    "ķ": ("k",), "ļ": ("l",), "ņ": ("n",), "ģ": ("g",), "ẍ": ("x",), "ḫ": ("h", "kh"), "ḵ": ("kh", "k"),
    "ġ": ("g", "gh"), "ḡ": ("gh", "g"), "ǧ": ("j", "g"), "ẖ": ("kh", "h"), "ṯ": ("th", "t"), "ḏ": ("dh", "d"),
}  # fmt: skip
"""A letter that says more than its base letter, most likely spelling first; every other letter is its base letter."""

# Table C of Doc 9303-3 section 6, read backwards. Digraphs that no Latin name of the usual languages contains stand in
# _SURE; the others (XE hamza, XI, XAA ...) are read only in a token that has a sure one, so that ALEXIS stays ALEXIS.
_SURE = {
    "xkh": "kh", "xsh": "sh", "xdh": "dh", "xth": "th", "xss": "s", "xdz": "d", "xtt": "t", "xzz": "z", "xzh": "zh",
    "xah": "a", "xta": "a", "xay": "a", "xxt": "t", "xxd": "d", "xxr": "r", "xxn": "n", "xh": "h",
}  # fmt: skip
_UNSURE = {"xaa": "a", "xae": "a", "xe": "", "xi": "y", "xk": "k", "xg": "g", "xc": "ch", "xy": "y", "xn": "n"}
_SURE_PATTERN = re.compile("|".join(sorted(_SURE, key=len, reverse=True)))
_CODE_PATTERN = re.compile("|".join(sorted(_SURE | _UNSURE, key=len, reverse=True)))
# What table C writes without X; E is the letter ain, so a coded token holds no vowel E or O and no C or V.
_TABLE_C_TOKEN = re.compile(r"(?:x[a-z]{1,2}|[abdefghijklmnpqrstuwyz])+")
_DOUBLE_X = re.compile(r"([un])xx")
_VARIANT_LETTERS = frozenset(LETTER_FORMS)


def fold_latin(text: str) -> str:
    """Drops the marks of Latin letters that say nothing more than their base letter (É is E), keeping Ü, Ñ, Š ....

    Expects NFC and case-folded text; leaves letters of other scripts alone. Folding twice = once.
    """
    return text if text.isascii() else "".join(_fold_letter(char) for char in text)


@lru_cache(maxsize=8_192)  # Every alphabet and the common characters, under 1 MB.
def _fold_letter(char: str) -> str:
    if char.isascii() or char in _VARIANT_LETTERS:
        return char
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 1 or not parts[0].isascii():
        return char
    composed = (unicodedata.normalize("NFC", parts[0] + mark) for mark in parts[1:])
    return next((letter for letter in composed if letter in _VARIANT_LETTERS), parts[0])


def latin_spellings(text: str) -> list[str]:
    """Returns the spellings of a folded Latin token, most likely first; letters outside the table are kept as they are.

    The n-th spelling takes every letter's n-th alternative: bearers and issuers follow one rule through a name, so the
    full product would be mostly forms that nobody writes. One mixed form per letter follows.
    """
    letters = [LETTER_FORMS.get(char, (char,)) for char in text]
    depth = max((len(forms) for forms in letters), default=1)
    spellings = ["".join(forms[min(rank, len(forms) - 1)] for forms in letters) for rank in range(depth)]
    spellings += ["".join(forms[1 if at == i and len(forms) > 1 else 0] for i, forms in enumerate(letters))
                  for at, own in enumerate(letters) if len(own) > 1]  # fmt: skip
    return list(dict.fromkeys(spellings))


def mrz_decoded(form: str) -> list[str]:
    """Returns the readings of a token that carries MRZ codes with X, or []: MUXXLLER, PENXXA, MXHMWD (محمود).

    The second value of an Arabic code is what was meant: without vowels, as the holder's language writes.
    """
    if "x" not in form:
        return []
    if _DOUBLE_X.search(form):
        return [_DOUBLE_X.sub(r"\1", form), _DOUBLE_X.sub(lambda match: {"u": "ue", "n": "ny"}[match[1]], form)]
    if is_arabic_code(form):
        return [_CODE_PATTERN.sub(lambda match: (_SURE | _UNSURE)[match[0]], form)]
    return []


def is_arabic_code(form: str) -> bool:
    """Whether a form is, by its letters, Arabic in the code of table C rather than a name with an X (HOXHA, XHEMAL)."""
    return bool(_SURE_PATTERN.search(form) and _TABLE_C_TOKEN.fullmatch(form))
