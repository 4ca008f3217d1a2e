"""Laws of `normalise_name` that hold for every text, with random names of many scripts as inputs."""

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.name_tables import (
    ABD_SPELLINGS,
    ARTICLES,
    ASSIMILATED,
    DIVINE_STEMS,
    NAME_TITLES,
    PARTICLES,
    SUFFIXES,
    TITLES,
)
from indexes.normalise import (
    MAX_FORMS,
    MAX_KEYS,
    MAX_NAME_CHARS,
    MAX_TOKEN_CHARS,
    MAX_TOKENS,
    Token,
    normalise_name,
)
from indexes.sound import plain_keys, sound_key, sound_keys

_RULE_WORDS = sorted(
    (ABD_SPELLINGS | ARTICLES | ASSIMILATED | NAME_TITLES | PARTICLES | SUFFIXES | TITLES)
    | set(sorted(DIVINE_STEMS)[:9])
    | {
        "abd",
        "allah",
        "abdurrahman",
        "abdulkarim",
        "nuruddin",
        "عبدالله",
        "عبدالرحمن",
        "الله",
        "نورالدين",
        "mc",
        "donald",
    }
    | {"山田太郎", "欧阳", "김", "김철수", "'x"}
)
_ALPHABETS = st.one_of(
    st.text(st.sampled_from("abdehilmnorstuwxyz '-.<"), max_size=24),
    st.text(st.sampled_from("äöüßåøæñłđšžçşğıİǖấÅé̈́ÜÑ -"), max_size=12),
    st.text(st.sampled_from("абвгджзийклщъыьюяёіїєґўљћЙ́ "), max_size=12),
    st.text(st.sampled_from("ابتجحخدرسشعقلمنهويىةأإآؤئـَّیکگچ "), max_size=12),
    st.text(st.sampled_from("אבגדהוזחטיכלמנסעפצקרשת׳'ְ "), max_size=10),
    st.text(st.sampled_from("αβγδηθουντμπςσΐάΧ "), max_size=10),
    st.text(st.sampled_from("王李张歐陽欧阳晓明山田中佐藤太郎김이박철수민かなヴァッーｶﾞ "), max_size=6),
    st.text(st.sampled_from("नरेन्द्रमोदสมชายเ์ვარდებვԱրմენბাংলা "), max_size=10),
    st.text(max_size=12),
)
_NAMES = st.lists(st.one_of(_ALPHABETS, st.sampled_from(_RULE_WORDS)), max_size=8).map(" ".join)
_LONG = st.builds(lambda text, times: (text + " ") * times, _NAMES, st.integers(min_value=1, max_value=60))
_PLAIN = re.compile("[a-z0-9]+")


def _joined(tokens: tuple[Token, ...]) -> str:
    return " ".join(token.text for token in tokens)


@settings(max_examples=600)
@given(st.one_of(_NAMES, _LONG))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """The texts of the tokens, joined with spaces, give the same tokens again."""
    tokens = normalise_name(text)
    assert normalise_name(_joined(tokens)) == tokens


@settings(max_examples=300)
@given(st.one_of(_NAMES, _LONG, st.text(st.characters(), max_size=60)))
def test_tokens_keep_their_limits(text: str) -> None:
    """Forms are 1..MAX_FORMS distinct strings of a-z and 0-9, and every limit holds."""
    tokens = normalise_name(text)
    assert len(tokens) <= MAX_TOKENS
    assert len(_joined(tokens)) <= MAX_NAME_CHARS
    for token in tokens:
        assert 0 < len(token.text) <= MAX_TOKEN_CHARS
        assert 1 <= len(token.forms) <= MAX_FORMS
        assert len(set(token.forms)) == len(token.forms)
        assert all(_PLAIN.fullmatch(form) for form in token.forms)
        assert len(set(token.keys)) == len(token.keys) <= MAX_KEYS


@settings(max_examples=300)
@given(_NAMES)
def test_writing_that_says_nothing_changes_nothing(text: str) -> None:
    """Composed or decomposed characters, more spaces, bidi and zero-width marks give the same tokens."""
    tokens = normalise_name(unicodedata.normalize("NFC", text))
    assert normalise_name(unicodedata.normalize("NFD", text)) == tokens
    spaced = "\u200f  " + unicodedata.normalize("NFC", text).replace(" ", " \u202a \t")
    assert normalise_name(spaced + "\u2069 ") == tokens


@settings(max_examples=300)
@given(st.lists(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzäöüéñš'-"), max_size=12), max_size=5).map(" ".join))
def test_case_changes_nothing(text: str) -> None:
    """Upper case, as an MRZ writes, and lower case give the same tokens."""
    assert normalise_name(text.upper()) == normalise_name(text)


@settings(max_examples=300)
@given(st.text(st.sampled_from("abcdeghijklmnoprstuwxz"), max_size=20), st.integers(0, 20))
def test_zero_width_marks_inside_words_change_nothing(word: str, place: int) -> None:
    """A joiner or a soft hyphen in the middle of a word does not divide it."""
    assert normalise_name(word[:place] + "\u200d\u00ad" + word[place:]) == normalise_name(word)


@settings(max_examples=400)
@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"), max_size=20))
def test_sound_keys_are_short_class_letters(form: str) -> None:
    """A key holds only class letters and digits, at most two for each letter, and it has enough consonants."""
    for key in (sound_key(form), *sound_keys(form), *plain_keys(form)):
        assert re.fullmatch("A?[HFKLMNPST0-9]*", key)
        assert len(key) <= 2 * len(form)
    assert all(len(key.removeprefix("A")) >= 2 for key in sound_keys(form))
