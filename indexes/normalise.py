"""Text of a name to tokens: the same function when building an index and when asking it.

Order of the steps: characters (NFKC, case, marks, marks of direction) → words → words divided by rule (article, ABDUL-,
-UDDIN, Han and Hangul names) → titles dropped → limits → kinds. Every step leaves its own result unchanged, so that
normalising twice = once. Every rule is local to the name: nothing depends on what an index holds.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from indexes.kernels.edit_distance import MAX_FORM_CHARS
from indexes.name_abjad import unify_arabic
from indexes.name_latin import fold_latin
from indexes.name_parts import arranged_parts, divided_word, is_east_asian, is_initial, is_name_part, is_servant_of_god
from indexes.name_tables import (
    ABD_SPELLINGS,
    ARTICLES,
    ASSIMILATED,
    LAST_NAMES,
    NAME_TITLES,
    PARTICLES,
    SUFFIXES,
    TITLES,
)
from indexes.sound import MAX_KEYS, sound_key
from indexes.transliterate import MAX_FORMS, keys_of, latin_forms

__all__ = [
    "MAX_FORMS",
    "MAX_KEYS",
    "MAX_NAME_CHARS",
    "MAX_TOKENS",
    "MAX_TOKEN_CHARS",
    "Token",
    "TokenKind",
    "normalise_name",
    "sound_key",
]

MAX_NAME_CHARS = 200
"""Characters of a name that are read: longer than any name in the OFAC, UN and EU lists, and cheap."""

MAX_TOKENS = 16
"""Tokens per name: the longest recorded names (with titles and lineage) have 14; an aligner is quadratic in them."""

MAX_TOKEN_CHARS = 40
"""Characters per token: a whole MRZ name field has 39 (Doc 9303-4 section 4.2.2), and edit distance is in one word."""

_TOKEN_CACHE_SIZE = 65_536
"""Cached words: the vocabulary of a day's travellers, some 30 MB; the least recently used go."""


_CHAR_CACHE_SIZE = 8_192
"""Cached characters: every alphabet and the common Han and Hangul characters, under 1 MB."""


class TokenKind(IntEnum):
    """What part a token plays in a name."""

    NAME = 0
    PARTICLE = 1
    INITIAL = 2
    SUFFIX = 3


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name in normal form.

    Positional and cached, because the hot path makes tens of thousands a second.
    text: own script, the token's identity; forms: 1..MAX_FORMS Latin [a-z0-9]+, most likely first; keys: 0..MAX_KEYS
    sound keys, none where a skeleton would say too little; kind: by its place in the name.
    """

    text: str
    forms: tuple[str, ...]
    keys: tuple[str, ...]
    kind: TokenKind


def normalise_name(text: str) -> tuple[Token, ...]:
    """Returns the tokens of a name, () when nothing usable is left. Never raises for any str.

    Words beyond MAX_TOKENS or MAX_NAME_CHARS are dropped, longer ones than MAX_TOKEN_CHARS cut, alike on both sides.
    Cost: about 2 µs for three cached ASCII words.
    """
    entries = [_entry(word) for word in _words(text)]
    plain = True
    for entry in entries:
        plain &= entry.plain
    if plain and len(entries) <= MAX_TOKENS:
        return tuple([entry.token for entry in entries])
    return _in_context([part for entry in entries for part in entry.parts])


# --- characters and words -------------------------------------------------------------------------------------------

# One character to one character, which str.translate does without a look-up per character.
_ASCII_WORDS = str.maketrans({code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)})
# Apostrophes, half rings, primes and letters that stand for hamza or ain in Latin: they join (O'NEIL, ʿABD).
_JOINERS = frozenset("'`´’‘‛ʼʻʽʾʿˈ′ʹʺ＇‵ˊˋ״՚ߴߵ·・")
_SEPARATING_DOTS = frozenset("·・")
_JOINED = _JOINERS - _SEPARATING_DOTS
# Marks above letters of alphabets that do without them (Latin, Greek, Cyrillic stress, Hebrew points, Arabic vowels).
# Vowel signs of Indic and other scripts are Mn or Mc as well and stay: they are letters in all but name.
_DROPPED_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0640]"
)
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
# The apostrophe that makes another letter of a Hebrew one (ג׳ J, צ׳ CH, ז׳ ZH); elsewhere it joins like any other.
_GERESH = re.compile("(?<=[גזצת])['’׳]")
_STRAY_GERESH = re.compile("(?<![גזצת])׳")
_READ_FACTOR = 4
"""Characters read per character kept, because marks and controls go before the cut; bounds the work on huge input."""


def _words(text: str) -> list[str]:
    """Splits a name into words in normal form, each at most MAX_TOKEN_CHARS long."""
    if text.isascii():
        joined = text[: MAX_NAME_CHARS * _READ_FACTOR].replace("'", "").replace("`", "")
        words = joined.translate(_ASCII_WORDS)[:MAX_NAME_CHARS].split()
    else:
        words = _folded(text[: MAX_NAME_CHARS * _READ_FACTOR])[:MAX_NAME_CHARS].split()
    if len(text) <= MAX_TOKEN_CHARS:
        return words
    return [word[:MAX_TOKEN_CHARS] for word in words]


def _folded(text: str) -> str:
    """Compatibility and case folding until nothing changes, marks dropped, everything but letters and digits spaced."""
    folded = unicodedata.normalize("NFKC", _GERESH.sub("\u05f3", text)).casefold()
    folded = unicodedata.normalize("NFKC", folded).casefold()
    folded = _STRAY_GERESH.sub("", folded)
    folded = "".join(map(_spaced, unicodedata.normalize("NFC", folded)))
    if _GREEK.search(folded):
        folded = _GREEK.sub(lambda match: unicodedata.normalize("NFD", match[0]), folded)
    if _ARABIC.search(folded):
        folded = unify_arabic(folded)
    return unicodedata.normalize("NFC", _DROPPED_MARKS.sub("", fold_latin(folded)))


@lru_cache(maxsize=_CHAR_CACHE_SIZE)
def _spaced(char: str) -> str:
    """Keeps letters, digits and marks, drops what joins or cannot be seen, and puts a space for anything else."""
    if char in _JOINED:
        return ""
    if char == "׳":
        return char
    kind = unicodedata.category(char)
    if kind[0] in "LM" or kind in ("Nd", "Nl"):
        return char
    return "" if kind == "Cf" else " "


# --- one word -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word and what it becomes alone: `plain` when neither its neighbours nor its place can change its one token."""

    parts: tuple[str, ...]
    token: Token
    plain: bool


