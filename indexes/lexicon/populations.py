"""How many people each name source speaks for: the weights with which `compile` mixes countries into one world.

Development time only. Figures are rounded mid-2022 populations in millions (United Nations, World Population Prospects
2022): facts, good to a few per cent, which on the logarithmic scale of rarity.py is nothing.
"""

from typing import Final

__all__ = ["LOCALE_COMMUNITIES", "PATRONYMIC_COUNTRIES", "POPULATION_MILLIONS", "WORLD_MILLIONS"]

WORLD_MILLIONS: Final = 7_975.0

POPULATION_MILLIONS: Final[dict[str, float]] = {
    "AD": 0.08, "AE": 9.4, "AL": 2.8, "AM": 2.8, "AR": 45.5, "AT": 8.9, "AU": 26.2, "AW": 0.11, "AZ": 10.4, "BA": 3.2,
    "BD": 171.2, "BE": 11.7, "BG": 6.8, "BH": 1.5, "BO": 12.2, "BR": 215.3, "BY": 9.5, "CA": 38.5, "CH": 8.7,
    "CL": 19.6, "CN": 1_425.9, "CO": 51.9, "CR": 5.2, "CU": 11.2, "CY": 1.3, "CZ": 10.5, "DE": 83.4, "DK": 5.9,
    "DO": 11.2, "DZ": 44.9, "EC": 18.0, "EE": 1.3, "EG": 111.0, "ES": 47.6, "FI": 5.5, "FJ": 0.93, "FO": 0.05,
    "FR": 64.6, "GB": 67.5, "GE": 3.7, "GG": 0.06, "GH": 33.5, "GI": 0.03, "GL": 0.06, "GQ": 1.7, "GR": 10.4,
    "GT": 17.8, "HR": 4.0, "HT": 11.6, "HU": 10.0, "ID": 275.5, "IE": 5.0, "IL": 9.0, "IM": 0.08, "IN": 1_417.2,
    "IQ": 44.5, "IR": 88.6, "IS": 0.37, "IT": 59.0, "JE": 0.11, "JM": 2.8, "JO": 11.3, "JP": 124.0, "KE": 54.0,
    "KG": 6.6, "KH": 16.8, "KR": 51.8, "KW": 4.3, "KZ": 19.4, "LB": 5.5, "LI": 0.04, "LK": 21.8, "LT": 2.8, "LU": 0.65,
    "LV": 1.9, "LY": 6.8, "MA": 37.5, "MC": 0.04, "MD": 3.3, "ME": 0.63, "MK": 2.1, "ML": 22.6, "MN": 3.4, "MR": 4.7,
    "MT": 0.53, "MX": 127.5, "MY": 33.9, "NG": 218.5, "NL": 17.6, "NO": 5.4, "NP": 30.5, "NZ": 5.2, "OM": 4.6,
    "PA": 4.4, "PE": 34.0, "PF": 0.31, "PH": 115.6, "PK": 235.8, "PL": 39.9, "PR": 3.3, "PS": 5.3, "PT": 10.3,
    "PY": 6.8, "QA": 2.7, "RO": 19.7, "RS": 7.2, "RU": 144.7, "SA": 36.4, "SD": 46.9, "SE": 10.5, "SI": 2.1, "SK": 5.6,
    "SM": 0.03, "SO": 17.6, "SR": 0.62, "SV": 6.3, "SY": 22.1, "TH": 71.7, "TJ": 10.0, "TN": 12.4, "TR": 85.3,
    "TW": 23.9, "TZ": 65.5, "UA": 39.7, "US": 338.3, "UY": 3.4, "UZ": 34.6, "VE": 28.3, "VN": 98.2, "XK": 1.7,
    "YE": 33.7, "ZA": 59.9,
}  # fmt: skip

_ARAB_COUNTRIES: Final = (
    "AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SY", "TN", "YE",
)  # fmt: skip

PATRONYMIC_COUNTRIES: Final = (*_ARAB_COUNTRIES, "SO", "IS", "MN", "PK", "BD", "MY", "ID")
"""Where a father's given name widely stands in the place of a family name: male given names count there too."""

LOCALE_COMMUNITIES: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "ar_AA": tuple((country, 1.0) for country in _ARAB_COUNTRIES),
    "de_CH": (("CH", 0.6),),
    "es_CA": (("ES", 0.15),),
    "fr_BE": (("BE", 0.4),),
    "fr_CA": (("CA", 0.22),),
    "fr_CH": (("CH", 0.25),),
    "gu_IN": (("IN", 0.05),),
    "ha_NG": (("NG", 0.3),),
    "hi_IN": (("IN", 0.45),),
    "ig_NG": (("NG", 0.15),),
    "mr_IN": (("IN", 0.07),),
    "nl_BE": (("BE", 0.6),),
    "or_IN": (("IN", 0.03),),
    "si_LK": (("LK", 0.75),),
    "sw": (("TZ", 1.0), ("KE", 0.3)),
    "ta_IN": (("IN", 0.06), ("LK", 0.2)),
    "tw_GH": (("GH", 0.5),),
    "yo_NG": (("NG", 0.2),),
    "zu_ZA": (("ZA", 0.25),),
}
"""Locale to (country, part of its people whom the locale's names stand for), where that is not its whole country."""
