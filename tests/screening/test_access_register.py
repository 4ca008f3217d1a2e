"""The access register's text: what is read, and what is refused with which line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import screening
from screening.access import AccessRegister, SourceState, Validity, identify
from screening.access_register import REGISTER_CHARACTERS_MAX, RegisterError, parse_register
from screening.model import Confidentiality, Database, Purpose, Visibility

_DATES = "valid_from = 2020-01-01\nvalid_until = 2029-12-31"
_BUREAU = '[[party]]\nname = "UTO"\nkind = "NATIONAL_BUREAU"\nclearance = "RESTRICTED"\n'
_ENTITY = '[[party]]\nname = "UTO/BORDER"\nkind = "NATIONAL_ENTITY"\nclearance = "RESTRICTED"\n'
_CALLER = f'[[caller]]\nuri = "spiffe://test/UTO/border"\nparty = "UTO/BORDER"\nclearance = "RESTRICTED"\n{_DATES}\n'


def _entitlement(party: str, level: str = "FULL", first: str = "2020-01-01", last: str = "2029-12-31") -> str:
    return (
        f'[[entitlement]]\nparty = "{party}"\npurposes = ["VISA"]\ndatabases = ["SLTD"]\nlevel = "{level}"\n'
        f"valid_from = {first}\nvalid_until = {last}\n"
    )


_GOOD = "version = 7\n" + _BUREAU + _ENTITY + _CALLER + _entitlement("UTO") + _entitlement("UTO/BORDER", "LIMITED")


def _problems(text: str) -> list[str]:
    with pytest.raises(RegisterError) as caught:
        parse_register(text)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [str(problem) for problem in caught.value.problems]


def _demo_text() -> str:
    return (Path(screening.__file__).parent / "demo_register.toml").read_text(encoding="utf-8")


def _demo() -> AccessRegister:
    return parse_register(_demo_text())


def test_a_register_without_problems_becomes_values() -> None:
    """Versions, parties, callers and grants are read as they stand."""
    register = parse_register(_GOOD)
    validity = Validity(first_day=date(2020, 1, 1).toordinal(), last_day=date(2029, 12, 31).toordinal())
    assert register.version == 7
    assert register.parties["UTO"].validity.covers(1)
    assert register.callers["spiffe://test/UTO/border"].clearance is Confidentiality.RESTRICTED
    assert register.callers["spiffe://test/UTO/border"].validity == validity
    (grant,) = register.entitlements["UTO/BORDER", Database.SLTD, Purpose.VISA]
    assert (grant.level, grant.validity) == (Visibility.LIMITED, validity)


def test_a_register_cannot_be_changed_once_read() -> None:
    """The mappings of a register are read-only: a change is a new register."""
    with pytest.raises(TypeError):
        parse_register(_GOOD).parties["XRA"] = None  # type: ignore[index]


def test_a_source_state_and_a_contact_need_no_registered_party() -> None:
    """Sources are open: one that has no caller here can be under a measure, and can be asked."""
    text = f'{_GOOD}[[source_state]]\nsource = "USA"\nstate = "PRE_REVIEW"\nauthority = "measure 1"\n{_DATES}\n'
    register = parse_register(text + '[contacts]\nUSA = "desk 1"\n"EXAMPLEPOL" = "desk 2"\n')
    assert register.state_of("USA", date(2024, 1, 1).toordinal()) is SourceState.PRE_REVIEW
    assert register.contact_of("EXAMPLEPOL") == "desk 2"


def test_the_demo_has_three_callers_of_three_countries() -> None:
    """The demo register is valid, and its callers are the border system, the asylum authority and the bureau."""
    register = _demo()
    today = date(2030, 6, 1).toordinal()
    callers = [identify(register, uri, today) for uri in register.callers]
    assert [caller.party for caller in callers if caller] == ["UTO/BORDER", "XRA/ASYLUM", "XGR"]
    assert [caller.country for caller in callers if caller] == ["UTO", "XRA", "XGR"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1, version: Field required"),
        ("version = 1\nversion = 2", "line 2, register: is not valid TOML"),
        ("version = 1\nparty = ", "line 2, register: is not valid TOML"),
        ("version = 0", "line 1, version: Input should be greater than or equal to 1"),
        ('version = "1"', "line 1, version: Input should be a valid integer"),
        ("version = 1\nsecret = 1", "line 2, secret: Extra inputs are not permitted"),
        ("version = 1\n[party]\nname = 'UTO'", "line 2, party: must be written as [[party]]"),
        (
            "version = 1\ncaller = [3]",
            "line 2, caller[1]: must be a table",
        ),
    ],
)
def test_what_is_no_register_is_refused(text: str, problem: str) -> None:
    """Text that is empty, no TOML, or of another shape has one problem with its line."""
    assert _problems(text) == [problem]


def test_a_register_beyond_the_limit_is_refused_unread() -> None:
    """The length is looked at before anything is parsed."""
    assert _problems("#" * (REGISTER_CHARACTERS_MAX + 1)) == ["line 1, register: is longer than a register may be"]


def test_deep_nesting_is_refused() -> None:
    """Brackets without end cost nothing but their refusal."""
    assert _problems("version = " + "[" * 100_000) == ["line 1, register: is not valid TOML"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"UTO/BORDER"\nkind', '"UTO/Border"\nkind', "line 7, party[2].name: String should match"),
        ('"UTO"\nkind', '"D"\nkind', "line 3, party[1].name: is not the code in use: write DEU"),
        ('"UTO"\nkind', '"XYZW"\nkind', "line 3, party[1].name: a national bureau is named by the alpha-3 code"),
        ('"UTO"\nkind', '"UNO"\nkind', "line 3, party[1].name: a national bureau is named by the alpha-3 code"),
        ('"UTO"\nkind', '"XXB"\nkind', "line 3, party[1].name: a national bureau is named by the alpha-3 code"),
        ('"UTO"\nkind', '"SUN"\nkind', "line 3, party[1].name: a national bureau is named by the alpha-3 code"),
        ('"NATIONAL_ENTITY"', '"INTERNATIONAL_ENTITY"', "line 7, party[2].name: a national entity, and nothing else"),
        (
            '"NATIONAL_BUREAU"',
            '"INTERNATIONAL_ENTITY"',
            "line 3, party[1].name: an organisation may not carry a country",
        ),
        ('"NATIONAL_BUREAU"', "2", "line 4, party[1].kind: must be one of GENERAL_SECRETARIAT, NATIONAL_BUREAU"),
        ('"spiffe://test/UTO/border"', '"https://test/UTO"', "line 11, caller[1].uri: String should match"),
        ('"spiffe://test/UTO/border"', '"spiffe://test/../x"', "line 11, caller[1].uri: String should match"),
        ('["VISA"]', '["VISA", "VISA"]', "line 18, entitlement[1].purposes: names a value twice"),
        ('["VISA"]', "[]", "line 18, entitlement[1].purposes: List should have at least 1 item"),
        ('["VISA"]', '["SHOPPING"]', "line 18, entitlement[1].purposes[1]: must be one of BORDER_CONTROL"),
        ("2029-12-31", '"2029-12-31"', "line 15, caller[1].valid_until: Input should be a valid date"),
        ("2029-12-31", "2019-12-31", "line 15, caller[1].valid_until: is before valid_from"),
        ("2029-12-31", "2029-12-31T12:00:00Z", "line 15, caller[1].valid_until: "),
        ("valid_until = 2029-12-31", "", "line 10, caller[1].valid_until: Field required"),
    ],
)
def test_a_malformed_entry_is_named_with_line_and_key(old: str, new: str, problem: str) -> None:
    """Each kind of mistake in an entry gives the line of its key, or of its entry where the key is missing."""
    assert old in _GOOD
    assert _problems(_GOOD.replace(old, new, 1))[0].startswith(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (_GOOD + _BUREAU, "line 31, party[3].name: stands in the register twice"),
        (_GOOD + _CALLER, "line 31, caller[2].uri: stands in the register twice"),
        ("version = 7\n" + _ENTITY, "line 3, party[1].name: its national bureau UTO is not registered"),
        (_GOOD + _entitlement("XRA"), "line 31, entitlement[3].party: is not registered as a party"),
        (_GOOD + _CALLER.replace("UTO/", "XRA/"), "line 32, caller[2].party: is not registered as a party"),
        (
            _GOOD + _entitlement("UTO", "LIMITED", "2029-12-31", "2031-01-01"),
            "line 35, entitlement[3].valid_from: in SLTD for VISA is granted twice on 2029-12-31",
        ),
        (
            _GOOD + '[[source_state]]\nsource = "UTO/BORDER"\nstate = "NORMAL"\nauthority = "x"\n' + _DATES,
            "line 31, source_state[1].source: supervision is of a bureau or an organisation, not of an entity",
        ),
        (_GOOD + '[contacts]\nUTO = "two\\nlines"', "line 31, contacts.UTO: must be one line of printable text"),
        (_GOOD + '[contacts]\nuto = "desk"', "line 31, contacts.uto: String should match pattern"),
        (
            _GOOD.replace(
                '"UTO/BORDER"\nkind = "NATIONAL_ENTITY"\nclearance = "RES',
                '"UTO/BORDER"\nkind = "NATIONAL_ENTITY"\nclearance = "FOR_OFFICIAL_USE_ONLY"#',
            ),
            "line 13, caller[1].clearance: exceeds FOR_OFFICIAL_USE_ONLY, the clearance of its party",
        ),
        (
            _GOOD.replace("RESTRICTED", "FOR_OFFICIAL_USE_ONLY", 1),
            "line 9, party[2].clearance: exceeds FOR_OFFICIAL_USE_ONLY, the clearance of its national bureau",
        ),
    ],
)
def test_entries_that_contradict_each_other_are_named(text: str, problem: str) -> None:
    """Each kind of contradiction between entries gives the line of the entry at fault, and nothing else."""
    (found,) = _problems(text)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("bureau", "day"),
    [
        ([("LIMITED", "2020-01-01", "2029-12-31")], "2020-01-01"),
        ([("FULL", "2020-01-02", "2029-12-31")], "2020-01-01"),
        ([("FULL", "2020-01-01", "2029-12-30")], "2029-12-31"),
        ([("FULL", "2020-01-01", "2022-01-01"), ("FULL", "2022-01-03", "2029-12-31")], "2022-01-02"),
        ([("FULL", "2023-01-01", "2029-12-31"), ("LIMITED", "2020-01-01", "2022-12-31")], "2020-01-01"),
        ([("FULL", "2020-01-01", "2022-12-31"), ("NONE", "2023-01-01", "2029-12-31")], "2023-01-01"),
        ([], "2020-01-01"),
    ],
)
def test_an_entity_wider_than_its_bureau_is_rejected_with_the_day(bureau: list[tuple[str, str, str]], day: str) -> None:
    """In level or in time: the first day on which the bureau does not hold what the entity is granted."""
    base = "version = 1\n" + _BUREAU + _ENTITY
    text = base + _entitlement("UTO/BORDER") + "".join(_entitlement("UTO", *grant) for grant in bureau)
    assert _problems(text) == [f"line 14, entitlement[1].level: FULL in SLTD for VISA exceeds what UTO holds on {day}"]


def test_an_entity_may_fill_what_its_bureau_holds_in_pieces() -> None:
    """Grants of the bureau that join without a gap carry one of the entity across them."""
    pieces = _entitlement("UTO", "FULL", "2025-06-01", "2029-12-31") + _entitlement("UTO", "FULL", last="2025-05-31")
    text = "version = 1\n" + _BUREAU + _ENTITY + pieces + _entitlement("UTO/BORDER")
    assert len(parse_register(text).entitlements["UTO", Database.SLTD, Purpose.VISA]) == 2


def test_every_problem_is_listed_by_line() -> None:
    """A register with mistakes in several places names them all at once, in the order of lines."""
    text = (
        _GOOD.replace('"NATIONAL_BUREAU"', '"BUREAU"').replace('["VISA"]', '["SHOPPING"]').replace("version = 7\n", "")
    )
    lines = [int(problem.split()[1].rstrip(",")) for problem in _problems(text)]
    assert lines == sorted(lines)
    assert len(lines) == 4


def test_a_problem_never_repeats_what_stands_in_a_contact() -> None:
    """A contact may name a person: the message names the key only."""
    assert all("Jane" not in problem for problem in _problems(_GOOD + '[contacts]\nUTO = "Jane\\tSpecimen"'))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_demo_register_is_a_register_or_a_register_error(data: st.DataObject) -> None:
    """Whatever is cut out or put in, nothing but RegisterError comes out, with lines inside the text."""
    text = _demo_text()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 80)))
    damaged = text[:start] + data.draw(st.text(alphabet='[]{}"=#\n,.-1aX/ \x00é', max_size=8)) + text[end:]
    try:
        register = parse_register(damaged)
    except RegisterError as error:
        lines = [problem.line for problem in error.problems]
    else:
        lines = [register.version]
    assert lines
    assert all(1 <= line <= damaged.count("\n") + 1 for line in lines)
