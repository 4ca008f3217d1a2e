"""Reading zones: fields, checks, doubts. Clauses of Doc 9303 are in tests/sources, laws in tests/property."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from screening.mrz import Check, Mrz, MrzError, describe_mrz, letter_corrections, parse_mrz

TODAY = (2026, 11, 22)
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
SHARED = Path(os.environ.get("SCREENING_SHARED_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
SPECIMENS = SHARED / "mrz" / "icao_9303_specimens.jsonl"


def read(*lines: str) -> Mrz:
    return parse_mrz(lines, today=TODAY)


def td3(old: str, new: str) -> Mrz:
    """The TD3 specimen with one piece of text exchanged."""
    zone = "".join(TD3)
    assert zone.count(old) == 1
    assert len(old) == len(new)
    return parse_mrz(zone.replace(old, new), today=TODAY)


@pytest.mark.skipif(not SPECIMENS.exists(), reason="shared data are absent")
def test_all_published_specimens_are_read() -> None:
    """Every specimen of the shared file gives every field, check and verdict it is published with."""
    for line in SPECIMENS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        mrz = parse_mrz(record["mrz"], today=TODAY)
        expected = record["expected"]
        found = {
            "format": mrz.format.value,
            "document_code": mrz.document_code,
            "issuing_state": mrz.issuing_country,
            "document_number": mrz.number.value,
            "document_number_continued": mrz.number_continued,
            "optional_data": mrz.optional.value,
            "optional_data_2": mrz.optional_2.value,
            "birth_date": mrz.birth_date.value,
            "sex": mrz.sex,
            "expiry_date": mrz.expiry_date.value,
            "nationality": mrz.nationality,
            "surname": mrz.surname,
            "given_names": mrz.given_names,
            "valid": mrz.valid,
        }
        checks = {
            "document_number": mrz.number.check,
            "birth_date": mrz.birth_date.check,
            "expiry_date": mrz.expiry_date.check,
            "optional_data": mrz.optional.check,
            "composite": mrz.composite,
        }
        assert {key: found[key] for key in expected if key != "checks"} == {
            key: value for key, value in expected.items() if key != "checks"
        }, record["id"]
        for name, holds in expected["checks"].items():
            assert (checks[name] is not Check.FAILED) == holds, (record["id"], name)
        assert mrz.problems == ()


def test_a_good_read_has_no_problem_and_no_correction() -> None:
    """The TD3 specimen is valid, all its checks pass, nothing is proposed."""
    mrz = read(*TD3)
    assert mrz.valid
    assert mrz.composite is Check.PASSED
    for field in (mrz.number, mrz.birth_date, mrz.expiry_date, mrz.optional):
        assert field.check is Check.PASSED
        assert field.corrections == ()
    assert letter_corrections(mrz) == {}


def test_a_misread_number_keeps_its_value_and_gets_proposals() -> None:
    """The value is never corrected silently; the true number is the first proposal."""
    mrz = td3("L898902C3", "L8989O2C3")
    assert mrz.number.raw == mrz.number.value == "L8989O2C3"
    assert mrz.number.check is Check.FAILED
    assert mrz.number.corrections[0] == "L898902C3"
    assert mrz.problems == ("NUMBER_CHECK_FAILED", "COMPOSITE_CHECK_FAILED")
    assert not mrz.valid


def test_a_letter_in_a_date_fails_even_where_the_sum_holds() -> None:
    """In 7Y0812 the letter has the value of a 4 modulo 10; the check digit passes, the field does not."""
    mrz = td3("740812", "7Y0812")
    assert mrz.birth_date.check is Check.FAILED
    assert mrz.composite is Check.PASSED
    assert "BIRTH_DATE_ILLEGAL_CHARACTER" in mrz.problems
    assert not mrz.birth.valid


def test_date_proposals_that_the_composite_confirms_come_first() -> None:
    """Where several dates satisfy their own check digit, those that satisfy the composite too are ahead."""
    mrz = td3("740812", "74O8I2")
    assert mrz.birth_date.corrections[0] == "740812"
    for text in mrz.birth_date.corrections:
        assert text.isdigit()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("P<UTO", "X<UTO", "DOCUMENT_CODE_UNKNOWN"),
        ("P<UTO", "P<QQQ", "ISSUING_COUNTRY_UNKNOWN"),
        ("P<UTO", "P<UT0", "ISSUING_COUNTRY_UNKNOWN"),
        ("P<UTO", "P<<<<", "ISSUING_COUNTRY_MISSING"),
        ("6UTO7", "6<<<7", "NATIONALITY_MISSING"),
        ("6UTO7", "6ABC7", "NATIONALITY_UNKNOWN"),
        ("7408122", "7413122", "BIRTH_DATE_IMPOSSIBLE"),
        ("1204159", "1202309", "EXPIRY_DATE_IMPOSSIBLE"),
        ("7408122", "7408123", "BIRTH_DATE_CHECK_FAILED"),
        ("1204159", "1204158", "EXPIRY_DATE_CHECK_FAILED"),
        ("<<<10", "<<<20", "OPTIONAL_CHECK_FAILED"),
        ("<<<10", "<<<11", "COMPOSITE_CHECK_FAILED"),
        ("2F1", "2W1", "SEX_ILLEGAL_CHARACTER"),
        ("L898902C36", "<<<<<<<<<0", "NUMBER_MISSING"),
        ("L898", "L?98", "NUMBER_ILLEGAL_CHARACTER"),
        ("ERIKSSON", "ERIKSS0N", "NAME_ILLEGAL_CHARACTER"),
        ("ERIKSSON<<ANNA<MARIA", "<<<<<<<<<<<<<<<<<<<<", "NAME_MISSING"),
        ("MARIA<<<<", "MARIA<<K<", "NAME_IRREGULAR_FILLER"),
        ("ERIKSSON", "ЕRIKSSON", "NAME_LOOKALIKE_LETTERS"),
        ("L898902C3", "L898902С3", "NUMBER_LOOKALIKE_LETTERS"),
    ],
)
def test_each_problem_has_its_reason(old: str, new: str, problem: str) -> None:
    """What does not conform is told by a stable reason that names the field, and the zone is not valid."""
    mrz = td3(old, new)
    assert problem in mrz.problems
    assert not mrz.valid


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        ("P<UTO", "P<SUN", "ISSUING_COUNTRY_HISTORIC"),
        ("6UTO7", "6YUG7", "NATIONALITY_HISTORIC"),
        ("2F1", "2X1", "SEX_NONSTANDARD"),
    ],
)
def test_remarks_leave_a_zone_valid(old: str, new: str, remark: str) -> None:
    """What is unusual but beyond doubt is told without making the zone invalid."""
    mrz = td3(old, new)
    assert mrz.problems == (remark,)
    assert mrz.valid


def test_lookalike_letters_are_read_but_told() -> None:
    """A number with a Cyrillic С is read with a Latin C, its check digit passes, and the mapping is reported."""
    mrz = td3("L898902C3", "L898902С3")
    assert mrz.number.value == "L898902C3"
    assert mrz.number.check is Check.PASSED
    assert mrz.problems == ("NUMBER_LOOKALIKE_LETTERS",)


def test_letters_are_proposed_where_only_letters_may_stand() -> None:
    """A digit in a country code or a name is a misread; codes are proposed only when somebody issues them."""
    assert letter_corrections(td3("P<UTO", "P<UT0")) == {"issuing_country": ("UTO",)}
    assert letter_corrections(td3("6UTO7", "6Q9Q7")) == {}
    assert letter_corrections(td3("ERIKSSON", "ER1K55ON"))["name"][0].startswith("ERIKSSON<<ANNA")


@pytest.mark.parametrize("lines", [TD1, TD2, TD3])
def test_all_formats_give_the_same_person(lines: tuple[str, ...]) -> None:
    """The same holder reads the same in every format."""
    mrz = read(*lines)
    assert (mrz.surname, mrz.given_names, mrz.sex) == ("ERIKSSON", "ANNA MARIA", "F")
    assert (mrz.birth.year, mrz.birth.month, mrz.birth.day) == (1974, 8, 12)
    assert mrz.valid


def test_continued_number_keeps_the_optional_data_behind_it() -> None:
    """What follows the filler after a continued number is optional data, not number."""
    mrz = read("IDBEL590123456<7895X<AB<<<<<<<", *TD1[1:])
    assert mrz.number_continued
    assert mrz.number.value == "590123456789" + "5"
    assert mrz.number.check is Check.FAILED
    assert mrz.optional.value == "AB"


def test_a_missing_check_digit_is_a_failed_check_not_a_longer_number() -> None:
    """Nine characters, a filler, and no optional data: the check digit is missing."""
    mrz = read("I<UTOD23145890<<<<<<<<<<<<<<<<", *TD1[1:])
    assert not mrz.number_continued
    assert mrz.number.check is Check.FAILED


def test_passports_continue_a_number_only_when_the_check_digit_says_so() -> None:
    """Doc 9303-4 has no continued numbers; one that its check digit confirms is read and reported, any other is not."""
    zone = TD3[0] + "D23145890<UTO7408122F12041597349<<<<<<<<<<<<"
    mrz = parse_mrz(zone, today=TODAY)
    assert mrz.number.value == "D23145890734"
    assert "NUMBER_NONSTANDARD" in mrz.problems
    other = parse_mrz(zone.replace("7349<", "7348<"), today=TODAY)
    assert other.number.value == "D23145890"
    assert "NUMBER_CHECK_FAILED" in other.problems


def test_expiry_before_birth_is_told() -> None:
    """A document that expired before its holder was born is a misread or worse."""
    mrz = td3("7408122F1204159", "2001017F9901012")
    assert "EXPIRY_DATE_BEFORE_BIRTH" in mrz.problems


def test_errors_never_repeat_the_input() -> None:
    """The message of a refusal has the reason and the part, not the person."""
    with pytest.raises(MrzError) as caught:
        read(TD3[0], TD3[1][:-1])
    assert str(caught.value) == "line_2: LINE_TOO_SHORT"
    assert isinstance(caught.value, ValueError)


def test_problems_never_repeat_the_input() -> None:
    """Reasons consist of capital letters and underscores, and of no word of the zone."""
    mrz = parse_mrz("".join(TD3).replace("8", "?"), today=TODAY)
    assert mrz.problems
    for problem in mrz.problems:
        assert problem.replace("_", "").isalpha()
        assert "ERIKSSON" not in problem


def test_a_description_is_json_and_says_raw_value_check_and_corrections() -> None:
    """Each checked field of the description has what was read, what it means, what the check says, what is proposed."""
    description = describe_mrz(td3("L898902C3", "L8989O2C3"))
    assert json.loads(json.dumps(description)) == description
    number = description["number"]
    assert isinstance(number, dict)
    assert (number["raw"], number["value"], number["check"]) == ("L8989O2C3", "L8989O2C3", "failed")
    assert "L898902C3" in number["corrections"]
    assert description["format"] == "TD3"
