"""Memory does not grow with the file: each notice format reads a short and a long file within the same bound."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from screening.importers import FORMATS, Rejected

_TEXT = "invented words " * 60


def _un(count: int) -> bytes:
    record = (
        "<INDIVIDUAL><FIRST_NAME>FICTIO {n}</FIRST_NAME><REFERENCE_NUMBER>XXi.{n}</REFERENCE_NUMBER>"
        f"<COMMENTS1>{_TEXT}</COMMENTS1></INDIVIDUAL>\n"
    )
    body = "".join(record.replace("{n}", str(number)) for number in range(count))
    return f"<CONSOLIDATED_LIST>{body}</CONSOLIDATED_LIST>".encode()


def _ofac(count: int) -> bytes:
    empty = ",".join(["-0- "] * 7)
    record = f'"DOE, Fictio",individual,"SDGT",{empty},"{_TEXT}"\n'
    return "".join(f"{n},{record}" for n in range(1, count + 1)).encode()


def _interpol(count: int) -> bytes:
    rest = f'"name":"DOE","nationalities":["FR"],"distinguishing_marks":"{_TEXT}"'
    return ("[" + ",".join(f'{{"entity_id":"2018/{n}",{rest}}}' for n in range(1, count + 1)) + "]").encode()


def _peak_bytes(name: str, path: Path, expected: int) -> int:
    tracemalloc.start()
    good = sum(not isinstance(item, Rejected) for item in FORMATS[name]([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert good == expected
    return peak


@pytest.mark.parametrize(("name", "content"), [("un-xml", _un), ("ofac-sdn", _ofac), ("interpol-json", _interpol)])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str, content: Callable[[int], bytes]) -> None:
    """Ten times the records take no more than a quarter of a megabyte more, though the file grows by megabytes."""
    peaks = {}
    for count in (20, 400, 4_000):  # The first fills caches (country names), so that it is not compared.
        path = tmp_path / f"{count}.source"
        path.write_bytes(content(count))
        peaks[count] = _peak_bytes(name, path, count)
    assert path.stat().st_size > 3 << 20
    assert peaks[4_000] < peaks[400] + (1 << 18)
