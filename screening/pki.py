"""A local certificate authority for mutual TLS: one URI in a certificate says who a caller is (SPIFFE X.509-SVID).

Layout of the directory (0700; keys 0600): `ca.pem`, `ca.key`, `server.pem`, `server.key`, and `callers/NAME.pem`,
`callers/NAME.key` for each caller. Meant for one node, for demos and for tests; an organisation with an authority of
its own brings certificates of the same form. Nothing is ever overwritten. The time comes in as an argument.
"""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

__all__ = [
    "AUTHORITY_CERTIFICATE",
    "AUTHORITY_KEY",
    "CALLERS_DIRECTORY",
    "LOOPBACK_NAMES",
    "SERVER_CERTIFICATE",
    "SERVER_KEY",
    "PkiError",
    "create_authority",
    "file_name_of",
    "issue_client",
    "uri_from_pem",
]

AUTHORITY_CERTIFICATE: Final = "ca.pem"
AUTHORITY_KEY: Final = "ca.key"
SERVER_CERTIFICATE: Final = "server.pem"
SERVER_KEY: Final = "server.key"
CALLERS_DIRECTORY: Final = "callers"

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "::1")
"""The names under which a server on this machine is reached by clients on it."""

AUTHORITY_VALIDITY: Final = timedelta(days=3650)
"""Ten years: replacing the authority means visiting every caller, so it outlives several sets of certificates."""

SERVER_VALIDITY: Final = timedelta(days=397)
"""The longest that TLS clients in common use accept for a server (CA/Browser Forum, Baseline Requirements 6.3.2)."""

CLIENT_VALIDITY: Final = timedelta(days=365)
"""One year: a caller's rights are reviewed at least as often, and a forgotten key ends by itself."""

CLOCK_SKEW_MAX: Final = timedelta(minutes=5)
"""Certificates begin this much earlier, for a peer whose clock is a little behind."""

_DIRECTORY_MODE: Final = 0o700
_KEY_MODE: Final = 0o600
_CERTIFICATE_MODE: Final = 0o644

_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}")
"""Names of client files: no separator, no leading dot, and with its ending within the 255 bytes of a file name."""

_COMMON_NAME_CHARACTERS_MAX: Final = 64
"""Upper bound of a common name (RFC 5280 appendix A.1, ub-common-name). Nothing reads it but people."""


