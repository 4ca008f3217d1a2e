"""The three doors of the service as a load client uses them: raw bytes out, and back only as much parsing as is needed.

Answers are parsed where a planted traveller is in the message (to see that it was found) and on the stream (to
correlate); all others are only counted, because a client that parses everything measures itself.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Any

import grpc
import grpc.aio
from screening_api.v1 import screening_pb2

from bench.messages import Messages

__all__ = ["BatchCaller", "Caller", "StreamCaller", "UnaryCaller"]

_SERVICE = "/screening_api.v1.ScreeningService/"

# A check that takes longer is a failed one: five seconds is the service's own deadline (contract, rpc Check).
_DEADLINE_S = 5.0


class Caller:
    """What the doors share: the prepared messages, round and round, and the tally of planted travellers."""

    def __init__(self, channels: list[grpc.aio.Channel], messages: Messages) -> None:
        self._channels = channels
        self._messages = messages
        self.found: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.check_errors = 0

    def _tally(self, number: int, response: screening_pb2.CheckResponse) -> None:
        found = any(match.notice_id == self._messages.expected[number] for match in response.matches)
        (self.found if found else self.missed)[self._messages.phenomena[number]] += 1

    async def send(self, place: int) -> None:
        """Sends the message of that place in the endless row and returns when it is answered."""
        raise NotImplementedError


class UnaryCaller(Caller):
    """Check, one message a check."""

    def __init__(self, channels: list[grpc.aio.Channel], messages: Messages) -> None:
        super().__init__(channels, messages)
        self._methods: list[Any] = [channel.unary_unary(_SERVICE + "Check", None, None) for channel in channels]

    async def send(self, place: int) -> None:
        number = place % len(self._messages.bodies)
        method = self._methods[place % len(self._methods)]
        answer = await method(self._messages.bodies[number], timeout=_DEADLINE_S)
        if number in self._messages.expected:
            self._tally(number, screening_pb2.CheckResponse.FromString(answer))


class BatchCaller(Caller):
    """CheckBatch, many checks a message."""

    def __init__(self, channels: list[grpc.aio.Channel], messages: Messages) -> None:
        super().__init__(channels, messages)
        self._methods: list[Any] = [channel.unary_unary(_SERVICE + "CheckBatch", None, None) for channel in channels]

    async def send(self, place: int) -> None:
        at = place % len(self._messages.bodies)
        answer = await self._methods[place % len(self._methods)](self._messages.bodies[at], timeout=_DEADLINE_S)
        first = at * self._messages.checks_each
        for number, result in enumerate(screening_pb2.CheckBatchResponse.FromString(answer).results, first):
            self.check_errors += result.HasField("error")
            if number in self._messages.expected:
                self._tally(number, result.response)


class _Stream:
    """One bidirectional call; each message's future resolves when all its checks are answered."""

    def __init__(self, method: Any, owner: StreamCaller, checks_each: int) -> None:
        self._call = method()
        self._owner = owner
        self._checks_each = checks_each
        self._waiting: dict[int, tuple[asyncio.Future[None], list[int]]] = {}
        self._write_lock = asyncio.Lock()
        self._reader = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        try:
            async for answer in self._call:
                for result in screening_pb2.CheckStreamResponse.FromString(answer).results:
                    self._answered(result)
        except grpc.RpcError as error:
            self._fail(error)
        else:
            self._fail(ConnectionError("the stream ended"))

    def _fail(self, error: Exception) -> None:
        for future, _ in self._waiting.values():
            if not future.done():
                future.set_exception(error)
        self._waiting.clear()

    def _answered(self, result: screening_pb2.CheckResult) -> None:
        number = int(result.request_id)
        self._owner.result(number, result)
        future, left = self._waiting[number // self._checks_each]
        left[0] -= 1
        if not left[0]:
            del self._waiting[number // self._checks_each]
            if not future.done():
                future.set_result(None)

    async def send(self, at: int, body: bytes) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[at] = (future, [self._checks_each])
        async with self._write_lock:
            await self._call.write(body)
        await asyncio.wait_for(future, _DEADLINE_S)

    async def close(self) -> None:
        async with self._write_lock:
            await self._call.done_writing()


class StreamCaller(Caller):
    """CheckStream: one stream a channel, opened anew for each round of the messages, as request_ids are used once."""

    def __init__(self, channels: list[grpc.aio.Channel], messages: Messages) -> None:
        super().__init__(channels, messages)
        self._methods: list[Any] = [channel.stream_stream(_SERVICE + "CheckStream", None, None) for channel in channels]
        self._streams: dict[tuple[int, int], _Stream] = {}
        self._closing: set[Awaitable[None]] = set()

    def result(self, number: int, result: screening_pb2.CheckResult) -> None:
        """Takes one result from a stream."""
        self.check_errors += result.HasField("error")
        if number in self._messages.expected:
            self._tally(number, result.response)

    def _stream(self, channel: int, turn: int) -> _Stream:
        stream = self._streams.get((channel, turn))
        if stream is None:
            stream = self._streams[channel, turn] = _Stream(self._methods[channel], self, self._messages.checks_each)
            before = self._streams.pop((channel, turn - 1), None)
            if before is not None:
                self._closing.add(asyncio.ensure_future(before.close()))
        return stream

    async def send(self, place: int) -> None:
        turn, at = divmod(place, len(self._messages.bodies))
        await self._stream(place % len(self._methods), turn).send(at, self._messages.bodies[at])
