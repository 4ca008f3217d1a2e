"""`python -m bench transport`: what of the transport's own speed is left when the service does its work.

A unary echo server (same messages, settings and TLS) and the real unary check, one worker each, driven by the same
client process in turn, round by round, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.data_files import prepare_data_dir
from bench.driving import Measured, add_up, drive
from bench.load import PLANTED_SHARE
from bench.messages import write_messages
from bench.population import Population
from bench.report import Report, finish
from bench.targets import Target, make_pki, running_echo, running_server

__all__ = ["main"]

# Different questions asked before they repeat, as in bench/load.py.
_CHECKS_DEFAULT = 50_000


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench transport", description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of one round of one server")
    parser.add_argument("--warm", type=float, default=1.0)
    parser.add_argument("--concurrency", type=int, default=64, help="calls in flight of a client process")
    parser.add_argument("--connections", type=int, default=4, help="of a client process")
    parser.add_argument("--clients", type=int, default=1, help="client processes")
    parser.add_argument("--echo-only", action="store_true", help="without the service")
    parser.add_argument("--checks", type=int, default=_CHECKS_DEFAULT, help="different checks, asked round and round")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", action="store_true", help="append the figures to the record of this machine")
    return parser


@contextmanager
def _targets(options: argparse.Namespace, folder: Path) -> Iterator[list[Target]]:
    if options.echo_only:
        with running_echo(make_pki(folder)) as echo:
            yield [echo]
        return
    data_dir = prepare_data_dir(folder, options.persons, options.documents, seed=options.seed)
    with running_server(data_dir, workers=1) as check, running_echo(data_dir / "pki") as echo:
        yield [echo, check]


def _drive(options: argparse.Namespace, folder: Path) -> dict[str, list[Measured]]:
    messages = folder / "messages"
    listed = 0 if options.echo_only else options.persons
    write_messages(
        Population(options.seed).travellers(options.checks, listed=listed, planted_share=PLANTED_SHARE),
        messages,
        checks_each=1,
        enclosed=False,
    )
    with _targets(options, folder) as targets:
        plan = {
            "targets": [target.plan() for target in targets],
            "mode": "unary",
            "messages": str(messages),
            "rounds": options.rounds,
            "warm_s": options.warm,
            "seconds": options.seconds,
            "rate": 0.0,
            "concurrency": options.concurrency,
            "connections": options.connections,
        }
        clients = drive(plan, options.clients)
    measured: dict[str, list[Measured]] = {target.name: [] for target in targets}
    for each in zip(*clients, strict=True):
        measured[each[0]["target"]].append(add_up(each, options.clients))
    return measured


def _result(measured: dict[str, list[Measured]]) -> dict[str, Any]:
    """Medians over the rounds; the ratio is the median of the rounds' own ratios."""
    result: dict[str, Any] = {}
    for name, rounds in measured.items():
        result[f"{name}_per_s"] = round(statistics.median(each.checks_per_s for each in rounds), 1)
        result[f"{name}_p99_ms"] = round(statistics.median(each.p99_ms for each in rounds), 3)
        result[f"{name}_client_cpu_us"] = round(statistics.median(each.client_cpu_us_per_check for each in rounds), 1)
        result[f"{name}_errors"] = sum(each.errors for each in rounds)
        result[f"{name}_rounds_per_s"] = [each.checks_per_s for each in rounds]
    if "check" in measured:
        pairs = zip(measured["check"], measured["echo"], strict=True)
        result["ratio"] = round(statistics.median(check.checks_per_s / echo.checks_per_s for check, echo in pairs), 4)
        asked = [(sum(each.found.values()), sum(each.missed.values())) for each in measured["check"]]
        found, missed = sum(f for f, _ in asked), sum(m for _, m in asked)
        result["planted_asked"] = found + missed
        if found + missed:
            result["found_share"] = round(found / (found + missed), 4)
    return result


def main(arguments: list[str]) -> int:
    """Measures, reports; the exit code is 1 where an expectation of `definitions/transport.toml` failed."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-transport-") as folder:
        measured = _drive(options, Path(folder))
    result = _result(measured)
    # In the table an echo never finds a planted traveller, which is no failure: only the service's share is judged.
    rows = [
        (name, number + 1, each.checks_per_s, each.p50_ms, each.p99_ms, each.client_cpu_us_per_check, each.errors)
        for name, rounds in measured.items()
        for number, each in enumerate(rounds)
    ]
    columns = ("server", "round", "calls/s", "p50 ms", "p99 ms", "client us/call", "errors")
    report = Report(name="transport", result=result, columns=columns, rows=rows, record=options.record)
    return finish(report)
