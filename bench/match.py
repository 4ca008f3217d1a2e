"""`python -m bench match`: the matching core alone, in process, on one core."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from bench.corpus import corpus_directory, make_checks, make_screener, open_corpus
from bench.population import Population
from bench.report import Report, finish
from screening.screen import Check, Screener

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Screens travellers in batches and one by one, and reports cost, the slowest check, and what was found."""
    options = _options(arguments)
    names_dir = Path(options.names) if options.names else None
    population = Population(options.seed, names_dir)
    with corpus_directory(options.keep) as directory:
        corpus = open_corpus(
            Path(directory),
            persons=options.persons,
            documents=options.documents,
            seed=options.seed,
            names_dir=names_dir,
        )
        checks = make_checks(corpus, population, options.checks, listed=options.persons, planted_share=options.planted)
        screener = make_screener(corpus)
        warm_count = min(len(checks) // 4, options.warm)
        _run(screener, checks[:warm_count], options.batch)
        started, cpu = time.perf_counter(), time.process_time()
        hits = _run(screener, checks[warm_count:], options.batch)
        elapsed, cpu = time.perf_counter() - started, time.process_time() - cpu
        measured = len(checks) - warm_count
        single = _single_us(screener, checks[warm_count:][: options.single])
    result = {
        "checks_per_s": measured / elapsed,
        "us_per_check": elapsed / measured * 1e6,
        "cpu_us_per_check": cpu / measured * 1e6,
        "checks": measured,
        "checks_with_hits": hits,
        "batch": options.batch,
        "persons": options.persons,
        "names": corpus.snapshot.name_count,
        "documents": corpus.snapshot.document_count,
        "single_us_median": float(np.median(single)),
        "single_us_p99": float(np.percentile(single, 99)),
        "single_us_worst": float(single.max()),
        "worst_over_median": float(single.max() / np.median(single)),
        "build_s": corpus.build_s,
    }
    rows = list(result.items())
    return finish(Report(name="match", result=result, columns=("what", "value"), rows=rows, record=options.record))


def _run(screener: Screener, checks: list[Check], batch: int) -> int:
    hits = 0
    for start in range(0, len(checks), batch):
        for outcome in screener.screen(checks[start : start + batch]):
            assert isinstance(outcome, tuple), "a valid check of an entitled caller is answered"
            hits += bool(outcome[0].hits)
    return hits


def _single_us(screener: Screener, checks: list[Check]) -> np.ndarray:
    """Each check alone, the faster of two runs: the cost of the question, not of the machine's other work."""
    took = np.zeros((2, len(checks)))
    for run in range(2):
        for number, check in enumerate(checks):
            started = time.perf_counter()
            screener.screen([check])
            took[run, number] = time.perf_counter() - started
    return took.min(axis=0) * 1e6


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench match", description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--checks", type=int, default=20_000)
    parser.add_argument("--warm", type=int, default=5_000, help="checks before the clock starts, at most a quarter")
    parser.add_argument("--single", type=int, default=5_000, help="checks measured one by one")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--planted", type=float, default=0.0002, help="share of travellers who are listed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", default="", help="folder with larger name tables")
    parser.add_argument("--keep", default="", help="folder to keep the built segments in for the next run")
    parser.add_argument("--record", action="store_true")
    return parser.parse_args(arguments)
