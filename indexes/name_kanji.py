"""Common Japanese names in kanji with their readings, and the family names that tell where such a name divides.

Source: readings are public facts of usage of the most frequent family and given names; written from general knowledge,
not taken from a data set. Hepburn as passports write it (no long vowels); several readings most frequent first.
"""

__all__ = ["KANJI_FAMILY_NAMES", "KANJI_NAMES"]

_FAMILY = """
佐藤 sato|鈴木 suzuki|高橋 takahashi|髙橋 takahashi|田中 tanaka|伊藤 ito|渡辺 watanabe|渡邊 watanabe|渡邉 watanabe
山本 yamamoto|中村 nakamura|小林 kobayashi|加藤 kato|吉田 yoshida|山田 yamada|佐々木 sasaki|山口 yamaguchi
松本 matsumoto|井上 inoue|木村 kimura|林 hayashi|斎藤 saito|斉藤 saito|齋藤 saito|清水 shimizu|山崎 yamazaki yamasaki
森 mori|池田 ikeda|橋本 hashimoto|阿部 abe|石川 ishikawa|山下 yamashita|中島 nakajima nakashima|石井 ishii|小川 ogawa
前田 maeda|岡田 okada|長谷川 hasegawa|藤田 fujita|後藤 goto|近藤 kondo|村上 murakami|遠藤 endo|青木 aoki|坂本 sakamoto
福田 fukuda|太田 ota|西村 nishimura|藤井 fujii|金子 kaneko|岡本 okamoto|藤原 fujiwara|中野 nakano|三浦 miura
原田 harada|中川 nakagawa|松田 matsuda|竹内 takeuchi|小野 ono|田村 tamura|中山 nakayama|和田 wada|石田 ishida
森田 morita|上田 ueda|原 hara|内田 uchida|柴田 shibata|酒井 sakai|宮崎 miyazaki|横山 yokoyama|高木 takagi|安藤 ando
宮本 miyamoto|大野 ono|小島 kojima|谷口 taniguchi|工藤 kudo|今井 imai|高田 takada|増田 masuda|丸山 maruyama
杉山 sugiyama|村田 murata|大塚 otsuka|新井 arai|小山 koyama oyama|平野 hirano|藤本 fujimoto|河野 kono kawano|上野 ueno
野口 noguchi|武田 takeda|松井 matsui|千葉 chiba|菅原 sugawara|岩崎 iwasaki|木下 kinoshita|久保 kubo|野村 nomura
松尾 matsuo|佐野 sano|菊地 kikuchi|菊池 kikuchi|杉本 sugimoto|市川 ichikawa|古川 furukawa|大西 onishi|島田 shimada
水野 mizuno|桜井 sakurai|櫻井 sakurai|高野 takano|吉川 yoshikawa|山内 yamauchi|西田 nishida|西川 nishikawa
北村 kitamura|安田 yasuda|五十嵐 igarashi|川口 kawaguchi|平田 hirata|関 seki|飯田 iida|久保田 kubota|服部 hattori
東 higashi azuma|川崎 kawasaki|岩田 iwata|土屋 tsuchiya|福島 fukushima|本田 honda|樋口 higuchi|辻 tsuji|秋山 akiyama
田口 taguchi|永井 nagai|中西 nakanishi|川上 kawakami|吉村 yoshimura|石原 ishihara|松下 matsushita|馬場 baba
大橋 ohashi|浅野 asano|荒木 araki|大久保 okubo|小松 komatsu|野田 noda|川村 kawamura|田辺 tanabe|松岡 matsuoka
矢野 yano|星野 hoshino|大谷 otani|黒田 kuroda|松浦 matsuura|望月 mochizuki|永田 nagata|尾崎 ozaki|熊谷 kumagai
内藤 naito|菅野 kanno sugano|西山 nishiyama|岡崎 okazaki|堀 hori|大島 oshima|広瀬 hirose|田島 tajima|三宅 miyake
片山 katayama|岡 oka|石橋 ishibashi|本間 honma|須藤 sudo|早川 hayakawa|横田 yokota|荒井 arai|鎌田 kamata|成田 narita
小田 oda|宮田 miyata|小池 koike|榎本 enomoto|篠原 shinohara|安倍 abe|岸田 kishida|福山 fukuyama|浜田 hamada
奥村 okumura|坂井 sakai|西 nishi|白石 shiraishi|大石 oishi|高山 takayama|沢田 sawada|栗原 kurihara|松永 matsunaga
関口 sekiguchi|上原 uehara|比嘉 higa|金城 kinjo|宮城 miyagi|大城 oshiro|玉城 tamaki|新垣 arakaki|島袋 shimabukuro
三木 miki|黒澤 kurosawa|黒沢 kurosawa|織田 oda|徳川 tokugawa|豊田 toyoda|本多 honda|福井 fukui|桑原 kuwahara
根本 nemoto|富田 tomita
"""
_GIVEN = """
太郎 taro|一郎 ichiro|二郎 jiro|次郎 jiro|三郎 saburo|健 ken takeshi|誠 makoto|隆 takashi|浩 hiroshi|博 hiroshi
明 akira|実 minoru|進 susumu|勝 masaru|清 kiyoshi|茂 shigeru|勇 isamu|豊 yutaka|昇 noboru|修 osamu|学 manabu|翔 sho
蓮 ren|大輔 daisuke|健太 kenta|拓也 takuya|翔太 shota|直樹 naoki|達也 tatsuya|和也 kazuya|哲也 tetsuya|健一 kenichi
浩二 koji|浩一 koichi|誠一 seiichi|雄一 yuichi|裕之 hiroyuki|博之 hiroyuki|弘 hiroshi|正 tadashi|武 takeshi
剛 tsuyoshi takeshi|聡 satoshi|淳 jun atsushi|純 jun|亮 ryo|大樹 daiki|悠真 yuma|陽翔 haruto|大翔 hiroto|颯太 sota
悠人 yuto|健二 kenji|賢治 kenji|幸雄 yukio|和夫 kazuo|正夫 masao|昭 akira|義雄 yoshio|秀樹 hideki|英樹 hideki
文雄 fumio|晋三 shinzo|純一郎 junichiro|由紀夫 yukio|恵子 keiko|和子 kazuko|洋子 yoko|幸子 sachiko|京子 kyoko
節子 setsuko|美智子 michiko|明美 akemi|由美 yumi|由美子 yumiko|真由美 mayumi|久美子 kumiko|直美 naomi|智子 tomoko
裕子 yuko hiroko|陽子 yoko|香織 kaori|恵 megumi|愛 ai|美咲 misaki|葵 aoi|陽菜 hina haruna|結衣 yui|桜 sakura
花子 hanako|恵美 emi|友美 tomomi|麻衣 mai|綾 aya|舞 mai|彩 aya|千尋 chihiro|雅子 masako|悦子 etsuko|弘子 hiroko
文子 fumiko|貴子 takako|良子 yoshiko|順子 junko
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    """Reads rows `kanji reading ...` that stand between bars or line ends."""
    rows = (row.split() for row in table.replace("\n", "|").split("|") if row)
    return {row[0]: tuple(row[1:]) for row in rows}


KANJI_FAMILY_NAMES = frozenset(_read(_FAMILY))
"""Japanese family names, 1 to 3 characters."""

KANJI_NAMES: dict[str, tuple[str, ...]] = _read(_GIVEN) | _read(_FAMILY)
"""A family or given name in kanji to its readings, most frequent first."""
