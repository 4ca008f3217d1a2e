"""ICAO Doc 9303 on machine-readable zones, one test per clause (eighth edition; specimens as published there)."""

from __future__ import annotations

import pytest

from screening.check_digits import BLIND_GROUPS, check_digit
from screening.country_codes import is_country_code, is_without_nationality
from screening.mrz import Check, Mrz, MrzFormat, parse_mrz
from screening.mrz_layouts import LAYOUTS

TODAY = (2026, 11, 22)
TD1_CONTINUED = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
TD2_CONTINUED = ("I<UTOSTEVENSON<<PETER<<<<<<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8")
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
MRV_A = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")


def read(*lines: str) -> Mrz:
    return parse_mrz(lines, today=TODAY)


def named(name: str) -> Mrz:
    """The TD3 specimen with another name field."""
    return read("P<UTO" + name.ljust(39, "<"), TD3[1])


def test_part_3_clause_4_3_only_capital_letters_digits_and_filler_stand_in_a_zone() -> None:
    """Any other character is kept as read and named as illegal in its field."""
    assert "NUMBER_ILLEGAL_CHARACTER" in read(TD3[0], TD3[1].replace("L8", "L/")).problems


def test_part_3_clause_4_6_primary_and_secondary_identifier_are_parted_by_two_fillers() -> None:
    """Single fillers part the components of each."""
    mrz = named("VAN<DER<MUELLEN<<JAN<PIETER")
    assert (mrz.surname, mrz.given_names) == ("VAN DER MUELLEN", "JAN PIETER")


def test_part_3_clause_4_6_a_holder_may_have_a_single_name() -> None:
    """A name without secondary identifier is complete and regular."""
    mrz = named("ARKFREITH")
    assert (mrz.surname, mrz.given_names) == ("ARKFREITH", "")
    assert mrz.valid


def test_part_3_clause_4_7_issuer_and_nationality_have_three_letters_and_germany_one() -> None:
    """D with two fillers is Germany; the filler is no part of the code."""
    mrz = read("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X0006H1D<<6408125F1710319<<<<<<<<<<<<<<<0")
    assert (mrz.issuing_country, mrz.nationality) == ("D", "D")
    assert mrz.valid


@pytest.mark.parametrize(
    ("text", "expected"),
    [("740812", (1974, 8, 12)), ("7408<<", (1974, 8, None)), ("74<<<<", (1974, None, None)), ("<<<<<<", (None,) * 3)],
)
def test_part_3_clause_4_8_unknown_parts_of_a_date_are_filler(text: str, expected: tuple[int | None, ...]) -> None:
    """A partly or wholly unknown birth date is valid."""
    mrz = read(TD3[0], TD3[1].replace("7408122", f"{text}{check_digit(text)}"))
    assert (mrz.birth.year, mrz.birth.month, mrz.birth.day) == expected
    assert mrz.birth.valid
    assert mrz.birth_date.check is (Check.NONE if text == "<<<<<<" else Check.PASSED)


def test_part_3_clause_4_9_weights_are_7_3_1_and_the_modulus_is_10() -> None:
    """The worked example of the clause: 520727 has the check digit 3."""
    assert check_digit("520727") == 3
    assert check_digit("AB2134<<<") == 5


def test_part_3_clause_4_9_letters_count_from_10_and_filler_nothing() -> None:
    """A is 10, Z is 35, < is 0; the first weight is 7."""
    assert check_digit("A") == 70 % 10
    assert check_digit("Z") == 245 % 10
    assert check_digit("<") == 0


def test_part_3_clause_4_9_one_wrong_digit_is_always_noticed() -> None:
    """No digit of the specimen's number can be exchanged for another digit without failing."""
    for at, read_digit in enumerate("740812"):
        for other in "0123456789":
            if other != read_digit:
                changed = "740812"[:at] + other + "740812"[at + 1 :]
                assert check_digit(changed) != check_digit("740812")


def test_part_3_clause_4_9_characters_equal_modulo_10_are_never_noticed() -> None:
    """The blind spot: 0/A/K/U/<, 1/B/L/V and so on pass for one another at every position."""
    for group in BLIND_GROUPS:
        for at in range(9):
            digits = {check_digit("L898902C3"[:at] + other + "L898902C3"[at + 1 :]) for other in group}
            assert len(digits) == 1


def test_part_3_clause_4_9_swapped_neighbours_differing_by_5_are_never_noticed() -> None:
    """The other blind spot: 16 and 61 have the same check digit at every position, 17 and 71 at none."""
    for before in ("", "0", "00"):
        assert check_digit(before + "16") == check_digit(before + "61")
        assert check_digit(before + "17") != check_digit(before + "71")


