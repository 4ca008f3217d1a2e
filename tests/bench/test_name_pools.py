"""Every culture's file is complete and makes names in its own script."""

from __future__ import annotations

import unicodedata

import pytest

from bench.draws import Draws
from bench.name_pools import Culture, load_cultures
from bench.persons import aliases, compose, native_name, printed_name, respell, without_one
from screening.model import Sex

CULTURES = load_cultures()

# Words of the Unicode names of the letters a script's native forms are made of.
SCRIPT_WORDS = {
    "Arab": ("ARABIC",),
    "Cyrl": ("CYRILLIC",),
    "Deva": ("DEVANAGARI",),
    "Ethi": ("ETHIOPIC",),
    "Grek": ("GREEK",),
    "Hang": ("HANGUL",),
    "Hani": ("CJK",),
    "Hebr": ("HEBREW",),
    "Jpan": ("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA"),
    "Latn": ("LATIN",),
    "Thai": ("THAI",),
}


def test_there_are_some_twenty_cultures_in_a_dozen_scripts() -> None:
    """There are more than twenty cultures in some ten scripts."""
    assert len(CULTURES) >= 20
    assert {culture.script for culture in CULTURES} == set(SCRIPT_WORDS)


@pytest.mark.parametrize("culture", CULTURES, ids=lambda culture: culture.name)
def test_latin_forms_are_latin_and_native_forms_native(culture: Culture) -> None:
    """Latin forms are of Latin letters, native forms of letters of the culture's script."""
    draws = Draws(1, 0, 0)
    for sex in (Sex.FEMALE, Sex.MALE) * 40:
        name = compose(culture, sex, draws)
        native = native_name(name, culture)
        assert _script_words(printed_name(name).text) <= {"LATIN"}
        assert _script_words(native.full) <= set(SCRIPT_WORDS[culture.script])
        assert printed_name(name).given


def _script_words(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


@pytest.mark.parametrize("culture", CULTURES, ids=lambda culture: culture.name)
def test_aliases_differ_from_the_name_and_from_each_other(culture: Culture) -> None:
    """Aliases differ from the name and from each other, at most four of them."""
    draws = Draws(2, 0, 0)
    for _ in range(60):
        name = compose(culture, Sex.MALE, draws)
        printed = printed_name(name)
        texts = [printed.text, *[alias.text for alias in aliases(name, printed, culture, Sex.MALE, draws)]]
        assert len(set(texts)) == len(texts) <= 5


def test_an_invented_name_is_made_once_and_the_same_again() -> None:
    """The invented name of a rank is always the same, and ranks give different names but for rare collisions."""
    pool = next(culture for culture in CULTURES if culture.name == "english").family
    again = next(culture for culture in load_cultures() if culture.name == "english").family
    names = [pool.tail(rank).latin for rank in range(2_000)]
    assert names == [again.tail(rank).latin for rank in range(2_000)]
    assert len(set(names)) > 1_950


def test_leaving_a_token_out_keeps_the_first_given_name() -> None:
    """Leaving a token out keeps the first given name and shortens a name of several tokens by one."""
    culture = next(culture for culture in CULTURES if culture.name == "spanish")
    draws = Draws(3, 0, 0)
    for _ in range(50):
        name = compose(culture, Sex.MALE, draws)
        shorter = without_one(name, draws)
        assert shorter.given[0] == name.given[0]
        assert name.token_count - shorter.token_count in (0, 1)


def test_respelling_takes_known_variants_or_a_rule_of_the_culture() -> None:
    """Respelling takes a known variant or a rule of the culture; the native form stays."""
    culture = next(culture for culture in CULTURES if culture.name == "arabic")
    token = culture.given_male.core[0]
    spelt = {respell(token, culture, Draws(seed, 0, 0)).latin for seed in range(40)}
    assert {"Mohammed", "Muhammad"} <= spelt
    assert {respell(token, culture, Draws(seed, 0, 0)).native for seed in range(10)} == {token.native}
