"""Items to symbols: what is kept, what is dropped, and how crowded keys and nicknames are bounded."""

from pathlib import Path

from indexes.lexicon.name_items import (
    LATIN,
    cognate_symbols,
    item_symbols,
    joined,
    keys_of_form,
    nickname_symbols,
    read_items,
    with_aliases,
)
from indexes.lexicon.variants import COGNATE_SYMBOL_BASE, MAX_SYMBOLS, NICKNAME_SYMBOL_BASE, READING_SYMBOL_BASE


def test_lines_become_items(tmp_path: Path) -> None:
    """A line gives an item its spellings; a line without an item is passed over."""
    table = tmp_path / "items.txt"
    table.write_text("anna, анна => Q12\n\n# note\nboris => Q7\n", encoding="utf-8")
    assert read_items(table) == {12: ["anna", "анна"], 7: ["boris"]}


def test_latin_is_keyed_by_forms_and_others_by_text() -> None:
    """Latin spellings are reached by ASCII forms, all others by their own text only."""
    assert (LATIN, "mueller") in keys_of_form("Müller")
    assert [text for _, text in keys_of_form("محمد")] == ["محمد"]
    assert all(script != LATIN for script, _ in keys_of_form("محمد"))


def test_several_words_have_no_key() -> None:
    """A spelling of several words is not a token; an Arabic article before one is."""
    assert keys_of_form("anna maria") == {}
    assert set(keys_of_form("al-zawahiri")) == {(LATIN, "zawahiri")}


def test_item_that_links_nothing_new_is_dropped() -> None:
    """Spellings all within one edit need no symbol; farther ones do."""
    assert item_symbols({1: ["zorlan", "zorlen"]}) == {}
    assert item_symbols({2: ["zorlan", "churlane"]}) == {(LATIN, "zorlan"): [2], (LATIN, "churlane"): [2]}


def test_contained_item_is_dropped() -> None:
    """An item whose spellings all stand in another adds nothing."""
    symbols = item_symbols({3: ["zorlan", "churlane"], 4: ["zorlan", "churlane", "tsorlanni"]})
    assert symbols[LATIN, "zorlan"] == [4]


def test_crowded_key_becomes_a_reading() -> None:
    """A spelling in more items than a token may carry keeps some, and a reading that all its items share."""
    characters = "寛宏浩博弘洋裕寿紘大広央"
    symbols = item_symbols({100 + place: ["zorlanzo", letter] for place, letter in enumerate(characters)})
    crowded = symbols[LATIN, "zorlanzo"]
    assert len(crowded) <= MAX_SYMBOLS
    for letter in characters:
        shared = set(crowded) & set(symbols["han", letter])
        assert any(READING_SYMBOL_BASE <= symbol < NICKNAME_SYMBOL_BASE for symbol in shared)


def test_nicknames_do_not_meet() -> None:
    """Each family of short forms shares its symbol with the formal name only."""
    symbols = nickname_symbols([("william", "bill"), ("william", "billy"), ("william", "willy")], {})
    bill, billy, willy = (set(symbols[LATIN, name]) for name in ("bill", "billy", "willy"))
    assert bill == billy
    assert not bill & willy
    assert set(symbols[LATIN, "william"]) == bill | willy


def test_commoner_names_come_first() -> None:
    """Where symbols are cut, those of the commoner names stay."""
    symbols = nickname_symbols([("alvinus", "zor"), ("bertram", "zor")], {"bertram": 0.1, "alvinus": 0.01, "zor": 0.1})
    assert symbols[LATIN, "zor"][0] == symbols[LATIN, "bertram"][0]


def test_aliases_keep_their_places() -> None:
    """A key full of items still carries aliases, and never more than MAX_SYMBOLS in all."""
    key = (LATIN, "zorlan")
    aliases = joined(cognate_symbols(["zorlan churlane"]), {key: [NICKNAME_SYMBOL_BASE + n for n in range(9)]})
    merged = with_aliases({key: list(range(1, 9))}, aliases)[key]
    assert len(merged) == MAX_SYMBOLS
    assert any(symbol >= COGNATE_SYMBOL_BASE for symbol in merged)
    assert merged[:4] == [1, 2, 3, 4]