@pytest.mark.parametrize("code", ["GBD", "GBN", "GBO", "GBP", "GBS", "EUE", "RKS", "UNO", "UNA", "UNK"])
def test_part_3_section_5_codes_beyond_iso_are_known(code: str) -> None:
    """British nationalities, the European Union, Kosovo and the United Nations."""
    assert is_country_code(code)


@pytest.mark.parametrize("code", ["XXA", "XXB", "XXC", "XXX"])
def test_part_3_section_5_persons_without_defined_nationality_have_codes(code: str) -> None:
    """Stateless persons and refugees have codes that are no country."""
    assert is_country_code(code)
    assert is_without_nationality(code)


@pytest.mark.parametrize("code", ["XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO", "XES", "XMP", "XOM", "XDC"])
def test_part_3_section_5_organisations_have_codes(code: str) -> None:
    """Organisations that issue travel documents are issuers, not states."""
    assert is_country_code(code)
    assert not is_without_nationality(code)


def test_part_4_clause_4_2_2_the_passport_specimen() -> None:
    """TD3: two lines of 44, five check digits."""
    mrz = read(*TD3)
    assert mrz.format is MrzFormat.TD3
    assert (mrz.document_code, mrz.issuing_country, mrz.number.value) == ("P", "UTO", "L898902C3")
    assert (mrz.optional.value, mrz.optional.check, mrz.composite) == ("ZE184226B", Check.PASSED, Check.PASSED)


@pytest.mark.parametrize("digit", ["<", "0"])
def test_part_4_clause_4_2_2_the_check_digit_of_empty_optional_data_may_be_filler(digit: str) -> None:
    """Position 43 may be < or 0 when positions 29 to 42 are empty; either says nothing."""
    line = f"L898902C36UTO7408122F1204159{'<' * 14}{digit}"
    covered = line[:10] + line[13:20] + line[21:43]
    mrz = read(TD3[0], f"{line}{check_digit(covered)}")
    assert mrz.optional.check is Check.NONE
    assert mrz.valid


def test_part_4_clause_4_2_2_sex_is_f_m_or_filler() -> None:
    """Filler means unspecified, X in the visual zone."""
    assert [read(TD3[0], TD3[1].replace("2F1", f"2{sex}1")).sex for sex in "FM<"] == ["F", "M", "X"]


@pytest.mark.parametrize(
    ("name", "is_truncated"),
    [
        ("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", True),
        ("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG", False),
        ("BENNELONG<WOOLOOMOOLOO<WARRANDYTE<<DINGO", False),
    ],
)
def test_part_4_clause_4_2_3_a_name_that_fills_its_field_may_be_truncated(name: str, is_truncated: bool) -> None:
    """A letter in the last position of the name field says that truncation may have happened."""
    mrz = named(name[:39] if is_truncated else name[:38])
    assert mrz.name_truncated is is_truncated
    assert mrz.valid


def test_part_5_clause_4_2_2_a_number_of_more_than_nine_characters_runs_on() -> None:
    """TD1: filler at the check digit, rest of the number and its check digit in the optional data."""
    mrz = read(*TD1_CONTINUED)
    assert mrz.number_continued
    assert (mrz.number.raw, mrz.number.value) == ("D23145890<734", "D23145890734")
    assert (mrz.number.check, mrz.optional.value, mrz.valid) == (Check.PASSED, "", True)


def test_part_5_clause_4_2_4_the_composite_covers_both_upper_lines() -> None:
    """TD1: a change in either optional field is noticed by the composite check digit alone."""
    for line, at in ((0, 29), (1, 28)):
        lines = [list(text) for text in TD1_CONTINUED]
        lines[line][at] = "7"
        mrz = read(*("".join(text) for text in lines))
        assert mrz.problems == ("COMPOSITE_CHECK_FAILED",)


def test_part_6_clause_4_2_2_a_number_of_more_than_nine_characters_runs_on() -> None:
    """TD2 does as TD1 does."""
    mrz = read(*TD2_CONTINUED)
    assert (mrz.format, mrz.number.value, mrz.number.check) == (MrzFormat.TD2, "D23145890734", Check.PASSED)
    assert mrz.valid


@pytest.mark.parametrize(("lines", "mrz_format"), [(MRV_A, MrzFormat.MRV_A), (MRV_B, MrzFormat.MRV_B)])
def test_part_7_clause_4_2_2_visas_have_no_composite_check_digit(lines: tuple[str, str], mrz_format: MrzFormat) -> None:
    """MRV-A and MRV-B are told by the document code V; everything after the expiry date is optional data."""
    mrz = read(*lines)
    assert (mrz.format, mrz.composite, mrz.valid) == (mrz_format, Check.NONE, True)
    assert mrz.optional.check is Check.NONE
    assert LAYOUTS[mrz_format].composite == ()


def test_part_7_clause_4_2_2_the_nationality_of_a_visa_may_be_unspecified() -> None:
    """The visa specimens carry XXX."""
    assert is_without_nationality(read(*MRV_A).nationality)
