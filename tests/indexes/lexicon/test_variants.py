"""Variants: who shares a symbol with whom, across scripts, and who must not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.lexicon import COGNATE_SYMBOL_BASE, MAX_SYMBOLS, NICKNAME_SYMBOL_BASE, READING_SYMBOL_BASE, variant_symbols
from indexes.lexicon.variants import load_variants
from indexes.normalise import normalise_name


def _symbols(name: str) -> set[int]:
    """Symbols of the last token, so that an article before it does no harm."""
    token = normalise_name(name)[-1]
    return set(variant_symbols(token.text, token.forms))


def _strong(left: str, right: str) -> set[int]:
    return {symbol for symbol in _symbols(left) & _symbols(right) if symbol < NICKNAME_SYMBOL_BASE}


def _weak(left: str, right: str) -> set[int]:
    return {symbol for symbol in _symbols(left) & _symbols(right) if symbol >= NICKNAME_SYMBOL_BASE}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mohammed", "محمد"),
        ("Muhammad", "محمد"),
        ("Mohamed", "Мохамед"),
        ("Yusuf", "يوسف"),
        ("Ivan", "Иван"),
        ("Wang", "王"),
        ("Chen", "陳"),
        ("Kim", "김"),
        ("Stefan", "斯特凡"),
    ],
)
def test_spellings_of_one_name_share_an_item(left: str, right: str) -> None:
    """Spellings of one name in two scripts share an item's symbol."""
    assert {symbol for symbol in _strong(left, right) if symbol < READING_SYMBOL_BASE}


def test_crowded_reading_links_its_characters() -> None:
    """A reading with more written forms than a token may carry symbols still meets each of them."""
    assert _strong("Hiroshi", "寛")


@pytest.mark.parametrize(("formal", "nickname"), [("William", "Bill"), ("Robert", "Bob"), ("Elizabeth", "Liz")])
def test_nickname_is_a_weak_variant(formal: str, nickname: str) -> None:
    """A formal name and its nickname share a symbol of the nickname range."""
    assert {symbol for symbol in _weak(formal, nickname) if symbol < COGNATE_SYMBOL_BASE}


@pytest.mark.parametrize(("left", "right"), [("Bill", "Will"), ("Beth", "Liz"), ("Bob", "Robin")])
def test_nicknames_of_one_name_are_not_one_another(left: str, right: str) -> None:
    """Two nicknames of one formal name share nothing for that: aliases are not an equivalence."""
    assert not _symbols(left) & _symbols(right)


@pytest.mark.parametrize(("left", "right"), [("Mohammed", "Mehmet"), ("Yusuf", "Joseph"), ("Иосиф", "Yusuf")])
def test_cognates_are_weak_variants(left: str, right: str) -> None:
    """Names of one origin in several languages share a cognate symbol, not an item."""
    assert {symbol for symbol in _weak(left, right) if symbol >= COGNATE_SYMBOL_BASE}


@pytest.mark.parametrize(
    ("left", "right"), [("Maria", "Mohammed"), ("Wang", "Smith"), ("Kim", "Park"), ("محمد", "محمود")]
)
def test_different_names_share_nothing(left: str, right: str) -> None:
    """Different common names have no symbol in common."""
    assert not _symbols(left) & _symbols(right)


def test_lossy_form_reaches_no_symbol() -> None:
    """Consonants or Pinyin of a native token open nothing: an unknown Han token inherits nothing from its reading."""
    assert variant_symbols("黎黎黎", ("li",)) == ()
    assert variant_symbols("ممممد", ("mhmd",)) == ()


def test_unknown_cyrillic_token_is_asked_by_its_romanised_form() -> None:
    """A Cyrillic spelling no item lists is looked up by its most likely Latin form."""
    assert variant_symbols("мохаммэдъ", ("mohammed",)) == variant_symbols("mohammed", ("mohammed",))


@given(st.text(max_size=8), st.lists(st.text("abcdefghijklmnopqrstuvwxyz", max_size=6), max_size=4))
@settings(max_examples=200)
def test_any_text_gets_a_bounded_answer(text: str, forms: list[str]) -> None:
    """Whatever the token, the answer is a tuple of at most MAX_SYMBOLS distinct uint32 numbers, ascending."""
    symbols = variant_symbols(text, forms)
    assert list(symbols) == sorted(set(symbols))
    assert len(symbols) <= MAX_SYMBOLS
    assert all(0 < symbol < 1 << 32 for symbol in symbols)


def test_unpaired_surrogate_is_no_error() -> None:
    """Text that UTF-8 cannot encode is an unknown name, not a crash."""
    assert variant_symbols("\ud800", ()) == ()


def test_table_keeps_the_bound() -> None:
    """No key of the table carries more than MAX_SYMBOLS symbols, and none carries none."""
    table = load_variants()
    counts = table.offsets[1:] - table.offsets[:-1]
    assert counts.min() >= 1
    assert counts.max() <= MAX_SYMBOLS
