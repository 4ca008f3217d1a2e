"""The audit log: durable, chained, and honest about being unable to write."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from screening.audit_log import AuditLog, AuditLogMovedError, audit_files, read_bodies, verify_log
from tests.reference.outcomes import audit_record, check

KEY = b"k" * 32


def _filled(folder: Path, count: int = 5) -> Path:
    path = folder / "worker-0.sqlite"
    log = AuditLog(path, KEY)
    for number in range(count):
        log.append([audit_record(check(number))], 1_000 + number)
    log.close()
    return path


def _changed(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def test_records_are_appended_in_order_and_the_chain_goes_on_after_a_restart(tmp_path: Path) -> None:
    """Several to a commit, several commits, several openings: one chain."""
    path = _filled(tmp_path)
    log = AuditLog(path, KEY)
    log.append([audit_record(check(5)), audit_record(check(6))], 2_000)
    log.close()
    verdict = verify_log(path, KEY)
    assert (verdict.records, verdict.broken_at, verdict.file) == (7, 0, "worker-0.sqlite")
    assert [position for position, _, _ in read_bodies(path)] == [1, 2, 3, 4, 5, 6, 7]
    assert verdict.head == list(read_bodies(path))[-1][2].hex()
    assert audit_files(tmp_path) == [path]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("statements", "broken_at"),
    [
        (["UPDATE checks SET body = replace(body, 'officer', 'nobody!') WHERE position = 3"], 3),
        (["UPDATE checks SET body = CAST('[]' AS BLOB) WHERE position = 5"], 5),
        (["DELETE FROM checks WHERE position = 2"], 2),
        (["DELETE FROM checks WHERE position = 1"], 1),
        (["DELETE FROM checks WHERE position = 2", "UPDATE checks SET position = position - 1 WHERE position > 2"], 2),
        (
            [
                "UPDATE checks SET position = -position WHERE position > 2",
                "INSERT INTO checks SELECT 3, body, link FROM checks WHERE position = 2",
                "UPDATE checks SET position = 1 - position WHERE position < 0",
            ],
            3,
        ),
        (["UPDATE checks SET link = zeroblob(32) WHERE position = 4"], 4),
    ],
)
def test_a_changed_removed_or_inserted_record_is_found_at_its_position(
    tmp_path: Path, statements: list[str], broken_at: int
) -> None:
    """However carefully the positions were mended."""
    path = _filled(tmp_path)
    statements = [item.replace("replace(body", "CAST(replace(CAST(body AS TEXT)") for item in statements]
    statements = [item.replace("'nobody!')", "'nobody!') AS BLOB)") for item in statements]
    _changed(path, *statements)
    assert verify_log(path, KEY).broken_at == broken_at


def test_another_key_verifies_nothing(tmp_path: Path) -> None:
    """A history written without the node's key is not taken for its own."""
    assert verify_log(_filled(tmp_path), b"o" * 32).broken_at == 1


def test_a_damaged_file_is_broken_and_no_error(tmp_path: Path) -> None:
    """Damage below the level of records is a verdict like any other."""
    path = _filled(tmp_path, 200)
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 3] = b"\xff" * 4096
    path.write_bytes(content)
    assert verify_log(path, KEY).broken_at > 0
    path.write_bytes(b"no database at all" * 400)
    assert verify_log(path, KEY).broken_at == 1


def test_a_lock_that_lasts_is_an_error_after_which_writing_goes_on(tmp_path: Path) -> None:
    """Nothing is kept of the records of the error; the chain has no gap."""
    log = AuditLog(tmp_path / "worker-0.sqlite", KEY)
    other = sqlite3.connect(tmp_path / "worker-0.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError):
        log.append([audit_record(check(1))], 1)
    other.execute("ROLLBACK")
    other.close()
    log.append([audit_record(check(2))], 2)
    assert verify_log(tmp_path / "worker-0.sqlite", KEY).records == 1


def _move_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.mkdir()


def _remove(path: Path) -> None:
    path.unlink()


def _replace(path: Path) -> None:
    path.with_name("copy").write_bytes(path.read_bytes())
    path.with_name("copy").replace(path)


def _remove_wal(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


@pytest.mark.parametrize("change", [_move_folder, _remove, _replace, _remove_wal])
def test_a_log_that_is_no_longer_where_it_was_opened_takes_no_record(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """SQLite would go on writing into files that nobody finds."""
    path = tmp_path / "audit" / "worker-0.sqlite"
    path.parent.mkdir()
    log = AuditLog(path, KEY)
    log.append([audit_record(check(1))], 1)
    change(path)
    with pytest.raises((AuditLogMovedError, sqlite3.Error)):
        log.append([audit_record(check(2))], 2)


def test_two_logs_on_one_file_continue_one_chain(tmp_path: Path) -> None:
    """A worker that still drains and the one that follows it do not fork history."""
    path = tmp_path / "worker-0.sqlite"
    first, second = AuditLog(path, KEY), AuditLog(path, KEY)
    for number in range(6):
        (first, second)[number % 2].append([audit_record(check(number))], number)
    assert (verify_log(path, KEY).records, verify_log(path, KEY).broken_at) == (6, 0)


def test_what_append_returned_for_survives_kill_9(tmp_path: Path) -> None:
    """The process dies right after append, without closing anything."""
    code = (
        "import os, signal, sys; from pathlib import Path; from screening.audit_log import AuditLog; "
        "from tests.reference.outcomes import audit_record, check; "
        "AuditLog(Path(sys.argv[1]), b'k' * 32).append([audit_record(check(1))], 1); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = tmp_path / "worker-0.sqlite"
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -9
    assert verify_log(path, KEY).records == 1
