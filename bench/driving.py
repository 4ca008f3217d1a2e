"""The parent's side of client processes: start them with a plan, take what they measured, add it up."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hdrh.histogram import HdrHistogram  # type: ignore[import-untyped]

from bench.driver import HISTOGRAM_US_MAX
from bench.targets import TargetFailedError, environment

__all__ = ["Measured", "add_up", "drive"]

# What a client may take beyond its rounds for starting up and reading its messages.
_START_S_MAX = 60.0

# Shares of the plotted latency curve.
_CURVE = (0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Rounds of all client processes against one server, added up. Latencies are of messages, in milliseconds."""

    checks: int
    checks_per_s: float
    p50_ms: float
    p99_ms: float
    p999_ms: float
    max_ms: float
    errors: int
    error_kinds: Mapping[str, int]
    found: Mapping[str, int]
    missed: Mapping[str, int]
    client_cpu_us_per_check: float
    sent_late_ms_max: float
    curve: Sequence[tuple[float, float]]


def drive(plan: Mapping[str, Any], processes: int) -> list[list[dict[str, Any]]]:
    """Runs so many client processes on the plan at once; one list of rounds each.

    Raises TargetFailedError where one of them fails or does not come to an end.
    """
    text = json.dumps({**plan, "rate": plan["rate"] / processes}).encode()
    command = [sys.executable, "-m", "bench.driver"]
    pipe = subprocess.PIPE
    clients = [subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe) for _ in range(processes)]
    rounds = plan["rounds"] * len(plan["targets"])
    # A round can last as long again as it measures: the last answers of an overloaded server are waited for.
    limit = _START_S_MAX + 3 * rounds * (plan["warm_s"] + plan["seconds"])
    try:
        for client in clients:
            assert client.stdin is not None
            client.stdin.write(text)
            client.stdin.close()
            client.stdin = None
        return [_rounds(client, limit) for client in clients]
    finally:
        for client in clients:
            if client.poll() is None:
                client.kill()
                client.wait()


def _rounds(client: subprocess.Popen[bytes], limit: float) -> list[dict[str, Any]]:
    try:
        output, _ = client.communicate(timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise TargetFailedError("a client process did not come to an end") from error
    if client.returncode:
        raise TargetFailedError(f"a client process ended with {client.returncode}")
    rounds: list[dict[str, Any]] = json.loads(output)
    return rounds


def add_up(rounds: Sequence[Mapping[str, Any]], processes: int) -> Measured:
    """Adds up rounds of one server. The rate is of all processes together, which run at the same time."""
    histogram = HdrHistogram(1, HISTOGRAM_US_MAX, 3)
    kinds: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for each in rounds:
        histogram.decode_and_add(each["histogram"])
        kinds.update(each["errors"])
        kinds.update({"IN_BATCH": each["check_errors"]} if each["check_errors"] else {})
        found.update(each["found"])
        missed.update(each["missed"])
    checks = sum(each["checks"] for each in rounds)
    seconds = sum(each["elapsed_s"] for each in rounds) / processes
    cpu_s = sum(each["client_cpu_s"] for each in rounds)
    return Measured(
        checks=checks,
        checks_per_s=round(checks / seconds, 1),
        p50_ms=_ms(histogram, 0.5),
        p99_ms=_ms(histogram, 0.99),
        p999_ms=_ms(histogram, 0.999),
        max_ms=_ms(histogram, 1.0),
        errors=kinds.total(),
        error_kinds=dict(kinds),
        found=dict(found),
        missed=dict(missed),
        client_cpu_us_per_check=round(cpu_s / max(1, checks) * 1e6, 1),
        sent_late_ms_max=round(max(each["sent_late_ms_max"] for each in rounds), 3),
        curve=[(share, _ms(histogram, share)) for share in _CURVE],
    )


def _ms(histogram: HdrHistogram, share: float) -> float:
    return float(histogram.get_value_at_percentile(share * 100)) / 1000
