"""The open loop measures what a stalled server makes others wait; the closed loop would hide it."""

from __future__ import annotations

import asyncio
import time

import grpc
import pytest

from bench.open_loop import Driven, closed_loop, open_loop

STALL_S = 0.3


def stalling_send(after: int) -> object:
    """A server in the same loop that answers at once, but blocks everything once, at one of its calls."""

    async def send(place: int) -> None:
        if place == after:
            time.sleep(STALL_S)
        await asyncio.sleep(0)

    return send


def late_share(driven: Driven) -> float:
    return sum(latency > STALL_S / 4 for latency in driven.latencies) / len(driven.latencies)


def test_waiting_counts_from_the_intended_moment() -> None:
    """All requests that were due while the server stalled are late, not only the one that it stalled on."""
    driven = asyncio.run(open_loop(stalling_send(after=100), rate=400, seconds=1.0))  # type: ignore[arg-type]
    assert len(driven.latencies) == 400
    assert late_share(driven) > 0.15
    assert driven.sent_late_s_max > STALL_S / 2


def test_the_closed_loop_keeps_so_many_in_flight() -> None:
    """The closed loop keeps exactly so many messages in flight."""
    flying = most = 0

    async def send(place: int) -> None:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0.001)
        flying -= 1

    driven = asyncio.run(closed_loop(send, concurrency=7, seconds=0.1))
    assert most == 7
    assert len(driven.latencies) > 7


def test_the_open_loop_sends_at_the_rate_asked_for() -> None:
    """The open loop sends at the rate asked for even when every answer takes longer than the time between two."""

    async def send(place: int) -> None:
        await asyncio.sleep(0.2)

    driven = asyncio.run(open_loop(send, rate=100, seconds=0.5))
    assert len(driven.latencies) == 50
    assert driven.elapsed_s < 1.5


@pytest.mark.parametrize("error", [RuntimeError("text that must not be kept"), grpc.RpcError()])
def test_failures_are_counted_by_kind_and_are_no_latencies(error: Exception) -> None:
    """Failures are counted by kind, without their text, and are no latencies."""

    async def send(place: int) -> None:
        raise error

    driven = asyncio.run(open_loop(send, rate=1000, seconds=0.01))
    assert driven.errors == {type(error).__name__: 10}
    assert len(driven.latencies) == 0
