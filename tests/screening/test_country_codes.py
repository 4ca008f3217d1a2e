"""Country codes: what is a code, what names mean, which codes are one country."""

from __future__ import annotations

import csv
import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from screening.country_codes import (
    alpha3_from_alpha2,
    alpha3_from_name,
    canonical_country,
    country_name,
    is_country_code,
    is_historic_code,
    is_without_nationality,
)

SHARED = Path(os.environ.get("SCREENING_SHARED_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
LISTS = SHARED / "lists"
COVERAGE_MIN = 0.99
needs_lists = pytest.mark.skipif(not LISTS.exists(), reason="shared data are absent")


def list_text(name: str, encoding: str = "utf-8") -> str:
    with gzip.open(LISTS / name, "rt", encoding=encoding, newline="") as file:
        return file.read()


def coverage(names: Iterable[str]) -> float:
    """Share of the names, as often as they occur, that are found."""
    found = [alpha3_from_name(name) is not None for name in names]
    assert len(found) > 500, "the list has changed its shape: hardly any name was found in it"
    return sum(found) / len(found)


@pytest.mark.parametrize("code", ["NZL", "D", "DEU", "rks", " XXB ", "SUN", "UTO", "XPO", "XKX"])
def test_issued_codes_are_known(code: str) -> None:
    """Codes of ISO, of Doc 9303 and of former states are codes, in any case."""
    assert is_country_code(code)


@pytest.mark.parametrize("code", ["", "DE", "QQQ", "UT0", "ABC", "DDD", "D<<", "ДEU"])
def test_other_texts_are_no_codes(code: str) -> None:
    """Two-letter codes, user-assigned codes nobody registered, and misreads are not codes."""
    assert not is_country_code(code)


def test_historic_codes_are_flagged() -> None:
    """Codes of former states are known and historic; those of present ones are not."""
    for code in ("SUN", "YUG", "SCG", "CSK", "DDR", "ANT", "TMP", "ZAR", "ROM", "BUR"):
        assert is_country_code(code)
        assert is_historic_code(code)
    assert not any(is_historic_code(code) for code in ("RUS", "SRB", "D", "UTO", "XXA"))


@pytest.mark.parametrize(
    ("code", "canonical"),
    [("D", "DEU"), ("deu", "DEU"), ("GBD", "GBD"), ("GBR", "GBR"), ("XKX", "RKS"), ("UNK", "UNK"), ("ROM", "ROU"),
     ("ZAR", "COD"), ("SUN", "SUN"), ("YUG", "YUG"), ("DDR", "DDR"), ("XXB", "XXB"), ("qqq", "QQQ"), ("", "")],
)  # fmt: skip
def test_one_country_has_one_canonical_code(code: str, canonical: str) -> None:
    """Renamed states get their present code; British nationalities and dissolved states stay apart."""
    assert canonical_country(code) == canonical
    assert canonical_country(canonical) == canonical


def test_only_codes_of_persons_without_nationality_say_so() -> None:
    """XXA, XXB, XXC and XXX are no countries; XOM is an issuer."""
    assert all(map(is_without_nationality, ("XXA", "XXB", "XXC", "XXX")))
    assert not any(map(is_without_nationality, ("XOM", "UTO", "FRA", "")))


@pytest.mark.parametrize(
    ("code", "alpha3"),
    [("DE", "DEU"), ("de", "DEU"), ("XK", "RKS"), ("UK", "GBR"), ("GB", "GBR"), ("EL", "GRC"), ("SU", "SUN"),
     ("CS", None), ("XX", None), ("", None), ("DEU", None)],
)  # fmt: skip
def test_two_letter_codes(code: str, alpha3: str | None) -> None:
    """ISO's codes and the reserved ones in use are found; ambiguous and unknown ones are not guessed."""
    assert alpha3_from_alpha2(code) == alpha3


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Korea, North", "PRK"),
        ("korea, south", "KOR"),
        ("Republic of Korea", "KOR"),
        ("Democratic People’s Republic of Korea", "PRK"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Congo", "COG"),
        ("Bahamas, The", "BHS"),
        ("The Gambia", "GMB"),
        ("Cote d Ivoire", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("CURACAO", "CUW"),
        ("St. Lucia", "LCA"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Burma", "MMR"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Guinea", "GIN"),
        ("Palestinian", "PSE"),
        ("Tunisian", "TUN"),
        ("USSR", "SUN"),
        ("Zaire", "COD"),
    ],
)
def test_names_in_the_spellings_of_lists(name: str, code: str) -> None:
    """Names turned at the comma, with brackets, articles, marks or old spellings mean their country."""
    assert alpha3_from_name(name) == code


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "na",
        "Korea",
        "Virgin Islands",
        "Congolese",
        "Dominican",
        "Atlantis",
        "Republic of",
        "x" * 5000,
        "()",
        ",",
    ],
)
def test_ambiguous_and_unknown_names_are_not_guessed(name: str) -> None:
    """A name of two countries, or of none, has no code."""
    assert alpha3_from_name(name) is None


def test_people_read_names() -> None:
    """Every kind of code has an English name; an unknown one is shown as it is."""
    assert country_name("D") == country_name("DEU") == "Germany"
    assert country_name("RKS") == "Kosovo"
    assert country_name("sun") == "Soviet Union"
    assert country_name("XXA").startswith("Stateless")
    assert country_name("NZL") == "New Zealand"
    assert country_name("QQQ") == "QQQ"


def test_importing_loads_neither_cldr_nor_iso() -> None:
    """The tables are loaded at the first question, so that commands which ask none start at once."""
    code = "import sys, screening.country_codes; print('babel' in sys.modules, 'iso3166' in sys.modules)"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


@needs_lists
def test_ofac_countries_are_found() -> None:
    """More than 99 % of the nationalities and passport countries in OFAC's remarks have a code."""
    remarks = list_text("ofac_sdn_20231228_sdn.csv.gz", "latin-1")
    assert coverage(re.findall(r"(?:nationality|citizen) ([^;.\"]+)", remarks)) > COVERAGE_MIN
    assert coverage(re.findall(r"Passport \S+(?: \S+)? \(([^();]+)\)", remarks)) > COVERAGE_MIN


@needs_lists
def test_un_countries_are_found() -> None:
    """More than 99 % of the nationalities and countries of the UN list have a code."""
    text = list_text("un_consolidated_20260227.xml.gz")
    assert coverage(re.findall(r"<NATIONALITY>\s*<VALUE>(.*?)</VALUE>", text)) > COVERAGE_MIN
    assert coverage(re.findall(r"<(?:COUNTRY[A-Z_]*|ISSUING_COUNTRY)>(.+?)</", text)) > COVERAGE_MIN


@needs_lists
def test_csl_two_letter_codes_are_found() -> None:
    """Every nationality of the US Consolidated Screening List has a code."""
    rows = csv.DictReader(list_text("us_csl_consolidated_2022.csv.gz").splitlines())
    codes = [code for row in rows for code in re.findall(r"[A-Z]{2}", row["nationalities"] or "")]
    assert len(codes) > 500
    assert all(alpha3_from_alpha2(code) for code in codes)
