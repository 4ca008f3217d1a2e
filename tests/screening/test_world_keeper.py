"""Following a data directory: what is newer and good is taken up; what is not never replaces what is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest
import structlog

from indexes.storage import SnapshotRejectedError
from screening.access_register import RegisterError
from screening.clock import Clock
from screening.data_directory import DataDirectory
from screening.errors import NotReadyError
from screening.logs import configure_logging
from screening.model import CoverageState
from screening.screen import Outcome
from screening.segments import rebuild_notices
from screening.world_keeper import OLD_COPY_SECONDS, RETRY_SECONDS, WorldKeeper
from tests.reference.outcomes import BORDER, check

CALLER = BORDER.uri


class SetClock(Clock):
    """A clock that stands where it was set."""

    def __init__(self) -> None:
        self.now = Clock().seconds()

    def seconds(self) -> int:
        """The time it was set to."""
        return self.now


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged."""
    log = io.StringIO()
    with redirect_stderr(log):
        configure_logging()
        yield log
    structlog.reset_defaults()


def _events(log: io.StringIO) -> list[str]:
    return [json.loads(line)["event"] for line in log.getvalue().splitlines()]


def _states(outcomes: list[Outcome]) -> set[CoverageState]:
    (outcome,) = outcomes
    assert isinstance(outcome, tuple)
    return {item.state for item in outcome[0].coverage}


def test_there_must_be_something_good_to_start_from(own_data: Path) -> None:
    """A broken register or a damaged segment at the start is an error, not an empty service."""
    register = own_data / "access.toml"
    good = register.read_text(encoding="utf-8")
    register.write_text("version = 'x'", encoding="utf-8")
    with pytest.raises(RegisterError):
        WorldKeeper(DataDirectory(own_data), Clock())
    register.write_text(good, encoding="utf-8")
    next((own_data / "segments").glob("*/names.arrow")).write_bytes(b"short")
    with pytest.raises(SnapshotRejectedError, match=r"names\.arrow"):
        WorldKeeper(DataDirectory(own_data), Clock())


def test_before_there_is_a_snapshot_callers_are_known_and_told_to_wait(own_data: Path) -> None:
    """UNAVAILABLE, not UNAUTHENTICATED."""
    (own_data / "segments" / "manifest.json").unlink()
    keeper = WorldKeeper(DataDirectory(own_data), Clock())
    assert keeper.identify(CALLER) == BORDER
    assert keeper.identify("spiffe://screening.example/XZZ/stranger") is None
    with pytest.raises(NotReadyError) as caught:
        _ = keeper.screener
    assert (caught.value.reason, keeper.generation) == ("NO_SNAPSHOT", 0)
    rebuild_notices(DataDirectory(own_data), lambda _: None)
    keeper.refresh()
    assert keeper.generation == 1
    assert keeper.screener.screen([check(1)])


def test_a_new_generation_replaces_the_screener_and_whoever_holds_the_old_one_keeps_it(own_data: Path) -> None:
    """Even after its files are gone from the directory: they are mapped."""
    directory = DataDirectory(own_data)
    keeper = WorldKeeper(directory, Clock())
    held, generation = keeper.screener, keeper.generation
    for _ in range(3):
        rebuild_notices(directory, lambda _: None)
    keeper.refresh()
    assert keeper.generation == generation + 3
    for screener, expected in ((held, generation), (keeper.screener, generation + 3)):
        (outcome,) = screener.screen([check(1)])
        assert isinstance(outcome, tuple)
        assert outcome[1].generation == expected


def test_a_register_is_taken_up_beside_a_damaged_snapshot_and_the_other_way_round(
    own_data: Path, log: io.StringIO
) -> None:
    """A slip in the one holds up no restriction in the other; each is said once, and mended ones are taken."""
    directory = DataDirectory(own_data)
    clock = SetClock()
    keeper = WorldKeeper(directory, clock)
    manifest = directory.segments / "manifest.json"
    good = manifest.read_text(encoding="utf-8")
    manifest.write_text(good.replace('"sha256": "', '"sha256": "f00', 1), encoding="utf-8")
    text = directory.register.read_text(encoding="utf-8")
    directory.register.write_text(text.replace(CALLER, "spiffe://screening.example/UTO/renamed"), encoding="utf-8")
    for _ in range(5):
        keeper.refresh()
    assert keeper.identify(CALLER) is None
    assert keeper.identify("spiffe://screening.example/UTO/renamed") is not None
    assert _events(log).count("snapshot_rejected") == 1

    manifest.write_text(good, encoding="utf-8")
    directory.register.write_text("version = 0", encoding="utf-8")
    rebuild_notices(directory, lambda _: None)
    for _ in range(5):
        keeper.refresh()
    assert keeper.generation == json.loads(good)["generation"] + 1
    assert keeper.identify("spiffe://screening.example/UTO/renamed") is not None
    assert _events(log).count("register_rejected") == 1
    directory.register.write_text(text, encoding="utf-8")
    keeper.refresh()
    assert keeper.identify(CALLER) == BORDER


def test_a_refused_snapshot_is_read_again_only_after_a_while(own_data: Path, log: io.StringIO) -> None:
    """Its files may be mended in place; but every reading is one of all its bytes."""
    directory, clock = DataDirectory(own_data), SetClock()
    keeper = WorldKeeper(directory, clock)
    before = keeper.generation
    rebuild_notices(directory, lambda _: None)
    segment = directory.segments / f"notices-{before + 1:06d}" / "names.arrow"
    content = segment.read_bytes()
    segment.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    keeper.refresh()
    segment.write_bytes(content)
    keeper.refresh()
    assert keeper.generation == before
    clock.now += RETRY_SECONDS
    keeper.refresh()
    assert keeper.generation == before + 1


def test_answers_from_a_copy_that_could_not_be_followed_say_so(own_data: Path, log: io.StringIO) -> None:
    """Fresh, then old, then fresh again; as_of stands still meanwhile."""
    directory, clock = DataDirectory(own_data), SetClock()
    keeper = WorldKeeper(directory, clock)
    assert _states(keeper.screener.screen([check(1)])) == {CoverageState.SEARCHED}
    manifest = directory.segments / "manifest.json"
    good = manifest.read_text(encoding="utf-8")
    manifest.unlink()
    clock.now += OLD_COPY_SECONDS
    keeper.refresh()
    assert _states(keeper.screener.screen([check(1)])) == {CoverageState.SEARCHED}
    clock.now += 1
    keeper.refresh()
    (outcome,) = keeper.screener.screen([check(1)])
    assert isinstance(outcome, tuple)
    assert {item.state for item in outcome[0].coverage} == {CoverageState.OLD_COPY}
    assert {item.as_of for item in outcome[0].coverage} == {clock.now - OLD_COPY_SECONDS - 1}
    manifest.write_text(good, encoding="utf-8")
    keeper.refresh()
    assert _states(keeper.screener.screen([check(1)])) == {CoverageState.SEARCHED}
