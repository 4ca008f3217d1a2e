"""What is checked before a single worker is started. (Workers killed, replaced, drained: end_to_end.)"""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from screening.access_register import RegisterError
from screening.config import ConfigError
from screening.data_directory import DataDirectory, DataDirectoryError, NodeLock
from screening.supervisor import serve


def _silent(address: str) -> None:
    pytest.fail(f"nothing is served at {address}")


def test_an_address_that_another_program_holds_is_an_error(own_data: Path) -> None:
    """Not a worker that dies again and again; and the directory is free again."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve(own_data, f"127.0.0.1:{taken.getsockname()[1]}", 1, _silent)
    NodeLock(DataDirectory(own_data)).release()


def test_settings_register_and_directory_are_checked_first(own_data: Path, tmp_path: Path) -> None:
    """Each with its own error."""
    with pytest.raises(DataDirectoryError):
        serve(tmp_path / "absent", None, 1, _silent)
    with pytest.raises(ConfigError):
        serve(own_data, "no-port", 1, _silent)
    (own_data / "access.toml").write_text("version = 0", encoding="utf-8")
    with pytest.raises(RegisterError):
        serve(own_data, "localhost:0", 1, _silent)
