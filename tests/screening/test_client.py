"""The client: who it is, what it retries, what it reads out of errors. (Its methods: end_to_end/test_three_doors.)"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import grpc
import pytest
from screening_api.v1 import screening_pb2 as pb

from screening.client import Client, ClientTls, violations
from screening.pki import PkiError, create_authority
from screening.server import server_credentials
from screening.service import SERVICE_NAME
from tests.end_to_end.node import BORDER


class Moody:
    """A service that fails a number of times with one code, and then answers."""

    def __init__(self, code: grpc.StatusCode, failures: int, pause_s: float = 0.0) -> None:
        self.calls, self._code, self._failures, self._pause_s = 0, code, failures, pause_s

    def check(self, data: bytes, context: grpc.ServicerContext) -> bytes:
        self.calls += 1
        time.sleep(self._pause_s)
        if self.calls <= self._failures:
            context.abort(self._code, "not now")
        return pb.CheckResponse(request_id=pb.CheckRequest.FromString(data).request_id).SerializeToString()


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A local authority."""
    path: Path = tmp_path_factory.mktemp("client") / "pki"
    create_authority(path, callers=[BORDER], now=datetime.now(UTC))
    return path


def _asked(pki: Path, service: Moody, deadline_s: float = 10.0) -> pb.CheckResponse:
    server = grpc.server(ThreadPoolExecutor(1))
    handlers = {"Check": grpc.unary_unary_rpc_method_handler(service.check)}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE_NAME, handlers),))
    port = server.add_secure_port("localhost:0", server_credentials(pki))
    server.start()
    try:
        with Client(f"localhost:{port}", ClientTls.of(pki, BORDER), deadline_s=deadline_s) as client:
            return client.check(pb.CheckRequest(request_id="r"))
    finally:
        server.stop(None).wait()


def test_unavailable_is_tried_again(pki: Path) -> None:
    """With pauses, up to four times in all."""
    service = Moody(grpc.StatusCode.UNAVAILABLE, 2)
    assert _asked(pki, service).request_id == "r"
    assert service.calls == 3
    stubborn = Moody(grpc.StatusCode.UNAVAILABLE, 9)
    with pytest.raises(grpc.RpcError) as caught:
        _asked(pki, stubborn)
    assert (caught.value.code(), stubborn.calls) == (grpc.StatusCode.UNAVAILABLE, 4)


@pytest.mark.parametrize("code", [grpc.StatusCode.INTERNAL, grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.UNKNOWN])
def test_nothing_else_is_tried_again(pki: Path, code: grpc.StatusCode) -> None:
    """An answer that was given is the answer; an error without details has no violations."""
    service = Moody(code, 1)
    with pytest.raises(grpc.RpcError) as caught:
        _asked(pki, service)
    assert (caught.value.code(), service.calls) == (code, 1)
    assert violations(caught.value) == []


def test_a_call_ends_at_its_deadline(pki: Path) -> None:
    """The client's own, whatever the server does."""
    with pytest.raises(grpc.RpcError) as caught:
        _asked(pki, Moody(grpc.StatusCode.OK, 0, pause_s=1.0), deadline_s=0.2)
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED


def test_certificates_are_found_by_the_callers_uri(pki: Path) -> None:
    """One that is not there is named; a text that is no URI is refused."""
    assert ClientTls.of(pki, BORDER).certificate.startswith(b"-----BEGIN CERTIFICATE")
    with pytest.raises(FileNotFoundError, match="no certificate for the caller spiffe:"):
        ClientTls.of(pki, "spiffe://screening.example/XZZ/x")
    with pytest.raises(PkiError):
        ClientTls.of(pki, "nonsense")
