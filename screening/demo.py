"""The demo: fictitious notices, a server on a free port, and questions of two callers over gRPC with mutual TLS.

`python -m screening.demo [DIRECTORY]`. Everything goes the way a user's own data would go: the commands `init`,
`import` and `serve`, certificates of the directory's own authority, the client of `client.py`. Each question says what
its answer must be; where one is different the demo says so and fails.
"""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Final

import grpc
from rich.console import Console
from rich.text import Text

from screening.asking import print_response
from screening.audit_log import audit_files, verify_log
from screening.client import Client, ClientTls
from screening.data_directory import DataDirectory
from screening.demo_notices import demo_document_lines, demo_notices
from screening.demo_questions import ASYLUM, BORDER, CALLER_NAMES, DemoQuestion, demo_questions
from screening.wire_notice import notice_to_json

__all__ = ["DEMO_DIRECTORY", "DemoError", "prepare", "run_demo", "running_server"]

DEMO_DIRECTORY: Final = Path("demo-data")

START_SECONDS_MAX: Final = 300
"""The first start on a machine compiles the kernels: a minute of one processor, twice that on a busy machine."""

STOP_SECONDS_MAX: Final = 30  # Draining takes up to ten; beyond this something is wrong and the server is killed.
WORKERS: Final = 2  # Two show that workers share the port; more would only cost start-up time.
PLAIN_WIDTH: Final = 110  # Columns where the output goes to a file or a log: rich's 80 would break every sentence.

_SERVING = "serving on "  # The line of `screening serve` that says where.
_SOURCES = "sources"  # What was imported is kept beside what came of it, to be read and changed.


class DemoError(Exception):
    """The demo cannot go on; says why and what to do."""


def run_demo(data: Path, out: Console) -> int:
    """Prepares, serves, asks, and says how to go on. Returns 0, or 1 where an answer was not as promised.

    Raises DemoError.
    """
    out.rule("[bold]Screening demo: everybody and everything in it is invented")
    made = prepare(data)
    out.print(f"{'Made' if made else 'Using'} {data}: {_contents()}")
    out.print("Starting the server; the first start on a machine compiles its kernels, which takes a while ...")
    with running_server(data) as address:
        out.print(f"Serving on {address}, two workers, mutual TLS.\n")
        wrong = _ask_all(data, address, out)
    out.print(f"The server has stopped. {_audit_summary(DataDirectory(data))}\n")
    if wrong:
        out.print(f"[red]{wrong} answers were not as promised.[/]")
        return 1
    _say_how_to_go_on(data, out)
    return 0


def prepare(data: Path) -> bool:
    """Makes the data directory; False where the same demo has made it already.

    It appears complete or not at all. Raises DemoError where something else is there, or a command fails.
    """
    if data.exists():
        if _sources_of(data / _SOURCES) != _source_texts():
            raise DemoError(f"{data} is not what this version of the demo makes: remove it, or name another directory")
        return False
    data.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{data.name}-", dir=data.parent))
    try:
        _fill(partial)
        partial.rename(data)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return True


@contextmanager
def running_server(data: Path) -> Iterator[str]:
    """`screening serve` on a free port of this machine for the time of the block; gives its address.

    What it logs goes to serve.log in the directory. Raises DemoError where it does not start.
    """
    arguments = ["serve", "--data", str(data), "--address", "127.0.0.1:0", "--workers", str(WORKERS)]
    log_path = data / "serve.log"
    with log_path.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(_command(*arguments), stdout=subprocess.PIPE, stderr=log, text=True)  # noqa: S603
    try:
        yield _address_of(process, log_path)
    finally:
        _stop(process)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "screening", *arguments]


def _fill(data: Path) -> None:
    _run("init", "--data", str(data))
    sources = data / _SOURCES
    sources.mkdir()
    for name, text in _source_texts().items():
        (sources / name).write_text(text, encoding="utf-8")
    for format_, name in (("notices-jsonl", "notices.jsonl"), ("documents-csv", "documents.csv")):
        _run("import", format_, str(sources / name), "--data", str(data))


