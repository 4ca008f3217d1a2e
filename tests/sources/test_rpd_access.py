"""Clauses on access of INTERPOL's Rules on the Processing of Data (RPD) and of Regulation (EU) 2019/817, one test each.

The articles are paraphrased from public descriptions of the Rules: 54 to 59, 81, 97, 111, 112 and 131 were not read in
their official wording. The register here is made for the purpose: a bureau (UTO) with a border entity, another bureau
(XRA), the General Secretariat and an organisation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from screening.access import AccessClass, AccessRegister, CompiledPolicy, SourceState, decide, identify
from screening.access_register import RegisterError, parse_register
from screening.model import (
    Caller,
    Confidentiality,
    Database,
    NoticeKind,
    NoticeStatus,
    Purpose,
    Restrictions,
    Visibility,
)

_DAY = date(2026, 6, 1).toordinal()
_NAMES = {
    "UTO": "NATIONAL_BUREAU",
    "UTO/BORDER": "NATIONAL_ENTITY",
    "XRA": "NATIONAL_BUREAU",
    "XPO": "GENERAL_SECRETARIAT",
    "EXAMPLEPOL": "INTERNATIONAL_ENTITY",
}
_DATES = "valid_from = 2026-01-01\nvalid_until = 2026-12-31\n"


def _text(extra: str = "", level: str = "FULL") -> str:
    """A register where every party may consult NOMINAL at the border; `level` is the entity's."""
    blocks = ["version = 1\n", extra]
    for name, kind in _NAMES.items():
        granted = level if "/" in name else "LIMITED"
        blocks += [
            f'[[party]]\nname = "{name}"\nkind = "{kind}"\nclearance = "CONFIDENTIAL"\n',
            f'[[caller]]\nuri = "spiffe://test/{name}"\nparty = "{name}"\nclearance = "RESTRICTED"\n{_DATES}',
            f'[[entitlement]]\nparty = "{name}"\npurposes = ["BORDER_CONTROL"]\ndatabases = ["NOMINAL"]\n'
            f'level = "{granted}"\n{_DATES}',
        ]
    return "".join(blocks)


def _register(extra: str = "") -> AccessRegister:
    return parse_register(_text(extra, level="LIMITED"))


def _caller(name: str) -> Caller:
    return Caller(uri=f"spiffe://test/{name}", party=name, country=name[:3] if name[:3] in ("UTO", "XRA") else "")


def _seeing(access_class: AccessClass, register: AccessRegister | None = None) -> set[str]:
    """The parties whose caller sees the class at the border."""
    known = register or _register()
    question = (Purpose.BORDER_CONTROL, access_class, _DAY)
    return {name for name in _NAMES if decide(known, _caller(name), *question).visibility > Visibility.NONE}


_NOTICE = AccessClass(
    database=Database.NOMINAL,
    kind=NoticeKind.RED,
    source="XRA",
    confidentiality=Confidentiality.FOR_OFFICIAL_USE_ONLY,
    status=NoticeStatus.PUBLISHED,
    restrictions=Restrictions(),
)
_EVERYBODY = set(_NAMES)


def test_article_10_a_purpose_that_was_not_granted_opens_nothing() -> None:
    """The entitlement is for one purpose of the closed list."""
    for purpose in set(Purpose) - {Purpose.BORDER_CONTROL}:
        assert decide(_register(), _caller("XRA"), purpose, _NOTICE, _DAY).visibility is Visibility.NONE


def test_article_21_an_entity_wider_than_its_bureau_is_refused_with_the_line() -> None:
    """Only the bureau can authorise its entities, and not beyond what it holds itself."""
    with pytest.raises(RegisterError) as caught:
        parse_register(_text(level="FULL"))
    (problem,) = caught.value.problems
    assert _text(level="FULL").splitlines()[problem.line - 1] == 'level = "FULL"'


def test_article_54_a_published_notice_is_open_to_all_who_are_entitled() -> None:
    """Without a restriction every entitled party sees it, bureaus, entities and organisations alike."""
    assert _seeing(_NOTICE) == _EVERYBODY


def test_article_55_an_entity_has_no_access_beside_its_bureaus() -> None:
    """When the bureau's registration ends, its entities' callers are strangers."""
    register = _register()
    parties = {name: party for name, party in register.parties.items() if name != "UTO"}
    assert identify(replace(register, parties=parties), "spiffe://test/UTO/BORDER", _DAY) is None


