"""Han characters to Latin: pinyin, Wade-Giles, the spellings of surnames abroad, and common Japanese names.

Sources: pinyin of a character from anyascii (its most frequent reading); Wade-Giles by its rules (Wade, Giles);
surnames' Cantonese, Hokkien and Wade-Giles spellings are public facts of usage in Hong Kong, Taiwan and Southeast Asia.
Japanese readings are those of the most frequent family and given names; a kanji name outside the table gets pinyin.
"""

import re

from anyascii import anyascii

from indexes.name_kanji import KANJI_NAMES

__all__ = ["HAN_SURNAMES", "han_forms", "han_sounds", "is_han", "wade_giles"]


def _rows(table: str) -> list[list[str]]:
    """Splits a table of rows `name spelling spelling ...` that stand between bars or line ends."""
    return [row.split() for row in table.replace("\n", "|").split("|") if row]


# One character, its traditional form beside it, then the spellings: pinyin first, abroad by frequency.
_SINGLE = """
王 wang wong ong heng|李 li lee lei lie|张張 zhang chang cheung teo tiong|刘劉 liu lau low liew
陈陳 chen chan tan chin|杨楊 yang yeung yeo young|黄黃 huang wong ng oei hwang|赵趙 zhao chao chiu teo
吴吳 wu ng goh ngo woo|周 zhou chou chow chew|徐 xu hsu tsui chee shiu|孙孫 sun suen soon|马馬 ma mah beh
朱 zhu chu choo|胡 hu wu oh woo|郭 guo kuo kwok quek kuok|何 he ho hoe|林 lin lam lim ling|高 gao kao ko koh
罗羅 luo lo law loh|郑鄭 zheng cheng tay cheang|梁 liang leung neo leong|谢謝 xie hsieh tse chia cheah
宋 song sung soong|唐 tang tong teng|许許 xu hsu hui khoo koh|邓鄧 deng teng tang|韩韓 han hon
冯馮 feng fung pang foong|曹 cao tsao cho chou|彭 peng pang phang|曾 zeng tseng tsang chan chang|肖 xiao hsiao siu
萧蕭 xiao hsiao siu seow|田 tian tien tin|董 dong tung|潘 pan poon phua pun|袁 yuan yuen|蔡 cai tsai choi chua chai
蒋蔣 jiang chiang tseung|余 yu yue yee|于 yu|杜 du tu to|叶葉 ye yeh yip yap ip|程 cheng ching|魏 wei ngai
苏蘇 su so soh soo|吕呂 lu lyu lui loo|丁 ding ting|任 ren jen yam|卢盧 lu lo loo|姚 yao yiu yeo|沈 shen sum sim
钟鍾鐘 zhong chung cheng|姜 jiang chiang keung|崔 cui tsui chui|谭譚 tan tam|陆陸 lu luk loke|范 fan|汪 wang wong
廖 liao liu liew|石 shi shih shek|金 jin chin kam king|韦韋 wei wai|贾賈 jia chia ka|夏 xia hsia ha|付 fu
傅 fu foo poh|方 fang fong png|邹鄒 zou tsou chow|熊 xiong hsiung hung|白 bai pai pak|孟 meng mang|秦 qin chin chun
邱 qiu chiu yau khoo|侯 hou hau|江 jiang chiang kong kang|尹 yin wan|薛 xue hsueh sit|闫閆 yan|段 duan tuan
雷 lei lui loi|龙龍 long lung|黎 li lai|史 shi shih|陶 tao to|贺賀 he ho|毛 mao mo|郝 hao|顾顧 gu ku koo
龚龔 gong kung|邵 shao shiu siu|万萬 wan man|钱錢 qian chien chin|严嚴 yan yen yim|赖賴 lai|覃 qin tan
洪 hong hung ang|武 wu mo|莫 mo mok|孔 kong kung hung|汤湯 tang tong|向 xiang hsiang|常 chang sheung|温溫 wen wan
康 kang hong|施 shi shih see|文 wen man|牛 niu ngau|樊 fan|葛 ge ko kot|邢 xing hsing|安 an on|齐齊 qi chi chai
易 yi yik|乔喬 qiao chiao kiu|伍 wu ng|庞龐 pang|颜顏 yan yen ngan gan|倪 ni ngai|庄莊 zhuang chuang chong
聂聶 nie nieh nip|章 zhang chang cheung|鲁魯 lu lo|岳 yue yueh ngok|翟 zhai chai|殷 yin yan|詹 zhan chan jim|申 shen
欧歐 ou au|耿 geng keng|关關 guan kuan kwan|兰蘭 lan|焦 jiao|俞 yu|左 zuo|柳 liu lau|甘 gan kan kam|祝 zhu chu chuk
包 bao pao|宁寧 ning|尚 shang|符 fu foo|舒 shu|阮 ruan juan nguyen yuen|柯 ke ko|纪紀 ji chi kei|梅 mei mui
童 tong tung|凌 ling|毕畢 bi pi|单單 shan|季 ji|裴 pei|霍 huo fok|涂塗 tu|成 cheng shing|苗 miao|谷 gu|盛 sheng|曲 qu
翁 weng yung|冉 ran|骆駱 luo lok|蓝藍 lan nam|路 lu|游 you yu yau|辛 xin hsin sun|靳 jin|管 guan|柴 chai|蒙 meng
鲍鮑 bao pao pau|华華 hua wah|喻 yu|祁 qi|蒲 pu|房 fang|滕 teng|屈 qu wat|饶饒 rao|解 xie hsieh|牟 mou|艾 ai
尤 you yau|阳陽 yang|时時 shi|穆 mu|农農 nong|司 si|卓 zhuo cheuk toh|古 gu ku|吉 ji|缪繆 miao|简簡 jian chien kan
车車 che|项項 xiang|连連 lian lien|芦蘆 lu|麦麥 mai mak|褚 chu|娄婁 lou|窦竇 dou|戚 qi|岑 cen shum sum|景 jing
党黨 dang|宫宮 gong|费費 fei|卜 bu|冷 leng|晏 yan|席 xi|卫衛 wei|米 mi|柏 bai|宗 zong|瞿 qu|桂 gui kwai|全 quan
佟 tong|应應 ying|臧 zang|闵閔 min|苟 gou|邬鄔 wu|边邊 bian|卞 bian|姬 ji|师師 shi|和 he|仇 qiu|栾欒 luan|隋 sui
商 shang|刁 diao|沙 sha|荣榮 rong yung|巫 wu|寇 kou|桑 sang|郎 lang|甄 zhen yan|丛叢 cong|仲 zhong|虞 yu|敖 ao
巩鞏 gong|明 ming|佘 she|池 chi|查 zha cha|麻 ma|苑 yuan|迟遲 chi|邝鄺 kuang kwong fong|官 guan|封 feng|谈談 tan
匡 kuang|鞠 ju|惠 hui|荆荊 jing|乐樂 yue le|冀 ji|郁 yu|胥 xu|南 nan|班 ban|储儲 chu|原 yuan|栗 li|燕 yan|楚 chu
鄢 yan|劳勞 lao lo|谌諶 chen|奚 xi|皮 pi|粟 su|冼 xian sin|蔺藺 lin|楼樓 lou|盘盤 pan|满滿 man|闻聞 wen|位 wei|厉厲 li
伊 yi|仝 tong|区區 ou au|戴 dai tai|戚 qi|习習 xi hsi|屠 tu|朴 piao pu park|禹 yu|晋晉 jin
"""
# Two characters, the traditional form behind a slash.
_COMPOUND = """
欧阳/歐陽 ouyang auyeung|司马/司馬 sima ssuma|上官 shangguan|诸葛/諸葛 zhuge chuko|令狐 linghu|皇甫 huangfu
尉迟/尉遲 yuchi|司徒 situ szeto|夏侯 xiahou|慕容 murong|东方/東方 dongfang|公孙/公孫 gongsun|长孙/長孫 zhangsun
宇文 yuwen|端木 duanmu|申屠 shentu|南宫/南宮 nangong|独孤/獨孤 dugu|轩辕/軒轅 xuanyuan|西门/西門 ximen|百里 baili
呼延 huyan|拓跋 tuoba|万俟 moqi
"""
HAN_SURNAMES: dict[str, tuple[str, ...]] = {char: tuple(row[1:]) for row in _rows(_SINGLE) for char in row[0]} | {
    writing: tuple(row[1:]) for row in _rows(_COMPOUND) for writing in row[0].split("/")
}
"""Chinese surname (1 or 2 characters, both writings) to its Latin spellings, pinyin first."""

