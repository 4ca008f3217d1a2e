"""One worker by itself: what it needs to start, and when it stops. (What it serves: end_to_end.)"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from screening.server import READY, UNUSABLE
from tests.end_to_end.node import CHECKOUT, PATIENCE_S


def _worker(data: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "screening.server", str(data), "localhost:0", "0"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=CHECKOUT, text=True)


@pytest.mark.parametrize("how", ["SIGTERM", "end of standard input"])
def test_a_worker_says_when_it_is_ready_and_stops_by_signal_or_with_its_supervisor(own_data: Path, how: str) -> None:
    """Either way it drains and exits with 0; Ctrl-C, which a terminal sends to all, is the supervisor's to handle."""
    worker = _worker(own_data)
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == READY
    worker.send_signal(signal.SIGINT)
    if how == "SIGTERM":
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_S) == 0
    worker.communicate(timeout=PATIENCE_S)  # Closes standard input.
    assert worker.returncode == 0


def test_a_worker_that_finds_nothing_good_says_what_and_ends_with_its_own_code(own_data: Path) -> None:
    """One line of log, no traceback: the supervisor reads the code, the operator the line."""
    (own_data / "access.toml").write_text("version = 0", encoding="utf-8")
    _, log = _worker(own_data).communicate(timeout=PATIENCE_S)
    (line,) = log.splitlines()
    assert json.loads(line)["event"] == "cannot_start"
    worker = _worker(own_data)
    worker.communicate(timeout=PATIENCE_S)
    assert worker.returncode == UNUSABLE
