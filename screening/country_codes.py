"""Codes of states and other issuers: ISO 3166-1 with the additions of ICAO Doc 9303-3, section 5.

Three questions meet here: is a code in a travel document one that somebody issues (`is_country_code`); which code does
a list mean by a name or by a two-letter code (`alpha3_from_name`, `alpha3_from_alpha2`); are two codes one country
(`canonical_country`). Names for people come from CLDR by babel, codes from iso3166; both are loaded at the first use,
not at import. All functions are pure and raise nothing; arguments may be of any case, with spaces around.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from screening.country_spellings import HISTORIC_NAMES, SPELLINGS

__all__ = [
    "alpha3_from_alpha2",
    "alpha3_from_name",
    "canonical_country",
    "country_name",
    "is_country_code",
    "is_historic_code",
    "is_without_nationality",
]

_SPECIAL_NAMES: Final = {
    "D": "Germany",
    "EUE": "European Union",
    "GBD": "British Overseas Territories Citizen",
    "GBN": "British National (Overseas)",
    "GBO": "British Overseas Citizen",
    "GBP": "British Protected Person",
    "GBS": "British Subject",
    "RKS": "Kosovo",
    "UNA": "United Nations specialized agency",
    "UNK": "Kosovo (document of the UN Interim Administration Mission)",
    "UNO": "United Nations",
    "UTO": "Utopia (specimen)",
    "XBA": "African Development Bank",
    "XCC": "Caribbean Community",
    "XCE": "Council of Europe",
    "XCO": "Common Market for Eastern and Southern Africa",
    "XDC": "Southern African Development Community",
    "XEC": "Economic Community of West African States",
    "XES": "Organization of Eastern Caribbean States",
    "XIM": "African Export-Import Bank",
    "XMP": "Parliamentary Assembly of the Mediterranean",
    "XOM": "Sovereign Military Order of Malta",
    "XPO": "INTERPOL",
    "XXA": "Stateless person (1954 Convention)",
    "XXB": "Refugee (1951 Convention)",
    "XXC": "Refugee, other than under the 1951 Convention",
    "XXX": "Unspecified nationality",
}
"""Doc 9303-3, section 5, parts A to D (eighth edition), and UTO, the invented state of its specimens."""

_WITHOUT_NATIONALITY: Final = frozenset({"XXA", "XXB", "XXC", "XXX"})

_CANONICAL: Final = {
    "D": "DEU",
    "XKX": "RKS",
    "BUR": "MMR",
    "BYS": "BLR",
    "DHY": "BEN",
    "HVO": "BFA",
    "RHO": "ZWE",
    "ROM": "ROU",
    "TMP": "TLS",
    "ZAR": "COD",
}
"""Codes that mean exactly the country of another code: Germany's letter, Kosovo, and states that were only renamed.
States that dissolved (SUN, YUG, CSK ...) or joined another (DDR) keep their codes: the successor is not known."""

_ALPHA2_EXTRAS: Final = {
    "AN": "ANT",
    "BU": "MMR",
    "DD": "DDR",
    "EL": "GRC",
    "EU": "EUE",
    "KS": "RKS",
    "SU": "SUN",
    "TP": "TLS",
    "UK": "GBR",
    "UN": "UNO",
    "XK": "RKS",
    "YU": "YUG",
    "ZR": "COD",
}
"""Two-letter codes beyond ISO 3166-1: former and reserved ones, EL of the EU, XK and KS for Kosovo. CS is absent: it
was Czechoslovakia's and later Serbia and Montenegro's."""

_NOTHING_BUT_LETTERS: Final = re.compile(r"[^\w&]+|_")
_NAME_CHARACTERS_MAX: Final = 100
"""The longest official short name has 55 characters; longer text is no country's name and not worth normalising."""


def is_country_code(code: str) -> bool:
    """Whether a code is of ISO 3166-1 alpha-3, of Doc 9303-3 section 5, or of a former state (`is_historic_code`)."""
    return code in _known_codes() or code.strip().upper() in _known_codes()


def is_historic_code(code: str) -> bool:
    """Whether a code is of a state that no longer issues documents under it (ISO 3166-3); such documents turn up."""
    return code in HISTORIC_NAMES or code.strip().upper() in HISTORIC_NAMES


