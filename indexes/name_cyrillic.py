"""Cyrillic to Latin by the systems that passports and lists really use.

Sources: ICAO Doc 9303-3 section 6 table B (passports now), BGN/PCGN (English-language lists), and the usual German,
French and scholarly (ISO 9, without its marks) transcriptions; national letters by their own languages. A form follows
one system from its first letter to its last, since no writer mixes them; that also bounds the number of forms.
"""

import re

from anyascii import anyascii

__all__ = ["cyrillic_forms", "cyrillic_sounds"]

_BASE = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "ы": "y", "э": "e",
    "ъ": "", "ь": "", "ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "ђ": "dj", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ә": "a", "ғ": "gh", "қ": "q",
    "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
    "ҷ": "j", "ҳ": "h", "ӣ": "i", "ӯ": "u", "ӑ": "a", "ӗ": "e", "ҫ": "s", "ӈ": "ng", "ҡ": "q", "ҙ": "dh",
}  # fmt: skip
_ICAO = {"й": "i", "ю": "iu", "я": "ia", "ё": "e", "ъ": "ie", "є": "ie", "ї": "i", "ў": "u"}
_GERMAN = {"в": "w", "ж": "sch", "з": "s", "й": "j", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch",
           "ю": "ju", "я": "ja", "ё": "jo", "є": "je", "ї": "ji", "ў": "u", "џ": "dsch"}  # fmt: skip
_FRENCH = {"ж": "j", "у": "ou", "й": "i", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou", "я": "ia", "ё": "io"}
_SCHOLARLY = {"ж": "z", "й": "j", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "ю": "ju", "я": "ja", "ё": "jo",
              "є": "je", "ї": "ji", "џ": "dz", "ђ": "d", "љ": "lj", "ћ": "c"}  # fmt: skip
_UKRAINIAN = {"г": "h", "и": "y", "й": "i"}
_SOUTH_SLAVIC = {"х": "h", "ц": "c"}
_BULGARIAN = {"щ": "sht", "ъ": "a", "х": "h"}

_ONLY_UKRAINIAN = re.compile(r"[іїєґ]")
_ONLY_BELARUSIAN = re.compile(r"ў")
_ONLY_SOUTH_SLAVIC = re.compile(r"[јљњћђџѓќѕ]")
_ENDING_IY = re.compile(r"[иыі]й$")
_SOFT_E = re.compile(r"(?<![бвгджзйклмнпрстфхцчшщ])е")
_HARD_INSIDE = re.compile(r"(?<=[бвгджзклмнпрстфхцчш])ъ(?=[бвгджзйклмнпрстфхцчш])")


def _written(text: str, *overrides: dict[str, str]) -> str:
    """Writes a token letter by letter; letters in no table go through anyascii."""
    table = _BASE
    for override in overrides:
        table = table | override
    return "".join(table.get(char) if char in table else anyascii(char).lower() for char in text)  # type: ignore[misc]


def _national(text: str) -> dict[str, str]:
    """The letter values of the language that the letters themselves give away; {} for Russian and the doubtful."""
    if _ONLY_UKRAINIAN.search(text) or _ONLY_BELARUSIAN.search(text):
        return _UKRAINIAN
    if _ONLY_SOUTH_SLAVIC.search(text):
        return _SOUTH_SLAVIC
    return _BULGARIAN if _HARD_INSIDE.search(text) and "ы" not in text else {}


def cyrillic_forms(text: str) -> list[str]:
    """Returns the Latin spellings of one case-folded Cyrillic token, most likely first; may repeat itself."""
    national = _national(text)
    short = _ENDING_IY.sub("y" if "й" in text else "", text)
    soft = _SOFT_E.sub("ye", short)
    return [
        _written(short, national),
        _written(text, national, _ICAO),
        _written(short, national, _GERMAN),
        _written(text, national, _SCHOLARLY),
        _written(soft, national),
        _written(text, national, _FRENCH),
        _written(short, {"г": "h"} if not national else {}),
        _written(_ENDING_IY.sub("i", text), national, {"х": "h", "ё": "e", "щ": "sht"}),
    ]


def cyrillic_sounds(text: str) -> list[str]:
    """Returns strings for `plain_keys`: the Russian reading, and with Г as H for Ukrainian and for foreign names."""
    sounds = [_written(text)]
    if "г" in text:
        sounds.append(_written(text, {"г": "h"}))
    return sounds
