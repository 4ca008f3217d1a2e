"""`screening serve`: one supervisor, one worker a processor. Workers share the port and the mapped snapshot."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import structlog

from indexes.storage import read_manifest
from indexes.warm import warm
from screening.access_register import parse_register
from screening.config import ADDRESS, ConfigError, read_config
from screening.data_directory import DataDirectory, DataDirectoryError, NodeLock
from screening.profiles import parse_profiles
from screening.server import DRAIN_SECONDS, READY, UNUSABLE
from screening.world_keeper import read_profiles

__all__ = ["serve"]

RESTART_SECONDS = 1.0  # Pause before a dead worker is replaced, so that one that cannot start does not spin.
_LOG = structlog.get_logger("screening.supervisor")


class _Supervisor:
    def __init__(self, directory: DataDirectory, address: str, workers: int, announce: Callable[[str], None]) -> None:
        self._directory = directory
        self._address = address
        self._workers = workers
        self._announce = announce
        self._stopping = asyncio.Event()
        self._ready: set[int] = set()
        self._is_unusable = False

    async def run(self) -> None:
        """Keeps the workers running until SIGTERM or SIGINT, then lets them finish what is under way."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        await asyncio.gather(*(self._keep(number) for number in range(self._workers)))
        if self._is_unusable:
            raise DataDirectoryError(f"{self._directory.root} cannot be served: the log says what is wrong with it")

    async def _keep(self, number: int) -> None:
        """One worker's place: replaced for as long as the service runs."""
        while not self._stopping.is_set():
            process = await self._start(number)
            reading = asyncio.create_task(self._read(number, process))
            stopping = asyncio.create_task(self._stopping.wait())
            ended = asyncio.create_task(process.wait())
            await asyncio.wait((stopping, ended), return_when=asyncio.FIRST_COMPLETED)
            if self._stopping.is_set():
                await self._stop(process, ended)
            else:
                _LOG.error("worker_died", worker=number, code=process.returncode)
                if process.returncode == UNUSABLE and not self._ready:
                    self._is_unusable = True  # Nobody was ever served: better to say so than to try for ever.
                    self._stopping.set()
                await asyncio.wait((stopping,), timeout=RESTART_SECONDS)
            stopping.cancel()
            reading.cancel()

    async def _start(self, number: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "screening.server",
            str(self._directory.root),
            self._address,
            str(number),
            stdin=asyncio.subprocess.PIPE,  # Its end tells the worker that the supervisor is gone.
            stdout=asyncio.subprocess.PIPE,
        )

    async def _read(self, number: int, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            if line.decode().strip() == READY and number not in self._ready:
                self._ready.add(number)
                if len(self._ready) == self._workers:
                    self._announce(self._address)

    async def _stop(self, process: asyncio.subprocess.Process, ended: asyncio.Task[int]) -> None:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        _, running = await asyncio.wait((ended,), timeout=DRAIN_SECONDS + 5)
        if running:
            process.kill()
            await ended


def serve(data: Path, address: str | None, workers: int | None, announce: Callable[[str], None]) -> None:
    """Serves a data directory until told to stop. announce: called with the address once every worker answers.

    Raises DataDirectoryError where the directory is not one, is served already or cannot be served, ConfigError for bad
    settings, RegisterError for a bad access register, SnapshotRejectedError for an unusable manifest, OSError where the
    address is taken.
    """
    directory = DataDirectory(data)
    directory.check()
    config = read_config(directory.config)
    parse_register(directory.register.read_text(encoding="utf-8"))  # Workers do it again; here it ends in one line.
    read_manifest(directory.segments)
    lock = NodeLock(directory)
    count = workers or config.workers or os.cpu_count() or 1
    try:
        with _reserved(address or config.address) as reserved:
            warm(next(iter(parse_profiles(read_profiles()).values())).weights)  # Once, so that workers do not compile.
            asyncio.run(_Supervisor(directory, reserved, count, announce).run())
    finally:
        lock.release()


class _reserved:  # noqa: N801  A context manager that reads like a function.
    """Holds the port before and between workers: a bound socket that shares it but never listens."""

    def __init__(self, address: str) -> None:
        if not re.match(ADDRESS, address):
            raise ConfigError("the address is not host:port")
        host, _, port = address.rpartition(":")
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._socket.bind((host.strip("[]"), int(port)))
        self._address = f"{host}:{self._socket.getsockname()[1]}"

    def __enter__(self) -> str:
        return self._address

    def __exit__(self, *_: object) -> None:
        self._socket.close()
