"""After a first start no process compiles anything: not at warming up, and not at the first real search."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_SECONDS = 300  # A first start compiles everything, on two busy cores.

# Warms up, then searches the way a worker does. Prints which kernels were compiled rather than loaded from the cache.
_PROCESS = """
import tempfile
from pathlib import Path
from numba.core import event
with event.install_recorder("numba:compile") as compiled:
    import numpy as np
    from indexes.build import NEVER, BuildIdentity, BuildName, BuildRecord, SegmentBuilder
    from indexes.name_query import NameQuestion
    from indexes.snapshot import open_snapshot
    from indexes.storage import Manifest, write_segment
    from indexes.warm import warm
    from screening.profiles import parse_profiles
    weights = parse_profiles(Path("screening/profiles.toml").read_text(encoding="utf-8"))["border"].weights
    warm(weights)
    for text in {texts}:
        builder = SegmentBuilder()
        identity = BuildIdentity((BuildName(((text, 0),), False),), (), 0, ())
        builder.add(BuildRecord("one", b"class", NEVER, b"", (identity,), ()))
        with tempfile.TemporaryDirectory() as directory:
            segment = write_segment(Path(directory), "base", builder.tables())
            snapshot = open_snapshot(Path(directory), Manifest(generation=1, log_position=0, segments=(segment,)))
            question = NameQuestion((("Kari Moka", 0),), None, 0, (), 0, 0.8)
            snapshot.searcher(0, "border", weights).search([question], np.ones((1, 1), np.uint8), 1)
print(sorted({{str(e.data["dispatcher"]) for _, e in compiled.buffer if e.is_start}}))
"""


def _compiled(*texts: str) -> str:
    code = _PROCESS.format(texts=texts)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, timeout=_SECONDS, check=True
    )
    return done.stdout.strip().splitlines()[-1]


def test_second_process_compiles_nothing() -> None:
    """Once one process has warmed up, another loads every kernel from the cache."""
    _compiled("Kari Moka")
    assert _compiled("Kari Moka") == "[]"
