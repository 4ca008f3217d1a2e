"""The RPC methods where a socket would hide what is counted: reading ahead, what a bug shows. (The rest: end_to_end)"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import redirect_stderr
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import grpc
import pytest
import structlog
from screening_api.v1 import screening_pb2 as pb

from screening.clock import Clock
from screening.logs import configure_logging
from screening.micro_batch import Limits, MicroBatcher
from screening.model import Caller
from screening.pki import create_authority
from screening.screen import Check, Outcome
from screening.service import STREAM_MESSAGES_AHEAD, ScreeningService
from tests.reference.outcomes import BORDER, outcome

LIMITS = Limits(waiting_max=10_000, waiting_max_per_caller=10_000)


class AbortedError(Exception):
    """What gRPC's context raises."""


class Context:
    """The little of gRPC's context that the methods use, with a real certificate."""

    def __init__(self, pem: bytes | None) -> None:
        self._pem = pem
        self.code: grpc.StatusCode | None = None
        self.details = ""

    def auth_context(self) -> Mapping[str, Sequence[bytes]]:
        return {"x509_pem_cert": [self._pem]} if self._pem else {}

    async def abort(self, code: grpc.StatusCode, details: str, trailing_metadata: object) -> NoReturn:
        self.code, self.details = code, details
        raise AbortedError


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The certificate of the border system."""
    pki: Path = tmp_path_factory.mktemp("service") / "pki"
    create_authority(pki, callers=[BORDER.uri], now=datetime.now(UTC))
    return (pki / "callers" / "UTO-border.pem").read_bytes()


def _screen(checks: Sequence[Check]) -> list[Outcome]:
    return [outcome(item) for item in checks]


def _run(
    scenario: Callable[[ScreeningService], Any],
    screen: Callable[[Sequence[Check]], list[Outcome]] = _screen,
    identify: Callable[[str], Caller | None] = {BORDER.uri: BORDER}.get,
) -> None:
    async def main() -> None:
        batcher = MicroBatcher(screen, lambda outcomes: None, LIMITS)
        await asyncio.wait_for(scenario(ScreeningService(batcher, identify, Clock())), 10)
        await batcher.close()

    asyncio.run(main())


def _message(number: int) -> bytes:
    check = pb.CheckRequest(
        request_id=str(number),
        purpose=1,
        operator=pb.Operator(user="u"),
        subject=pb.Subject(names=[pb.Name(full="Geheimname")]),
    )
    return pb.CheckStreamRequest(checks=[check]).SerializeToString()


def test_no_more_messages_of_a_stream_are_read_than_the_contract_says(pem: bytes) -> None:
    """While 4 are unanswered no fifth is read; each answer that is taken lets one more in."""
    read = 0

    async def messages() -> AsyncIterator[bytes]:
        nonlocal read
        for number in range(20):
            read += 1
            yield _message(number)

    async def scenario(service: ScreeningService) -> None:
        answers = service.check_stream(messages(), Context(pem))  # type: ignore[arg-type]
        for taken in range(1, 21):
            await anext(answers)  # Taken, but not yet known to be written: gRPC comes back for the next one then.
            await asyncio.sleep(0.02)
            assert read == min(20, taken - 1 + STREAM_MESSAGES_AHEAD)
        with pytest.raises(StopAsyncIteration):
            await anext(answers)

    _run(scenario)


def test_a_stream_that_is_closed_takes_its_unfinished_work_along(pem: bytes) -> None:
    """Nothing of it stays behind in the event loop."""

    async def messages() -> AsyncIterator[bytes]:
        for number in range(3):
            yield _message(number)
        await asyncio.sleep(3_600)

    async def scenario(service: ScreeningService) -> None:
        before = asyncio.all_tasks()
        answers = service.check_stream(messages(), Context(pem))  # type: ignore[arg-type]
        await anext(answers)
        await answers.aclose()  # type: ignore[attr-defined]
        await asyncio.sleep(0.05)
        assert asyncio.all_tasks() <= before

    _run(scenario)


def test_a_stream_ends_when_its_caller_loses_its_registration(pem: bytes) -> None:
    """The caller is looked up for each message, not once for days."""
    registered = {BORDER.uri: BORDER}

    async def messages() -> AsyncIterator[bytes]:
        yield _message(0)
        await asyncio.sleep(0.05)
        registered.clear()
        yield _message(1)

    async def scenario(service: ScreeningService) -> None:
        context = Context(pem)
        answers = service.check_stream(messages(), context)  # type: ignore[arg-type]
        await anext(answers)
        with pytest.raises(AbortedError):
            await anext(answers)
        assert context.code is grpc.StatusCode.UNAUTHENTICATED

    _run(scenario, identify=lambda uri: registered.get(uri))


def test_without_a_certificate_nobody_is_anybody() -> None:
    """Should TLS ever let one through."""

    async def scenario(service: ScreeningService) -> None:
        for context in (Context(None), Context(b"no certificate")):
            with pytest.raises(AbortedError):
                await service.check(b"", context)  # type: ignore[arg-type]
            assert context.code is grpc.StatusCode.UNAUTHENTICATED

    _run(scenario)


def test_a_bug_is_logged_by_place_and_shown_by_number(pem: bytes) -> None:
    """INTERNAL with an id; the log has the id, the kind of the error and where, and neither has its text."""

    def broken(checks: Sequence[Check]) -> list[Outcome]:
        raise KeyError(checks[0].query.subject)

    async def scenario(service: ScreeningService) -> None:
        context = Context(pem)
        log = io.StringIO()
        data = pb.CheckStreamRequest.FromString(_message(1)).checks[0].SerializeToString()
        with redirect_stderr(log):
            configure_logging()
            with pytest.raises(AbortedError):
                await service.check(data, context)  # type: ignore[arg-type]
        assert context.code is grpc.StatusCode.INTERNAL
        assert "Geheimname" not in context.details + log.getvalue()
        fields = json.loads(log.getvalue())
        assert (fields["event"], fields["kind"]) == ("internal_error", "KeyError")
        assert any("broken" in frame for frame in fields["where"])

    try:
        _run(scenario, screen=broken)
    finally:
        structlog.reset_defaults()
