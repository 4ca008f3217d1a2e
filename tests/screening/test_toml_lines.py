"""Lines of tables and keys in TOML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screening.toml_lines import line_of, lines_of

_TEXT = '''# a comment with [[party]] in it
top = 1
list = [
  "a # no comment",
  "]", # a bracket in a string
]
long = """
[[party]]
name = 2
"""

[[party]]
name = 'x'
  "quoted" = { inner = [1,
2] }
[[party]]
name = "y" # [[party]]
[contacts]
UTO = "z"
'''


def test_tables_and_keys_are_found_where_their_statement_begins() -> None:
    """Comments, strings and arrays over several lines hide what looks like a table in them."""
    assert lines_of(_TEXT) == {
        ("top",): 2,
        ("list",): 3,
        ("long",): 7,
        ("party", 0): 12,
        ("party", 0, "name"): 13,
        ("party", 0, "quoted"): 14,
        ("party", 1): 16,
        ("party", 1, "name"): 17,
        ("contacts",): 18,
        ("contacts", "UTO"): 19,
    }


def test_what_has_no_line_has_the_line_of_what_holds_it() -> None:
    """An inline key points to its table's key, a missing key to its table, an unknown table to the first line."""
    lines = lines_of(_TEXT)
    locations = [("party", 0, "quoted", "inner", 1), ("party", 1, "kind"), ("list", 1), ("caller", 0), ()]
    assert [line_of(location, lines) for location in locations] == [14, 16, 3, 1, 1]


@given(st.text(alphabet="[]{}\"'#=\n\\ab. ", max_size=80))
def test_any_text_has_lines_within_it(text: str) -> None:
    """Text that is no TOML raises nothing here, and no line is beyond its end."""
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(text).values())
