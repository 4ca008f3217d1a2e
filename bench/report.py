"""How a bench ends: a table for people, files for later, and as the last line one JSON object for machines."""

from __future__ import annotations

import csv
import json
import platform
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

__all__ = ["Definition", "Report", "finish", "load_definition", "plot_percentiles"]

_HERE = Path(__file__).parent
_OUT = _HERE / "out"
_RECORD = _HERE / "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a bench is (`bench/definitions/NAME.toml`): text for people, and bounds its result must keep to.

    `expect` maps a key of the result, dots for nesting, to `{min = ..., max = ...}`; a key absent from a result is not
    judged, so that a bench can be run in part.
    """

    name: str
    measures: str
    corpus: str
    bias: str
    expect: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def load_definition(name: str) -> Definition:
    """The definition of that name. Raises FileNotFoundError where there is none."""
    table = tomllib.loads((_HERE / "definitions" / f"{name}.toml").read_text("utf-8"))
    return Definition(name=name, **table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A result and how to show it: `result` becomes the JSON line, `rows` under `columns` the table."""

    name: str
    result: Mapping[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    record: bool = False


def finish(report: Report) -> int:
    """Prints the table and the JSON line, writes the files; returns the exit code: 1 where an expectation failed."""
    failures = _failures(report.result, load_definition(report.name).expect)
    _table(report, failures)
    line = json.dumps({"bench": report.name, **report.result, "failed": failures}, ensure_ascii=False)
    _OUT.mkdir(parents=True, exist_ok=True)
    (_OUT / f"{report.name}.json").write_text(line + "\n", "utf-8")
    if report.record:
        _append_record(report)
    print(line, flush=True)
    return 1 if failures else 0


def _value(result: Mapping[str, Any], key: str) -> object:
    found: Any = result
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _failures(result: Mapping[str, Any], expect: Mapping[str, Mapping[str, float]]) -> list[str]:
    found = []
    for key, bounds in expect.items():
        value = _value(result, key)
        if isinstance(value, int | float):
            low, high = bounds.get("min", float("-inf")), bounds.get("max", float("inf"))
            if not low <= value <= high:
                found.append(f"{key} = {value:g}, expected {low:g} to {high:g}")
    return found


def _table(report: Report, failures: Sequence[str]) -> None:
    console = Console()
    table = Table(title=f"bench {report.name}")
    for column in report.columns:
        table.add_column(column, justify="left" if column == report.columns[0] else "right")
    for row in report.rows:
        table.add_row(*[f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in row])
    console.print(table)
    for failure in failures:
        console.print(f"[red]expectation failed:[/red] {failure}")


def _flat(result: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in result.items():
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{prefix}{key}."))
        else:
            found[prefix + key] = value
    return found


def _append_record(report: Report) -> None:
    """Appends the figures to `record/<machine>/<date>.csv`, one a line, with the time and the bench."""
    now = datetime.now(UTC)
    machine = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{platform.system()}-{platform.machine()}-{_processor()}").strip("-")
    path = _RECORD / machine / f"{now:%Y-%m-%d}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        if fresh:
            writer.writerow(("time", "bench", "key", "value"))
        for key, value in _flat(report.result).items():
            writer.writerow((f"{now:%H:%M:%S}", report.name, key, value))


def _processor() -> str:
    """Model of the processor: figures of different machines must not end up in one file."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def plot_percentiles(name: str, series: Mapping[str, Sequence[tuple[float, float]]], title: str) -> None:
    """Draws latency in ms over percentile (as nines) for each series into `out/NAME.png`; needs matplotlib."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    for label, points in series.items():
        axes.plot([1 / (1 - min(share, 0.99999)) for share, _ in points], [value for _, value in points], label=label)
    axes.set(xscale="log", yscale="log", xlabel="1 / (1 - share of checks)", ylabel="latency, ms", title=title)
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    _OUT.mkdir(parents=True, exist_ok=True)
    figure.savefig(_OUT / f"{name}.png", dpi=120)