def is_without_nationality(code: str) -> bool:
    """Whether a code says stateless, refugee or unspecified (Doc 9303-3, section 5, part D): no country at all.

    That somebody is a refugee is protected data; callers must not treat these as countries that could agree or differ.
    """
    return code.strip().upper() in _WITHOUT_NATIONALITY


def canonical_country(code: str) -> str:
    """The one code by which countries are compared; what is not known comes back in upper case, unchanged otherwise.

    D is DEU. GBD, GBN, GBO, GBP, GBS stay themselves: these are other nationalities than GBR, and other documents. UNK
    stays itself: a mission issued it, not Kosovo.
    """
    text = code.strip().upper()
    return _CANONICAL.get(text, text)


def alpha3_from_alpha2(code: str) -> str | None:
    """The canonical three-letter code of a two-letter one, None when there is none."""
    return _alpha2_table().get(code.strip().upper())


def alpha3_from_name(name: str) -> str | None:
    """The canonical three-letter code of a country's English name, None when it is not known.

    Finds the names of CLDR and ISO, in either order of words ("Korea, North"), with and without articles and the text
    in brackets, and the spellings of the lists in `country_spellings.py`. No fuzzy search: Niger and Nigeria are one
    edit apart. A name that two countries share is not in the table.
    """
    if len(name) > _NAME_CHARACTERS_MAX:
        return None
    table = _name_table()
    return next((table[form] for form in _name_forms(name) if form in table), None)


def country_name(code: str) -> str:
    """The English name for people to read; the code itself, in upper case, when it is not known."""
    text = code.strip().upper()
    special = _SPECIAL_NAMES.get(text) or HISTORIC_NAMES.get(text)
    return special or _english_names().get(canonical_country(text), text)


@cache
def _iso_alpha3() -> dict[str, str]:
    """ISO 3166-1 alpha-3 to alpha-2. iso3166 has Kosovo's XKX, which ISO reserves for users, beside it."""
    from iso3166 import countries

    return {country.alpha3: country.alpha2 for country in countries}


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(_iso_alpha3()) | frozenset(_SPECIAL_NAMES) | frozenset(HISTORIC_NAMES)


@cache
def _alpha2_table() -> dict[str, str]:
    return {alpha2: canonical_country(alpha3) for alpha3, alpha2 in _iso_alpha3().items()} | _ALPHA2_EXTRAS


@cache
def _english_names() -> dict[str, str]:
    """Canonical three-letter code to CLDR's English name."""
    from babel import Locale

    territories = Locale("en").territories
    return {
        canonical_country(alpha3): territories[alpha2]
        for alpha3, alpha2 in _iso_alpha3().items()
        if alpha2 in territories
    }


@cache
def _name_table() -> dict[str, str]:
    """Normal form of a name to its canonical code. Our spellings win; a form of two countries is left out."""
    from iso3166 import countries

    named = [(name, code) for code, name in _english_names().items()]
    named += [(name, country.alpha3) for country in countries for name in (country.name, country.apolitical_name)]
    named += [(name, code) for code, name in HISTORIC_NAMES.items()]
    owners: dict[str, set[str]] = {}
    for name, code in named:
        for form in _name_forms(name):
            owners.setdefault(form, set()).add(canonical_country(code))
    table = {form: codes.pop() for form, codes in owners.items() if len(codes) == 1}
    spelled = {form: code for name, code in SPELLINGS.items() for form in _name_forms(name)[:1]}
    return table | spelled


def _name_forms(name: str) -> list[str]:
    """The normal forms of a name, the fullest first: as it stands, turned at the comma, without what is in brackets."""
    outside, _, rest = name.partition("(")
    variants = [name, _turned(name)]
    if rest and outside.strip():
        variants += [outside, _turned(outside)]
    return list(dict.fromkeys(form for form in map(_normal_form, variants) if form))


def _turned(name: str) -> str:
    """'Korea, Republic of' to 'Republic of Korea'; unchanged without a comma."""
    before, comma, after = name.partition(",")
    return f"{after} {before}" if comma else name


def _normal_form(name: str) -> str:
    """Lower-case words without marks, articles and punctuation; St. is saint, & is and."""
    decomposed = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", ""))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
    words = _NOTHING_BUT_LETTERS.sub(" ", plain.replace("&", " and ")).split()
    spelled = ("saint" if word == "st" else word for word in words)
    return " ".join(word for word in spelled if word != "the")