def test_article_58_a_source_denies_a_bureau_or_an_organisation() -> None:
    """What is denied to a party is denied to that party only."""
    assert _seeing(replace(_NOTICE, restrictions=Restrictions(denied=("EXAMPLEPOL",)))) == _EVERYBODY - {"EXAMPLEPOL"}


def test_article_58_a_restriction_on_a_bureau_covers_all_its_entities() -> None:
    """The whole side is denied by the bureau's code."""
    assert _seeing(replace(_NOTICE, restrictions=Restrictions(denied=("UTO",)))) == _EVERYBODY - {"UTO", "UTO/BORDER"}


def test_article_59_nobody_overrides_a_restriction_by_being_the_general_secretariat() -> None:
    """The exceptional override is a recorded act and not a standing right."""
    assert "XPO" not in _seeing(replace(_NOTICE, restrictions=Restrictions(denied=("XPO",))))
    assert "XPO" not in _seeing(replace(_NOTICE, kind=NoticeKind.DIFFUSION))


@pytest.mark.parametrize("status", sorted(set(NoticeStatus) - {NoticeStatus.PUBLISHED}))
def test_article_81_only_what_is_published_is_answered_with(status: NoticeStatus) -> None:
    """Requested, suspended, withdrawn, cancelled, expired: nobody sees it, its source included."""
    assert _seeing(replace(_NOTICE, status=status)) == set()


def test_article_97_a_diffusion_reaches_its_recipients_and_its_source() -> None:
    """The list is of those who may see it; the source needs no place on it."""
    diffusion = replace(_NOTICE, kind=NoticeKind.DIFFUSION, restrictions=Restrictions(allowed=("UTO",)))
    assert _seeing(diffusion) == {"UTO", "UTO/BORDER", "XRA"}


def test_article_97_a_diffusion_to_nobody_reaches_nobody() -> None:
    """An empty list of recipients is not an open one."""
    assert _seeing(replace(_NOTICE, kind=NoticeKind.DIFFUSION)) == {"XRA"}


def test_article_111_rights_hold_within_their_dates() -> None:
    """The register's dates include both ends and nothing beyond."""
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    found = [identify(_register(), "spiffe://test/XRA", day.toordinal()) is not None for day in days]
    assert found == [False, True, True, False]


def test_article_112_a_clearance_reaches_its_own_level_and_those_below() -> None:
    """The callers here are cleared for RESTRICTED, under parties cleared for CONFIDENTIAL."""
    seeing = {level: _seeing(replace(_NOTICE, confidentiality=level)) for level in Confidentiality}
    assert seeing[Confidentiality.FOR_OFFICIAL_USE_ONLY] == _EVERYBODY
    assert seeing[Confidentiality.RESTRICTED] == _EVERYBODY
    assert seeing[Confidentiality.CONFIDENTIAL] == set()


@pytest.mark.parametrize("state", [SourceState.READ_SUSPENDED, SourceState.DISCONNECTED])
def test_article_131_suspended_consultation_stops_the_bureau_and_its_entities(state: SourceState) -> None:
    """The measure is on the side that consults; its published data still protects others."""
    extra = f'[[source_state]]\nsource = "UTO"\nstate = "{state.name}"\nauthority = "measure 1"\n{_DATES}'
    register = _register(extra)
    assert _seeing(_NOTICE, register) == _EVERYBODY - {"UTO", "UTO/BORDER"}
    assert "XRA" in _seeing(replace(_NOTICE, source="UTO"), register)


def test_regulation_2019_817_article_9_4_hidden_records_change_no_list_of_databases() -> None:
    """What was searched follows from rights alone: the same with no record, a visible one, a hidden one."""
    hidden = replace(_NOTICE, restrictions=Restrictions(denied=("UTO",)))
    worlds: list[list[AccessClass]] = [[], [_NOTICE], [hidden], [_NOTICE, hidden]]
    question = (_caller("UTO"), Purpose.BORDER_CONTROL, _DAY)
    searched = {CompiledPolicy(_register(), world).databases(*question) for world in worlds}
    assert searched == {(Database.NOMINAL,)}
