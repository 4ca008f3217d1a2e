"""Client processes against a real server: a stall of the server is seen, a missed traveller is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.driving import add_up, drive
from bench.messages import read_messages, write_messages
from bench.population import Population
from bench.targets import Target, make_pki, resident_mb, running_echo

STALL_MS = 250.0


def plan(target: Target, messages: Path, rate: float) -> dict[str, Any]:
    return {
        "targets": [target.plan()],
        "mode": "unary",
        "messages": str(messages),
        "rounds": 1,
        "warm_s": 0.2,
        "seconds": 3.0,
        "rate": rate,
        "concurrency": 1,
        "connections": 1,
    }


def test_a_stalled_server_is_measured_in_the_open_loop_and_hidden_in_the_closed_one(tmp_path: Path) -> None:
    """A server that stalls a quarter of every second makes a tenth or more of the open loop's checks late by 50 ms;
    a closed loop of one call at a time sees hardly any, which is why it is not used for latency."""
    messages = tmp_path / "messages"
    people = Population(1).travellers(500, listed=500, planted_share=0.1)
    write_messages(people, messages, checks_each=1, enclosed=False)
    with running_echo(make_pki(tmp_path), stall_ms=STALL_MS) as target:
        opened = add_up(drive(plan(target, messages, 100.0), 1)[0], 1)
        closed = add_up(drive(plan(target, messages, 0.0), 1)[0], 1)
        assert resident_mb(target.pid)["pss"] > 5
    assert opened.errors == closed.errors == 0
    assert dict(opened.curve)[0.9] > 50
    assert dict(closed.curve)[0.9] < 50
    assert opened.max_ms > STALL_MS * 0.7
    # The echo server finds nobody: every planted traveller must come back as missed.
    assert not opened.found
    assert sum(opened.missed.values()) > 10


def test_messages_read_back_are_the_messages_written(tmp_path: Path) -> None:
    """Messages read back are those written; a last, incomplete one is left out, and what must be found is kept."""
    path = tmp_path / "messages"
    people = list(Population(1).travellers(25, listed=200, planted_share=0.2))
    write_messages(people, path, checks_each=10, enclosed=True)
    messages = read_messages(path)
    assert len(messages.bodies) == 2
    assert messages.checks_each == 10
    assert sorted(messages.expected.values()) == sorted(p.expected_notice_id for p in people if p.expected_notice_id)