class PkiError(Exception):
    """The certificates cannot be made or read as asked; the message names the file or the argument at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issued:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def create_authority(
    directory: Path, *, names: Sequence[str] = LOOPBACK_NAMES, callers: Sequence[str], now: datetime
) -> None:
    """Makes an authority with a server certificate for `names` (host names, IP addresses) and one for each caller URI.

    The directory appears complete or not at all: it is filled under another name beside its place. Raises PkiError
    where it exists already, or a name or URI is unusable. `now` is aware of its time zone.
    """
    if directory.exists():
        raise PkiError(f"{directory.name} exists already and is never overwritten")
    authority = _authority(now)
    files = {
        AUTHORITY_CERTIFICATE: _certificate_bytes(authority),
        AUTHORITY_KEY: _key_bytes(authority),
        **_file_pair("server", _server(authority, names, now)),
    }
    for uri in callers:
        issued = _client(authority, uri, file_name_of(uri), now)
        pair = _file_pair(f"{CALLERS_DIRECTORY}/{file_name_of(uri)}", issued)
        if not files.keys().isdisjoint(pair):
            raise PkiError("two callers would have the same file name")
        files.update(pair)
    _write_directory(directory, files)


def issue_client(directory: Path, uri: str, name: str, *, now: datetime) -> None:
    """Adds `callers/NAME.pem` and `.key` for a URI. Raises PkiError where they exist, or there is no authority."""
    if not _FILE_NAME.fullmatch(name):
        raise PkiError("a client's name is of letters, digits, dots, dashes and underscores, and starts with no dot")
    issued = _client(_read_authority(directory), uri, name, now)
    pair = _file_pair(f"{CALLERS_DIRECTORY}/{name}", issued)
    if any((directory / path).exists() for path in pair):
        raise PkiError(f"{name} exists already and is never overwritten")
    try:
        for path, content in pair.items():
            _write_new(directory / path, content)
    except OSError as error:
        raise PkiError(f"{name} cannot be written") from error


def file_name_of(uri: str) -> str:
    """The file name, without ending, of a caller's certificate: the URI's path joined by dashes ("UTO-border").

    Raises PkiError where that is no file name.
    """
    name = "-".join(part for part in uri.partition("://")[2].split("/")[1:] if part)
    if not _FILE_NAME.fullmatch(name):
        raise PkiError("a caller's URI needs a path of letters, digits, dots, dashes and underscores")
    return name


def uri_from_pem(pem: bytes) -> str | None:
    """The URI of a certificate that has exactly one, else None: none, several, no certificate, several certificates.

    The certificate is one that TLS has verified; this reads it and verifies nothing (SPIFFE X.509-SVID, section 2).
    """
    try:
        certificates = x509.load_pem_x509_certificates(pem)
        if len(certificates) != 1:
            return None
        names = certificates[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return None
    return uris[0] if len(uris) == 1 else None


def _authority(now: datetime) -> _Issued:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Screening local authority")
    builder = (
        _builder(name, name, key, now, AUTHORITY_VALIDITY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
    )
    return _Issued(certificate=builder.sign(key, hashes.SHA256()), key=key)


def _server(authority: _Issued, names: Sequence[str], now: datetime) -> _Issued:
    if not names:
        raise PkiError("a server needs at least one name")
    return _leaf(authority, "Screening server", list(map(_host_name, names)), ExtendedKeyUsageOID.SERVER_AUTH, now)


def _client(authority: _Issued, uri: str, name: str, now: datetime) -> _Issued:
    try:
        names: list[x509.GeneralName] = [x509.UniformResourceIdentifier(uri)]
    except ValueError as error:
        raise PkiError("a caller's URI is of ASCII characters") from error
    return _leaf(authority, name[:_COMMON_NAME_CHARACTERS_MAX], names, ExtendedKeyUsageOID.CLIENT_AUTH, now)


def _leaf(
    authority: _Issued, common_name: str, names: list[x509.GeneralName], usage: x509.ObjectIdentifier, now: datetime
) -> _Issued:
    """A certificate for one side of the handshake only: a caller's cannot serve, nor the server's call."""
    key = ec.generate_private_key(ec.SECP256R1())
    validity = SERVER_VALIDITY if usage == ExtendedKeyUsageOID.SERVER_AUTH else CLIENT_VALIDITY
    authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        _builder(_name(common_name), authority.certificate.subject, key, now, validity)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(authority_key, critical=False)
    )
    return _Issued(certificate=builder.sign(authority.key, hashes.SHA256()), key=key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, validity: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SKEW_MAX)
        .not_valid_after(now + validity)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _host_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return x509.DNSName(name)
    except ValueError as error:
        raise PkiError("a server's name is an ASCII host name or an IP address") from error


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate_bytes(issued: _Issued) -> bytes:
    return issued.certificate.public_bytes(serialization.Encoding.PEM)


def _key_bytes(issued: _Issued) -> bytes:
    # Unencrypted: the server must start without a person. The file's mode and the directory's are its protection.
    return issued.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _file_pair(stem: str, issued: _Issued) -> dict[str, bytes]:
    return {f"{stem}.pem": _certificate_bytes(issued), f"{stem}.key": _key_bytes(issued)}


def _write_directory(directory: Path, files: dict[str, bytes]) -> None:
    partial = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        (partial / CALLERS_DIRECTORY).mkdir(mode=_DIRECTORY_MODE)
        for path, content in files.items():
            _write_new(partial / path, content)
        # Onto an existing file or a filled directory this fails: somebody else was faster, and theirs stays.
        partial.rename(directory)
    except OSError as error:
        raise PkiError(f"{directory.name} cannot be written") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write_new(path: Path, content: bytes) -> None:
    mode = _KEY_MODE if path.suffix == ".key" else _CERTIFICATE_MODE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def _read_authority(directory: Path) -> _Issued:
    try:
        certificate = x509.load_pem_x509_certificate((directory / AUTHORITY_CERTIFICATE).read_bytes())
        key = serialization.load_pem_private_key((directory / AUTHORITY_KEY).read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise PkiError(f"{directory.name} holds no readable authority") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise PkiError(f"{AUTHORITY_KEY} is not the key of {AUTHORITY_CERTIFICATE}")
    return _Issued(certificate=certificate, key=key)
