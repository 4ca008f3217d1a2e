"""Where a name divides: the parts that other writers write apart, or together.

Rules for one word (ABDULRAHMAN, ALQAHTANI, NURUDDIN), then rules that look at neighbours (ABDUL RAHMAN, AR-RAHMAN,
张晓明, titles). Every rule leaves its own result unchanged, and no rule depends on anything outside the name.
Source: public usage in passports and lists; the words are in `name_tables`.
"""

import re
from functools import lru_cache

from indexes.name_han import HAN_SURNAMES, is_han
from indexes.name_hangul import HANGUL_SURNAMES, is_hangul
from indexes.name_kanji import KANJI_FAMILY_NAMES
from indexes.name_tables import (
    ABD_SPELLINGS,
    ARTICLES,
    ASSIMILATED,
    DIVINE_STEMS,
    NAME_TITLES,
    PARTICLES,
    SPLIT_STEMS,
    SUFFIXES,
    TITLES,
    UNSPLIT_ARABIC,
)
from indexes.sound import sound_key
from indexes.transliterate import latin_forms

__all__ = ["arranged_parts", "divided_word", "is_east_asian", "is_initial", "is_name_part", "is_servant_of_god"]

_SERVANT_PATTERN = re.compile(r"abd(?:a|u|e|o|ou)l{1,2}ah?")
_NO_NAMES = PARTICLES | ASSIMILATED | TITLES | NAME_TITLES | SUFFIXES | ABD_SPELLINGS | {"abd", "allah", "mc"}


def is_servant_of_god(text: str) -> bool:
    """Whether a word is ABDULLAH in any Latin writing; it is one name and stays one word."""
    return _SERVANT_PATTERN.fullmatch(text) is not None


def is_initial(text: str) -> bool:
    """One letter of a script that has capitals; a single Han or Hangul character is a whole name."""
    return len(text) == 1 and text.upper() != text


def is_east_asian(text: str) -> bool:
    return is_han(text[0]) or is_hangul(text[0])


_STEM_KEYS = frozenset(sound_key(stem) for stem in DIVINE_STEMS)
_ABD_ARTICLE = re.compile(r"abd(?:u|e|a|i|o|ou|oo)l(.{3,})")
_ABD_SUN = re.compile(r"abd(?:u|e|a|i|o|ou|oo)?((?:s|r|n|z|d|t|sh|th|dh).{3,})")
_FAITH = re.compile(r"(.{3,}?)(?:u|e|a|oo|ou)dd(?:i|ee)ne?")
_FAITH_ALONE = re.compile(r"(?:u|e|a|oo|ou)dd(?:i|ee)ne?")
_ARTICLE_STEM = re.compile(r"(al|el)(.{3,})")
# After AL-, no European name goes on with these letters and ends like a name of origin (ALQAHTANI, ALGHAMDI, ALSHEHRI).
_ARTICLE_ORIGIN = re.compile(r"(al|el)((?:q|kh|gh|sh|dh)[a-z]{3,}[iy])")
_FEWEST_ARABIC_STEM = 2


def divided_word(word: str) -> tuple[str, ...]:
    """Divides a word into the parts that other writers write apart; most words stay whole.

    Parts are divided again, so that dividing twice = once (الألجاوي has the article twice); they get shorter each time.
    """
    if word.startswith(("abd", "al", "el")) or "dd" in word:
        parts = _divided_latin(word)
    elif word.startswith(("ال", "عبدال")) or word.endswith("الدين"):
        parts = _divided_arabic(word)
    else:
        return (word,)
    return parts if len(parts) == 1 else tuple(part for whole in parts for part in divided_word(whole))


def _divided_latin(word: str) -> tuple[str, ...]:
    if word.startswith("abd") and not is_servant_of_god(word):
        for pattern in (_ABD_ARTICLE, _ABD_SUN):
            stem = pattern.fullmatch(word)
            if stem and (divine := _divine(stem[1])):
                return ("abd", "al", divine)
    if _FAITH_ALONE.fullmatch(word):
        return ("al", "din")
    if faith := _FAITH.fullmatch(word):
        return (faith[1], "al", "din")
    article = _ARTICLE_ORIGIN.fullmatch(word) or _ARTICLE_STEM.fullmatch(word)
    if article and (article.re is _ARTICLE_ORIGIN or article[2] in SPLIT_STEMS):
        return (article[1], article[2])
    return (word,)


def _divine(stem: str) -> str:
    """The stem if it is, or sounds as, a name that follows ABD AL-, its doubled sun letter single; else ""."""
    single = stem[1:] if stem[0] == stem[1] else stem
    if stem.startswith(("shsh", "thth", "dhdh")):
        single = stem[2:]
    return single if single in DIVINE_STEMS or (sound_key(single) in _STEM_KEYS and len(single) > 3) else ""


