"""The command line: its exit codes, its words, and one clear line for every mistake that can be foreseen."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from screening.audit_log import AuditLog
from screening.cli import main
from screening.data_directory import DataDirectory
from tests.end_to_end.node import NOTICES, Node
from tests.reference.outcomes import audit_record, check

Run = Callable[..., tuple[int, str, str]]
NOWHERE = "127.0.0.1:9"  # The discard port: nobody listens there.


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line as its entry point does; exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "160")

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["screening", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return int(ended.value.code or 0), shown.out, shown.err

    return run


def test_init_makes_a_directory_once(run: Run, tmp_path: Path) -> None:
    """And says for whom there are certificates; the second time nothing is touched."""
    code, out, _ = run("init", "--data", tmp_path / "data")
    assert code == 0
    assert "spiffe://screening.example/UTO/border" in out
    secret = (tmp_path / "data" / "node.key").read_bytes()
    code, _, err = run("init", "--data", tmp_path / "data")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "exists already" in err
    assert (tmp_path / "data" / "node.key").read_bytes() == secret


@pytest.mark.parametrize(
    "words",
    [
        ("serve",),
        ("import", "notices-jsonl", str(NOTICES)),
        ("check", "--name", "Erika"),
        ("check-file", str(NOTICES), "--out", "answers.jsonl"),
        ("audit", "verify"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_says_that_there_is_no_data_directory(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """In one line, with the way to make one."""
    code, _, err = run(*words, "--data", tmp_path / "absent")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "run screening init" in err


def test_import_counts_and_names_bad_rows(run: Run, own_data: Path, tmp_path: Path) -> None:
    """0 where all were good, 1 where some were rejected; good rows are kept."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text(NOTICES.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    code, out, err = run("import", "notices-jsonl", NOTICES, "--data", own_data)
    assert (code, "9 imported, 0 rejected" in out) == (0, True)
    code, out, err = run("import", "notices-jsonl", rows, "--data", own_data)
    assert (code, "9 imported, 1 rejected" in out) == (1, True)
    assert "rows.jsonl:10: rejected" in err


def test_import_of_what_cannot_be_read_is_said(run: Run, own_data: Path, tmp_path: Path) -> None:
    """An unknown format, a file that is not there, one of another kind."""
    code, _, err = run("import", "punched-cards", NOTICES, "--data", own_data)
    assert (code, "FORMAT is one of notices-jsonl" in err) == (2, True)
    code, _, err = run("import", "notices-jsonl", tmp_path / "absent.jsonl", "--data", own_data)
    assert (code, "absent.jsonl" in err) == (2, True)
    code, _, err = run("import", "un-xml", NOTICES, "--data", own_data)
    assert (code, "nothing was imported" in err) == (2, True)


def test_check_prints_a_table_and_its_exit_code_says_whether_anything_was_found(run: Run, node: Node) -> None:
    """1 for matches, 0 for none; what was searched is said in either case."""
    here = ("--data", node.data, "--address", node.address)
    code, out, _ = run("check", "--name", "Erika Musterman Beispiel", "--born", "1984-08-12", *here)
    assert code == 1
    assert "2031/101" in out
    assert "Birth date equal." in out
    assert "NOMINAL searched" in " ".join(out.split())
    code, out, _ = run("check", "--name", "Nobody Everheardof", *here)
    assert (code, "No match." in out) == (0, True)


