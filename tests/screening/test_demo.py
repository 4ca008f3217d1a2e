"""The demo from its first line to its last, over a real server."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from screening.data_directory import DataDirectory
from screening.demo import DemoError, prepare, run_demo, running_server
from screening.demo_notices import demo_notices
from screening.demo_questions import demo_questions
from screening.importing import run_import
from screening.model import NoticeStatus
from screening.wire_notice import notice_to_json


def _console() -> Console:
    return Console(file=io.StringIO(), width=200)


def _said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's directory, made once."""
    directory = tmp_path_factory.mktemp("demo") / "demo-data"
    assert prepare(directory)
    return directory


def test_every_answer_is_as_promised_and_the_server_stops(data: Path) -> None:
    """The demo asks all its questions, gets the promised answers, says how to go on, and leaves nothing running."""
    out = _console()
    assert run_demo(data, out) == 0
    said = _said(out)
    for question in demo_questions():
        assert question.title in said
    assert "the chain is whole" in said
    assert f"serve --data {data}" in said
    holder = int((data / "serve.lock").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(holder, 0)


def test_a_second_run_uses_what_the_first_made(data: Path) -> None:
    """Making the directory again changes nothing in it."""
    before = (data / "segments" / "manifest.json").read_bytes()
    assert not prepare(data)
    assert (data / "segments" / "manifest.json").read_bytes() == before


def test_an_answer_that_is_not_as_promised_fails_the_demo(tmp_path: Path) -> None:
    """With its first notice cancelled, the demo says that an answer is not as promised, and fails."""
    directory = tmp_path / "demo-data"
    prepare(directory)
    cancelled = replace(demo_notices()[0], status=NoticeStatus.CANCELLED)
    change = tmp_path / "change.jsonl"
    change.write_text(notice_to_json(cancelled) + "\n", encoding="utf-8")
    assert run_import(DataDirectory(directory), "notices-jsonl", [change], _console(), _console()) == 0
    out = _console()
    assert run_demo(directory, out) == 1
    assert "not as promised" in _said(out)


def test_somebody_elses_directory_is_left_alone(tmp_path: Path) -> None:
    """A directory with other content is refused by name, and nothing in it changes."""
    other = tmp_path / "mine"
    other.mkdir()
    (other / "file").write_text("mine")
    with pytest.raises(DemoError, match="remove it, or name another directory"):
        prepare(other)
    assert [path.name for path in other.iterdir()] == ["file"]


def test_a_server_that_cannot_start_is_an_error_that_names_its_log(tmp_path: Path) -> None:
    """Where the directory is no data directory the server ends at once, and the demo says where it said why."""
    with pytest.raises(DemoError, match=r"serve\.log"), running_server(tmp_path):
        pass
