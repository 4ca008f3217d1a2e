"""Laws of the machine-readable zone: the inverse, the one-character law with its blind spot, and no surprise ever."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.check_digits import character_value, check_digit
from screening.mrz import Check, MrzError, MrzFormat, describe_mrz, letter_corrections, parse_mrz
from screening.mrz_dates import MrzDate, read_birth_date, read_expiry_date
from screening.mrz_format import MrzContent, content_of, format_mrz
from screening.mrz_layouts import LAYOUTS
from screening.mrz_misreads import CORRECTIONS_MAX
from screening.mrz_records import read_mrz_record

TODAY = (2026, 11, 22)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = ALPHABET[10:]
CODES = ("UTO", "D", "XXB", "GBN", "UNO", "RKS", "FRA", "NZL", "TUV")
SPECIMENS = (
    "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "I<UTOSTEVENSON<<PETER<<<<<<<<<<<<<<<D23145890<UTO3407127M95071227349<<<8",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)

_words = st.text(LETTERS, min_size=1, max_size=5)
_coded = st.text(ALPHABET + "<", max_size=6).map(lambda text: text.strip("<"))


@st.composite
def dates(draw: st.DrawFn, *, is_birth: bool) -> MrzDate:
    """Any date the reader can come back with: whole or partial, in the century the rules give."""
    year, month, day = draw(st.integers(0, 99)), draw(st.integers(1, 12)), draw(st.integers(1, 28))
    known = draw(st.integers(0, 3))
    text = "".join(f"{part:02}" if at < known else "<<" for at, part in enumerate((year, month, day)))
    return (read_birth_date if is_birth else read_expiry_date)(text, TODAY)


@st.composite
def contents(draw: st.DrawFn) -> MrzContent:
    """Any content Doc 9303 can express in full: every format, short and continued numbers, all optional data."""
    mrz_format = draw(st.sampled_from(MrzFormat))
    layout = LAYOUTS[mrz_format]
    may_continue = mrz_format in (MrzFormat.TD1, MrzFormat.TD2)
    number = draw(st.text(ALPHABET, min_size=1, max_size=13 if may_continue else 9))
    is_continued = len(number) > 9
    is_small = is_continued or mrz_format is MrzFormat.TD2
    return MrzContent(
        format=mrz_format,
        document_code=draw(st.sampled_from(layout.code_letters)) + draw(st.sampled_from(["", "D", "R"])),
        issuing_country=draw(st.sampled_from(CODES)),
        number=number,
        nationality=draw(st.sampled_from(CODES)),
        birth=draw(dates(is_birth=True)),
        sex=draw(st.sampled_from("FMX")),
        expiry=draw(dates(is_birth=False)),
        surname=" ".join(draw(st.lists(_words, min_size=1, max_size=2))),
        given_names=" ".join(draw(st.lists(_words, max_size=2))),
        optional="" if is_small and is_continued else draw(_coded),
        optional_2=draw(_coded) if mrz_format is MrzFormat.TD1 else "",
    )


@settings(max_examples=300, deadline=None)
@given(contents())
def test_decoding_undoes_encoding(content: MrzContent) -> None:
    """Reading what was written gives the content again, every check passes or is empty, and no problem but one: that
    a random expiry may precede a random birth."""
    mrz = parse_mrz(format_mrz(content), today=TODAY)
    assert content_of(mrz) == content
    assert set(mrz.problems) <= {"EXPIRY_DATE_BEFORE_BIRTH"}
    assert Check.FAILED not in (mrz.number.check, mrz.birth_date.check, mrz.optional.check, mrz.composite)


@settings(max_examples=150, deadline=None)
@given(contents(), st.sampled_from(["joined", "lower", "spaced", "guillemets"]))
def test_the_spelling_of_a_zone_does_not_matter(content: MrzContent, spelling: str) -> None:
    """One joined string, lower case, spaces and « give the same reading as clean lines."""
    lines = format_mrz(content)
    spelled = {
        "joined": "".join(lines),
        "lower": "\n".join(lines).lower(),
        "spaced": "\n".join(" ".join(line) for line in lines),
        "guillemets": "\n".join(lines).replace("<", "«"),
    }[spelling]
    assert parse_mrz(spelled, today=TODAY) == parse_mrz(lines, today=TODAY)


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET + "<", min_size=1, max_size=30), st.data())
def test_a_check_digit_sees_a_change_exactly_when_values_differ_modulo_10(text: str, data: st.DataObject) -> None:
    """One character exchanged is noticed, unless both are equal modulo 10: then never."""
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHABET + "<"))
    is_seen = check_digit(text) != check_digit(text[:at] + other + text[at + 1 :])
    assert is_seen == (character_value(text[at]) % 10 != character_value(other) % 10)


@settings(max_examples=150, deadline=None)
@given(contents(), st.data())
def test_one_wrong_character_in_a_number_is_seen_or_blind_and_never_repaired(
    content: MrzContent, data: st.DataObject
) -> None:
    """The value stays as read, and every proposal satisfies the check digit that is printed."""
    written = parse_mrz(format_mrz(replace(content, number=content.number[:9])), today=TODAY)
    at = LAYOUTS[content.format].number.start + data.draw(st.integers(0, len(written.number.value) - 1))
    other = data.draw(st.sampled_from(ALPHABET))
    zone = written.zone[:at] + other + written.zone[at + 1 :]
    mrz = parse_mrz(zone, today=TODAY)
    is_blind = character_value(written.zone[at]) % 10 == character_value(other) % 10
    assert mrz.number.value == zone[LAYOUTS[content.format].number].rstrip("<")
    assert (mrz.number.check is Check.PASSED) == is_blind
    assert len(mrz.number.corrections) <= CORRECTIONS_MAX
    printed = zone[LAYOUTS[content.format].number_check]
    assert all(str(check_digit(text)) == printed for text in mrz.number.corrections)


def assert_read_or_refused(text: str) -> None:
    """A reading that JSON can carry, or MrzError without the text: nothing else may happen."""
    refusal: MrzError | None = None
    try:
        mrz = parse_mrz(text, today=TODAY)
    except MrzError as error:
        refusal = error
    if refusal is not None:
        assert str(refusal) == f"{refusal.field}: {refusal.reason}"
        assert refusal.reason.replace("_", "").isalpha()
        return
    json.dumps(describe_mrz(mrz))
    letter_corrections(mrz)
    assert mrz.valid or mrz.problems


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=100) | st.text(ALPHABET + "<", min_size=88, max_size=88) | st.text("<«АI0 \n?É", max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No string makes the reader raise anything but MrzError."""
    assert_read_or_refused(text)
    json.dumps(read_mrz_record(text, today=TODAY))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SPECIMENS), st.lists(st.tuples(st.integers(0, 87), st.characters()), max_size=9))
def test_any_damaged_specimen_is_read_or_refused(zone: str, damages: list[tuple[int, str]]) -> None:
    """Characters of all of Unicode in the place of others do no harm either."""
    characters = list(zone)
    for at, character in damages:
        characters[at % len(characters)] = character
    assert_read_or_refused("".join(characters))
