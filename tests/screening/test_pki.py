"""The local certificate authority: files, identities, and real TLS handshakes over loopback."""

from __future__ import annotations

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from screening.pki import CLIENT_VALIDITY, PkiError, create_authority, file_name_of, issue_client, uri_from_pem

_URI = "spiffe://screening.example/UTO/border"
_OTHER_URI = "spiffe://screening.example/XRA/asylum"
_PEER_PATIENCE_S = 10.0


def _authority(directory: Path, now: datetime | None = None) -> Path:
    create_authority(directory, callers=[_URI, _OTHER_URI], now=now or datetime.now(UTC))
    return directory


def _greeting(pki: Path, client_pki: Path, client: str | None, host: str = "localhost") -> str | None:
    """The URI that a server with `pki` reads off a client; OSError (ssl.SSLError is one) where either refuses."""
    server_context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(pki / "ca.pem"))
    server_context.load_cert_chain(pki / "server.pem", pki / "server.key")
    server_context.verify_mode = ssl.CERT_REQUIRED
    server_context.verify_flags |= ssl.VERIFY_X509_STRICT
    client_context = ssl.create_default_context(cafile=str(client_pki / "ca.pem"))
    client_context.verify_flags |= ssl.VERIFY_X509_STRICT
    if client is not None:
        client_context.load_cert_chain(client_pki / f"{client}.pem", client_pki / f"{client}.key")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(_PEER_PATIENCE_S)
        seen: list[bytes | None] = []
        thread = threading.Thread(target=_serve_one, args=(listener, server_context, seen))
        thread.start()
        try:
            with (
                socket.create_connection(listener.getsockname(), _PEER_PATIENCE_S) as plain,
                client_context.wrap_socket(plain, server_hostname=host) as connection,
            ):
                if connection.recv(2) != b"ok":
                    raise ConnectionError("refused by the server")
        finally:
            thread.join(_PEER_PATIENCE_S)
    (der,) = seen
    return uri_from_pem(ssl.DER_cert_to_PEM_cert(der).encode()) if der else None


def _serve_one(listener: socket.socket, context: ssl.SSLContext, seen: list[bytes | None]) -> None:
    plain, _ = listener.accept()
    plain.settimeout(_PEER_PATIENCE_S)
    with plain:
        try:
            with context.wrap_socket(plain, server_side=True) as connection:
                seen.append(connection.getpeercert(binary_form=True))
                connection.sendall(b"ok")
        except OSError:
            return  # The refusal is what the client's side of the test sees.


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_caller_is_known_by_its_uri_after_a_handshake(tmp_path: Path, host: str) -> None:
    """Both sides verify each other strictly, under each loopback name, and the server reads the caller's URI."""
    pki = _authority(tmp_path / "pki")
    assert _greeting(pki, pki, "callers/UTO-border", host) == _URI
    assert _greeting(pki, pki, "callers/XRA-asylum", host) == _OTHER_URI


def test_a_caller_without_a_certificate_is_refused(tmp_path: Path) -> None:
    """Mutual TLS: no certificate, no connection."""
    pki = _authority(tmp_path / "pki")
    with pytest.raises(OSError, match=r"."):
        _greeting(pki, pki, None)


def test_certificates_of_another_authority_are_refused_by_both_sides(tmp_path: Path) -> None:
    """The server refuses a foreign caller with the right URI; the caller refuses a foreign server."""
    pki, foreign = _authority(tmp_path / "pki"), _authority(tmp_path / "foreign")
    with pytest.raises(ssl.SSLCertVerificationError):
        _greeting(pki, foreign, "callers/UTO-border")
    (foreign / "ca.pem").write_bytes((pki / "ca.pem").read_bytes())
    with pytest.raises(OSError, match=r"."):
        _greeting(pki, foreign, "callers/UTO-border")


def test_an_expired_or_future_certificate_is_refused(tmp_path: Path) -> None:
    """A caller's certificate counts within its dates only, its authority being valid."""
    pki = _authority(tmp_path / "pki")
    now = datetime.now(UTC)
    issue_client(pki, _URI, "expired", now=now - CLIENT_VALIDITY - timedelta(seconds=1))
    issue_client(pki, _URI, "future", now=now + timedelta(hours=1))
    issue_client(pki, _URI, "nearly-expired", now=now - CLIENT_VALIDITY + timedelta(minutes=5))
    assert _greeting(pki, pki, "callers/nearly-expired") == _URI
    for name in ("expired", "future"):
        with pytest.raises(OSError, match=r"."):
            _greeting(pki, pki, f"callers/{name}")


def test_an_expired_server_is_refused(tmp_path: Path) -> None:
    """The caller refuses a server whose certificate has run out."""
    pki = _authority(tmp_path / "pki", datetime.now(UTC) - timedelta(days=400))
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        _greeting(pki, pki, "callers/UTO-border")


