"""The command line: init, serve, import, check, check-file, mrz, audit verify, bench."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from indexes.storage import SnapshotRejectedError
from screening.access_register import parse_register
from screening.config import DEFAULT_CONFIG
from screening.data_directory import DataDirectory, DataDirectoryError
from screening.logs import configure_logging
from screening.pki import PkiError

__all__ = ["main"]

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
audit_app = typer.Typer(no_args_is_help=True, help="The audit log.")
app.add_typer(audit_app, name="audit")
_OUT = Console()
_ERR = Console(stderr=True)

DataOption = Annotated[Path, typer.Option("--data", help="The data directory of the node.")]
AddressOption = Annotated[str, typer.Option("--address", help="Where the service answers, host:port.")]
CallerOption = Annotated[str, typer.Option("--caller", help="URI of the caller whose certificate is shown.")]

_DATA = Path("screening-data")
_ADDRESS = "localhost:50443"
_CALLER = "spiffe://screening.example/UTO/border"


@app.command()
def init(data: DataOption = _DATA) -> None:
    """Makes a data directory: settings, a demo access register, a local certificate authority, certificates."""
    from screening.pki import create_authority
    from screening.segments import rebuild_notices

    directory = DataDirectory(data)
    directory.create()
    text = files("screening").joinpath("demo_register.toml").read_text(encoding="utf-8")
    directory.config.write_text(DEFAULT_CONFIG, encoding="utf-8")
    directory.register.write_text(text, encoding="utf-8")
    callers = sorted(parse_register(text).callers)
    create_authority(directory.pki, callers=callers, now=datetime.now(UTC))
    rebuild_notices(directory, lambda _: None)
    _OUT.print(f"Made [bold]{data}[/]: settings, access register, certificates for")
    for uri in callers:
        _OUT.print(f"  {uri}")
    _OUT.print(f"Next: screening import FORMAT FILE... --data {data}; screening serve --data {data}")


@app.command()
def serve(
    data: DataOption = _DATA,
    address: Annotated[str | None, typer.Option(help="host:port, instead of the one in config.toml.")] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes, instead of config.toml's.")] = None,
) -> None:
    """Serves a data directory until SIGTERM or Ctrl-C."""
    from screening.supervisor import serve as run

    configure_logging()
    run(data, address, workers, lambda where: print(f"serving on {where}", flush=True))


@app.command("import")
def import_(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="notices-jsonl, ofac-sdn, un-xml, ...")],
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False)],
    data: DataOption = _DATA,
) -> None:
    """Imports files: good rows are kept, bad ones named with line and reason."""
    from screening.importing import run_import

    directory = _data_directory(data)
    raise typer.Exit(run_import(directory, format_, paths, _OUT, _ERR))


@app.command()
def check(
    name: Annotated[list[str] | None, typer.Option(help="A name, in any order and script; may be repeated.")] = None,
    born: Annotated[str, typer.Option(help="Birth date: YYYY, YYYY-MM or YYYY-MM-DD.")] = "",
    sex: Annotated[str, typer.Option(help="F, M or X.")] = "",
    nationality: Annotated[list[str] | None, typer.Option(help="Alpha-3 code; may be repeated.")] = None,
    document: Annotated[list[str] | None, typer.Option(help="NUMBER[:COUNTRY[:TYPE]]; may be repeated.")] = None,
    mrz: Annotated[list[str] | None, typer.Option(help="A machine-readable zone, lines joined.")] = None,
    purpose: Annotated[str, typer.Option(help="BORDER_CONTROL, ASYLUM, VISA, POLICE_CHECK.")] = "BORDER_CONTROL",
    profile: Annotated[str, typer.Option(help="border, strict or wide.")] = "",
    min_score: Annotated[float, typer.Option(help="Matches below it are left out.")] = 0.0,
    limit: Annotated[int, typer.Option(help="Most matches to show.")] = 0,
    user: Annotated[str, typer.Option(help="The operator, for the audit record.")] = "cli",
    json: Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")] = False,
    data: DataOption = _DATA,
    address: AddressOption = _ADDRESS,
    caller: CallerOption = _CALLER,
) -> None:
    """Asks a running service one question and prints the answer."""
    from screening.asking import ask_one, request_of
    from screening.client import ClientTls

    request = request_of(
        names=name or [],
        born=born,
        sex=sex,
        nationalities=nationality or [],
        documents=document or [],
        zones=mrz or [],
        purpose=purpose,
        user=user,
    )
    request.options.profile = profile
    request.options.min_score = min_score
    request.options.limit = limit
    tls = ClientTls.of(_data_directory(data).pki, caller)
    raise typer.Exit(ask_one(request, address, tls, _OUT, _ERR, as_json=json))


@app.command("check-file")
def check_file(
    checks: Annotated[Path, typer.Argument(metavar="CHECKS.jsonl", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", metavar="ANSWERS.jsonl", help="Where the answers go.")],
    data: DataOption = _DATA,
    address: AddressOption = _ADDRESS,
    caller: CallerOption = _CALLER,
) -> None:
    """Screens a file through the service: one CheckRequest in protobuf JSON a line in, one CheckResult a line out."""
    from screening.asking import ask_file
    from screening.client import ClientTls

    tls = ClientTls.of(_data_directory(data).pki, caller)
    raise typer.Exit(ask_file(checks, out, address, tls, _ERR))


@app.command()
def mrz(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
) -> None:
    """Parses a file of machine-readable zones (text or JSON lines) and prints one JSON object a line."""
    from json import dumps

    from screening.clock import Clock
    from screening.mrz_records import read_mrz_file

    with file.open(encoding="utf-8", errors="replace") as lines:
        for found in read_mrz_file(lines, today=Clock().day()):
            print(dumps(found, ensure_ascii=False))


@app.command()
def demo(data: DataOption = Path("demo-data")) -> None:
    """Fictitious notices, a server on a free port, and checks of two callers over gRPC."""
    from screening.demo import run_demo

    raise typer.Exit(run_demo(data, _OUT))


@audit_app.command("verify")
def audit_verify(data: DataOption = _DATA) -> None:
    """Follows the chain of every audit log and names the first record that was changed, removed or inserted."""
    from screening.audit_log import audit_files, verify_log

    directory = _data_directory(data)
    broken = False
    for path in audit_files(directory.audit):
        verdict = verify_log(path, directory.read_secret())
        broken |= verdict.broken_at > 0
        end = f"broken at record {verdict.broken_at}" if verdict.broken_at else f"whole, head {verdict.head or '-'}"
        _OUT.print(f"{verdict.file}: {verdict.records} records, {end}", soft_wrap=True)
    raise typer.Exit(1 if broken else 0)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(context: typer.Context) -> None:
    """Runs a bench of the source checkout: the same as `python -m bench NAME [--options]`."""
    raise typer.Exit(subprocess.run([sys.executable, "-m", "bench", *context.args], check=False).returncode)  # noqa: S603


def _data_directory(data: Path) -> DataDirectory:
    directory = DataDirectory(data)
    directory.check()
    return directory


def main() -> None:
    """Entry point: errors that a person can mend are one line, not a traceback."""
    try:
        app()
    except (DataDirectoryError, PkiError, SnapshotRejectedError, OSError, ValueError, sqlite3.Error) as error:
        _ERR.print(Text.assemble(("error: ", "red"), " ".join(str(error).split())), soft_wrap=True)
        sys.exit(2)