def test_check_json_is_one_object_on_one_line(run: Run, node: Node) -> None:
    """The contract's message in protobuf JSON."""
    code, out, _ = run(
        "check", "--document", "X01234567:UTO:PASSPORT", "--json", "--data", node.data, "--address", node.address
    )
    (line,) = out.splitlines()
    assert code == 1
    assert json.loads(line)["matches"][0]["notice_id"] == "LOST-1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--name", "A", "--born", "yesterday"), "--born is YYYY"),
        (("--name", "A", "--born", "1985-02-31"), "subject.birth_date.day"),
        (("--name", "A", "--sex", "Q"), "--sex is F, M or X"),
        (("--name", "A", "--purpose", "CURIOSITY"), "--purpose is none"),
        (("--document", "1:UTO:NAPKIN"), "--document has a type"),
        (("--born", "1985"), "subject.names"),
        ((), "subject: give a subject"),
        (("--name", "A", "--profile", "loose"), "options.profile"),
        (("--name", "A", "--caller", "spiffe://screening.example/XZZ/nobody"), "no certificate for the caller"),
        (("--name", "A", "--caller", "nonsense"), "a caller's URI needs"),
        (("--name", "A", "--caller", "spiffe://screening.example/XRA/asylum"), "PERMISSION_DENIED"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(run: Run, node: Node, words: tuple[str, ...], said: str) -> None:
    """By option or by field; exit code 2."""
    code, _, err = run("check", *words, "--data", node.data, "--address", node.address)
    assert code == 2
    assert said in err


def test_without_a_server_the_address_is_named(run: Run, node: Node, tmp_path: Path) -> None:
    """For one question and for a file."""
    code, _, err = run("check", "--name", "A", "--data", node.data, "--address", NOWHERE)
    assert (code, len(err.splitlines())) == (2, 1)
    assert f"no service could be reached at {NOWHERE}" in err
    checks = tmp_path / "checks.jsonl"
    checks.write_text(
        '{"purpose": 1, "operator": {"user": "u"}, "subject": {"names": [{"full": "A"}]}}\n', encoding="utf-8"
    )
    code, _, err = run("check-file", checks, "--out", tmp_path / "out.jsonl", "--data", node.data, "--address", NOWHERE)
    assert (code, f"no service could be reached at {NOWHERE}" in err) == (2, True)


def test_check_file_answers_every_line_in_order(run: Run, node: Node, tmp_path: Path) -> None:
    """Bad lines are answered with an error under their line number; blank ones are skipped."""
    good = {"requestId": "q", "purpose": "PURPOSE_BORDER_CONTROL", "operator": {"user": "u"}}
    good |= {"subject": {"names": [{"full": "Erika Mustermann-Beispiel"}]}}
    lines = [json.dumps(good).encode(), b"{broken", b"", b"\xff\xfe", json.dumps(good | {"purpose": 0}).encode()]
    lines += [json.dumps(good | {"requestId": f"n{i}"}).encode() for i in range(450)]
    checks, out = tmp_path / "checks.jsonl", tmp_path / "answers.jsonl"
    checks.write_bytes(b"\n".join(lines))
    code, _, err = run("check-file", checks, "--out", out, "--data", node.data, "--address", node.address)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert code == 1
    assert [a["request_id"] for a in answers[:5]] == ["q", "line-2", "line-4", "q", "n0"]
    assert ["error" in a for a in answers[:5]] == [False, True, True, True, False]
    assert [a["request_id"] for a in answers[4:]] == [f"n{i}" for i in range(450)]
    assert "3 not answered, 451 with matches" in err


def test_audit_verify_says_what_it_found(run: Run, own_data: Path) -> None:
    """0 for whole chains, 1 for a broken one, which is named."""
    key = DataDirectory(own_data).read_secret()
    log = AuditLog(own_data / "audit" / "worker-0.sqlite", key)
    log.append([audit_record(check(1)), audit_record(check(2))], 1)
    code, out, _ = run("audit", "verify", "--data", own_data)
    assert (code, "worker-0.sqlite: 2 records, whole" in out) == (0, True)
    log._database.execute("DELETE FROM checks WHERE position = 1")
    log.close()
    code, out, _ = run("audit", "verify", "--data", own_data)
    assert (code, "broken at record 1" in out) == (1, True)


def test_mrz_prints_one_object_a_line(run: Run, tmp_path: Path) -> None:
    """For machines, with what is wrong in it."""
    zones = tmp_path / "zones.txt"
    zones.write_text("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10\n")
    code, out, _ = run("mrz", zones)
    assert code == 0
    assert json.loads(out.splitlines()[0])


def test_serve_refuses_bad_settings_in_one_line(run: Run, own_data: Path) -> None:
    """Before a single worker is started."""
    for file, content, said in (
        ("access.toml", "version = 'one'", "version"),
        ("config.toml", "workers = -1\nspeed = 9", "config.toml: workers"),
        ("config.toml", "address = 'nowhere'", "config.toml: address"),
        ("segments/manifest.json", "{}", "manifest.json cannot be read"),
    ):
        kept = (own_data / file).read_text(encoding="utf-8")
        (own_data / file).write_text(content, encoding="utf-8")
        code, _, err = run("serve", "--data", own_data, "--address", "localhost:0")
        assert (code, len(err.splitlines())) == (2, 1)
        assert said in err
        (own_data / file).write_text(kept, encoding="utf-8")
    code, _, err = run("serve", "--data", own_data, "--address", "nonsense")
    assert (code, "the address is not host:port" in err) == (2, True)