def test_a_wrong_host_name_is_refused(tmp_path: Path) -> None:
    """The server's certificate holds for its names only."""
    pki = _authority(tmp_path / "pki")
    with pytest.raises(ssl.SSLCertVerificationError):
        _greeting(pki, pki, "callers/UTO-border", "screening.example")


def test_certificates_serve_one_side_only(tmp_path: Path) -> None:
    """The server's certificate is no caller's: a stolen server key does not ask questions."""
    pki = _authority(tmp_path / "pki")
    with pytest.raises(OSError, match=r"."):
        _greeting(pki, pki, "server")


def test_keys_are_for_the_owner_alone(tmp_path: Path) -> None:
    """Keys 0600, directories 0700, whatever the umask allows."""
    pki = _authority(tmp_path / "pki")
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in pki.rglob("*.key"))
    assert [stat.S_IMODE(path.stat().st_mode) for path in (pki, pki / "callers")] == [0o700, 0o700]
    names = sorted(str(path.relative_to(pki)) for path in pki.rglob("*.key"))
    assert names == ["ca.key", "callers/UTO-border.key", "callers/XRA-asylum.key", "server.key"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """An authority and a client that exist are refused, and stay byte for byte."""
    pki = _authority(tmp_path / "pki")
    before = {path: path.read_bytes() for path in pki.rglob("*.*") if path.is_file()}
    with pytest.raises(PkiError, match="exists already"):
        _authority(pki)
    with pytest.raises(PkiError, match="exists already"):
        issue_client(pki, _URI, "UTO-border", now=datetime.now(UTC))
    assert {path: path.read_bytes() for path in pki.rglob("*.*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("names", "callers"),
    [
        (["localhost"], ["spiffe://screening.example"]),
        (["localhost"], ["spiffe://screening.example/../../etc"]),
        (["localhost"], ["spiffe://a/UTO/x", "spiffe://b/UTO/x"]),
        (["localhost"], ["spiffe://screening.example/ü"]),
        (["höst"], [_URI]),
        ([], [_URI]),
    ],
)
def test_what_cannot_be_issued_leaves_nothing_behind(tmp_path: Path, names: list[str], callers: list[str]) -> None:
    """An unusable name or URI is refused before anything is written."""
    with pytest.raises(PkiError):
        create_authority(tmp_path / "pki", names=names, callers=callers, now=datetime.now(UTC))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", ".hidden", "../up", "a/b", "x" * 129])
def test_a_clients_name_is_a_plain_file_name(tmp_path: Path, name: str) -> None:
    """No name leads out of the directory of callers."""
    with pytest.raises(PkiError, match="name is of letters"):
        issue_client(_authority(tmp_path / "pki"), _URI, name, now=datetime.now(UTC))


def test_a_client_needs_an_authority_with_its_own_key(tmp_path: Path) -> None:
    """A missing, broken or foreign key of the authority is named, not used."""
    now = datetime.now(UTC)
    with pytest.raises(PkiError, match="no readable authority"):
        issue_client(tmp_path, _URI, "x", now=now)
    pki, foreign = _authority(tmp_path / "pki"), _authority(tmp_path / "foreign")
    (pki / "ca.key").write_bytes((foreign / "ca.key").read_bytes())
    with pytest.raises(PkiError, match=r"ca\.key is not the key"):
        issue_client(pki, _URI, "x", now=now)
    (pki / "ca.key").write_bytes(b"none")
    with pytest.raises(PkiError, match="no readable authority"):
        issue_client(pki, _URI, "x", now=now)


def test_a_callers_file_is_named_after_its_path() -> None:
    """The name of the files follows from the URI."""
    assert file_name_of(_URI) == "UTO-border"


def _certificate(names: list[x509.GeneralName]) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, datetime(2026, 1, 1), datetime(2027, 1, 1))  # noqa: DTZ001 - X.509 times are UTC
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def test_an_identity_is_exactly_one_uri() -> None:
    """One URI is a caller, beside other names too; none, two, two certificates or no certificate are nobody."""
    uri, other = x509.UniformResourceIdentifier(_URI), x509.UniformResourceIdentifier(_OTHER_URI)
    one = _certificate([uri])
    assert uri_from_pem(one) == _URI
    assert uri_from_pem(_certificate([x509.DNSName("border.example"), uri])) == _URI
    nobody = [_certificate([]), _certificate([x509.DNSName("a")]), _certificate([uri, other]), _certificate([uri, uri])]
    for pem in (*nobody, one + one, b"", b"no pem", one[:-40], one.replace(b"MII", b"MIX", 1)):
        assert uri_from_pem(pem) is None
