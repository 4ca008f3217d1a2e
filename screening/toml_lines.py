"""On which line of a TOML text a table or key stands, so that a problem can be pointed at.

tomllib gives values without positions. This reads no values: it only finds where statements begin, in text that tomllib
has accepted. Keys inside inline tables have no line of their own: they are looked for under the key that holds them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

__all__ = ["TomlLocation", "line_of", "lines_of"]

TomlLocation: TypeAlias = tuple[str | int, ...]
"""Path to a value as pydantic gives it: keys, and positions in arrays counted from 0."""

_TOKEN: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""|' r"'''.*?'''|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'|#[^\n]*|[\[\]{}]|\n", re.DOTALL
)
"""What can hide or make a line's end in TOML: strings, comments, brackets, the line feed itself."""

_TABLE: Final = re.compile(r"\s*\[(\[?)\s*([\w-]+)\s*\]")
_KEY: Final = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[.=]""")


def lines_of(toml_text: str) -> dict[TomlLocation, int]:
    """The line, from 1, of every table and key that starts a statement. Cost: O(text); raises nothing for any text."""
    lines: dict[TomlLocation, int] = {}
    counts: Counter[str] = Counter()
    prefix: TomlLocation = ()
    for line, statement in _statements(toml_text):
        table, key = _TABLE.match(statement), _KEY.match(statement)
        if table is not None:
            prefix = (table[2], counts[table[2]]) if table[1] else (table[2],)
            counts[table[2]] += 1
            lines.setdefault(prefix, line)
        elif key is not None:
            lines.setdefault((*prefix, key[1] or key[2] or key[3]), line)
    return lines


def line_of(location: TomlLocation, lines: Mapping[TomlLocation, int]) -> int:
    """The line of a location, else of the nearest thing around it that has one, else 1."""
    depths = range(len(location), 0, -1)
    return next((lines[location[:depth]] for depth in depths if location[:depth] in lines), 1)


def _statements(toml_text: str) -> Iterator[tuple[int, str]]:
    """First line and text of each statement: a line feed ends one unless it stands in a string or a bracket."""
    first_line, line, depth, start = 1, 1, 0, 0
    for token in _TOKEN.finditer(toml_text + "\n"):
        text = token[0]
        line += text.count("\n")
        depth += (text in "[{") - (text in "]}")
        if text == "\n" and depth == 0:
            yield first_line, toml_text[start : token.start()]
            first_line, start = line, token.end()
