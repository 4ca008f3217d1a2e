"""Unary, batch and stream calls are three doors to the same flow, through real TLS and real worker processes."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Iterator

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from grpc_status import rpc_status
from screening_api.v1 import screening_pb2 as pb

from screening.client import AsyncClient, violations
from screening.service import SERVICE_NAME, STREAM_MESSAGES_AHEAD
from tests.end_to_end.node import ASYLUM, Node, check_of, raw

MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
CHECKS = [
    check_of("Erika Musterman Beispiel", request_id="misspelt"),
    check_of("Beispiel Mustermann, Erika", request_id="swapped"),
    check_of("Vymyshlenskiy Personazh", request_id="latin for cyrillic"),
    check_of("\u202bفلان بن فلان الخيالي\u202c\u200f", request_id="with direction marks"),
    check_of(document="X01234567:UTO", request_id="lost passport"),
    check_of(mrz=[MRZ], request_id="machine-readable zone"),
    check_of("Otto Fiktiv Nachtschatten", request_id="hidden from the caller"),
    check_of("Nobody Everheardof", request_id="nobody"),
    check_of("Erika Mustermann", request_id="no purpose", purpose=0),
]
FOUND = {"misspelt": ["2031/101"], "swapped": ["2031/101"], "latin for cyrillic": ["2031/105"]} | {
    "with direction marks": ["QDi.901"],
    "lost passport": ["LOST-1"],
    "machine-readable zone": ["2031/107"],
    "hidden from the caller": [],
    "nobody": [],
}


def _comparable(result: pb.CheckResult) -> bytes:
    """A result without the id and the clock, which differ from answer to answer."""
    result.response.ClearField("check_id") if result.HasField("response") else None
    for item in result.response.coverage if result.HasField("response") else ():
        item.ClearField("as_of")
    return result.SerializeToString(deterministic=True)


def _unary(node: Node) -> list[pb.CheckResult]:
    results = []
    with node.client() as client:
        for check in CHECKS:
            try:
                results.append(pb.CheckResult(request_id=check.request_id, response=client.check(check)))
            except grpc.RpcError as error:
                status = rpc_status.from_call(error)
                results.append(pb.CheckResult(request_id=check.request_id, error=status))
    return results


def test_unary_batch_and_stream_give_the_same_answers(node: Node) -> None:
    """The same checks get the same bytes through each door, errors included; ids and the clock aside."""
    unary = _unary(node)
    found = {r.request_id: [m.notice_id for m in r.response.matches] for r in unary if r.HasField("response")}
    assert found == FOUND
    with node.client() as client:
        batch = client.check_batch(CHECKS)
        (streamed,) = client.check_stream([pb.CheckStreamRequest(checks=CHECKS)])
    expected = [_comparable(result) for result in unary]
    assert [_comparable(result) for result in batch] == expected
    by_id = {result.request_id: result for result in streamed.results}
    assert [_comparable(by_id[check.request_id]) for check in CHECKS] == expected


async def _through_asyncio(node: Node) -> tuple[int, int, list[int]]:
    async def messages() -> AsyncIterator[pb.CheckStreamRequest]:
        for check in CHECKS:
            yield pb.CheckStreamRequest(checks=[check])

    async with AsyncClient(node.address, node.tls(), deadline_s=20.0) as client:
        single = await client.check(CHECKS[0])
        batch = await client.check_batch(CHECKS)
        return len(single.matches), len(batch), [len(m.results) async for m in client.check_stream(messages())]


def test_the_asyncio_client_has_the_same_methods(node: Node) -> None:
    """check, check_batch and check_stream, awaited."""
    assert asyncio.run(_through_asyncio(node)) == (1, len(CHECKS), [1] * len(CHECKS))


def test_a_bad_check_of_a_batch_or_stream_fails_alone(node: Node) -> None:
    """Its result is a status with the fields at fault; its neighbours are answered; the stream goes on."""
    bad = check_of("x" * 300, request_id="bad")
    with node.client() as client:
        batch = client.check_batch([bad, CHECKS[0]])
        twice = pb.CheckStreamRequest(checks=[CHECKS[0], CHECKS[0], check_of("No Id")])
        first, second = client.check_stream([twice, pb.CheckStreamRequest(checks=[bad, CHECKS[0]])])
    assert [result.WhichOneof("outcome") for result in batch] == ["error", "response"]
    assert _fields(batch[0].error) == ["subject.names[0].full"]
    assert [result.WhichOneof("outcome") for result in first.results] == ["response", "error", "error"]
    assert _fields(first.results[1].error) == _fields(first.results[2].error) == ["request_id"]
    assert [result.WhichOneof("outcome") for result in second.results] == ["error", "response"]


def _fields(status: status_pb2.Status) -> list[str]:
    found: list[str] = []
    for detail in status.details:
        bad = error_details_pb2.BadRequest()
        if detail.Unpack(bad):
            found += [item.field for item in bad.field_violations]
    return found


def test_answers_of_a_stream_are_correlated_by_request_id(node: Node) -> None:
    """Each of a thousand checks over many messages is answered once, under its own id."""
    messages = [
        pb.CheckStreamRequest(checks=[check_of("Erika Mustermann", request_id=f"{m}/{i}") for i in range(50)])
        for m in range(20)
    ]
    with node.client() as client:
        answered = [result.request_id for message in client.check_stream(messages) for result in message.results]
    assert sorted(answered) == sorted(check.request_id for message in messages for check in message.checks)


def test_a_client_that_does_not_read_is_not_read_from(node: Node) -> None:
    """Answers are so large that they fill the flow-control window: the service stops reading messages, and the client
    sees that its own are not taken. (tests/screening/test_service.py counts them exactly.)"""
    checks = [pb.CheckRequest(request_id=f"{i:04d}" * 700) for i in range(300)]  # Refused, and named in the answer.
    body = pb.CheckStreamRequest(checks=checks).SerializeToString()
    assert len(body) > 800_000
    sent = 0
    held: queue.Queue[None] = queue.Queue()

    def messages() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield body
        held.get()

    with node.channel() as channel:
        call = channel.stream_stream(f"/{SERVICE_NAME}/CheckStream")(messages())
        before, since = -1, time.monotonic()
        while time.monotonic() - since < 2.0:  # Until nothing moves any more.
            if sent != before:
                before, since = sent, time.monotonic()
            time.sleep(0.05)
        held.put(None)
        call.cancel()
    assert STREAM_MESSAGES_AHEAD <= sent < 60, "the rest of the hundred waits; what was taken lies in buffers"


def test_a_stream_answers_each_message_as_soon_as_it_can(node: Node) -> None:
    """A client that waits for each answer gets it before it sends more: no message is held back until another comes."""
    outgoing: queue.Queue[pb.CheckStreamRequest | None] = queue.Queue()
    with node.client() as client:
        answers = client.check_stream(iter(outgoing.get, None))
        timer = threading.Timer(20.0, outgoing.put, (None,))
        timer.start()
        for i in range(12):
            outgoing.put(pb.CheckStreamRequest(checks=[check_of("Erika Mustermann", request_id=str(i))]))
            assert next(answers).results[0].request_id == str(i)
        outgoing.put(None)
        assert list(answers) == []
        timer.cancel()


@pytest.mark.parametrize(
    ("method", "data"),
    [
        ("Check", b"\x0a\xff\xff\xff\xff"),
        ("CheckBatch", b"\xff"),
        ("Check", b"\x0a\x03\xed\xa0\x80"),  # An unpaired surrogate in request_id is no UTF-8.
        ("CheckBatch", b""),
        ("CheckBatch", pb.CheckBatchRequest(checks=[pb.CheckRequest()] * 1_001).SerializeToString()),
    ],
)
def test_what_is_no_message_of_the_method_is_an_invalid_argument(node: Node, method: str, data: bytes) -> None:
    """Malformed protobuf, text that is not UTF-8, a batch of none or of too many; the call fails, nothing else does."""
    with node.channel() as channel:
        with pytest.raises(grpc.RpcError) as caught:
            raw(channel, method, data)
        assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert raw(channel, "Check", CHECKS[0].SerializeToString())


def test_errors_carry_error_info_and_the_fields_at_fault_in_the_trailer(node: Node) -> None:
    """google.rpc.Status in grpc-status-details-bin, with ErrorInfo (domain, stable reason) and BadRequest."""
    with node.channel() as channel, pytest.raises(grpc.RpcError) as caught:
        raw(channel, "Check", pb.CheckRequest(purpose=99, operator=pb.Operator(user="u\n")).SerializeToString())
    error = caught.value
    assert dict(error.trailing_metadata())["grpc-status-details-bin"]
    status = rpc_status.from_call(error)
    info = error_details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    assert (info.domain, info.reason) == ("screening", "INVALID_QUERY")
    assert [field for field, _ in violations(error)] == ["purpose", "operator.user", "subject"]


def test_a_message_over_the_size_limit_is_refused_and_costs_nobody_else_anything(node: Node) -> None:
    """gRPC refuses it before we read it; the connection goes on."""
    with node.channel() as channel:
        with pytest.raises(grpc.RpcError) as caught:
            raw(channel, "Check", check_of("x" * 5_000_000).SerializeToString())
        assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert raw(channel, "Check", CHECKS[0].SerializeToString())


def test_a_caller_without_any_right_to_what_it_asks_is_denied(node: Node) -> None:
    """The asylum authority has no entitlement for border control: PERMISSION_DENIED, whatever is recorded."""
    with node.channel(ASYLUM) as channel:
        for name in ("Erika Mustermann-Beispiel", "Nobody Everheardof"):
            with pytest.raises(grpc.RpcError) as caught:
                raw(channel, "Check", check_of(name).SerializeToString())
            assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED
            assert "might not exist" in caught.value.details()


def test_health_and_reflection_are_served(node: Node) -> None:
    """SERVING for the whole and for the service; reflection lists the service and gives its file."""
    with node.channel() as channel:
        health = health_pb2_grpc.HealthStub(channel)
        for name in ("", SERVICE_NAME):
            answer = health.Check(health_pb2.HealthCheckRequest(service=name), timeout=10)
            assert answer.status == health_pb2.HealthCheckResponse.SERVING
        reflection = reflection_pb2_grpc.ServerReflectionStub(channel)
        asked = [
            reflection_pb2.ServerReflectionRequest(list_services=""),
            reflection_pb2.ServerReflectionRequest(file_containing_symbol=SERVICE_NAME),
        ]
        listed, described = reflection.ServerReflectionInfo(iter(asked), timeout=10)
    assert SERVICE_NAME in [service.name for service in listed.list_services_response.service]
    assert described.file_descriptor_response.file_descriptor_proto
