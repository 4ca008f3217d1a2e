"""Hangul to Latin: Revised Romanisation, McCune-Reischauer, the spellings Koreans choose, and surnames' own spellings.

Sources: Revised Romanisation of Korean (2000), McCune-Reischauer (1939); syllables are taken apart by the arithmetic of
Unicode chapter 3.12. Surname spellings are public facts of usage: South Korean passports keep the holder's choice.
"""

__all__ = ["HANGUL_SURNAMES", "hangul_forms", "hangul_sounds", "is_hangul"]

_FIRST, _LAST = 0xAC00, 0xD7A3
_MEDIALS, _FINALS = 21, 28
_INITIAL = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_INITIAL_MR = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h"]
_MEDIAL = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_MEDIAL_MR = [
    "a",
    "ae",
    "ya",
    "yae",
    "o",
    "e",
    "yo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "u",
    "ui",
    "i",
]
_MEDIAL_POPULAR = [
    "a",
    "ae",
    "ya",
    "yae",
    "u",
    "e",
    "you",
    "ye",
    "o",
    "wa",
    "wae",
    "oi",
    "yo",
    "oo",
    "wo",
    "we",
    "wi",
    "yoo",
    "eu",
    "ui",
    "ee",
]
_FINAL = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "h",
]

HANGUL_SURNAMES: dict[str, tuple[str, ...]] = {
    row.split()[0]: tuple(row.split()[1:])
    for row in """
김 kim gim ghim|이 lee yi rhee i ri li|박 park pak bak pack|최 choi choe choy|정 jung jeong chung chong joung
강 kang gang|조 cho jo joe|윤 yoon yun youn|장 jang chang|임 lim im rim yim|한 han hahn|오 oh o|서 seo suh so
신 shin sin|권 kwon gwon|황 hwang whang|안 ahn an|송 song|류 ryu yoo yu lyu|유 yoo yu you ryu|전 jeon jun chun chon
홍 hong|고 ko go koh|문 moon mun|양 yang|손 son sohn|배 bae pae|백 baek paik back paek|허 heo hur huh ho|남 nam
심 shim sim|노 noh no roh ro|로 ro roh noh|하 ha|곽 kwak gwak|성 sung seong song|차 cha|주 joo ju chu|우 woo u wu
구 koo gu ku goo|민 min|나 na ra|라 ra na|진 jin chin|지 ji chi jee|엄 um eom uhm|채 chae chai|원 won
천 cheon chun chon|방 bang pang|공 gong kong|현 hyun hyeon hyon|함 ham|변 byun byeon pyon|염 yeom yum youm|여 yeo yuh
추 choo chu|도 do doh|소 so soh|석 seok suk sok|선 sun seon|설 seol sul|마 ma|길 gil kil|연 yeon yun|위 wi|표 pyo
명 myung myeong|기 ki gi|반 ban pan|왕 wang|금 keum geum|옥 ok|육 yook yuk|인 in|맹 maeng|제 je|탁 tak|국 kook guk
어 eo|은 eun|편 pyeon|용 yong|리 ri lee rhee yi|림 rim lim im|량 ryang yang|남궁 namgung namkoong|황보 hwangbo
제갈 jegal chegal|사공 sagong|선우 seonwoo sunwoo|서문 seomun|독고 dokgo dokko
""".replace("\n", "|").split("|")
    if row
}
"""Korean surname (1 or 2 syllables) to its Latin spellings, most frequent first."""


def is_hangul(char: str) -> bool:
    """Whether a character is a composed Hangul syllable."""
    return _FIRST <= ord(char) <= _LAST


def _parts(char: str) -> tuple[int, int, int]:
    index = ord(char) - _FIRST
    return index // (_MEDIALS * _FINALS), index // _FINALS % _MEDIALS, index % _FINALS


def _written(text: str, initials: list[str], medials: list[str], liaison: bool) -> str:
    """Writes syllables in order; with liaison a single final moves to a following empty onset (철수 no, 설아 seora)."""
    out: list[str] = []
    moved = ""
    syllables = [_parts(char) for char in text if is_hangul(char)]
    for place, (initial, medial, final) in enumerate(syllables):
        out.append((moved or initials[initial]) + medials[medial])
        empty_next = place + 1 < len(syllables) and syllables[place + 1][0] == 11
        moved = _LIAISON.get(final, "") if liaison and empty_next else ""
        out.append("" if moved else _FINAL[final])
    return "".join(out).replace("lr", "ll")


# Finals that sound as the next syllable's onset when that is empty: ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅈ.
_LIAISON = {1: "g", 4: "n", 7: "d", 8: "r", 16: "m", 17: "b", 19: "s", 22: "j"}


def hangul_forms(text: str) -> list[str]:
    """Returns the spellings of one Hangul token, a surname's own ones first; may repeat itself."""
    revised = _written(text, _INITIAL, _MEDIAL, False)
    return [
        *HANGUL_SURNAMES.get(text, ())[:5],
        revised,
        _written(text, _INITIAL, _MEDIAL_POPULAR, False),
        _written(text, _INITIAL_MR, _MEDIAL_MR, False),
        _written(text, _INITIAL, _MEDIAL, True),
        revised.replace("eo", "u").replace("eu", "u"),
        revised.replace("eu", "").replace("eo", "o"),
        _written(text, _INITIAL_MR, _MEDIAL_POPULAR, False),
    ]


def hangul_sounds(text: str) -> list[str]:
    """Returns strings for `plain_keys`: with and without liaison, and with the F and V of foreign names (ㅍ, ㅂ).

    None for one syllable: a few hundred syllables are shared by millions, so only its own spellings may meet it.
    """
    if len(text) == 1:
        return []
    sounds = [_written(text, _INITIAL, _MEDIAL, False), _written(text, _INITIAL, _MEDIAL, True)]
    return [sound.replace("ng", "n") for sound in (*sounds, sounds[0].replace("p", "f").replace("b", "v"))]
