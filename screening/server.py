"""One worker: sockets, threads, signals, health, reflection, and the swap to a newer world."""

from __future__ import annotations

import asyncio
import gc
import signal
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import structlog
import uvloop
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from indexes.storage import SnapshotRejectedError
from screening.access_register import RegisterError
from screening.audit_log import AuditLog, AuditLogMovedError
from screening.clock import Clock
from screening.config import Config, ConfigError, read_config
from screening.data_directory import DataDirectory
from screening.errors import NotReadyError
from screening.logs import configure_logging
from screening.micro_batch import Limits, MicroBatcher
from screening.pki import AUTHORITY_CERTIFICATE, SERVER_CERTIFICATE, SERVER_KEY
from screening.screen import Check, Outcome
from screening.service import SERVICE_NAME, ScreeningService
from screening.world_keeper import REFRESH_SECONDS, WorldKeeper

__all__ = ["CHANNEL_OPTIONS", "READY", "UNUSABLE", "WorkerArguments", "main", "server_credentials"]

MAX_MESSAGE_BYTES = 4 * 1024 * 1024  # A batch of 1,000 full checks is about 1 MB; a larger message is a mistake.
DRAIN_SECONDS = 10  # What is under way when a worker is told to stop; a check takes milliseconds.
READY = "ready"  # The line that tells the supervisor that this worker answers.
UNUSABLE = 78  # Exit code of a worker that finds nothing good to start from (EX_CONFIG of sysexits.h).

CHANNEL_OPTIONS: Sequence[tuple[str, int]] = (
    ("grpc.so_reuseport", 1),  # Workers share the port; the kernel spreads connections over them.
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_concurrent_streams", 1_000),  # Calls under way in one connection.
    ("grpc.max_metadata_size", 8 * 1024),
    ("grpc.http2.min_ping_interval_without_data_ms", 30_000),  # A client's keep-alive; more often is abuse.
)
_LOG = structlog.get_logger("screening.server")


@dataclass(frozen=True, slots=True)
class WorkerArguments:
    """What the supervisor tells a worker: data directory, address to listen on, and its number from 0."""

    data: Path
    address: str
    number: int


def server_credentials(pki: Path) -> grpc.ServerCredentials:
    """TLS with the node's certificate; a client must show a certificate of the node's authority."""
    chain = ((pki / SERVER_KEY).read_bytes(), (pki / SERVER_CERTIFICATE).read_bytes())
    authority = (pki / AUTHORITY_CERTIFICATE).read_bytes()
    return grpc.ssl_server_credentials([chain], root_certificates=authority, require_client_auth=True)


class _Worker:
    def __init__(self, arguments: WorkerArguments, config: Config) -> None:
        directory = DataDirectory(arguments.data)
        self._arguments = arguments
        self._directory = directory
        self._config = config
        self._clock = Clock()
        self._keeper = WorldKeeper(directory, self._clock)
        self._audit = AuditLog(directory.audit / f"worker-{arguments.number}.sqlite", directory.read_secret())
        self._health: Any = health.aio.HealthServicer()  # type: ignore[attr-defined]  # The stubs lack it.
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Serves until told to stop, then answers what is under way."""
        limits = Limits(
            waiting_max=self._config.waiting_max, waiting_max_per_caller=self._config.waiting_max_per_caller
        )
        batcher = MicroBatcher(self._screen, self._commit, limits)
        service = ScreeningService(batcher, self._keeper.identify, self._clock)
        server = grpc.aio.server(options=CHANNEL_OPTIONS)
        server.add_generic_rpc_handlers((service.handler(),))
        health_pb2_grpc.add_HealthServicer_to_server(self._health, server)
        names = (SERVICE_NAME, health.SERVICE_NAME, reflection.SERVICE_NAME)
        reflection.enable_server_reflection(names, server)
        server.add_secure_port(self._arguments.address, server_credentials(self._directory.pki))
        self._watch_signals()
        await server.start()
        await self._set_health(health_pb2.HealthCheckResponse.SERVING)
        gc.collect()
        gc.freeze()  # What is loaded stays for good: the collector need not walk it again and again.
        print(READY, flush=True)
        refreshing = asyncio.get_running_loop().create_task(self._refresh())
        await self._stopping.wait()
        refreshing.cancel()
        await self._set_health(health_pb2.HealthCheckResponse.NOT_SERVING)
        await server.stop(DRAIN_SECONDS)
        await batcher.close()
        self._audit.close()

    def _screen(self, checks: Sequence[Check]) -> list[Outcome]:
        return self._keeper.screener.screen(checks)

    def _commit(self, outcomes: Sequence[Outcome]) -> None:
        records = [outcome[1] for outcome in outcomes if isinstance(outcome, tuple)]
        if not records:
            return
        try:
            self._audit.append(records, self._clock.time_ms())
        except (sqlite3.Error, AuditLogMovedError) as error:
            _LOG.error("audit_unavailable", kind=type(error).__name__)
            raise NotReadyError("AUDIT_UNAVAILABLE", "The service cannot record checks; try again shortly.") from None

    async def _refresh(self) -> None:
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            try:
                await asyncio.to_thread(self._keeper.refresh)
            except Exception as error:
                _LOG.error("refresh_failed", kind=type(error).__name__)

    async def _set_health(self, status: int) -> None:
        for name in ("", SERVICE_NAME):
            await self._health.set(name, status)

    def _watch_signals(self) -> None:
        """SIGTERM drains. So does the end of the supervisor, which holds the other end of standard input."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._stopping.set)
        loop.add_signal_handler(signal.SIGINT, lambda: None)  # The terminal sends it to all; the supervisor decides.
        loop.add_reader(sys.stdin.fileno(), self._orphaned)

    def _orphaned(self) -> None:
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())  # The end of a pipe stays readable for ever.
        self._stopping.set()


async def _serve(arguments: WorkerArguments) -> int:
    try:
        worker = _Worker(arguments, read_config(DataDirectory(arguments.data).config))
    except (SnapshotRejectedError, RegisterError, ConfigError, OSError, sqlite3.Error) as error:
        _LOG.error("cannot_start", worker=arguments.number, problem=str(error))
        return UNUSABLE
    await worker.run()
    return 0


def main() -> None:
    """`python -m screening.server DATA ADDRESS NUMBER`: started by the supervisor."""
    configure_logging()
    data, address, number = sys.argv[1:]
    sys.exit(uvloop.run(_serve(WorkerArguments(Path(data), address, int(number)))))


if __name__ == "__main__":
    main()
