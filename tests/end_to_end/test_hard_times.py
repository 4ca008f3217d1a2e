"""What the service promises when something breaks: processes killed, files damaged, no audit log, hasty operators."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from screening.audit_log import audit_files, read_bodies, verify_log
from screening.data_directory import DataDirectory, NodeLock
from tests.end_to_end.node import NOTICES, SECRETS, Node, check_of, eventually, is_running, kill, raw, screening

StartNode = Callable[..., Node]
QUESTION = check_of("Erika Mustermann-Beispiel", request_id="hard-times")


def _recorded(data: Path) -> dict[str, list[str]]:
    """What the audit logs say: the records disclosed, by check id."""
    found = {}
    for path in audit_files(data / "audit"):
        for _, body, _ in read_bodies(path):
            fields = json.loads(body)
            found[fields[0]] = fields[8]
    return found


def _matches(node: Node, name: str) -> list[str]:
    with node.client() as client:
        return [match.notice_id for match in client.check(check_of(name)).matches]


def _reason(error: grpc.RpcError) -> str:
    info = error_details_pb2.ErrorInfo()
    assert rpc_status.from_call(error).details[0].Unpack(info)
    return str(info.reason)


def test_a_worker_killed_right_after_its_answer_has_kept_the_record_and_is_replaced(
    own_data: Path, start_node: StartNode
) -> None:
    """kill -9 as the answer arrives: the audit record is there. The others answer meanwhile, and it is replaced."""
    node = start_node(own_data, workers=2)
    kill(node.workers()[0])
    for _ in range(6):  # Connections of their own, of which some would have been the dead worker's.
        assert _matches(node, "Erika Mustermann-Beispiel") == ["2031/101"]
    eventually(lambda: len(node.workers()) == 2)
    with node.client() as client:
        answer = client.check(QUESTION)
        killed = node.workers()
        for pid in killed:
            kill(pid)
    assert len(killed) == 2
    assert answer.matches
    assert _recorded(own_data)[answer.check_id] == ["NOMINAL/2031/101"]
    eventually(lambda: len(node.workers()) == 2 and not set(node.workers()) & set(killed))
    assert "worker_died" in node.log
    with node.client() as client:  # Retries UNAVAILABLE, as a client at a counter would.
        eventually(lambda: _answers(client))
    for path in audit_files(own_data / "audit"):
        assert verify_log(path, DataDirectory(own_data).read_secret()).broken_at == 0


def _answers(client: object) -> bool:
    try:
        return bool(client.check(QUESTION).matches)  # type: ignore[attr-defined]
    except grpc.RpcError:
        return False


def test_without_its_audit_log_a_worker_discloses_nothing(own_data: Path, start_node: StartNode) -> None:
    """Locked, or moved away: UNAVAILABLE with its reason, and no match; once it can be written again, answers again."""
    node = start_node(own_data, workers=1)
    log = own_data / "audit" / "worker-0.sqlite"
    with node.channel() as channel:
        other = sqlite3.connect(log, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(grpc.RpcError) as caught:
            raw(channel, "Check", QUESTION.SerializeToString())
        assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
        assert _reason(caught.value) == "AUDIT_UNAVAILABLE"
        other.execute("ROLLBACK")
        other.close()
        assert raw(channel, "Check", QUESTION.SerializeToString())

        before = _recorded(own_data)
        (own_data / "audit").rename(own_data / "audit-moved")
        (own_data / "audit").mkdir()
        with pytest.raises(grpc.RpcError) as caught:
            raw(channel, "Check", QUESTION.SerializeToString())
        assert _reason(caught.value) == "AUDIT_UNAVAILABLE"
        (own_data / "audit").rmdir()
        (own_data / "audit-moved").rename(own_data / "audit")
        assert raw(channel, "Check", QUESTION.SerializeToString())
    assert len(_recorded(own_data)) == len(before) + 1
    assert "audit_unavailable" in node.log


def test_sigterm_answers_what_is_under_way_and_exits_with_zero(own_data: Path, start_node: StartNode) -> None:
    """Batches that are in the service when SIGTERM arrives are answered in full."""
    node = start_node(own_data, workers=1)
    checks = [check_of("Erika Musterman Beispiel", request_id=str(i)) for i in range(1_000)]
    answered: list[int] = []
    with node.client() as client:
        client.check(QUESTION)
        threads = [threading.Thread(target=lambda: answered.append(len(client.check_batch(checks)))) for _ in range(3)]
        for thread in threads:
            thread.start()
        eventually(lambda: len(_recorded(own_data)) > 1)  # The first batch is being worked on.
        workers = node.workers()
        assert node.stop() == 0
        for thread in threads:
            thread.join()
    assert answered == [1_000] * 3
    assert not any(is_running(pid) for pid in workers)
    assert "worker_died" not in node.log


def test_workers_stop_when_their_supervisor_is_killed(own_data: Path, start_node: StartNode) -> None:
    """kill -9 of the supervisor leaves nobody behind, and the directory can be served again."""
    node = start_node(own_data, workers=2)
    workers = node.workers()
    kill(node.process.pid)
    eventually(lambda: not any(is_running(pid) for pid in workers))
    NodeLock(DataDirectory(own_data)).release()


def test_a_second_serve_on_the_same_directory_is_refused(node: Node) -> None:
    """One line that names the process that serves it, exit code 2."""
    done = screening("serve", "--data", node.data, "--address", "localhost:0")
    assert done.returncode == 2
    assert f"is served already, by process {node.process.pid}" in done.stderr
    assert "Traceback" not in done.stderr


def test_workers_follow_imports_and_refuse_what_is_broken(
    own_data: Path, start_node: StartNode, tmp_path: Path
) -> None:
    """A new import reaches every worker without a restart; a broken register or a flipped byte replaces nothing."""
    node = start_node(own_data, workers=2)
    name = "Neuling Erdacht Vonheute"
    assert _matches(node, name) == []
    started = node.workers()

    register = (own_data / "access.toml").read_text(encoding="utf-8")
    (own_data / "access.toml").write_text(register + "\n[[party]]\nname = 7\n", encoding="utf-8")
    eventually(lambda: node.log.count("register_rejected") == 2)
    _import_one(own_data, tmp_path, "2031/201", name)
    # Beside a broken register a good snapshot is taken: a slip there must not hold up a restriction here.
    eventually(lambda: node.log.count('"generation": 3') == 2)
    assert all(_matches(node, name) == ["2031/201"] for _ in range(6))
    assert node.log.count("register_rejected") == 2, "said once by each worker, not twice a second"
    (own_data / "access.toml").write_text(register.replace("version = 1", "version = 2", 1), encoding="utf-8")
    eventually(lambda: node.log.count('"register": 2') == 2)

    _flip_a_byte_of_the_next_segment(own_data, tmp_path)
    eventually(lambda: node.log.count("snapshot_rejected") == 2)
    assert "names.arrow has been changed" in node.log
    assert all(_matches(node, name) == ["2031/201"] for _ in range(4))
    assert node.workers() == started


def _import_one(data: Path, folder: Path, notice_id: str, name: str) -> None:
    fields = json.loads(NOTICES.read_text(encoding="utf-8").splitlines()[0])
    fields |= {"noticeId": notice_id, "identities": [{"names": [{"full": name}]}], "documents": []}
    path = folder / "one.jsonl"
    path.write_text(json.dumps(fields), encoding="utf-8")
    done = screening("import", "notices-jsonl", path, "--data", data)
    assert done.returncode == 0, done.stderr


def _flip_a_byte_of_the_next_segment(data: Path, folder: Path) -> None:
    """A snapshot is built beside the served one, damaged, and put in its place, manifest last."""
    directory = DataDirectory(data)
    current = json.loads((directory.segments / "manifest.json").read_text(encoding="utf-8"))
    (segment,) = [entry for entry in current["segments"] if entry["name"].startswith("notices-")]
    damaged = directory.segments / "notices-000099"
    damaged.mkdir()
    for file in (directory.segments / segment["name"]).iterdir():
        content = bytearray(file.read_bytes())
        if file.name == "names.arrow":
            content[len(content) // 2] ^= 0x10
        (damaged / file.name).write_bytes(content)
    segment["name"], current["generation"] = "notices-000099", 99
    draft = folder / "manifest.json"
    draft.write_text(json.dumps(current), encoding="utf-8")
    draft.replace(directory.segments / "manifest.json")


def test_a_directory_that_cannot_be_served_is_said_in_one_line(own_data: Path) -> None:
    """A damaged snapshot: the log names the file, the service ends with exit code 2 and no traceback."""
    segment = next((own_data / "segments").glob("notices-*/names.arrow"))
    good = segment.read_bytes()
    segment.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    done = screening("serve", "--data", own_data, "--address", "localhost:0", "--workers", "1")
    assert done.returncode == 2
    assert "cannot be served" in done.stderr
    assert "names.arrow has been changed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_caller_that_hangs_up_leaves_the_service_as_it_was(node: Node) -> None:
    """A hundred batches are abandoned at once; the next caller is answered promptly."""
    batch = check_of("Erika Mustermann").SerializeToString()
    with node.channel() as channel:
        call = channel.unary_unary("/screening_api.v1.ScreeningService/Check")
        for pending in [call.future(batch, timeout=20) for _ in range(100)]:
            pending.cancel()
    start = time.monotonic()
    assert _matches(node, "Erika Mustermann-Beispiel") == ["2031/101"]
    assert time.monotonic() - start < 5.0


def test_neither_errors_nor_logs_repeat_what_was_asked_or_recorded(node: Node, own_data: Path, tmp_path: Path) -> None:
    """Bad checks and bad rows are named by field and line. (Every node's log is searched when the node is stopped.)"""
    with node.client() as client:
        for wrong in (check_of("Geheimname \x00 Bad"), check_of("y" * 1_000_000), check_of(document="Q" * 60)):
            with pytest.raises(grpc.RpcError) as caught:
                client.check(wrong)
            assert not any(secret in str(caught.value) for secret in SECRETS)
    rows = tmp_path / "bad.jsonl"
    row = {"noticeId": "B/1", "database": 1, "kind": 1, "status": 2, "source": "XGR"}
    identity = {"names": [{"full": "Geheimname Bad"}], "nationalities": ["QQQQQQ"]}
    rows.write_text(json.dumps(row | {"identities": [identity]}), encoding="utf-8")
    done = screening("import", "notices-jsonl", rows, "--data", own_data)
    assert done.returncode == 1
    assert "identities[0].nationalities[0]" in done.stderr
    assert not any(secret in done.stderr + done.stdout for secret in SECRETS)


def test_the_secrets_of_a_data_directory_are_its_owners_alone(fictitious_data: Path) -> None:
    """The node's key, the logs and the private keys are readable by nobody else."""
    private = [fictitious_data / "node.key", fictitious_data / "notices.sqlite", *fictitious_data.glob("pki/**/*.key")]
    assert len(private) > 4
    for path in private:
        assert path.stat().st_mode & 0o077 == 0, path.name
