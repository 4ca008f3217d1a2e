"""Cognates: every group is usable and groups stay apart."""

from collections import Counter

from indexes.lexicon.cognates import COGNATES
from indexes.lexicon.name_items import keys_of_form


def test_every_group_links_several_names() -> None:
    """A group has at least three names, none twice, and each name is one token that a look-up can ask for."""
    for group in COGNATES:
        names = group.split()
        assert len(set(names)) == len(names) >= 3
        assert all(keys_of_form(name) for name in names)


def test_a_name_stands_in_one_group() -> None:
    """No name is of two origins, or it would make them one."""
    counts = Counter(name for group in COGNATES for name in group.split())
    assert [name for name, count in counts.items() if count > 1] == []