# Wade-Giles by syllable parts, longest first; aspirates lose their mark, as everybody writes them.
_WG_INITIALS = {"zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs",
                "z": "ts", "c": "ts", "r": "j", "p": "p", "t": "t", "k": "k"}  # fmt: skip
_WG_FINALS = {
    "ian": "ien",
    "ong": "ung",
    "ie": "ieh",
    "ue": "ueh",
    "er": "erh",
    "iong": "iung",
    "you": "yu",
    "yan": "yen",
}
_INITIAL = re.compile("zh|ch|sh|[bdgjqxzcrptk]")
_WHOLE_SYLLABLES = {"zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu",
                    "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yue": "yueh", "guo": "kuo", "kuo": "kuo",
                    "ge": "ko", "ke": "ko", "he": "ho", "e": "o", "duo": "to", "tuo": "to", "luo": "lo", "nuo": "no",
                    "zuo": "tso", "cuo": "tso", "suo": "so", "zhuo": "cho", "ruo": "jo",
                    "gui": "kuei", "kui": "kuei"}  # fmt: skip


def is_han(char: str) -> bool:
    """Whether a character is a Han ideograph (unified, extension A and B onwards, compatibility)."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\U00020000" <= char <= "\U0003ffff"
        or char in "々〆"
    )


def wade_giles(syllable: str) -> str:
    """Returns the Wade-Giles spelling of one pinyin syllable [a-z]+ without marks: xiao hsiao, zhi chih, guo kuo."""
    if syllable in _WHOLE_SYLLABLES:
        return _WHOLE_SYLLABLES[syllable]
    match = _INITIAL.match(syllable)
    initial = match[0] if match else ""
    final = syllable[len(initial) :]
    final = "u" + final[1:] if initial in ("j", "q", "x") and final == "v" else final
    return _WG_INITIALS.get(initial, initial) + _WG_FINALS.get(final, final)


# Characters whose reading in names is not the most frequent one that anyascii gives.
_NAME_READINGS = {
    "什": "shi",
    "曾": "zeng",
    "单": "shan",
    "單": "shan",
    "翟": "zhai",
    "覃": "qin",
    "仇": "qiu",
    "解": "xie",
}


def _syllables(text: str) -> list[str]:
    return [_NAME_READINGS.get(char) or re.sub("[^a-z0-9]", "", anyascii(char).lower()) for char in text]


def han_forms(text: str) -> list[str]:
    """Returns the spellings of one Han token: surname, Japanese name, pinyin, Wade-Giles; with repetitions."""
    surname = list(HAN_SURNAMES.get(text, ()))
    japanese = list(KANJI_NAMES.get(text, ()))
    syllables = _syllables(text)
    chinese = ["".join(syllables), "".join(map(wade_giles, syllables))]
    if surname:
        return [*surname[:5], *japanese[:2], *chinese]
    return [*japanese, *chinese]


# Pinyin letters by their sound, for `plain_keys`, which takes X and Q as European languages do.
_PINYIN_SOUNDS = (("hs", "sh"), ("x", "sh"), ("q", "ch"))


def han_sounds(text: str) -> list[str]:
    """Returns strings for `plain_keys`: the forms with X and Q written as they sound.

    None for one character that is not a known Japanese name, as in `name_hangul`: a syllable says too little.
    """
    sounds = han_forms(text) if len(text) > 1 else list(KANJI_NAMES.get(text, ()))
    for letters, sound in _PINYIN_SOUNDS:
        sounds = [form.replace(letters, sound) for form in sounds]
    return sounds
