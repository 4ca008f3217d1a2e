"""The canonical form of an audit record, and its chain."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from screening.audit import CHAIN_START, chained, record_bytes
from tests.reference.outcomes import audit_record, check

KEY = b"k" * 32


def test_a_record_says_who_asked_why_under_which_rules_and_what_was_disclosed() -> None:
    """And not about whom: the register of checks must not become one of travellers."""
    fields = json.loads(record_bytes(audit_record(check(7), ("NOMINAL/2031/1",)), 1_700_000_000_000))
    assert fields == [
        "check-7",
        1_700_000_000_000,
        "spiffe://screening.example/UTO/border",
        "UTO/BORDER",
        1,
        "officer",
        "Tor 1 – Ausgang",
        [1, 2],
        ["NOMINAL/2031/1"],
        3,
        1,
        "border/1",
    ]


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=6), st.data())
def test_every_link_depends_on_all_before_it(bodies: list[bytes], data: st.DataObject) -> None:
    """A changed, removed or inserted body changes the end of the chain; so does another key."""

    def end(items: list[bytes], key: bytes = KEY) -> bytes:
        link = CHAIN_START
        for item in items:
            link = chained(link, item, key)
        return link

    at = data.draw(st.integers(0, len(bodies) - 1))
    changed = [*bodies[:at], bodies[at] + b"!", *bodies[at + 1 :]]
    removed = bodies[:at] + bodies[at + 1 :]
    inserted = [*bodies[:at], b"new", *bodies[at:]]
    assert end(bodies) == end(list(bodies))
    assert len({end(bodies), end(changed), end(removed), end(inserted), end(bodies, b"o" * 32)}) == 5
