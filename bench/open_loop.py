"""Two ways of asking: as fast as answers come (closed loop), or at fixed moments whether they come or not (open loop).

A closed loop finds capacity and hides waiting: a stalled server is simply asked less. In the open loop every request
has an intended moment, and its latency counts from that moment even when it could only be sent later, so that the time
others spent waiting is measured too ("coordinated omission", G. Tene, "How NOT to measure latency").
"""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

__all__ = ["Driven", "Send", "closed_loop", "open_loop"]

# Sends one message of a sequence, by its place in it, and returns when it is answered in full. Raises on failure.
Send = Callable[[int], Awaitable[None]]

# Requests in flight at most in an open loop. Beyond it the next waits (and its wait counts): a server that has stopped
# must not take the client's memory with it.
_IN_FLIGHT_MAX = 20_000

# Sleeping shorter than this is not worth a trip through the event loop's timers: what is due by then is sent at once.
_GRANULE_S = 0.000_5


@dataclass(slots=True)
class Driven:
    """What a run measured: one latency a message in seconds, failures by name, and the time it took."""

    latencies: array[float] = field(default_factory=lambda: array("d"))
    errors: dict[str, int] = field(default_factory=dict)
    elapsed_s: float = 0.0
    sent_late_s_max: float = 0.0

    def failed(self, error: Exception) -> None:
        """Counts a failure under its status code or type; never its text, which could name a person."""
        code = error.code() if hasattr(error, "code") else None
        name = getattr(code, "name", type(error).__name__)
        self.errors[name] = self.errors.get(name, 0) + 1


async def _timed(send: Send, place: int, since: float, driven: Driven) -> None:
    try:
        await send(place)
    except Exception as error:
        driven.failed(error)
    else:
        driven.latencies.append(time.perf_counter() - since)


async def closed_loop(send: Send, concurrency: int, seconds: float) -> Driven:
    """Keeps so many messages in flight for so long."""
    driven = Driven()
    start = time.perf_counter()
    places = iter(range(1 << 62))

    async def worker() -> None:
        while (now := time.perf_counter()) - start < seconds:
            await _timed(send, next(places), now, driven)

    await asyncio.gather(*(worker() for _ in range(concurrency)))
    driven.elapsed_s = time.perf_counter() - start
    return driven


async def open_loop(send: Send, rate: float, seconds: float) -> Driven:
    """Sends `rate` messages a second, evenly spaced, for so long; then waits for the last answer."""
    driven = Driven()
    tasks: set[asyncio.Task[None]] = set()
    start = time.perf_counter()
    for place in range(int(rate * seconds)):
        intended = start + place / rate
        wait = intended - time.perf_counter()
        if wait > _GRANULE_S:
            await asyncio.sleep(wait)
        elif place % 16 == 0:
            # Behind schedule: answers must still be read between sends.
            await asyncio.sleep(0)
        while len(tasks) >= _IN_FLIGHT_MAX:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        driven.sent_late_s_max = max(driven.sent_late_s_max, time.perf_counter() - intended)
        task = asyncio.ensure_future(_timed(send, place, intended, driven))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    if tasks:
        await asyncio.wait(tasks)
    driven.elapsed_s = time.perf_counter() - start
    return driven
