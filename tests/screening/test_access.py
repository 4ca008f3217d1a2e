"""The access decision on single cases, each with the rules that determined it, and its compiled form."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from screening.access import (
    ALWAYS,
    AccessClass,
    AccessRegister,
    CompiledPolicy,
    Grant,
    Party,
    PartyKind,
    RegisteredCaller,
    SourceMeasure,
    SourceState,
    Validity,
    access_class_of,
    decide,
    identify,
)
from screening.model import (
    Caller,
    Confidentiality,
    Database,
    Notice,
    NoticeKind,
    NoticeStatus,
    Purpose,
    Restrictions,
    Visibility,
)

_TODAY = 739_000
_BORDER_URI = "spiffe://test/UTO/border"
_BUREAU_URI = "spiffe://test/UTO/bureau"
_BORDER = Caller(uri=_BORDER_URI, party="UTO/BORDER", country="UTO")
_BUREAU = Caller(uri=_BUREAU_URI, party="UTO", country="UTO")
_RED = AccessClass(
    database=Database.NOMINAL,
    kind=NoticeKind.RED,
    source="XRA",
    confidentiality=Confidentiality.FOR_OFFICIAL_USE_ONLY,
    status=NoticeStatus.PUBLISHED,
    restrictions=Restrictions(),
)
_DIFFUSION = replace(_RED, kind=NoticeKind.DIFFUSION)


def _register(border: Visibility = Visibility.LIMITED, bureau: Visibility = Visibility.FULL) -> AccessRegister:
    restricted = Confidentiality.RESTRICTED
    parties = [
        Party(name="UTO", kind=PartyKind.NATIONAL_BUREAU, clearance=Confidentiality.CONFIDENTIAL),
        Party(name="UTO/BORDER", kind=PartyKind.NATIONAL_ENTITY, clearance=restricted),
    ]
    callers = [
        RegisteredCaller(uri=_BORDER_URI, party="UTO/BORDER", clearance=restricted, validity=ALWAYS),
        RegisteredCaller(uri=_BUREAU_URI, party="UTO", clearance=Confidentiality.CONFIDENTIAL, validity=ALWAYS),
    ]
    key = (Database.NOMINAL, Purpose.BORDER_CONTROL)
    return AccessRegister(
        version=3,
        parties={party.name: party for party in parties},
        callers={caller.uri: caller for caller in callers},
        entitlements={
            ("UTO", *key): (Grant(level=bureau, validity=ALWAYS),),
            ("UTO/BORDER", *key): (Grant(level=border, validity=ALWAYS),),
        },
        source_states={},
        contacts={"XRA": "duty officer", "XRA/POLICE": "police desk"},
    )


def _decided(
    access_class: AccessClass, register: AccessRegister | None = None, caller: Caller = _BORDER
) -> tuple[Visibility, tuple[str, ...]]:
    decision = decide(register or _register(), caller, Purpose.BORDER_CONTROL, access_class, _TODAY)
    return decision.visibility, decision.rules


def _restricted(
    access_class: AccessClass, *, denied: tuple[str, ...] = (), allowed: tuple[str, ...] = ()
) -> AccessClass:
    return replace(access_class, restrictions=Restrictions(denied=denied, allowed=allowed))


def test_an_entitled_caller_sees_a_published_notice_at_its_level() -> None:
    """The level is the one that the entitlement grants."""
    assert _decided(_RED) == (Visibility.LIMITED, ("allow.entitled",))


@pytest.mark.parametrize(
    ("access_class", "rule"),
    [
        (replace(_RED, database=Database.SLTD), "deny.not-entitled"),
        (replace(_RED, confidentiality=Confidentiality.CONFIDENTIAL), "deny.clearance-too-low"),
        (replace(_RED, status=NoticeStatus.SUSPENDED), "deny.not-published"),
        (_restricted(_RED, denied=("UTO",)), "deny.denied-by-source"),
        (_restricted(_RED, denied=("UTO/BORDER",)), "deny.denied-by-source"),
        (_restricted(_DIFFUSION, allowed=("XGR",)), "deny.not-a-recipient"),
        (_restricted(_RED, allowed=("XGR",)), "deny.not-a-recipient"),
        (_DIFFUSION, "deny.not-a-recipient"),
        (replace(_RED, source=""), "deny.unintelligible"),
        (_restricted(_RED, denied=("XGR/",)), "deny.unintelligible"),
    ],
)
def test_each_denial_has_its_own_name(access_class: AccessClass, rule: str) -> None:
    """One reason to deny gives NONE and that reason alone."""
    assert _decided(access_class) == (Visibility.NONE, (rule,))


def test_all_denials_are_named_in_a_fixed_order() -> None:
    """Every rule that denies is reported, not only the first."""
    worst = replace(
        _restricted(_DIFFUSION, denied=("UTO",)),
        status=NoticeStatus.CANCELLED,
        confidentiality=Confidentiality.CONFIDENTIAL,
    )
    rules = ("clearance-too-low", "not-published", "denied-by-source", "not-a-recipient")
    assert _decided(worst) == (Visibility.NONE, tuple(f"deny.{rule}" for rule in rules))


def test_a_recipient_of_a_diffusion_sees_it_with_its_entities() -> None:
    """A diffusion to a bureau reaches the bureau's entities."""
    assert _decided(_restricted(_DIFFUSION, allowed=("UTO",))) == (
        Visibility.LIMITED,
        ("allow.entitled", "allow.recipient"),
    )


