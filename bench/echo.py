"""A server that does nothing: the service's messages, settings and TLS, and an empty answer. The upper bound of gRPC
here.

`python -m bench.echo --address HOST:PORT --pki DIR [--stall-ms N]`; SIGTERM ends it.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import uvloop
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1._async import HealthServicer
from screening_api.v1 import screening_pb2

from screening.server import CHANNEL_OPTIONS, server_credentials

__all__ = ["main"]


def _answer(request: screening_pb2.CheckRequest) -> screening_pb2.CheckResponse:
    return screening_pb2.CheckResponse(request_id=request.request_id)


def _result(request: screening_pb2.CheckRequest) -> screening_pb2.CheckResult:
    return screening_pb2.CheckResult(request_id=request.request_id, response=_answer(request))


class _Echo:
    """The three methods of the service, each answering at once that nothing was found."""

    async def check(self, request: screening_pb2.CheckRequest, context: Any) -> screening_pb2.CheckResponse:
        return _answer(request)

    async def batch(self, request: screening_pb2.CheckBatchRequest, context: Any) -> screening_pb2.CheckBatchResponse:
        return screening_pb2.CheckBatchResponse(results=[_result(check) for check in request.checks])

    async def stream(
        self, requests: AsyncIterator[screening_pb2.CheckStreamRequest], context: Any
    ) -> AsyncIterator[screening_pb2.CheckStreamResponse]:
        async for request in requests:
            yield screening_pb2.CheckStreamResponse(results=[_result(check) for check in request.checks])


def _handlers(echo: _Echo) -> Any:
    pb = screening_pb2
    methods = {
        "Check": grpc.unary_unary_rpc_method_handler(
            echo.check, pb.CheckRequest.FromString, pb.CheckResponse.SerializeToString
        ),
        "CheckBatch": grpc.unary_unary_rpc_method_handler(
            echo.batch, pb.CheckBatchRequest.FromString, pb.CheckBatchResponse.SerializeToString
        ),
        "CheckStream": grpc.stream_stream_rpc_method_handler(
            echo.stream, pb.CheckStreamRequest.FromString, pb.CheckStreamResponse.SerializeToString
        ),
    }
    return grpc.method_handlers_generic_handler("screening_api.v1.ScreeningService", methods)


async def _stall(sleep_s: float) -> None:
    """Blocks the event loop for so long in every second: deliberately, as a garbage collection or a swap would."""
    while True:
        await asyncio.sleep(max(0.0, 1.0 - sleep_s))
        time.sleep(sleep_s)


async def _serve(address: str, pki_dir: Path, sleep_s: float) -> None:
    server = grpc.aio.server(options=CHANNEL_OPTIONS)
    server.add_generic_rpc_handlers((_handlers(_Echo()),))
    checker = HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(checker, server)
    await checker.set("", health_pb2.HealthCheckResponse.SERVING)
    server.add_secure_port(address, server_credentials(pki_dir))
    await server.start()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    stall = asyncio.ensure_future(_stall(sleep_s)) if sleep_s else None
    await stopped.wait()
    if stall is not None:
        stall.cancel()
    await server.stop(grace=1.0)


def main(arguments: list[str] | None = None) -> int:
    """Serves until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m bench.echo", description=__doc__)
    parser.add_argument("--address", required=True)
    parser.add_argument("--pki", type=Path, required=True)
    parser.add_argument("--stall-ms", type=float, default=0.0, help="block the event loop so long once a second")
    options = parser.parse_args(arguments)
    uvloop.run(_serve(options.address, options.pki, options.stall_ms / 1000))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
