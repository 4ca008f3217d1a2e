"""Which certificate a client process shows, from a directory as `screening.pki` lays it out.

Apart from `screening.server`, whose import loads all of the matching core: a client process has no use for that.
"""

from __future__ import annotations

from pathlib import Path

import grpc

from screening.pki import AUTHORITY_CERTIFICATE, CALLERS_DIRECTORY

__all__ = ["client_credentials", "first_caller"]


def first_caller(pki_dir: Path, wanted: str = "border") -> str:
    """Name of a caller that has a certificate: the first whose name contains `wanted`, else the first of all.

    Raises FileNotFoundError where there is none.
    """
    names = sorted(path.stem for path in (pki_dir / CALLERS_DIRECTORY).glob("*.pem"))
    if not names:
        raise FileNotFoundError("no caller has a certificate in this pki directory")
    return next((name for name in names if wanted in name), names[0])


def client_credentials(pki_dir: Path, caller: str) -> grpc.ChannelCredentials:
    """What a caller shows to the server."""
    base = pki_dir / CALLERS_DIRECTORY
    return grpc.ssl_channel_credentials(
        root_certificates=(pki_dir / AUTHORITY_CERTIFICATE).read_bytes(),
        private_key=(base / f"{caller}.key").read_bytes(),
        certificate_chain=(base / f"{caller}.pem").read_bytes(),
    )
