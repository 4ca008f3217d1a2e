"""Compiling: same sources, same bytes; every source is named; damage is noticed."""

import gzip
from pathlib import Path

import pytest

from indexes.lexicon.artefact import latin_key, open_table
from indexes.lexicon.compile import ITEMS_FILE, NICKNAMES_FILE, SOURCES, compile_lexicon, with_variants
from indexes.lexicon.rarity import RARITY_FILE
from indexes.lexicon.variants import VARIANTS_FILE

PROVENANCE = RARITY_FILE.with_name("PROVENANCE.md")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A tiny world of plainly invented names in the shape of every source."""
    folder = tmp_path / "sources"
    folder.mkdir()
    forenames = "Country,Country Group,Region,Population,Note,Year,Romanization,Index,Name Group,Gender"
    texts = {
        "us_census_1990_dist_all_last.txt.gz": "ZORLAN         1.006  1.006      1\nQUURTO         0.5  1.5      2\n",
        "us_census_1990_dist_female_first.txt.gz": "MIRELLOVA      2.629  2.629      1\n",
        "us_census_1990_dist_male_first.txt.gz": "DRAVENNO       3.318  3.318      1\n",
        "cc0_popular_forenames_by_country.csv.gz": f"{forenames},Localized Name,Romanized Name\n"
        "EG,1,,,,2021,N,1,N-1,M,زرلان,Zorlan\n",
        "cc0_popular_surnames_by_country.csv.gz": "Country,Rank,Index,Name Group,Localized Name,Romanized Name,"
        "Count,Percent\n"
        "CN,1,1,CN-1,,Churlane,100000000,\nSV,2,2,SV-2,,Quurtosson,,\n",
        "faker_locale_names.csv.gz": "locale,kind,name,weight\nhi_IN,given_m,Dravenno,1\nru_RU,middle,Zorlanovich,1\n",
        NICKNAMES_FILE: "name1,relationship,name2\ndravenno,has_nickname,vennie\n",
    }
    for name, text in texts.items():
        (folder / name).write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    (folder / "items.txt").write_text("zorlan, churlane, зорлан, زرلان => Q42\n", encoding="utf-8")
    return folder


def _compiled(sources: Path, into: Path) -> Path:
    into.mkdir()
    compile_lexicon(sources, sources / "items.txt", into)
    return into


def test_same_sources_same_bytes(sources: Path, tmp_path: Path) -> None:
    """Compiling twice gives the same bytes."""
    first, second = _compiled(sources, tmp_path / "first"), _compiled(sources, tmp_path / "second")
    for name in (RARITY_FILE.name, VARIANTS_FILE.name):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_compiled_tables_answer(sources: Path, tmp_path: Path) -> None:
    """Each source leaves its mark: a name of every one of them has a share, an item and a nickname have symbols."""
    into = _compiled(sources, tmp_path / "into")
    shares = open_table(into / RARITY_FILE.name).to_pydict()
    known = dict(zip(shares["key"], shares["share"], strict=True))
    names = ("zorlan", "mirellova", "dravenno", "churlane", "quurtosson", "zorlanovich")
    assert all(latin_key(name) in known for name in names)
    symbols = open_table(into / VARIANTS_FILE.name).to_pydict()
    found = dict(zip(symbols["key"], symbols["symbols"], strict=True))
    assert found[latin_key("churlane")] == [42]
    assert found[latin_key("vennie")] == found[latin_key("dravenno")]


def test_variant_of_a_common_name_is_nearly_as_common() -> None:
    """A spelling without a share of its own takes half of the commonest variant's; a known share is never lowered."""
    raised = with_variants({"zorlan": 0.01, "churlane": 0.008}, [["zorlan", "churlane", "tsorlanni"]])
    assert raised == {"zorlan": 0.01, "churlane": 0.008, "tsorlanni": 0.005}


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_is_named_with_its_digest(source: str) -> None:
    """PROVENANCE.md names each source and the digest of exactly the bytes the shipped artefacts were built from."""
    text = PROVENANCE.read_text(encoding="utf-8")
    assert f"`{source}`" in text
    for artefact in (RARITY_FILE, VARIANTS_FILE):
        digest = open_table(artefact).schema.metadata[b"source:" + source.encode()].decode()
        assert digest in text


def test_shipped_artefacts_name_no_other_source() -> None:
    """Nothing went into the artefacts that SOURCES does not list."""
    metadata = open_table(VARIANTS_FILE).schema.metadata
    assert {name[7:].decode() for name in metadata if name.startswith(b"source:")} == set(SOURCES)
    assert ITEMS_FILE in SOURCES
