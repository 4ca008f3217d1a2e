"""The data directory: made once, checked, served by one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from screening.data_directory import DataDirectory, DataDirectoryError, NodeLock


def test_it_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    """A second time, or over anything else, is refused; secret and folders are private."""
    directory = DataDirectory(tmp_path / "data")
    directory.create()
    assert len(directory.read_secret()) == 32
    for path, mode in ((directory.secret, 0o600), (directory.root, 0o700), (directory.audit, 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode
    with pytest.raises(DataDirectoryError, match="not empty"):
        directory.create()


def test_an_incomplete_one_is_named_by_what_is_missing(tmp_path: Path) -> None:
    """And the way to make one is said."""
    with pytest.raises(DataDirectoryError, match=r"config\.toml is missing\): run screening init"):
        DataDirectory(tmp_path).check()


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    """The second is told the first one's process; after release the way is free."""
    directory = DataDirectory(tmp_path / "data")
    directory.create()
    lock = NodeLock(directory)
    with pytest.raises(DataDirectoryError, match=f"served already, by process {os.getpid()}"):
        NodeLock(directory)
    lock.release()
    NodeLock(directory).release()
