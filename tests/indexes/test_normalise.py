"""Names to tokens: words, kinds, limits, and the rules for compound names."""

import pytest

from indexes.normalise import MAX_NAME_CHARS, MAX_TOKEN_CHARS, MAX_TOKENS, Token, TokenKind, normalise_name


def _texts(name: str) -> list[str]:
    return [token.text for token in normalise_name(name)]


def _kinds(name: str) -> list[TokenKind]:
    return [token.kind for token in normalise_name(name)]


def _meet(one: Token, other: Token) -> bool:
    return bool(set(one.forms) & set(other.forms) or set(one.keys) & set(other.keys))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Jean-Pierre O'NEIL", "jean pierre oneil"),
        ("D’Angelo, J.R.", "dangelo j r"),
        ("ERIKSSON<<ANNA<MARIA<<<<", "eriksson anna maria"),
        ("A/K Smith", "a k smith"),
        ("José Ñandú", "jose ñandu"),
        ("MÜLLER", "müller"),
        ("Straße", "strasse"),
        ("İbrahim IŞIK", "ibrahim işik"),
        ("Ｓｍｉｔｈ", "smith"),
        ("Иванов-Петров Й.", "иванов петров й"),
        ("مُحَمَّد", "محمد"),
        ("MC DONALD", "mcdonald"),
    ],
)
def test_words(name: str, texts: str) -> None:
    """Separators divide, apostrophes join, case and marks without meaning go."""
    assert _texts(name) == texts.split()


@pytest.mark.parametrize(
    "name",
    ["ABDULRAHMAN", "ABDUL RAHMAN", "ABD AL-RAHMAN", "ABDEL RAHMAN", "ABDURRAHMAN", "Abd ar-Rahman",
     "Abd el-Rahman", "abdalrahman"],
)  # fmt: skip
def test_a_theophoric_name_has_one_sequence_of_tokens(name: str) -> None:
    """However the parts are joined, they are ABD, the article and the stem."""
    assert _texts(name) == ["abd", "al", "rahman"]
    assert _kinds(name) == [TokenKind.NAME, TokenKind.PARTICLE, TokenKind.NAME]


@pytest.mark.parametrize("name", ["عبدالرحمن", "عبد الرحمن", "عَبْد الرَّحْمٰن"])
def test_arabic_script_has_the_same_sequence(name: str) -> None:
    """Each token of the Arabic name meets its Latin twin."""
    tokens = normalise_name(name)
    assert len(tokens) == 3
    assert all(_meet(one, other) for one, other in zip(tokens, normalise_name("Abdul Rahman"), strict=True))


def test_the_servant_of_god_is_one_token_in_every_writing() -> None:
    """ABDULLAH is not divided, ABD ALLAH is joined, and all writings meet."""
    names = [
        normalise_name(name) for name in ("Abdullah", "Abdallah", "Abd Allah", "ʿAbd Allāh", "عبدالله", "عبد الله")
    ]
    assert all(len(tokens) == 1 for tokens in names)
    assert all(_meet(tokens[0], names[0][0]) for tokens in names)


@pytest.mark.parametrize("name", ["Salah al-Din", "Salahuddin", "Salah ud-Din", "Salaheddine", "Salah Eddin"])
def test_names_of_faith_are_divided(name: str) -> None:
    """-UDDIN, -EDDINE and UD-DIN are the article and DIN."""
    assert _texts(name) == ["salah", "al", "din"]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("alrahman", "al rahman"),
        ("ar-Rahman", "al rahman"),
        ("Al-Shehri", "al shehri"),
        ("alshehri", "al shehri"),
        ("alqahtani", "al qahtani"),
        ("Albert", "albert"),
        ("Alexandra Elena", "alexandra elena"),
        ("Abdulov", "abdulov"),
        ("الشهري", "ال شهري"),
        ("الألجاوي", "ال ال جاوي"),
    ],
)
def test_the_article_is_divided_only_where_a_rule_is_sure(name: str, texts: str) -> None:
    """Arabic words lose their article as a particle, European names keep their first letters."""
    assert _texts(name) == texts.split()


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Ludwig van Beethoven", (0, 1, 0)),
        ("José Ortega y Gasset", (0, 0, 1, 0)),
        ("John E Smith", (0, 2, 0)),
        ("Wang Di", (0, 0)),
        ("Van Le", (0, 0)),
        ("Ben Smith", (0, 0)),
        ("Zine Ben Ali", (0, 1, 0)),
        ("Martin King Jr.", (0, 0, 3)),
        ("Junior Neymar", (0, 0)),
        ("Luis Filho", (0, 3)),
        ("А. Пушкин", (2, 0)),
    ],
)
def test_kinds_by_place(name: str, kinds: tuple[int, ...]) -> None:
    """Particles, initials and suffixes are told by word and place; a name of particles alone is a name."""
    assert tuple(_kinds(name)) == kinds


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Dr. Haji Ahmed", "ahmed"),
        ("General", "general"),
        ("Dr Haji", "dr haji"),
        ("Salman Shaikh", "salman shaikh"),
        ("Shaikh Salman Ahmed", "salman ahmed"),
    ],
)
def test_titles_are_dropped_while_names_remain(name: str, texts: str) -> None:
    """A title goes when a name remains; what may be a name goes only when two remain."""
    assert _texts(name) == texts.split()


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("张晓明", "张 晓明"),
        ("欧阳明", "欧阳 明"),
        ("山田太郎", "山田 太郎"),
        ("长谷川健", "长谷川健"),
        ("김철수", "김 철수"),
        ("남궁민", "남궁 민"),
        ("마이클 조던", "마이클 조던"),
        ("콜먼", "콜먼"),
        ("张 晓明", "张 晓明"),
    ],
)
def test_east_asian_names_are_divided_after_a_known_family_name(name: str, texts: str) -> None:
    """One word of Han or Hangul is family and given name; words apart stay as they are."""
    assert _texts(name) == texts.split()


def test_han_name_meets_its_pinyin() -> None:
    """张晓明 has the tokens of ZHANG XIAOMING."""
    family, given = normalise_name("张晓明")
    assert "zhang" in family.forms
    assert given.forms[0] == "xiaoming"


@pytest.mark.parametrize("text", ["", " ", "---", "\u200f\u202e", "\ud800", "\x00\x01", "😀", "<<<<", "'"])
def test_nothing_usable_gives_no_tokens(text: str) -> None:
    """Empty, invisible, broken and pictorial text is no name and no error."""
    assert normalise_name(text) == ()


@pytest.mark.parametrize("letter", ["a", "ü", "м", "م", "山", "김", "\ud800", "\u0301", "ﷺ", "a "])
def test_a_megabyte_is_read_within_the_limits(letter: str) -> None:
    """Huge input is cut, not refused."""
    tokens = normalise_name(letter * 1_000_000)
    assert len(tokens) <= MAX_TOKENS
    assert all(len(token.text) <= MAX_TOKEN_CHARS for token in tokens)
    assert sum(len(token.text) for token in tokens) <= MAX_NAME_CHARS


def test_excess_is_cut_alike_on_both_sides() -> None:
    """Words beyond the limit are dropped and a long word is cut at the same place in any case and spacing."""
    many = " ".join(f"name{place}" for place in range(MAX_TOKENS + 4))
    assert len(normalise_name(many)) == MAX_TOKENS
    assert normalise_name("X" * 60) == normalise_name("x" * 60) == normalise_name("x" * MAX_TOKEN_CHARS)
