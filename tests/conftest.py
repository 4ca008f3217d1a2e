"""Shared fixtures: one data directory with fictitious notices, and one server over real TLS for the whole run.

Tests that break something take `own_data`, a copy, and start their own node: what is shared is only ever asked.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.end_to_end.node import Node, make_data

# Examples are not timed: a compiler at work or a busy machine is no fault of the law under test.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def fictitious_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the notices of tests/end_to_end/notices.jsonl; not to be changed."""
    return make_data(tmp_path_factory.mktemp("node") / "data")


@pytest.fixture
def own_data(fictitious_data: Path, tmp_path: Path) -> Path:
    """A copy of the data directory that a test may spoil."""
    return Path(shutil.copytree(fictitious_data, tmp_path / "own"))


@pytest.fixture(scope="session")
def node(fictitious_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """The shared server, with two workers; only to be asked."""
    data = Path(shutil.copytree(fictitious_data, tmp_path_factory.mktemp("shared") / "data"))
    running = Node(data, workers=2)
    yield running
    assert running.stop() == 0


@pytest.fixture
def start_node() -> Iterator[Callable[..., Node]]:
    """Starts nodes of a test's own, which are stopped after it."""
    nodes: list[Node] = []

    def start(data: Path, *, workers: int = 1) -> Node:
        nodes.append(Node(data, workers=workers))
        return nodes[-1]

    yield start
    for one in nodes:
        one.stop()
