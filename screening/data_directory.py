"""The data directory of one node: what lies where, made once by `screening init`, locked by one `screening serve`."""

from __future__ import annotations

import fcntl
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import IO

__all__ = ["DataDirectory", "DataDirectoryError", "NodeLock"]

_KEY_BYTES = 32


class DataDirectoryError(Exception):
    """The data directory is missing, incomplete, in use, or exists already; says which and what to do."""


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """Paths of a data directory. Nothing is opened here."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "config.toml"

    @property
    def register(self) -> Path:
        return self.root / "access.toml"

    @property
    def notices(self) -> Path:
        return self.root / "notices.sqlite"

    @property
    def segments(self) -> Path:
        return self.root / "segments"

    @property
    def audit(self) -> Path:
        return self.root / "audit"

    @property
    def pki(self) -> Path:
        return self.root / "pki"

    @property
    def secret(self) -> Path:
        return self.root / "node.key"

    @property
    def lock(self) -> Path:
        return self.root / "serve.lock"

    def create(self) -> None:
        """Makes the directories and the node's secret. Raises DataDirectoryError where there is something already."""
        if self.root.exists() and any(self.root.iterdir()):
            raise DataDirectoryError(f"{self.root} exists already and is not empty")
        for directory in (self.root, self.segments, self.audit):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as secret:
            secret.write(secrets.token_bytes(_KEY_BYTES))

    def check(self) -> None:
        """Raises DataDirectoryError where this is no data directory."""
        for path in (self.config, self.register, self.segments, self.audit, self.pki, self.secret):
            if not path.exists():
                raise DataDirectoryError(
                    f"{self.root} is no data directory ({path.name} is missing): run screening init"
                )

    def read_secret(self) -> bytes:
        """The node's secret of 32 bytes: key of record references and of the audit chain."""
        return self.secret.read_bytes()


class NodeLock:
    """Held by the one supervisor of a data directory; released with the process, however it ends."""

    def __init__(self, directory: DataDirectory) -> None:
        self._file: IO[str] = directory.lock.open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise DataDirectoryError(
                f"{directory.root} is served already, by process {holder}: stop that one first"
            ) from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Lets go of the directory."""
        self._file.close()
