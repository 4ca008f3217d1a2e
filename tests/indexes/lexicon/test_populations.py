"""Populations: plausible figures for the countries that matter most."""

from indexes.lexicon.populations import PATRONYMIC_COUNTRIES, POPULATION_MILLIONS


def test_largest_countries_lead() -> None:
    """China and India lead, and every figure is positive."""
    assert sorted(POPULATION_MILLIONS, key=POPULATION_MILLIONS.__getitem__)[-2:] == ["IN", "CN"]
    assert min(POPULATION_MILLIONS.values()) > 0


def test_patronymic_countries_are_known() -> None:
    """Every country of fathers' names has a population."""
    assert set(PATRONYMIC_COUNTRIES) <= set(POPULATION_MILLIONS)
