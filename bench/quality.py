"""`python -m bench quality`: how well names are matched - ours beside each installed peer, on the same questions.

Parts: `sets` are labelled pairs of our own making, by phenomenon, script and culture; `lists` asks for the persons of
real lists by their other names, each matcher at the threshold at which one of a thousand invented travellers raises an
alert; `--pairs`, or `--records` with `--queries`, judge with files of others (their forms: `quality_files.py`).
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.quality_files import read_pairs, read_records
from bench.quality_lists import read_lists
from bench.quality_matchers import Matcher, PairMatcher, PeerMissingError
from bench.quality_measures import Recall
from bench.quality_pairs import PairTrial, pair_trial
from bench.quality_sets import Pair, own_pairs
from bench.quality_show import list_result, pair_result, plot_reliability, recall_result, show_lists, show_pairs
from bench.quality_trials import list_trial, record_trial, travellers
from bench.report import Report, finish

__all__ = ["main"]

_LISTS = Path(__file__).parents[2] / "shared" / "data" / "lists"  # Beside the checkout.
_PLOT = Path(__file__).parent / "out" / "quality.png"
_SEED_TRAVELLERS = 7
_SEED_PAIRS = 5
_PLAIN_COLUMNS = 160  # Of a file or pipe: five matchers side by side.

_MATCHERS = {
    "ours": ("bench.quality_matchers", "Ours"),
    "wratio": ("bench.peers_rapidfuzz", "WRatio"),
    "tantivy": ("bench.peers_tantivy", "TantivyFuzzy"),
    "pg_trgm": ("bench.peers_pg_trgm", "PgTrgm"),
    "logic-v2": ("bench.peers_nomenklatura", "LogicV2"),
}

_Results = dict[str, dict[str, Any]]


def main(arguments: list[str]) -> int:
    """Runs the parts asked for; see `finish` for the exit code."""
    options = _options(arguments)
    console = Console(stderr=True)
    out = Console() if sys.stdout.isatty() else Console(width=_PLAIN_COLUMNS)
    matchers = _matchers(options.matchers.split(","), console)
    results: _Results = {matcher.name: {} for matcher in matchers}
    if options.pairs or options.records:
        _judge_files(matchers, options, results, out)
    else:
        if options.only in ("all", "sets"):
            _judge_pairs(matchers, own_pairs(_SEED_PAIRS, options.persons), results, out)
        if options.only in ("all", "lists"):
            _judge_lists(matchers, options, results, console, out)
    rows = [(name, *(_cell(result.get(key)) for key in _HEADS)) for name, result in results.items()]
    return finish(Report(name="quality", result={"matchers": results}, columns=("matcher", *_HEADS), rows=rows))


_HEADS = ("precision", "recall", "f1", "us_per_pair", "us_per_check")


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if value <= 1 else f"{value:.0f}"


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench quality", description=__doc__)
    parser.add_argument("--only", choices=("all", "sets", "lists"), default="all")
    parser.add_argument("--matchers", default="all", help=f"comma-separated of {', '.join(_MATCHERS)}; or all")
    parser.add_argument("--persons", type=int, default=12, help="fictitious persons of each culture")
    parser.add_argument("--lists", type=Path, default=_LISTS, help="folder with the lists of OFAC and the UN")
    parser.add_argument("--travellers", type=int, default=10_000, help="invented travellers that set the threshold")
    parser.add_argument("--questions", type=int, default=2_500, help="questions of each kind on lists; 0 for all")
    parser.add_argument("--pairs", type=Path, help="JSON lines of {a, b, expected}")
    parser.add_argument("--records", type=Path, help="JSON lines of {id, name(s), birth_date}")
    parser.add_argument("--queries", type=Path, help="JSON lines of {name, birth_date, expected: id or null}")
    options = parser.parse_args(arguments)
    if bool(options.records) != bool(options.queries):
        parser.error("--records and --queries go together")
    return options


def _matchers(names: Sequence[str], console: Console) -> list[Matcher]:
    """The matchers of those names, or all for "all". One that is not installed is named and left out."""
    found: list[Matcher] = []
    for name in tuple(_MATCHERS) if "all" in names else names:
        module, kind = _MATCHERS[name]
        try:
            found.append(getattr(importlib.import_module(module), kind)())
        except (ImportError, PeerMissingError) as error:
            console.print(f"[yellow]{name} is left out:[/] {error}")
    return found


def _judge_pairs(matchers: Sequence[Matcher], pairs: Sequence[Pair], results: _Results, out: Console) -> None:
    trials: dict[str, PairTrial] = {}
    for matcher in matchers:
        if isinstance(matcher, PairMatcher):
            trials[matcher.name] = pair_trial(matcher, pairs)
            results[matcher.name] |= pair_result(trials[matcher.name])
    if trials:
        show_pairs(out, trials)
        plot_reliability(_PLOT, trials)


def _judge_lists(
    matchers: Sequence[Matcher], options: argparse.Namespace, results: _Results, console: Console, out: Console
) -> None:
    try:
        lists = read_lists(options.lists)
    except FileNotFoundError as error:
        console.print(f"[yellow]real lists are left out:[/] {error}")
        return
    invented = travellers(options.travellers, _SEED_TRAVELLERS)
    trials = {}
    for matcher in matchers:
        console.print(f"{matcher.name} on {len(lists.recorded)} persons ...")
        trials[matcher.name] = list_trial(matcher, lists, invented, options.questions)
        results[matcher.name] |= list_result(trials[matcher.name])
    if trials:
        show_lists(out, trials)


def _judge_files(matchers: Sequence[Matcher], options: argparse.Namespace, results: _Results, out: Console) -> None:
    if options.pairs:
        _judge_pairs(matchers, read_pairs(options.pairs), results, out)
    if options.records:
        files = read_records(options.records, options.queries)
        for matcher in matchers:
            threshold, found = record_trial(matcher, files)
            results[matcher.name] |= {"threshold": threshold, "queries": recall_result(found)}
            out.print(f"{matcher.name}: {_line(found)}, T {threshold:.3f}")


def _line(found: Recall) -> str:
    return f"{found.questions} queries, {found.at_ranks:.3f} at 10, {found.at_threshold:.3f} at T"
