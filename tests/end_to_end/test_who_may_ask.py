"""Who gets through: certificates of the node's authority that name a registered caller, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import grpc
import pytest

from screening.client import ClientTls
from screening.pki import create_authority, file_name_of, issue_client
from tests.end_to_end.node import BORDER, Node, check_of, raw

QUESTION = check_of("Erika Mustermann-Beispiel").SerializeToString()


def _refused(node: Node, tls: ClientTls) -> grpc.RpcError:
    with node.channel(tls=tls) as channel, pytest.raises(grpc.RpcError) as caught:
        raw(channel, "Check", QUESTION)
    return caught.value


def test_a_caller_that_the_register_does_not_name_is_unauthenticated(node: Node) -> None:
    """A good certificate of the node's own authority is not enough; the request is not even read."""
    stranger = "spiffe://screening.example/XZZ/stranger"
    issue_client(node.data / "pki", stranger, file_name_of(stranger), now=datetime.now(UTC))
    error = _refused(node, ClientTls.of(node.data / "pki", stranger))
    assert error.code() is grpc.StatusCode.UNAUTHENTICATED
    with node.channel(tls=ClientTls.of(node.data / "pki", stranger)) as channel, pytest.raises(grpc.RpcError) as caught:
        raw(channel, "Check", b"\xff\xff")
    assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED


def test_a_stranger_is_refused_on_a_stream_before_it_has_sent_anything(node: Node) -> None:
    """The stream ends with UNAUTHENTICATED though its client sends no message."""
    stranger = "spiffe://screening.example/XZZ/silent"
    issue_client(node.data / "pki", stranger, file_name_of(stranger), now=datetime.now(UTC))
    with node.channel(tls=ClientTls.of(node.data / "pki", stranger)) as channel:
        call = channel.stream_stream("/screening_api.v1.ScreeningService/CheckStream")(iter(()), timeout=10)
        with pytest.raises(grpc.RpcError) as caught:
            next(call)
    assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED


def test_a_certificate_of_another_authority_does_not_pass_tls(node: Node, tmp_path: Path) -> None:
    """The same URI under another authority is nobody."""
    create_authority(tmp_path / "pki", callers=[BORDER], now=datetime.now(UTC))
    foreign = ClientTls.of(tmp_path / "pki", BORDER)
    error = _refused(node, ClientTls(node.tls().authority, foreign.certificate, foreign.key))
    assert error.code() is grpc.StatusCode.UNAVAILABLE


def test_a_client_without_a_certificate_does_not_pass_tls(node: Node) -> None:
    """The handshake asks for one."""
    credentials = grpc.ssl_channel_credentials(node.tls().authority)
    with grpc.secure_channel(node.address, credentials) as channel, pytest.raises(grpc.RpcError) as caught:
        raw(channel, "Check", QUESTION, timeout_s=5)
    assert caught.value.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)


def test_a_client_does_not_talk_to_a_server_of_another_authority(node: Node, tmp_path: Path) -> None:
    """The client verifies the server as well."""
    create_authority(tmp_path / "pki", callers=[BORDER], now=datetime.now(UTC))
    other = ClientTls.of(tmp_path / "pki", BORDER)
    error = _refused(node, ClientTls(other.authority, node.tls().certificate, node.tls().key))
    assert error.code() is grpc.StatusCode.UNAVAILABLE
