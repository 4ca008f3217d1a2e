"""The RPC methods: thin. They identify the caller, parse, submit to the micro-batcher, and put errors on the wire.

Only this module catches everything: what is not ours to expect is logged under a correlation id, and nothing of it
leaves the process.
"""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, NoReturn, TypeVar

import grpc
import structlog
from google.rpc import status_pb2
from grpc_status import rpc_status
from screening_api.v1 import screening_pb2 as pb

from screening.check_id import RANDOM_BYTES, check_id
from screening.clock import Clock
from screening.errors import FieldViolation, InvalidQueryError, ScreeningError, UnauthenticatedError
from screening.micro_batch import MicroBatcher
from screening.model import Answer, Caller
from screening.pki import uri_from_pem
from screening.screen import Check, Outcome
from screening.status import grpc_code, internal_status, status_of
from screening.wire import (
    batch_response,
    check_result,
    parse_batch,
    parse_check,
    parse_stream_message,
    query_of,
    response_bytes,
    stream_response,
)

__all__ = ["SERVICE_NAME", "ScreeningService"]

SERVICE_NAME = "screening_api.v1.ScreeningService"
STREAM_MESSAGES_AHEAD = 4  # Messages of one stream that may be unanswered; the contract says this number.
_CERTIFICATES_REMEMBERED = 4_096  # Certificates parsed once each; more than the callers of any one node.
_LOG = structlog.get_logger("screening.service")

Context = grpc.aio.ServicerContext[Any, Any]
Identify = Callable[[str], Caller | None]
_ResultT = TypeVar("_ResultT")


