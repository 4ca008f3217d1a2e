"""A synthetic population as a snapshot in this process: what `match`, `oracle` and `growth` search."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import track

from bench.population import Population
from bench.wire_form import check_request
from indexes.build import SegmentBuilder
from indexes.snapshot import Snapshot, open_snapshot
from indexes.storage import Manifest, read_manifest, write_manifest, write_segment
from screening.access import identify
from screening.access_register import parse_register
from screening.check_id import check_id
from screening.model import Caller, Purpose
from screening.profiles import parse_profiles
from screening.recorded import build_record
from screening.screen import Check, Screener
from screening.segments import add_batch
from screening.wire import query_of
from screening.wire_notice import notice_from_bytes, notice_to_bytes
from screening.world import CopyState, World, make_world
from screening.world_keeper import read_profiles

__all__ = ["TODAY", "Corpus", "corpus_directory", "make_checks", "make_screener", "open_corpus"]

TODAY = 740_000  # 2027-01-15 as a date ordinal: fixed, so that runs compare.
_DAY = (2027, 1, 15)
_CALLER = "spiffe://screening.example/XGR/bureau"  # Of the demo register: sees every database in full.


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A world to search, and what building it took."""

    world: World
    caller: Caller
    build_s: float
    size_bytes: int

    @property
    def snapshot(self) -> Snapshot:
        """The indexes."""
        return self.world.snapshot


def corpus_directory(keep: str) -> AbstractContextManager[str]:
    """Where segments are built: a folder that is kept for the next run, or one that goes with this run."""
    if keep:
        Path(keep).mkdir(parents=True, exist_ok=True)
        return _Kept(keep)
    return TemporaryDirectory(prefix="screening-bench-")


class _Kept(AbstractContextManager[str]):
    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> str:
        return self._path

    def __exit__(self, *_: object) -> None:
        """Kept on purpose."""


def open_corpus(directory: Path, *, persons: int, documents: int, seed: int, names_dir: Path | None) -> Corpus:
    """Builds the population's segment, or opens the one of an earlier run with the same numbers in this directory."""
    place = directory / f"{persons}-{documents}-{seed}"
    place.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    manifest = read_manifest(place)
    if manifest is None:
        manifest = _build(place, Population(seed, names_dir), persons, documents)
    build_s = time.perf_counter() - started
    register = parse_register(files("screening").joinpath("demo_register.toml").read_text("utf-8"))
    world = make_world(open_snapshot(place, manifest), register, parse_profiles(read_profiles()), bytes(32))
    caller = identify(register, _CALLER, TODAY)
    assert caller is not None, "the demo register has the bureau"
    size = sum(file.size for segment in manifest.segments for file in segment.files)
    return Corpus(world=world, caller=caller, build_s=build_s, size_bytes=size)


def _build(place: Path, population: Population, persons: int, documents: int) -> Manifest:
    console = Console(stderr=True)
    builder = SegmentBuilder()
    for notice in track(population.notices(persons), "building names", total=persons, console=console):
        builder.add(build_record(notice, notice_to_bytes(notice)))
    for batch in population.documents(documents):
        add_batch(builder, batch)
    entry = write_segment(place, "corpus", builder.tables())
    manifest = Manifest(generation=1, log_position=persons, segments=(entry,))
    write_manifest(place, manifest)
    return manifest


def make_screener(corpus: Corpus) -> Screener:
    """The screener of a fixed day."""
    return Screener(corpus.world, CopyState(today=TODAY, as_of=0), notice_from_bytes)


def make_checks(
    corpus: Corpus, population: Population, count: int, *, listed: int, planted_share: float
) -> list[Check]:
    """Checks of travellers, parsed and valid: what the core gets from the edge."""
    checks = []
    travellers = population.travellers(count, listed=listed, planted_share=planted_share)
    for number, traveller in enumerate(travellers):
        message = check_request(traveller, str(number))
        message.purpose = int(Purpose.POLICE_CHECK)
        checks.append(Check(check_id(number, bytes(10)), corpus.caller, query_of(message, today=_DAY)))
    return checks
