"""The access policy in plain lines: the twin of screening/access.py, to be read beside the Rules."""

from __future__ import annotations

from screening.access import AccessRegister, SourceState
from screening.access_classes import AccessClass
from screening.model import Caller, NoticeKind, NoticeStatus, Purpose, Visibility


def visibility(
    register: AccessRegister, caller: Caller, purpose: Purpose, record: AccessClass, today: int
) -> Visibility:
    """How much of a record a caller sees."""
    system = register.callers.get(caller.uri)
    bureau = caller.party.split("/")[0]
    if system is None or system.party != caller.party or not system.validity.covers(today):
        return Visibility.NONE
    level, clearance = Visibility.FULL, system.clearance
    for name in (caller.party, bureau):
        party = register.parties.get(name)
        if party is None or not party.validity.covers(today) or name in record.restrictions.denied:
            return Visibility.NONE
        grants = register.entitlements.get((name, record.database, purpose), ())
        level = min([level, *[grant.level for grant in grants if grant.validity.covers(today)]])
        level = level if any(grant.validity.covers(today) for grant in grants) else Visibility.NONE
        clearance = min(clearance, party.clearance)
    for measure in register.source_states.get(bureau, ()):
        if measure.validity.covers(today) and measure.state in (SourceState.READ_SUSPENDED, SourceState.DISCONNECTED):
            return Visibility.NONE
    if record.status != NoticeStatus.PUBLISHED or record.confidentiality > clearance or _has_odd_name(record):
        return Visibility.NONE
    for_recipients_only = record.kind == NoticeKind.DIFFUSION or len(record.restrictions.allowed) > 0
    if for_recipients_only and bureau not in (record.source.split("/")[0], *record.restrictions.allowed):
        return Visibility.NONE
    return level


def _has_odd_name(record: AccessClass) -> bool:
    """Whether a name in the record is neither BUREAU nor BUREAU/ENTITY."""
    parts = [name.split("/") for name in (record.source, *record.restrictions.denied, *record.restrictions.allowed)]
    return any(len(split) > 2 or "" in split for split in parts)
