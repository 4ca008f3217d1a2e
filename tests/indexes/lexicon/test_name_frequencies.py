"""Frequencies: countries are mixed by people, the best witness counts, and lists are taken at their word only."""

import pytest

from indexes.lexicon.name_frequencies import Witness, world_shares
from indexes.lexicon.populations import LOCALE_COMMUNITIES, POPULATION_MILLIONS, WORLD_MILLIONS


def _witness(country: str, name: str, share: float, role: str = "family") -> Witness:
    return Witness(country=country, role=role, male=True, name=name, share=share)


def test_larger_country_counts_more() -> None:
    """The same part of a larger people is a larger part of the world."""
    shares = world_shares([_witness("US", "zorlan", 0.01), _witness("CN", "quurto", 0.01)])
    assert shares["quurto"] / shares["zorlan"] == pytest.approx(POPULATION_MILLIONS["CN"] / POPULATION_MILLIONS["US"])
    assert shares["zorlan"] == pytest.approx(0.01 * POPULATION_MILLIONS["US"] / WORLD_MILLIONS / 2)


def test_best_witness_of_a_country_counts() -> None:
    """Two sources on one name do not add up; two countries do."""
    one = world_shares([_witness("FR", "zorlan", 0.01)])["zorlan"]
    assert world_shares([_witness("FR", "zorlan", 0.01), _witness("FR", "zorlan", 0.004)])["zorlan"] == one
    assert world_shares([_witness("FR", "zorlan", 0.01), _witness("DE", "zorlan", 0.01)])["zorlan"] > one


def test_given_name_stands_as_fathers_name() -> None:
    """Where the father's name stands for the family's, a man's name counts in both places."""
    egypt = world_shares([_witness("EG", "zorlan", 0.01, "given")])["zorlan"] / POPULATION_MILLIONS["EG"]
    france = world_shares([_witness("FR", "zorlan", 0.01, "given")])["zorlan"] / POPULATION_MILLIONS["FR"]
    assert egypt == pytest.approx(2 * france)


def test_every_community_is_a_part_of_a_known_country() -> None:
    """Each locale's people are a part, 0 to 1, of a country whose population is known."""
    for communities in LOCALE_COMMUNITIES.values():
        assert all(country in POPULATION_MILLIONS and 0 < part <= 1 for country, part in communities)


def test_populations_fit_in_the_world() -> None:
    """The countries together are most of the world and not more than it."""
    assert 0.8 < sum(POPULATION_MILLIONS.values()) / WORLD_MILLIONS <= 1
