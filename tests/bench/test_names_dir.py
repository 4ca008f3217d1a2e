"""Larger tables of names join the built-in ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.name_pools import load_cultures
from bench.names_dir import read_names

SHARED = Path(os.environ.get("SCREENING_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "names"


@pytest.mark.skipif(not SHARED.exists(), reason="shared data absent: set SCREENING_SHARED_DATA")
def test_tables_of_a_folder_follow_the_built_in_names() -> None:
    """Tables of a folder make the pools larger, after the built-in names, in Latin script only."""
    more = read_names(SHARED)
    plain = {culture.name: culture for culture in load_cultures()}
    grown = {culture.name: culture for culture in load_cultures(more)}
    assert len(grown["english"].family.core) > 5_000
    assert len(more) >= 10
    for name, culture in grown.items():
        built_in = len(plain[name].family.core)
        assert [token.latin for token in culture.family.core[:built_in]] == [
            token.latin for token in plain[name].family.core
        ]
        assert len(culture.family.core) >= built_in


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    """A folder without any of the tables is refused."""
    with pytest.raises(FileNotFoundError, match="no table of names"):
        read_names(tmp_path)
