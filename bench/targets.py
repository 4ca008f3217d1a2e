"""Servers under test as processes: started, waited for until healthy, weighed, stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from bench.certificates import client_credentials, first_caller
from screening.pki import create_authority

__all__ = [
    "Target",
    "TargetFailedError",
    "environment",
    "make_pki",
    "resident_mb",
    "running_echo",
    "running_server",
    "screening_command",
]

# A first start may compile kernels and build segments; a later one takes a second.
_START_S_MAX = 300.0
_STOP_S_MAX = 20.0
_POLL_S = 0.1

# Who asks in runs against a server that has no data directory: invented, like everything here.
_BENCH_CALLER = "spiffe://bench.example/UTO/border"

_ROOT = Path(__file__).parent.parent


class TargetFailedError(RuntimeError):
    """A server or a command of the service did not do its work; the message says which and how it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A server that answers: where, with which certificates, and the process at the root of its tree (0: not ours)."""

    name: str
    address: str
    pki_dir: Path
    caller: str
    pid: int = 0

    def plan(self) -> dict[str, str]:
        """What a client process needs to know of it."""
        return {"name": self.name, "address": self.address, "pki": str(self.pki_dir), "caller": self.caller}


def make_pki(directory: Path) -> Path:
    """A certificate authority for servers without a data directory; returns its directory."""
    pki_dir = directory / "pki"
    create_authority(pki_dir, callers=[_BENCH_CALLER], now=datetime.now(UTC))
    return pki_dir


def _free_port() -> int:
    """A port nobody listens on now. Another process may take it before we do: then the start fails and says so."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment() -> dict[str, str]:
    """Ours, with the checkout first on the import path: the code beside this file is what is measured."""
    paths = [str(_ROOT), str(_ROOT / "proto"), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def screening_command(*arguments: str) -> None:
    """Runs `screening ARGUMENTS` to its end. Raises TargetFailedError with what it last said where it fails."""
    command = [sys.executable, "-m", "screening", *arguments]
    done = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace")[-2000:]
        raise TargetFailedError(f"screening {arguments[0]} ended with {done.returncode}: {said}")


def _healthy(target: Target) -> bool:
    credentials = client_credentials(target.pki_dir, target.caller)
    with grpc.secure_channel(target.address, credentials) as channel:
        try:
            answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=2.0)
        except grpc.RpcError:
            return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def _wait(target: Target, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S_MAX
    while not _healthy(target):
        if process.poll() is not None:
            raise TargetFailedError(f"{target.name} ended with {process.returncode} before it answered")
        if time.monotonic() > deadline:
            raise TargetFailedError(f"{target.name} does not report SERVING after {_START_S_MAX:.0f} s")
        time.sleep(_POLL_S)


@contextmanager
def _running(name: str, command: Sequence[str], address: str, pki_dir: Path) -> Iterator[Target]:
    process = subprocess.Popen([sys.executable, "-m", *command], env=environment(), stdout=subprocess.DEVNULL)
    target = Target(name=name, address=address, pki_dir=pki_dir, caller=first_caller(pki_dir), pid=process.pid)
    try:
        _wait(target, process)
        yield target
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_S_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def running_echo(pki_dir: Path, *, stall_ms: float = 0.0) -> Iterator[Target]:
    """The echo server for the time of the block."""
    address = f"127.0.0.1:{_free_port()}"
    command = ["bench.echo", "--address", address, "--pki", str(pki_dir), "--stall-ms", str(stall_ms)]
    with _running("echo", command, address, pki_dir) as target:
        yield target


@contextmanager
def running_server(data_dir: Path, *, workers: int) -> Iterator[Target]:
    """The service on a data directory for the time of the block."""
    address = f"127.0.0.1:{_free_port()}"
    command = ["screening", "serve", "--data", str(data_dir), "--address", address, "--workers", str(workers)]
    with _running("check", command, address, data_dir / "pki") as target:
        yield target


def _tree(pid: int) -> list[int]:
    """A process and all its descendants, as /proc lists them; those that end meanwhile are left out."""
    found, at = [pid], 0
    while at < len(found):
        for path in Path(f"/proc/{found[at]}/task").glob("*/children"):
            found += [int(child) for child in path.read_text("ascii").split()]
        at += 1
    return found


def resident_mb(pid: int) -> dict[str, float]:
    """Megabytes of a process tree: `rss` counts shared pages once per process, `pss` once in all (proc(5))."""
    total = {"rss": 0, "pss": 0}
    for member in _tree(pid):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue
        for line in lines:
            key = line.split(":")[0].lower()
            if key in total:
                total[key] += int(line.split()[1])
    return {key: round(kilobytes / 1024, 1) for key, kilobytes in total.items()}
