"""`python -m bench load`: a running server under load, through one of its three doors."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.certificates import first_caller
from bench.data_files import prepare_data_dir
from bench.driving import Measured, add_up, drive
from bench.messages import write_messages
from bench.population import Population
from bench.report import Report, finish, plot_percentiles
from bench.targets import Target, make_pki, resident_mb, running_echo, running_server

__all__ = ["PLANTED_SHARE", "main"]

# Different questions asked before they repeat: enough that no cache of answers would help.
_CHECKS_DEFAULT = 50_000

# Ten times the share of hits in life (DOMAIN 5: 0.02 %), so that a run of seconds asks about some who must be found.
PLANTED_SHARE = 0.002


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench load", description=__doc__)
    parser.add_argument("--mode", choices=("unary", "batch", "stream"), default="unary")
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--rate", type=float, default=0.0, help="checks a second, open loop; 0: closed loop")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--warm", type=float, default=2.0, help="seconds before measuring")
    parser.add_argument("--checks-each", type=int, default=100, help="checks in a message of batch and stream")
    parser.add_argument(
        "--concurrency", type=int, default=64, help="messages in flight of a client process, closed loop"
    )
    parser.add_argument("--connections", type=int, default=4, help="of a client process")
    parser.add_argument("--clients", type=int, default=1, help="client processes")
    parser.add_argument("--workers", type=int, default=1, help="worker processes of the server")
    parser.add_argument(
        "--planted-share", type=float, default=PLANTED_SHARE, help="share of travellers who are in the list"
    )
    parser.add_argument("--checks", type=int, default=_CHECKS_DEFAULT, help="different checks, asked round and round")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", type=Path, help="folder of larger tables of names")
    parser.add_argument("--address", help="a running server; needs --pki, and the population of --persons in it")
    parser.add_argument("--pki", type=Path)
    parser.add_argument("--caller", help="name of the caller's certificate; default: the first border system")
    parser.add_argument("--echo", action="store_true", help="the echo server instead: what the client itself can do")
    parser.add_argument("--record", action="store_true", help="append the figures to the record of this machine")
    return parser


@contextmanager
def _target(options: argparse.Namespace, folder: Path) -> Iterator[Target]:
    if options.address:
        caller = options.caller or first_caller(options.pki)
        yield Target(name="check", address=options.address, pki_dir=options.pki, caller=caller)
    elif options.echo:
        with running_echo(make_pki(folder)) as target:
            yield target
    else:
        names = options.names
        data_dir = prepare_data_dir(folder, options.persons, options.documents, seed=options.seed, names_dir=names)
        with running_server(data_dir, workers=options.workers) as target:
            yield target


def _plan(options: argparse.Namespace, target: Target, messages: Path, checks_each: int) -> dict[str, Any]:
    return {
        "targets": [target.plan()],
        "mode": options.mode,
        "messages": str(messages),
        "rounds": 1,
        "warm_s": options.warm,
        "seconds": options.seconds,
        "rate": options.rate / checks_each,
        "concurrency": options.concurrency,
        "connections": options.connections,
    }


def _measure(options: argparse.Namespace, folder: Path) -> tuple[Measured, dict[str, float]]:
    checks_each = 1 if options.mode == "unary" else options.checks_each
    messages = folder / "messages"
    listed = 0 if options.echo else options.persons
    people = Population(options.seed, options.names).travellers(
        options.checks, listed=listed, planted_share=options.planted_share
    )
    write_messages(people, messages, checks_each=checks_each, enclosed=options.mode != "unary")
    with _target(options, folder) as target:
        clients = drive(_plan(options, target, messages, checks_each), options.clients)
        memory = resident_mb(target.pid) if target.pid else {}
    return add_up([each for rounds in clients for each in rounds], options.clients), memory


def _result(options: argparse.Namespace, measured: Measured, memory: dict[str, float]) -> dict[str, Any]:
    figures = asdict(measured)
    curve = figures.pop("curve")
    loop = f"open loop, {options.rate:g}/s" if options.rate else "closed loop"
    plot_percentiles("load", {options.mode: curve}, f"{options.mode}, {loop}")
    found, missed = sum(measured.found.values()), sum(measured.missed.values())
    asked = found + missed
    exact = measured.found.get("exact", 0) + measured.missed.get("exact", 0)
    judged: dict[str, Any] = {} if options.echo or not options.persons else {"planted_asked": asked}
    if asked:
        judged["found_share"] = round(found / asked, 4)
    if exact:
        judged["exact_missed"] = measured.missed.get("exact", 0)
    memory_keys = {f"server_{key}_mb": value for key, value in memory.items()}
    return {
        "mode": options.mode,
        "target": "echo" if options.echo else "check",
        "persons": options.persons,
        "documents": options.documents,
        "rate": options.rate,
        "open_loop": bool(options.rate),
        **figures,
        **judged,
        **memory_keys,
    }


def main(arguments: list[str]) -> int:
    """Measures, reports; the exit code is 1 where an expectation of `definitions/load.toml` failed."""
    options = _parser().parse_args(arguments)
    if options.address and not options.pki:
        _parser().error("--address needs --pki")
    with tempfile.TemporaryDirectory(prefix="bench-load-") as folder:
        measured, memory = _measure(options, Path(folder))
    result = _result(options, measured, memory)
    shown = (
        "checks_per_s",
        "p50_ms",
        "p99_ms",
        "p999_ms",
        "max_ms",
        "errors",
        "client_cpu_us_per_check",
        "found_share",
    )
    rows: list[tuple[str, object]] = [(key, result[key]) for key in shown if key in result]
    rows += [(f"{key} (memory)", value) for key, value in result.items() if key.startswith("server_")]
    report = Report(name="load", result=result, columns=("figure", "value"), rows=rows, record=options.record)
    return finish(report)
