"""A small client: the three methods of the service, with TLS, deadlines and the right retries.

    tls = ClientTls.of(Path("demo-data/pki"), "spiffe://screening.example/UTO/border")
    with Client("localhost:50443", tls) as client:
        response = client.check(request)

Messages are those of the contract (`screening_api.v1.screening_pb2`). Errors are `grpc.RpcError` with rich details;
`violations` reads the fields at fault out of one. Only UNAVAILABLE is retried, by gRPC itself, with pauses.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from screening_api.v1 import screening_pb2 as pb

from screening.pki import AUTHORITY_CERTIFICATE, CALLERS_DIRECTORY, file_name_of

__all__ = ["AsyncClient", "Client", "ClientTls", "violations"]

DEADLINE_S = 5.0
"""Default deadline of one call: the time-out of clients at the counter (DOMAIN: FIND clients wait 5 s)."""

_SERVICE = "screening_api.v1.ScreeningService"
_RETRIES = {
    "methodConfig": [
        {
            "name": [{"service": _SERVICE}],
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.1s",
                "maxBackoff": "2s",
                "backoffMultiplier": 3,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ]
}
_OPTIONS: list[tuple[str, Any]] = [
    ("grpc.service_config", json.dumps(_RETRIES)),
    ("grpc.enable_retries", 1),
    ("grpc.keepalive_time_ms", 60_000),  # Notices a dead server; seldomer than the server allows.
    ("grpc.max_receive_message_length", 64 * 1024 * 1024),  # A batch of 1,000 answers full of matches.
]


@dataclass(frozen=True, slots=True)
class ClientTls:
    """Who the client is: PEM bytes of the authority, of its own certificate, and of its key."""

    authority: bytes
    certificate: bytes
    key: bytes

    @classmethod
    def of(cls, pki: Path, uri: str) -> ClientTls:
        """Reads what `screening init` made for the caller with this URI.

        Raises FileNotFoundError naming what is missing, PkiError where this is no caller's URI.
        """
        own = pki / CALLERS_DIRECTORY / file_name_of(uri)
        if not own.with_name(own.name + ".pem").exists():
            raise FileNotFoundError(f"{pki} holds no certificate for the caller {uri}")
        return cls(
            (pki / AUTHORITY_CERTIFICATE).read_bytes(),
            own.with_name(own.name + ".pem").read_bytes(),
            own.with_name(own.name + ".key").read_bytes(),
        )

    def credentials(self) -> grpc.ChannelCredentials:
        """The same as gRPC takes it."""
        return grpc.ssl_channel_credentials(self.authority, self.key, self.certificate)


class Client:
    """The blocking client. Safe to share between threads; close it, or use it in a `with` block."""

    def __init__(self, address: str, tls: ClientTls, *, deadline_s: float = DEADLINE_S) -> None:
        self._deadline_s = deadline_s
        self._channel = grpc.secure_channel(address, tls.credentials(), _OPTIONS)
        self._check, self._batch, self._stream = _methods(self._channel)

    def check(self, request: pb.CheckRequest) -> pb.CheckResponse:
        """One check. Raises grpc.RpcError."""
        response: pb.CheckResponse = self._check(request, timeout=self._deadline_s)
        return response

    def check_batch(self, requests: Iterable[pb.CheckRequest]) -> list[pb.CheckResult]:
        """Up to 1,000 checks; results in their order, each a response or an error. Raises grpc.RpcError."""
        message = pb.CheckBatchRequest(checks=requests)
        return list(self._batch(message, timeout=self._deadline_s).results)

    def check_stream(self, messages: Iterable[pb.CheckStreamRequest]) -> Iterator[pb.CheckStreamResponse]:
        """Any number of checks, many to a message, answers as they come. No deadline: a stream may last for days."""
        yield from self._stream(iter(messages))

    def close(self) -> None:
        """Closes the channel."""
        self._channel.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.close()


class AsyncClient:
    """The asyncio client: the same methods, awaited."""

    def __init__(self, address: str, tls: ClientTls, *, deadline_s: float = DEADLINE_S) -> None:
        self._deadline_s = deadline_s
        self._channel = grpc.aio.secure_channel(address, tls.credentials(), _OPTIONS)
        self._check, self._batch, self._stream = _methods(self._channel)

    async def check(self, request: pb.CheckRequest) -> pb.CheckResponse:
        """One check. Raises grpc.aio.AioRpcError."""
        response: pb.CheckResponse = await self._check(request, timeout=self._deadline_s)
        return response

    async def check_batch(self, requests: Iterable[pb.CheckRequest]) -> list[pb.CheckResult]:
        """Up to 1,000 checks; results in their order. Raises grpc.aio.AioRpcError."""
        response = await self._batch(pb.CheckBatchRequest(checks=requests), timeout=self._deadline_s)
        return list(response.results)

    async def check_stream(
        self, messages: AsyncIterable[pb.CheckStreamRequest]
    ) -> AsyncIterator[pb.CheckStreamResponse]:
        """Any number of checks, many to a message, answers as they come."""
        async for response in self._stream(messages):
            yield response

    async def close(self) -> None:
        """Closes the channel."""
        await self._channel.close(None)

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None
    ) -> None:
        await self.close()


def violations(error: grpc.RpcError) -> list[tuple[str, str]]:
    """Field and description of every field violation in an error; empty where it carries none."""
    status = rpc_status.from_call(cast(grpc.Call, error))  # What a call raises is that call.
    found: list[tuple[str, str]] = []
    for detail in status.details if status else ():
        bad = error_details_pb2.BadRequest()
        if detail.Unpack(bad):
            found += [(item.field, item.description) for item in bad.field_violations]
    return found


def _methods(channel: Any) -> tuple[Any, Any, Any]:
    """The three methods of a blocking or asyncio channel, typed by the messages they take and give."""
    return (
        channel.unary_unary(
            f"/{_SERVICE}/Check",
            request_serializer=pb.CheckRequest.SerializeToString,
            response_deserializer=pb.CheckResponse.FromString,
        ),
        channel.unary_unary(
            f"/{_SERVICE}/CheckBatch",
            request_serializer=pb.CheckBatchRequest.SerializeToString,
            response_deserializer=pb.CheckBatchResponse.FromString,
        ),
        channel.stream_stream(
            f"/{_SERVICE}/CheckStream",
            request_serializer=pb.CheckStreamRequest.SerializeToString,
            response_deserializer=pb.CheckStreamResponse.FromString,
        ),
    )