def _divided_arabic(word: str) -> tuple[str, ...]:
    if word == "عبدالله" or word == "الله" or word in UNSPLIT_ARABIC:
        return (word,)
    if word.startswith("عبدال") and len(word) >= 5 + _FEWEST_ARABIC_STEM:
        return ("عبد", "ال", word[5:])
    if word.endswith("الدين") and len(word) >= 5 + _FEWEST_ARABIC_STEM:
        return (word[:-5], "ال", "دين")
    if word.startswith("ال") and len(word) > 2 + _FEWEST_ARABIC_STEM:
        return ("ال", word[2:])
    return (word,)


def arranged_parts(parts: list[str]) -> list[str]:
    """Applies the rules that look at neighbours once: articles, Han and Hangul names, titles."""
    joined = parts if _ARTICLE_WORDS.isdisjoint(parts) else _with_articles(parts)
    return _without_titles(_divided_east_asian(joined))


_ARTICLE_WORDS = ABD_SPELLINGS | ASSIMILATED | {"abd", "عبد", "mc"}


def _divided_east_asian(parts: list[str]) -> list[str]:
    """Divides a family name from the given name when the name has exactly one Han or Hangul word.

    Only then: two words are divided already, and their parts must stay as they are.
    """
    places = [place for place, part in enumerate(parts) if not part.isascii() and is_east_asian(part)]
    if len(places) != 1:
        return parts
    pieces = _family_and_given(parts[places[0]])
    return [*parts[: places[0]], *pieces, *parts[places[0] + 1 :]]


@lru_cache(maxsize=8_192)  # The Han and Hangul names of a day, under 2 MB.
def _family_and_given(word: str) -> tuple[str, ...]:
    """Divides one word behind its family name, if it looks like one and both parts can be read."""
    family = _family_length(word)
    pieces = (word[:family], word[family:])
    return pieces if all(latin_forms(piece) for piece in pieces) else (word,)


_LONGEST_GIVEN = 3


def _family_length(word: str) -> int:
    """Length of the family name at the start of a whole name in Han or Hangul; 0 when it does not look like one."""
    tables: tuple[tuple[int, frozenset[str] | dict[str, tuple[str, ...]]], ...]
    if is_hangul(word[0]):
        tables = ((2, HANGUL_SURNAMES), (1, HANGUL_SURNAMES))
    else:
        tables = ((3, KANJI_FAMILY_NAMES), (2, KANJI_FAMILY_NAMES), (2, HAN_SURNAMES), (1, HAN_SURNAMES))
    for length, names in tables:
        longest = 2 if length == 1 else _LONGEST_GIVEN
        if word[:length] in names and 1 <= len(word) - length <= longest:
            return length
    return 0


def _with_articles(parts: list[str]) -> list[str]:
    """Writes the article one way: ABDUL RAHMAN and AR-RAHMAN as ABD AL RAHMAN; ABD ALLAH is one word; MC joins."""
    out: list[str] = []
    for place, part in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else ""
        before = out[-1] if out else ""
        if (before, part) in (("abd", "allah"), ("عبد", "الله")):
            out[-1] = "abdallah" if part == "allah" else "عبدالله"
        elif before == "mc" and len(part) > 1:
            out[-1] += part
        elif part in ABD_SPELLINGS and _follows_abd(following):
            out += ["abd", "al"] if following not in ARTICLES else ["abd"]
        elif _is_assimilated(part, following, before):
            out.append("al")
        else:
            out.append(part)
    return out


def _follows_abd(following: str) -> bool:
    """Whether the next word can be what ABDUL belongs to."""
    return len(following) > 1 and following.isascii() and (following in ARTICLES or following not in _NO_NAMES)


def _is_assimilated(part: str, following: str, before: str) -> bool:
    """AR RAHMAN, AS SAYYID, NUR UD DIN: an article that took the next word's first letter; after ABD also AL itself."""
    if before == "abd" and part in ARTICLES:
        return True
    return part in ASSIMILATED and len(following) > len(part) and following.startswith(part[1:])


_ANY_TITLE = TITLES | NAME_TITLES


def _without_titles(parts: list[str]) -> list[str]:
    """Drops titles while names remain, so that a name made of titles alone keeps them."""
    if _ANY_TITLE.isdisjoint(parts):
        return parts
    names = sum(1 for part in parts if is_name_part(part) and part not in _ANY_TITLE)
    return [part for part in parts if not ((part in TITLES and names >= 1) or (part in NAME_TITLES and names >= 2))]


def is_name_part(part: str) -> bool:
    return part not in PARTICLES and not is_initial(part)
