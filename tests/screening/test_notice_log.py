"""The log of record: ordered, durable, and its fold is the current state."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.notice_log import NoticeLog

WRITER = """
import sys
from pathlib import Path
from screening.notice_log import NoticeLog
log = NoticeLog(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    log.append([(f"1/{number}", b"a"), (f"1/{number}b", b"b")], number)
    print(number, flush=True)
"""


@settings(max_examples=30)
@given(st.lists(st.lists(st.tuples(st.sampled_from("abcd"), st.binary(max_size=4)), max_size=4), max_size=8))
def test_the_state_is_the_latest_entry_of_each_notice_as_of_any_position(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[str, bytes]]]
) -> None:
    """Equal to a dictionary that is written to in order, at every position there ever was."""
    log = NoticeLog(tmp_path_factory.mktemp("log") / "notices.sqlite")
    entries: list[tuple[str, bytes]] = []
    for batch in batches:
        log.append(batch, 1)
        entries += batch
        assert log.position() == len(entries)
    for position in range(len(entries) + 1):
        expected: dict[str, bytes] = {}
        for key, body in entries[:position]:
            expected.pop(key, None)  # Latest entries stand in their own order.
            expected[key] = body
        assert list(log.current(position)) == list(expected.values())
    log.close()


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """Entries come from an importer that stops in the middle."""

    def entries() -> Iterator[tuple[str, bytes]]:
        yield "1/a", b"a"
        raise RuntimeError("the source broke off")

    log = NoticeLog(tmp_path / "notices.sqlite")
    with pytest.raises(RuntimeError):
        log.append(entries(), 1)
    assert log.position() == 0
    log.append([("1/b", b"b")], 1)
    assert list(log.current(log.position())) == [b"b"]


def test_acknowledged_entries_survive_kill_9_of_their_writer(tmp_path: Path) -> None:
    """Every transaction that was reported is there, and each is there whole."""
    path = tmp_path / "notices.sqlite"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True
    )
    assert writer.stdout is not None
    said = [int(writer.stdout.readline()) for _ in range(30)]
    writer.send_signal(signal.SIGKILL)
    said += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
    writer.stdout.close()
    assert writer.wait() == -9
    log = NoticeLog(path)
    assert log.position() >= 2 * said[-1]
    assert log.position() % 2 == 0


def test_a_reader_sees_a_consistent_state_while_another_writes(tmp_path: Path) -> None:
    """Pairs are appended together: no reading ever finds half a pair, and none is held up."""
    path = tmp_path / "notices.sqlite"
    NoticeLog(path).close()
    stop = threading.Event()

    def write() -> None:
        log = NoticeLog(path)
        number = 0
        while not stop.is_set():
            number += 1
            log.append([(f"1/{number}", b"x"), (f"2/{number}", b"x")], 1)
        log.close()

    writer = threading.Thread(target=write)
    writer.start()
    reader = NoticeLog(path)
    try:
        while reader.position() < 40:
            assert sum(1 for _ in reader.current(10**9)) % 2 == 0
    finally:
        stop.set()
        writer.join()
