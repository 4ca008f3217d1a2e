"""The client process: reads prepared messages, drives one or more servers in turn, prints what it measured as JSON.

`python -m bench.driver` reads a plan (JSON) from standard input; `bench.load` and `bench.transport` write it.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import grpc.aio
import uvloop
from hdrh.histogram import HdrHistogram  # type: ignore[import-untyped]

from bench.callers import BatchCaller, Caller, StreamCaller, UnaryCaller
from bench.certificates import client_credentials
from bench.messages import Messages, read_messages
from bench.open_loop import Driven, closed_loop, open_loop

__all__ = ["HISTOGRAM_US_MAX", "main"]

_CALLERS: dict[str, type[Caller]] = {"unary": UnaryCaller, "batch": BatchCaller, "stream": StreamCaller}

# Histogram of latencies: 1 microsecond to a minute, three significant digits (HDR histogram).
HISTOGRAM_US_MAX = 60_000_000
_HISTOGRAM_DIGITS = 3

# A message of 1,000 answers can be a few megabytes; the client takes what the server sends.
_MESSAGE_BYTES_MAX = 64 << 20


def _channels(target: Mapping[str, str], count: int) -> list[grpc.aio.Channel]:
    """So many connections of their own: channels to one address would share one without the local pool."""
    options = [("grpc.use_local_subchannel_pool", 1), ("grpc.max_receive_message_length", _MESSAGE_BYTES_MAX)]
    credentials = client_credentials(Path(target["pki"]), target["caller"])
    return [grpc.aio.secure_channel(target["address"], credentials, options=options) for _ in range(count)]


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _histogram(driven: Driven) -> str:
    histogram = HdrHistogram(1, HISTOGRAM_US_MAX, _HISTOGRAM_DIGITS)
    for latency in driven.latencies:
        histogram.record_value(min(HISTOGRAM_US_MAX, max(1, round(latency * 1e6))))
    encoded: bytes = histogram.encode()
    return encoded.decode("ascii")


async def _run(send: Any, plan: Mapping[str, Any], seconds: float) -> Driven:
    if plan["rate"]:
        return await open_loop(send, plan["rate"], seconds)
    return await closed_loop(send, plan["concurrency"], seconds)


async def _round(target: Mapping[str, str], plan: Mapping[str, Any], messages: Messages) -> dict[str, Any]:
    """Warms up, then measures one server once."""
    kind = _CALLERS[plan["mode"]]
    channels = _channels(target, plan["connections"])
    await _run(kind(channels, messages).send, plan, plan["warm_s"])
    caller = kind(channels, messages)
    cpu_s = _cpu_s()
    driven = await _run(caller.send, plan, plan["seconds"])
    cpu_s = _cpu_s() - cpu_s
    for channel in channels:
        await channel.close(None)
    return {
        "target": target["name"],
        "checks": len(driven.latencies) * messages.checks_each,
        "elapsed_s": driven.elapsed_s,
        "client_cpu_s": cpu_s,
        "errors": driven.errors,
        "check_errors": caller.check_errors,
        "sent_late_ms_max": driven.sent_late_s_max * 1000,
        "found": dict(caller.found),
        "missed": dict(caller.missed),
        "histogram": _histogram(driven),
    }


async def _drive(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    messages = read_messages(Path(plan["messages"]))
    return [await _round(target, plan, messages) for _ in range(plan["rounds"]) for target in plan["targets"]]


def main() -> int:
    """Carries out the plan on standard input."""
    print(json.dumps(uvloop.run(_drive(json.load(sys.stdin)))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