_NO_TOKEN = Token("", (), (), TokenKind.NAME)
_IN_CONTEXT = (
    PARTICLES
    | ASSIMILATED
    | TITLES
    | NAME_TITLES
    | SUFFIXES
    | ABD_SPELLINGS
    | {"abd", "عبد", "allah", "الله", "mc", "و"}
)


@lru_cache(maxsize=_TOKEN_CACHE_SIZE)
def _entry(word: str) -> _Entry:
    parts = tuple(part for part in divided_word(word) if latin_forms(part))
    if len(parts) != 1 or parts[0] != word:
        return _Entry(parts, _NO_TOKEN, False)
    kind = TokenKind.INITIAL if is_initial(word) else TokenKind.NAME
    return _Entry(parts, _token(word, kind), word not in _IN_CONTEXT and not is_east_asian(word))


@lru_cache(maxsize=_TOKEN_CACHE_SIZE)
def _token(text: str, kind: TokenKind) -> Token:
    forms = tuple(dict.fromkeys(form[:MAX_FORM_CHARS] for form in _forms(text)))
    return Token(
        text, forms, keys_of("abdallah" if forms[-1:] == _SERVANT_OF_GOD[-1:] else text, forms)[:MAX_KEYS], kind
    )


_SERVANT_OF_GOD = ("abdallah", "abdullah", "abdulla", "abdalla", "abdellah", "abdoullah", "abdollah")


def _forms(text: str) -> tuple[str, ...]:
    """The forms of `latin_forms`, with the spellings that words of Arabic share whatever their vowels."""
    if text == "عبدالله" or is_servant_of_god(text):
        own = () if text == "عبدالله" else (text,)
        return tuple(dict.fromkeys((*own, *_SERVANT_OF_GOD)))[:MAX_FORMS]
    if text in ARTICLES or text == "ال":
        return tuple(dict.fromkeys((text if text in ARTICLES else "al", "al", "el", "ul")))
    if text == "abd" or text == "عبد":
        return ("abd",)
    return latin_forms(text)


# --- the whole name -------------------------------------------------------------------------------------------------


def _in_context(parts: list[str]) -> tuple[Token, ...]:
    """Applies the rules that look at neighbours and the limits until they change nothing, then gives kinds.

    A word whose neighbour was cut off is read as it would be the second time. Each round is
    shorter, so that it ends.
    """
    while (arranged := _within_limits(arranged_parts(parts))) != parts:
        parts = arranged
    return tuple([_token(text, kind) for text, kind in zip(parts, _kinds(parts), strict=True)])


def _within_limits(parts: list[str]) -> list[str]:
    """Cuts words and the number of words so that the joined result is within the limits of a second reading."""
    kept: list[str] = []
    length = 0
    for part in parts[:MAX_TOKENS]:
        length += len(part) + 1
        if length > MAX_NAME_CHARS + 1:
            break
        kept.append(part)
    return kept


_GIVEN_NAME_TOO = frozenset({"ben"})
_INITIAL_TOO = frozenset("eiy")


def _kinds(parts: list[str]) -> list[TokenKind]:
    """Gives kinds by place: a name of particles alone is a name, a last particle too (WANG DI), a first suffix too."""
    names = [place for place, part in enumerate(parts) if is_name_part(part)]
    return [_kind(part, place, names, len(parts)) for place, part in enumerate(parts)]


def _kind(part: str, place: int, names: list[int], count: int) -> TokenKind:
    if part in SUFFIXES and names and names[0] < place:
        return TokenKind.SUFFIX
    if part in PARTICLES and names and not (part in _GIVEN_NAME_TOO and place == 0 and count == 2):
        inside = names[0] < place < names[-1]
        if part not in _INITIAL_TOO or (part == "y" and inside):
            return TokenKind.PARTICLE if place + 1 < count else _last_kind(part)
    return TokenKind.INITIAL if is_initial(part) else TokenKind.NAME


def _last_kind(part: str) -> TokenKind:
    """A particle at the end: DER stays one (lists that sort by the last word), a word that is a name too does not."""
    return TokenKind.NAME if part in LAST_NAMES else TokenKind.PARTICLE
