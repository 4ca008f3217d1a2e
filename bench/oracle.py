"""`python -m bench oracle`: no match is lost in the index. Answers are compared with scoring every name one by one."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress

from bench.corpus import TODAY, Corpus, corpus_directory, make_screener, open_corpus
from bench.oracle_brute import BruteForce, Scored
from bench.oracle_names import Recorded, recorded_names
from bench.oracle_questions import PURPOSE, Asked, questions
from bench.oracle_tokens import WholeVocabulary
from bench.population import Population
from bench.report import Report, finish
from indexes.build import BuildRecord
from indexes.kernels.array_types import UInt8Array
from indexes.name_index import NameIndex
from indexes.normalise import Token
from indexes.token_analysis import name_tokens
from screening.access import decide
from screening.access_classes import AccessClass
from screening.model import Visibility
from screening.profiles import Profile
from screening.recorded import build_record
from screening.screen import Screener
from screening.world import CopyState, Scope, ScopeTable

__all__ = ["Differences", "compare", "main"]

_PROFILES = ("border", "wide")  # The threshold most checks have, and the lowest of all.
_BATCH = 64  # Questions searched together, as the service does under load: scratch space is reused between them.
# A score this close to the threshold may fall on either side of it: sums of float32 depend on their order.
_HAIR = 1e-5
_SCORE_TOLERANCE = 1e-4  # Far below the differences that anyone acts on, far above rounding.
_COUNTS = ("searches", "matches", "missed", "extra", "score_differences", "answers", "answers_wrong")
_COLUMNS = ("phenomenon", "searches", "matches", "missed", "extra", "scores", "answers", "wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Rows of names on which a search and the brute force disagree. matches: how many the search had to find."""

    matches: int
    missed: tuple[int, ...]
    extra: tuple[int, ...]
    score_differences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Level:
    """A profile, and the score asked for under it."""

    profile: Profile
    score_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What is compared with what, and what came of it so far. tallies: by phenomenon; seconds: by side."""

    corpus: Corpus
    index: NameIndex
    recorded: Recorded
    tokens: Sequence[Token]
    asked: Sequence[Asked]
    visible: UInt8Array
    screener: Screener
    progress: Progress
    tallies: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    told: list[str] = field(default_factory=list)


def compare(expected: Scored, found: Scored, score_min: float) -> Differences:
    """Where two answers to one question differ.

    expected: every name that reaches `score_min`, or comes within a hair of it, by the brute force; found: by a search.
    A name found twice counts as extra; score, score of the names and agreement of dates are all compared.
    """
    certain = {int(row) for row in expected.name[expected.score >= score_min + _HAIR]}
    places = {int(row): place for place, row in enumerate(expected.name)}
    seen: set[int] = set()
    extra, differing = [], []
    for place, row in enumerate(found.name.tolist()):
        if row not in places or row in seen:
            extra.append(row)
        elif not _is_same(found, place, expected, places[row]):
            differing.append(row)
        seen.add(row)
    return Differences(
        matches=len(certain),
        missed=tuple(sorted(certain - seen)),
        extra=tuple(extra),
        score_differences=tuple(differing),
    )


def _is_same(found: Scored, place: int, expected: Scored, other: int) -> bool:
    return bool(
        abs(found.score[place] - expected.score[other]) <= _SCORE_TOLERANCE
        and abs(found.name_score[place] - expected.name_score[other]) <= _SCORE_TOLERANCE
        and found.date[place] == expected.date[other]
    )


def main(arguments: list[str]) -> int:
    """Compares every answer, and reports what was missed, by phenomenon."""
    options = _options(arguments)
    names_dir = Path(options.names) if options.names else None
    population = Population(options.seed, names_dir)
    with corpus_directory(options.keep) as directory:
        corpus = open_corpus(
            Path(directory), persons=options.persons, documents=0, seed=options.seed, names_dir=names_dir
        )
        with Progress(console=Console(stderr=True)) as progress:
            run = _prepared(corpus, population, options, progress)
            profiles = [corpus.world.profiles[name] for name in options.profile or _PROFILES]
            for levels in _levels(profiles):
                _compare_all(run, levels, options.answers)
    for line in run.told[: options.show]:
        print(line, file=sys.stderr)
    return finish(_report(run, profiles, options))


def _levels(profiles: Sequence[Profile]) -> list[list[_Level]]:
    """Each profile at its threshold and at the lowest score that may be asked for; in groups of the same weights,
    which the brute force answers at once."""
    groups: defaultdict[bytes, list[_Level]] = defaultdict(list)
    for profile in profiles:
        weights = b"".join(np.asarray(value, np.float64).tobytes() for value in profile.weights)
        groups[weights] += [_Level(profile, score) for score in (profile.threshold, profile.floor)]
    return list(groups.values())


def _prepared(corpus: Corpus, population: Population, options: argparse.Namespace, progress: Progress) -> _Run:
    """Both sides, ready to be asked. Raises ValueError where the index does not hold the names that were recorded."""
    index = corpus.snapshot.segments[0].names
    assert index is not None, "the population has names"
    scopes = ScopeTable(corpus.world, CopyState(today=TODAY, as_of=0))
    notices = progress.track(population.notices(options.persons), total=options.persons, description="names")
    made = questions(
        corpus,
        population,
        scopes,
        count=options.queries,
        listed=options.persons,
        planted_share=options.planted,
        without_dates=options.without_dates,
        seed=options.seed,
    )
    asked = list(progress.track(made, total=options.queries, description="questions"))
    is_seen = _sight(corpus, scopes.scope(corpus.caller, asked[0].check.query))
    recorded, tokens = recorded_names((build_record(notice, b"") for notice in notices), is_seen)
    if not np.array_equal(index.arrays.name_record, recorded.name_record):
        raise ValueError("the index does not hold the names that were recorded, or not in their order")
    return _Run(
        corpus=corpus,
        index=index,
        recorded=recorded,
        tokens=tokens,
        asked=asked,
        visible=scopes.visible,
        screener=make_screener(corpus),
        progress=progress,
    )


def _sight(corpus: Corpus, scope: Scope) -> Callable[[BuildRecord], bool]:
    """Whether the caller may see a record today: the rule itself for each kind of record, not the compiled mask."""

    @cache
    def visible(access_key: bytes) -> bool:
        access_class = AccessClass.from_key(access_key)
        decision = decide(corpus.world.register, corpus.caller, PURPOSE, access_class, TODAY)
        return decision.visibility > Visibility.NONE and access_class.database in scope.searched

    return lambda record: visible(record.access_key) and record.expires > TODAY


def _compare_all(run: _Run, levels: Sequence[_Level], answers: int) -> None:
    """Compares all questions at every level, and of the first `answers` of them what the caller is told, too."""
    weights = levels[0].profile.weights
    words = {token for item in run.asked for text, _ in item.question.parts for token in name_tokens(text)}
    task = run.progress.add_task("tokens", total=len(words))
    vocabulary = WholeVocabulary(run.tokens, weights)
    with _timed(run, "brute"):
        vocabulary.learn(words, partial(run.progress.advance, task))
    brute = BruteForce(run.recorded, vocabulary, weights)
    lowest = min(level.score_min for level in levels) - _HAIR
    for start in run.progress.track(range(0, len(run.asked), _BATCH), description="comparing"):
        asked = run.asked[start : start + _BATCH]
        with _timed(run, "brute"):
            everything = [brute.search(item.question, lowest) for item in asked]
        for level in levels:
            found = _searched(run, asked, level)
            for number, item in enumerate(asked):
                expected = everything[number].only(everything[number].score >= level.score_min - _HAIR)
                _note(run, item, level, expected, found[number])
                if start + number < answers:
                    _note_answer(run, item, level, expected)


def _searched(run: _Run, asked: Sequence[Asked], level: _Level) -> list[Scored]:
    """What the search of the service finds for each question of a batch."""
    scored = [replace(item.question, score_min=level.score_min) for item in asked]
    searcher = run.corpus.snapshot.searcher(0, level.profile.name, level.profile.weights)
    with _timed(run, "search"):
        matches = searcher.search(scored, run.visible, TODAY)
    found = Scored(matches.name, matches.name_score, matches.score, matches.date)
    return [found.only(matches.question == number) for number in range(len(asked))]


def _note(run: _Run, item: Asked, level: _Level, expected: Scored, found: Scored) -> None:
    differences = compare(expected, found, level.score_min)
    tally = run.tallies[item.phenomenon]
    tally["searches"] += 1
    tally["matches"] += differences.matches
    for kind in ("missed", "extra", "score_differences"):
        rows = getattr(differences, kind)
        tally[kind] += len(rows)
        run.told.extend(f"{kind}, {level.score_min:g}: {_told(run, item, row, expected, found)}" for row in rows)


def _note_answer(run: _Run, item: Asked, level: _Level, expected: Scored) -> None:
    """An answer shows, or counts as beyond its limit, each record of which a name reaches the score, once."""
    if bool((np.abs(expected.score - level.score_min) <= _HAIR).any()):
        return  # Rounding decides whether the answer has that record.
    query = replace(item.check.query, profile=level.profile.name, score_min=level.score_min)
    outcome = run.screener.screen([replace(item.check, query=query)])[0]
    assert isinstance(outcome, tuple), "a valid check of an entitled caller is answered"
    records = len(set(run.recorded.name_record[expected.name].tolist()))
    tally = run.tallies[item.phenomenon]
    tally["answers"] += 1
    tally["answers_wrong"] += len(outcome[0].hits) + outcome[0].omitted != records


def _told(run: _Run, item: Asked, row: int, expected: Scored, found: Scored) -> str:
    """One disagreement in full: everybody in it is invented."""
    recorded = run.recorded
    tokens = recorded.name_tokens[recorded.name_starts[row] : recorded.name_starts[row + 1]]
    scores = [side.score[side.name == row].tolist() for side in (expected, found)]
    return (
        f"{item.phenomenon}: {item.question.parts} {item.question.date} met row {row}, "
        f"{[run.tokens[token].text for token in tokens]}: brute force {scores[0]}, search {scores[1]}"
    )


@contextmanager
def _timed(run: _Run, side: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    run.seconds[side] += time.perf_counter() - started


def _report(run: _Run, profiles: Sequence[Profile], options: argparse.Namespace) -> Report:
    total = sum(run.tallies.values(), Counter[str]())
    result: dict[str, Any] = {
        "queries": len(run.asked),
        **{name: total[name] for name in _COUNTS},
        "persons": options.persons,
        "names": len(run.index),
        "tokens": len(run.tokens),
        "profiles": ",".join(profile.name for profile in profiles),
        "without_dates": sum(item.question.date is None for item in run.asked),
        "us_per_search": run.seconds["search"] / total["searches"] * 1e6,
        "brute_us_per_query": run.seconds["brute"] / len(run.asked) * 1e6,
        "phenomena": {name: {key: tally[key] for key in _COUNTS} for name, tally in sorted(run.tallies.items())},
    }
    rows = [(name, *(tally[key] for key in _COUNTS)) for name, tally in sorted(run.tallies.items())]
    rows.append(("all", *(total[key] for key in _COUNTS)))
    return Report(name="oracle", result=result, columns=_COLUMNS, rows=rows, record=options.record)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench oracle", description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=10_000, help="travellers; each is asked under every profile")
    parser.add_argument("--planted", type=float, default=0.3, help="share of travellers who are listed")
    parser.add_argument(
        "--without-dates", type=float, default=50, help="percent of travellers whose birth date is not given"
    )
    parser.add_argument("--profile", action="append", help=f"one or more; else {' and '.join(_PROFILES)}")
    parser.add_argument("--answers", type=int, default=1_000, help="questions of which the whole answer is compared")
    parser.add_argument("--show", type=int, default=20, help="disagreements told in full")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", default="", help="folder with larger name tables")
    parser.add_argument("--keep", default="", help="folder to keep the built segments in for the next run")
    parser.add_argument("--record", action="store_true")
    return parser.parse_args(arguments)