def test_a_recipient_that_is_an_entity_alone_counts_for_nothing() -> None:
    """An entity cannot receive what its bureau does not."""
    assert _decided(_restricted(_DIFFUSION, allowed=("UTO/BORDER",)))[0] is Visibility.NONE


def test_a_source_sees_its_own_diffusion_and_so_do_its_entities() -> None:
    """The side of the source needs no place on the list, also where one of its entities recorded the data."""
    for source in ("UTO", "UTO/POLICE"):
        own = replace(_DIFFUSION, source=source)
        assert _decided(own) == (Visibility.LIMITED, ("allow.entitled", "allow.own-data"))


def test_deny_beats_allow_even_for_a_recipient_and_for_the_source() -> None:
    """A party on both lists sees nothing, nor does a source that denied itself."""
    assert _decided(_restricted(_DIFFUSION, allowed=("UTO",), denied=("UTO",)))[0] is Visibility.NONE
    assert _decided(_restricted(replace(_RED, source="UTO"), denied=("UTO",)))[0] is Visibility.NONE


def test_a_denied_entity_leaves_its_bureau_alone() -> None:
    """A restriction against one entity is not one against its bureau."""
    assert _decided(_restricted(_RED, denied=("UTO/BORDER",)), caller=_BUREAU)[0] is Visibility.FULL


def test_an_entity_gets_the_lower_of_its_own_and_its_bureaus_level() -> None:
    """A register made by hand that exceeds the bureau is cut down in the decision."""
    assert _decided(_RED, _register(border=Visibility.FULL, bureau=Visibility.HIT_ONLY))[0] is Visibility.HIT_ONLY


def test_contradicting_grants_count_as_the_narrower_one() -> None:
    """Two grants for one day: the lower level holds."""
    register = _register()
    narrow = Grant(level=Visibility.HIT_ONLY, validity=Validity(first_day=_TODAY, last_day=_TODAY))
    key = ("UTO/BORDER", Database.NOMINAL, Purpose.BORDER_CONTROL)
    both = {**register.entitlements, key: (*register.entitlements[key], narrow)}
    assert _decided(_RED, replace(register, entitlements=both))[0] is Visibility.HIT_ONLY


@pytest.mark.parametrize("state", SourceState)
def test_source_states_stop_consultation_from_read_suspended_on(state: SourceState) -> None:
    """A suspended or disconnected bureau's callers see nothing; others still see its published data."""
    measure = SourceMeasure(state=state, validity=Validity(first_day=_TODAY, last_day=_TODAY), authority="test")
    own = replace(_register(), source_states={"UTO": (measure,)})
    other = replace(_register(), source_states={"XRA": (measure,)})
    if state >= SourceState.READ_SUSPENDED:
        assert _decided(_RED, own) == (Visibility.NONE, ("deny.consultation-suspended",))
    else:
        assert _decided(_RED, own)[0] is Visibility.LIMITED
    assert _decided(_RED, other)[0] is Visibility.LIMITED
    assert own.state_of("UTO/BORDER", _TODAY) is state
    assert own.state_of("UTO", _TODAY + 1) is SourceState.NORMAL


def test_identify_knows_callers_by_uri_within_their_dates() -> None:
    """Unknown, not yet valid, expired: all are None; both ends of the dates are included."""
    register = _register()
    dated = replace(register.callers[_BORDER_URI], validity=Validity(first_day=_TODAY, last_day=_TODAY + 1))
    register = replace(register, callers={**register.callers, _BORDER_URI: dated})
    found = [identify(register, _BORDER_URI, day) for day in range(_TODAY - 1, _TODAY + 3)]
    assert found == [None, _BORDER, _BORDER, None]
    assert identify(register, _BORDER_URI + "/", _TODAY) is None


@pytest.mark.parametrize("party", ["UTO", "UTO/BORDER"])
def test_identify_needs_a_standing_party_and_bureau(party: str) -> None:
    """A caller falls with its party and with its party's bureau, gone or expired."""
    register = _register()
    without = {name: one for name, one in register.parties.items() if name != party}
    expired = {**without, party: replace(register.parties[party], validity=Validity(first_day=1, last_day=2))}
    for parties in (without, expired):
        assert identify(replace(register, parties=parties), _BORDER_URI, _TODAY) is None


@pytest.mark.parametrize("party", ["UTO", "UTO/ASYLUM"])
def test_a_caller_that_is_not_the_registered_one_is_a_stranger(party: str) -> None:
    """A value that claims another party than its URI's is denied."""
    forged = replace(_BORDER, party=party)
    assert _decided(_RED, caller=forged) == (Visibility.NONE, ("deny.caller-unknown",))
    policy = CompiledPolicy(_register(), [_RED])
    assert policy.levels(forged, Purpose.BORDER_CONTROL, _TODAY).tolist() == [0]
    assert policy.databases(forged, Purpose.BORDER_CONTROL, _TODAY) == ()


