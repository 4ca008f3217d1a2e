"""The dispatcher runs benches as a user does: real processes, TLS, the JSON object on the last line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.targets import environment

ROOT = Path(__file__).parents[2]

# Few different checks, because making them takes longer than these runs.
FEW = ("--checks", "500")


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )


def result(*arguments: str) -> dict[str, Any]:
    done = bench(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_transport_alone_measures_the_echo_server_over_tls() -> None:
    """Transport alone measures the echo server over TLS and ends with its JSON object."""
    found = result("transport", "--echo-only", "--rounds", "1", "--seconds", "0.5", "--warm", "0.2", *FEW)
    assert found["bench"] == "transport"
    assert found["echo_per_s"] > 50
    assert found["echo_errors"] == 0
    assert found["echo_client_cpu_us"] > 0


@pytest.mark.parametrize("mode", ["unary", "batch", "stream"])
def test_load_goes_through_each_door(mode: str) -> None:
    """Load goes through each of the three doors, every message answered in full."""
    found = result("load", "--echo", "--mode", mode, "--seconds", "0.5", "--warm", "0.2", "--checks-each", "10", *FEW)
    assert found["errors"] == 0
    assert found["checks"] > 50
    assert 0 < found["p50_ms"] <= found["p99_ms"] <= found["p999_ms"]
    assert found["server_rss_mb"] > 10


def test_an_unknown_name_lists_the_benches() -> None:
    """An unknown name lists the benches and ends with 2; no name lists them and ends with 0."""
    done = bench("no-such-bench")
    assert done.returncode == 2
    assert "transport" in done.stderr
    assert bench().returncode == 0
