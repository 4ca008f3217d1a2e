"""Japanese kana to Latin: Hepburn (passports), Kunrei (ISO 3602), and the spellings of long vowels.

Source: the kana tables of Hepburn and ISO 3602; Japanese passports write no long vowel or, on request, OH and OU.
"""

import re

__all__ = ["kana_forms", "kana_sounds", "to_hiragana"]

_ROWS = {
    "あいうえお": "a i u e o", "かきくけこ": "ka ki ku ke ko", "さしすせそ": "sa shi su se so",
    "たちつてと": "ta chi tsu te to", "なにぬねの": "na ni nu ne no", "はひふへほ": "ha hi fu he ho",
    "まみむめも": "ma mi mu me mo", "やゆよ": "ya yu yo", "らりるれろ": "ra ri ru re ro", "わゐゑを": "wa i e o",
    "がぎぐげご": "ga gi gu ge go", "ざじずぜぞ": "za ji zu ze zo", "だぢづでど": "da ji zu de do",
    "ばびぶべぼ": "ba bi bu be bo", "ぱぴぷぺぽ": "pa pi pu pe po", "ん": "n", "ゔ": "vu", "ゎ": "wa",
}  # fmt: skip
_KANA = {kana: romaji for row, names in _ROWS.items() for kana, romaji in zip(row, names.split(), strict=True)}
_SMALL = {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
_KATAKANA_SHIFT = ord("ァ") - ord("ぁ")
_TO_HIRAGANA = {code: code - _KATAKANA_SHIFT for code in range(ord("ァ"), ord("ヴ") + 1)}
_KUNREI = (
    ("sh", "sy"),
    ("ch", "ty"),
    ("ts", "t"),
    ("j", "zy"),
    ("f", "h"),
    ("syi", "si"),
    ("tyi", "ti"),
    ("zyi", "zi"),
)
_NASAL_BEFORE_LIP = re.compile(r"n(?=[bmp])")
_LONG_O = re.compile(r"o[ou]")
_LONG_ANY = re.compile(r"([aeiou])\1")


def to_hiragana(text: str) -> str:
    """Maps katakana to hiragana letter by letter; everything else stays."""
    return text.translate(_TO_HIRAGANA)


def _hepburn(text: str) -> str:
    """Hepburn with every vowel as written (ou, oo); a bar lengthens nothing here, because most writers drop it."""
    out = ""
    doubled = False
    for char in to_hiragana(text):
        if char == "っ":
            doubled = True
            continue
        if char in _SMALL:
            out = _with_small(out, _SMALL[char])
            continue
        romaji = _KANA.get(char, "")
        out += romaji[:1] + romaji if doubled and romaji else romaji
        doubled = False
    return out


def _with_small(before: str, small: str) -> str:
    """Joins a small kana to the syllable before it: ki + ya = kya, shi + ya = sha, fu + a = fa, u + i = wi."""
    stem = before[:-1]
    if before.endswith("u") and (not stem or stem[-1] in "aeioun"):
        return stem + "w" + small
    if stem.endswith(("sh", "ch", "j")):
        return stem + small.removeprefix("y")
    return stem + small


def kana_forms(text: str) -> list[str]:
    """Returns the spellings of one kana token: passport style, as written, OH, Kunrei, MB; may repeat itself."""
    written = _hepburn(text)
    short = _LONG_ANY.sub(r"\1", _LONG_O.sub("o", written))
    kunrei = short
    for hepburn, other in _KUNREI:
        kunrei = kunrei.replace(hepburn, other)
    return [
        short,
        written,
        _LONG_O.sub("oh", written),
        kunrei,
        _NASAL_BEFORE_LIP.sub("m", short),
        short.replace("r", "l"),
    ]


_FINAL_NG = re.compile("ngu$")


def kana_sounds(text: str) -> list[str]:
    """Returns strings for `plain_keys`: as written, and the bar as the R of English names (カーン KERN)."""
    hepburn = [_hepburn(text), _hepburn(text.replace("ー", "る"))] if "ー" in text else [_hepburn(text)]
    return [_FINAL_NG.sub("n", sound) for sound in hepburn]
