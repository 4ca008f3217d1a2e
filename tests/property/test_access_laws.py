"""Laws of access that hold in every world: whatever the register, the record, the caller, the purpose and the day."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.access import (
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
    decide,
    identify,
)
from screening.access_classes import is_intelligible, side_of
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
from tests.reference.access_policy import visibility

_BUREAUS = ("UTO", "XRA")
_REGISTERED = ("UTO", "UTO/BORDER", "XRA", "XRA/POLICE", "EXAMPLEPOL")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One register, some access classes, one question."""

    register: AccessRegister
    classes: tuple[AccessClass, ...]
    caller: Caller
    purpose: Purpose
    today: int

    def levels(self) -> list[int]:
        """What the compiled policy says, per class."""
        policy = CompiledPolicy(self.register, self.classes)
        return [int(level) for level in policy.levels(self.caller, self.purpose, self.today)]


# A world starts with everything in order and everything granted, and then a few things are drawn anew: one in which
# everything is denied for five reasons at once would prove little.
_WHOLE = Validity(first_day=1, last_day=6)
_DAYS = st.integers(1, 6)
_KEYS = tuple(
    (name, database, purpose)
    for name in _REGISTERED
    for database in (Database.NOMINAL, Database.SLTD)
    for purpose in (Purpose.BORDER_CONTROL, Purpose.ASYLUM)
)
_validities = st.builds(lambda a, b: Validity(first_day=min(a, b), last_day=max(a, b)), _DAYS, _DAYS)
_clearances = st.sampled_from(Confidentiality)
_grants = st.lists(st.builds(Grant, level=st.sampled_from(Visibility), validity=_validities), max_size=2).map(tuple)
_measures = st.builds(
    SourceMeasure, state=st.sampled_from(SourceState), validity=_validities, authority=st.just("test")
)
_names = st.sampled_from([*_REGISTERED, "XZZ", "USA", "UTO/VISA"])
_name_lists = st.lists(_names, max_size=3).map(tuple)
_odd_name_lists = st.sampled_from([("",), ("UTO/", "XRA"), ("/UTO",), ("UTO/A/B",)])
_classes = st.builds(
    AccessClass,
    database=st.sampled_from([Database.NOMINAL, Database.SLTD, Database.SAD]),
    kind=st.sampled_from([NoticeKind.RED, NoticeKind.DIFFUSION]),
    source=st.sampled_from([*_REGISTERED, "USA", "UTO/VISA", ""]),
    confidentiality=_clearances,
    status=st.sampled_from([NoticeStatus.PUBLISHED] * 6 + list(NoticeStatus)),
    restrictions=st.builds(
        Restrictions,
        denied=st.one_of(st.just(()), st.just(()), _name_lists, _odd_name_lists),
        allowed=st.one_of(st.just(()), _name_lists, _name_lists, _odd_name_lists),
    ),
)


def _kind_of(name: str) -> PartyKind:
    if "/" in name:
        return PartyKind.NATIONAL_ENTITY
    return PartyKind.NATIONAL_BUREAU if name in _BUREAUS else PartyKind.INTERNATIONAL_ENTITY


def _uri_of(party: str) -> str:
    return f"spiffe://test/{party}"


@st.composite
def _registers(draw: st.DrawFn) -> AccessRegister:
    in_order: dict[str, tuple[Confidentiality, Validity]] = dict.fromkeys(
        _REGISTERED, (Confidentiality.CONFIDENTIAL, _WHOLE)
    )
    flaws = st.dictionaries(st.sampled_from(_REGISTERED), st.tuples(_clearances, _validities), max_size=2)
    absent = draw(st.sampled_from([None] * 8 + list(_REGISTERED)))
    parties = {**in_order, **draw(flaws)}
    callers = {**in_order, **draw(flaws)}
    everything = dict.fromkeys(_KEYS, (Grant(level=Visibility.FULL, validity=_WHOLE),))
    return AccessRegister(
        version=1,
        parties={
            name: Party(name=name, kind=_kind_of(name), clearance=clearance, validity=validity)
            for name, (clearance, validity) in parties.items()
            if name != absent
        },
        callers={
            _uri_of(name): RegisteredCaller(uri=_uri_of(name), party=name, clearance=clearance, validity=validity)
            for name, (clearance, validity) in callers.items()
        },
        entitlements={**everything, **draw(st.dictionaries(st.sampled_from(_KEYS), _grants, max_size=6))},
        source_states=draw(st.dictionaries(_names, st.lists(_measures, max_size=2).map(tuple), max_size=1)),
        contacts={},
    )


@st.composite
def _worlds(draw: st.DrawFn) -> World:
    party = draw(st.sampled_from(_REGISTERED))
    country = side_of(party) if side_of(party) in _BUREAUS else ""
    return World(
        register=draw(_registers()),
        classes=tuple(draw(st.lists(_classes, min_size=1, max_size=8))),
        caller=Caller(uri=_uri_of(party), party=party, country=country),
        purpose=draw(st.sampled_from([Purpose.BORDER_CONTROL, Purpose.ASYLUM, Purpose.VISA])),
        today=draw(_DAYS),
    )