def test_contacts_are_the_sources_own_or_its_sides() -> None:
    """The nearest contact answers for a source; one without a contact has an empty one."""
    register = _register()
    contacts = [register.contact_of(source) for source in ("XRA/POLICE", "XRA/OTHER", "XRA", "USA")]
    assert contacts == ["police desk", "duty officer", "duty officer", ""]


def test_names_of_restrictions_bind_in_every_spelling() -> None:
    """Case, spaces, full-width letters and Germany's one letter do not turn a restriction into a disclosure."""
    notice = Notice(
        notice_id="TEST-1",
        database=Database.NOMINAL,
        kind=NoticeKind.RED,
        status=NoticeStatus.PUBLISHED,
        source=" d ",
        restrictions=Restrictions(denied=("uto", "ＵＴＯ", "D/border"), allowed=("Examplepol",)),
    )
    found = access_class_of(notice)
    assert found.source == "DEU"
    assert found.restrictions == Restrictions(denied=("DEU/BORDER", "UTO"), allowed=("EXAMPLEPOL",))


def test_a_key_is_stable_from_release_to_release() -> None:
    """The bytes of a key are what snapshots on disk hold: changing them needs another key version."""
    access_class = _restricted(_DIFFUSION, denied=("XGR", "UTO"), allowed=("XRA",))
    assert access_class.to_key() == b'[1,1,10,1,2,"XRA",["UTO","XGR"],["XRA"]]'


@pytest.mark.parametrize(
    "key",
    [
        b"",
        b"{}",
        b"null",
        b"[1,1,1,1,2]",
        b'[2,1,10,1,2,"XRA",[],[]]',
        b'[1,99,10,1,2,"XRA",[],[]]',
        b'[1,1,10,1,2,"XRA",[3],[]]',
        b"[1,1,10,1,2,null,[],[]]",
        b'[1,1,10,1,2,"XRA",null,[]]',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_bytes_that_are_no_key_are_refused(key: bytes) -> None:
    """A damaged or foreign key is an error and never some class."""
    with pytest.raises(ValueError, match=r"^not an access class key$"):
        AccessClass.from_key(key)


def test_levels_are_read_only_and_in_the_order_of_the_classes() -> None:
    """One uint8 per class; a caller of the policy cannot change what the next one gets."""
    levels = CompiledPolicy(_register(), [_RED, _DIFFUSION, _RED]).levels(_BORDER, Purpose.BORDER_CONTROL, _TODAY)
    assert levels.dtype == np.uint8
    assert levels.tolist() == [2, 0, 2]
    with pytest.raises(ValueError, match="read-only"):
        levels[1] = 3


def test_no_classes_are_no_levels() -> None:
    """An empty snapshot has a policy too."""
    policy = CompiledPolicy(_register(), [])
    assert policy.levels(_BORDER, Purpose.BORDER_CONTROL, _TODAY).shape == (0,)
    assert policy.databases(_BORDER, Purpose.BORDER_CONTROL, _TODAY) == (Database.NOMINAL,)


def test_levels_are_kept_over_days_but_follow_the_dates() -> None:
    """A day without a change of rights costs no new array; a day after the last one of a grant is denied."""
    register = _register()
    key = ("UTO/BORDER", Database.NOMINAL, Purpose.BORDER_CONTROL)
    ends = (Grant(level=Visibility.LIMITED, validity=Validity(first_day=1, last_day=_TODAY + 1)),)
    policy = CompiledPolicy(replace(register, entitlements={**register.entitlements, key: ends}), [_RED])
    days = [policy.levels(_BORDER, Purpose.BORDER_CONTROL, _TODAY + day) for day in range(3)]
    assert days[0] is days[1]
    assert [levels.tolist() for levels in days] == [[2], [2], [0]]


def test_kept_levels_are_bounded_in_bytes() -> None:
    """Beyond the bound the oldest array goes and is computed anew, with the same content."""
    policy = CompiledPolicy(_register(), [_RED], memo_bytes_max=1)
    first = policy.levels(_BORDER, Purpose.BORDER_CONTROL, _TODAY)
    policy.levels(_BUREAU, Purpose.BORDER_CONTROL, _TODAY)
    again = policy.levels(_BORDER, Purpose.BORDER_CONTROL, _TODAY)
    assert again is not first
    assert again.tolist() == first.tolist()


def test_a_policy_frees_its_memory_without_the_cycle_collector() -> None:
    """A swapped-out policy is in no reference cycle: its arrays go when the last request lets go of them."""
    gc.disable()
    try:
        policy = CompiledPolicy(_register(), [_RED])
        levels = weakref.ref(policy.levels(_BORDER, Purpose.BORDER_CONTROL, _TODAY))
        assert levels() is not None
        del policy
        assert levels() is None
    finally:
        gc.enable()
