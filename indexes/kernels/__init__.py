"""Loops over plain arrays, compiled by numba: no `self`, no logging, no I/O, the GIL released.

Every kernel has a naive twin in `tests/reference/`. Compiled code is kept, so that a restart compiles nothing;
`indexes/warm.py` fills the cache through the real path.

Numba notices a change of the file a kernel stands in, but not of the kernels it calls from other files. The cache is
therefore kept apart for each state of the sources: code of another version is never run.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from numba.core import config

__all__ = ["cache_directory"]

_KERNELS = Path(__file__).parent


def cache_directory() -> Path:
    """Where compiled kernels of exactly these sources are kept: beside the sources, else in the user's cache folder."""
    digest = hashlib.sha256()
    for path in sorted([*_KERNELS.glob("*.py"), *_KERNELS.parent.glob("*.py")]):
        digest.update(path.read_bytes())
    beside = _KERNELS / "__pycache__"
    if os.access(_KERNELS, os.W_OK):
        beside.mkdir(exist_ok=True)
    home = (
        beside if os.access(beside, os.W_OK) else Path.home() / ".cache" / "screening-kernels"
    )  # Nobody else's to fill.
    return home / digest.hexdigest()[:16]


if not config.CACHE_DIR:
    config.CACHE_DIR = str(cache_directory())