def _run(*arguments: str) -> None:
    done = subprocess.run(  # noqa: S603  Our own program, with arguments of our own.
        _command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise DemoError(f"screening {arguments[0]} ended with {done.returncode}:\n{done.stdout}")


def _source_texts() -> dict[str, str]:
    """The two files that are imported, by name."""
    return {
        "notices.jsonl": "".join(f"{notice_to_json(notice)}\n" for notice in demo_notices()),
        "documents.csv": "".join(f"{line}\n" for line in demo_document_lines()),
    }


def _sources_of(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in directory.glob("*") if path.is_file()}


def _contents() -> str:
    documents = sum(1 for _ in demo_document_lines()) - 1  # The first line names the columns.
    return f"{len(demo_notices())} notices, {documents} documents, an access register, certificates."


def _address_of(process: subprocess.Popen[str], log_path: Path) -> str:
    """Where the server says that it serves. A server that says nothing in time is killed, which ends its output."""
    assert process.stdout is not None
    watchdog = Timer(START_SECONDS_MAX, process.kill)
    watchdog.start()
    try:
        for line in process.stdout:
            if line.startswith(_SERVING):
                return line.removeprefix(_SERVING).strip()
    finally:
        watchdog.cancel()
    raise DemoError(f"the server did not start; it said why in {log_path}")


def _stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=STOP_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _ask_all(data: Path, address: str, out: Console) -> int:
    """Asks every question and prints its answer. Returns how many answers were not as promised."""
    pki = DataDirectory(data).pki
    with (
        Client(address, ClientTls.of(pki, BORDER)) as border,
        Client(address, ClientTls.of(pki, ASYLUM)) as asylum,
    ):
        clients = {BORDER: border, ASYLUM: asylum}
        questions = enumerate(demo_questions(), 1)
        return sum(_ask(number, question, clients[question.caller], data, out) for number, question in questions)


def _ask(number: int, question: DemoQuestion, client: Client, data: Path, out: Console) -> bool:
    """One question and its answer, printed. Returns whether the answer was not as promised."""
    out.rule(f"[bold]{number}. {question.title}", align="left")
    out.print(f"[cyan]{CALLER_NAMES[question.caller]}[/] asks:")
    out.print(Text(f"  {_question_as_command(question, data)}", style="dim"), soft_wrap=True)
    try:
        response = client.check(question.request())
    except grpc.RpcError as error:
        raise DemoError(f"the server did not answer: {error.code().name} {error.details()}") from error
    print_response(response, out)
    found = tuple(match.notice_id for match in response.matches)
    out.print(Text(f"→ {question.remark}", style="italic"))
    is_wrong = found != question.promised
    if is_wrong:
        out.print(f"[red]Promised were {len(question.promised)} matches: {question.promised}.[/]")
    out.print()
    return is_wrong


def _question_as_command(question: DemoQuestion, data: Path) -> str:
    """The same question as a user would type it."""
    words = ["screening", "check", *question.options(), "--purpose", question.purpose, "--caller", question.caller]
    return shlex.join([*words, "--data", str(data)])


def _audit_summary(directory: DataDirectory) -> str:
    verdicts = [verify_log(path, directory.read_secret()) for path in audit_files(directory.audit)]
    count = sum(verdict.records for verdict in verdicts)
    state = "broken" if any(verdict.broken_at for verdict in verdicts) else "whole"
    return f"Its audit log holds {count} checks, and the chain is {state}."


def _say_how_to_go_on(data: Path, out: Console) -> None:
    program = Path(sys.executable).with_name("screening")
    shown = program.relative_to(Path.cwd()) if program.is_relative_to(Path.cwd()) else program
    misspelt = demo_questions()[0]
    lines = [
        ("Serve it again, in one terminal", f"{shown} serve --data {data}"),
        ("and ask, in another", f"{shown} check {shlex.join(misspelt.options())} --data {data}"),
        ("for machines", f"{shown} check {shlex.join(misspelt.options())} --data {data} --json"),
        ("Verify the audit log", f"{shown} audit verify --data {data}"),
        ("Who may see what", f"{data}/access.toml"),
        ("What was imported", f"{data}/{_SOURCES}"),
    ]
    out.rule("[bold]How to go on", align="left")
    for what, how in lines:
        out.print(Text.assemble((f"{what}:\n", "cyan"), f"  {how}"), soft_wrap=True)


def _main() -> int:
    out = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    try:
        return run_demo(Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO_DIRECTORY, out)
    except DemoError as error:
        Console(stderr=True).print(f"[red]error:[/] {error}", soft_wrap=True)
        return 2


if __name__ == "__main__":
    sys.exit(_main())
