"""Loops over plain arrays, compiled by numba: no `self`, no logging, no I/O, the GIL released.

Every kernel has a naive twin in `tests/reference/`. Compiled code is kept in numba's cache beside the sources; `warm`
in `indexes/warm.py` fills it through the real path, so that a restart compiles nothing.
"""