class ScreeningService:
    """Check, CheckBatch and CheckStream: three doors to the same flow."""

    def __init__(self, batcher: MicroBatcher, identify: Identify, clock: Clock) -> None:
        self._batcher = batcher
        self._identify = identify
        self._clock = clock
        self._uris: dict[bytes, str | None] = {}

    def handler(self) -> grpc.GenericRpcHandler[Any, Any]:
        """The methods as gRPC takes them: bytes in and out, so that malformed ones are ours to answer."""
        methods = {
            "Check": grpc.unary_unary_rpc_method_handler(self.check),
            "CheckBatch": grpc.unary_unary_rpc_method_handler(self.check_batch),
            "CheckStream": grpc.stream_stream_rpc_method_handler(self.check_stream),
        }
        return grpc.method_handlers_generic_handler(SERVICE_NAME, methods)

    async def check(self, data: bytes, context: Context) -> bytes:
        """One check."""
        return await self._guarded(context, self._check(data, context))

    async def check_batch(self, data: bytes, context: Context) -> bytes:
        """Up to a thousand checks; a bad one fails alone."""
        return await self._guarded(context, self._check_batch(data, context))

    async def check_stream(self, messages: AsyncIterator[bytes], context: Context) -> AsyncIterator[bytes]:
        """Any number of checks; answers in the order of the messages, while STREAM_MESSAGES_AHEAD are worked on."""
        answers: asyncio.Queue[asyncio.Task[bytes] | None] = asyncio.Queue()
        ahead = asyncio.Semaphore(STREAM_MESSAGES_AHEAD)
        reader = asyncio.get_running_loop().create_task(self._read_stream(messages, context, answers, ahead))
        try:
            while (answer := await answers.get()) is not None:
                yield await self._guarded(context, answer)
                ahead.release()  # Only here the answer is written: a client that does not read is not read from.
            await self._guarded(context, reader)
        finally:
            reader.cancel()
            while not answers.empty():  # The client hung up, or one of its messages failed: the rest is not waited for.
                if (left := answers.get_nowait()) is not None:
                    left.cancel()

    async def _check(self, data: bytes, context: Context) -> bytes:
        caller = self._caller(context)
        message = parse_check(data)
        check = self._new_check(caller, message)
        (outcome,) = await self._batcher.submit([check])
        if isinstance(outcome, ScreeningError):
            raise outcome
        return response_bytes(outcome[0])

    async def _check_batch(self, data: bytes, context: Context) -> bytes:
        caller = self._caller(context)
        return batch_response(await self._results(caller, parse_batch(data)))

    async def _read_stream(
        self,
        messages: AsyncIterator[bytes],
        context: Context,
        answers: asyncio.Queue[asyncio.Task[bytes] | None],
        ahead: asyncio.Semaphore,
    ) -> None:
        """Starts the work of each message, and reads none while enough are unanswered: that is the back-pressure."""
        try:
            self._caller(context)  # A stranger is refused at once, not at its first message.
            await ahead.acquire()
            async for data in messages:
                caller = self._caller(context)  # Again for each message: a stream may outlive its caller's rights.
                answers.put_nowait(asyncio.get_running_loop().create_task(self._stream_answer(caller, data)))
                await ahead.acquire()
        finally:
            answers.put_nowait(None)

    async def _stream_answer(self, caller: Caller, data: bytes) -> bytes:
        """Whatever is wrong with single checks, or for a moment with the service, ends no stream."""
        messages = parse_stream_message(data)
        try:
            results = await self._results(caller, messages, _identified(messages))
        except ScreeningError as error:
            results = [check_result(message.request_id, status_of(error)) for message in messages]
        return stream_response(results)

    async def _results(
        self, caller: Caller, messages: Sequence[pb.CheckRequest], refused: dict[int, ScreeningError] | None = None
    ) -> list[pb.CheckResult]:
        """One result for each message, in order; those that cannot be parsed are answered with their own status.

        refused: what is wrong with some messages already, by their index.
        """
        errors = refused or {}
        checks: list[Check] = []
        for index, message in enumerate(messages):
            if index not in errors:
                try:
                    checks.append(self._new_check(caller, message))
                except ScreeningError as error:
                    errors[index] = error
        outcomes = iter(await self._batcher.submit(checks) if checks else ())
        return [
            check_result(message.request_id, _wire_outcome(errors[i] if i in errors else next(outcomes)))
            for i, message in enumerate(messages)
        ]

    def _new_check(self, caller: Caller, message: pb.CheckRequest) -> Check:
        query = query_of(message, today=self._clock.day())
        return Check(check_id(self._clock.time_ms(), os.urandom(RANDOM_BYTES)), caller, query)

    def _caller(self, context: Context) -> Caller:
        """Who is calling, by the client certificate that TLS has verified. Before anything of the request is read."""
        pem = next(iter(context.auth_context().get("x509_pem_cert", ())), None)
        if pem is None:
            raise UnauthenticatedError
        if pem not in self._uris:
            if len(self._uris) >= _CERTIFICATES_REMEMBERED:
                self._uris.clear()
            self._uris[pem] = uri_from_pem(pem)
        uri = self._uris[pem]
        caller = self._identify(uri) if uri else None
        if caller is None:
            raise UnauthenticatedError
        return caller

    async def _guarded(self, context: Context, work: Awaitable[_ResultT]) -> _ResultT:
        try:
            return await work
        except ScreeningError as error:
            await _abort(context, status_of(error))
        except asyncio.CancelledError:
            raise
        except Exception as error:  # The last line before the wire: the place to catch everything.
            correlation_id = secrets.token_hex(8)
            _LOG.error("internal_error", correlation_id=correlation_id, kind=type(error).__name__, where=_where(error))
            await _abort(context, internal_status(correlation_id))


def _identified(messages: Sequence[pb.CheckRequest]) -> dict[int, ScreeningError]:
    """The messages of a stream that cannot be told apart by request_id, by their index; the first of two may stay."""
    seen: set[str] = set()
    refused: dict[int, ScreeningError] = {}
    for index, message in enumerate(messages):
        if not message.request_id or message.request_id in seen:
            description = "is required, and unique among the checks of a stream message"
            refused[index] = InvalidQueryError((FieldViolation("request_id", description),))
        seen.add(message.request_id)
    return refused


def _wire_outcome(outcome: Outcome) -> Answer | status_pb2.Status:
    return status_of(outcome) if isinstance(outcome, ScreeningError) else outcome[0]


async def _abort(context: Context, status: status_pb2.Status) -> NoReturn:
    await context.abort(
        grpc_code(status), status.message, trailing_metadata=rpc_status.to_status(status).trailing_metadata
    )
    raise AssertionError("abort always raises")


def _where(error: BaseException) -> list[str]:
    """File, line and function of each frame: a traceback without values, which may hold a person's data."""
    frames, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{os.path.basename(code.co_filename)}:{trace.tb_lineno} {code.co_name}")  # noqa: PTH119
        trace = trace.tb_next
    return frames
