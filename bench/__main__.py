"""`python -m bench NAME [--options]`: runs the bench of that name; without a name, lists them.

A bench is a definition, `bench/definitions/NAME.toml`, and a module, `bench/NAME.py`, with `main(arguments) -> exit
code`. Its last line of output is one JSON object (see `bench/report.py`).
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.report import load_definition

__all__ = ["main"]

_HERE = Path(__file__).parent


def _names() -> list[str]:
    defined = sorted(path.stem for path in (_HERE / "definitions").glob("*.toml"))
    return [name for name in defined if (_HERE / f"{name}.py").exists()]


def _list() -> None:
    table = Table("bench", "measures", title="python -m bench NAME [--options]")
    for name in _names():
        table.add_row(name, load_definition(name).measures)
    Console(stderr=True).print(table)


def main(arguments: list[str] | None = None) -> int:
    """Runs one bench. Exit codes: the bench's own; 2 for a name that is none."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] not in _names():
        _list()
        return 0 if words in ([], ["--help"], ["-h"]) else 2
    code: int = importlib.import_module(f"bench.{words[0]}").main(words[1:])
    return code


if __name__ == "__main__":
    raise SystemExit(main())