@settings(max_examples=200, deadline=None)
@given(_worlds())
def test_decision_mask_and_plain_policy_agree(world: World) -> None:
    """The decision for one class, the levels for all, and the policy in plain lines are the same."""
    plain = [visibility(world.register, world.caller, world.purpose, one, world.today) for one in world.classes]
    decided = [decide(world.register, world.caller, world.purpose, one, world.today) for one in world.classes]
    assert world.levels() == plain
    assert [decision.visibility for decision in decided] == plain
    policy = CompiledPolicy(world.register, ())
    assert [policy.decide(world.caller, world.purpose, one, world.today) for one in world.classes] == decided
    assert all(decision.rules for decision in decided)


@settings(max_examples=50, deadline=None)
@given(_worlds(), _names)
def test_a_denial_added_never_adds_a_match(world: World, name: str) -> None:
    """Denying one more party raises nobody's level."""
    narrowed = tuple(
        replace(one, restrictions=replace(one.restrictions, denied=(*one.restrictions.denied, name)))
        for one in world.classes
    )
    assert np.all(np.array(replace(world, classes=narrowed).levels()) <= world.levels())


@settings(max_examples=50, deadline=None)
@given(_worlds(), st.data())
def test_a_recipient_removed_from_a_diffusion_never_adds_a_match(world: World, data: st.DataObject) -> None:
    """A diffusion with fewer recipients is seen by no one who did not see it before, down to the empty list."""
    diffusions = tuple(replace(one, kind=NoticeKind.DIFFUSION) for one in world.classes)
    kept = data.draw(st.sets(_names))
    fewer = tuple(
        replace(
            one,
            restrictions=replace(one.restrictions, allowed=tuple(n for n in one.restrictions.allowed if n in kept)),
        )
        for one in diffusions
    )
    before = [decide(world.register, world.caller, world.purpose, one, world.today).visibility for one in diffusions]
    for one, wide, level in zip(fewer, diffusions, before, strict=True):
        if not is_intelligible(wide):
            continue  # Taking away a name that cannot be read makes a record readable, which is a repair.
        assert decide(world.register, world.caller, world.purpose, one, world.today).visibility <= level


@settings(max_examples=50, deadline=None)
@given(_worlds(), st.data())
def test_revoking_never_adds_a_match(world: World, data: st.DataObject) -> None:
    """Without an entitlement, a caller or a party, nobody's level is higher than with it."""
    register = world.register
    key = data.draw(st.sampled_from(sorted(register.entitlements)))
    party = data.draw(st.sampled_from(sorted(register.parties)))
    smaller = replace(
        register,
        entitlements={k: grants for k, grants in register.entitlements.items() if k != key},
        parties={name: one for name, one in register.parties.items() if name != party},
    )
    assert np.all(np.array(replace(world, register=smaller).levels()) <= world.levels())


@settings(max_examples=50, deadline=None)
@given(_worlds())
def test_an_entity_sees_a_subset_of_its_bureau(world: World) -> None:
    """Whatever the register says, no national entity sees more than its bureau with the bureau's own clearance."""
    bureau = side_of(world.caller.party)
    uri = _uri_of("whole-bureau")
    system = RegisteredCaller(uri=uri, party=bureau, clearance=Confidentiality.CONFIDENTIAL, validity=_WHOLE)
    register = replace(world.register, callers={**world.register.callers, uri: system})
    caller = replace(world.caller, uri=uri, party=bureau)
    whole = replace(world, register=register, caller=caller)
    assert np.all(np.array(world.levels()) <= whole.levels())


@settings(max_examples=50, deadline=None)
@given(_worlds(), st.lists(_classes, max_size=6))
def test_other_records_change_neither_levels_nor_databases(world: World, others: list[AccessClass]) -> None:
    """Classes added to a snapshot leave the levels of the others, and the searched databases, as they were."""
    policy = CompiledPolicy(world.register, (*world.classes, *others))
    levels = policy.levels(world.caller, world.purpose, world.today)
    assert levels[: len(world.classes)].tolist() == world.levels()
    alone = CompiledPolicy(world.register, ())
    question = (world.caller, world.purpose, world.today)
    assert policy.databases(*question) == alone.databases(*question)
    assert {one.database for one, level in zip(world.classes, levels, strict=False) if level} <= set(
        alone.databases(*question)
    )


@settings(max_examples=100, deadline=None)
@given(_worlds())
def test_who_is_not_identified_sees_nothing(world: World) -> None:
    """A caller for whom `identify` has no answer has no visible class and no database."""
    if identify(world.register, world.caller.uri, world.today) is None:
        policy = CompiledPolicy(world.register, world.classes)
        assert not any(world.levels())
        assert policy.databases(world.caller, world.purpose, world.today) == ()


@settings(max_examples=200, deadline=None)
@given(_classes)
def test_keys_keep_classes_apart_and_orders_together(access_class: AccessClass) -> None:
    """decode after encode gives the same class, but for the order and repetition of restricted parties."""
    decoded = AccessClass.from_key(access_class.to_key())
    assert replace(decoded, restrictions=access_class.restrictions) == access_class
    assert set(decoded.restrictions.denied) == set(access_class.restrictions.denied)
    assert set(decoded.restrictions.allowed) == set(access_class.restrictions.allowed)
    assert decoded.to_key() == access_class.to_key()
    backwards = Restrictions(
        denied=access_class.restrictions.denied[::-1], allowed=access_class.restrictions.allowed[::-1]
    )
    assert replace(access_class, restrictions=backwards).to_key() == access_class.to_key()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_key_or_a_value_error(key: bytes) -> None:
    """Nothing but ValueError comes from bytes that are no key."""
    with contextlib.suppress(ValueError):
        AccessClass.from_key(key)
