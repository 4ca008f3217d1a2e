"""The registry of formats, and what all of them promise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from screening.importers import DOCUMENT_FORMATS, FORMATS, Rejected, UnreadableSourceError, bytes_total
from screening.model import Notice
from screening.wire_notice import notice_from_bytes, notice_to_bytes

LISTS = Path(os.environ.get("SCREENING_SHARED_DATA", str(Path(__file__).parents[4] / "shared" / "data"))) / "lists"
REAL = {
    "ofac-sdn": [f"ofac_sdn_20231228_{part}.csv.gz" for part in ("sdn", "alt", "add")],
    "un-xml": ["un_consolidated_20260227.xml.gz"],
    "interpol-json": ["synthetic_notices_400.jsonl"],
}


@pytest.mark.parametrize("name", sorted({*FORMATS, *DOCUMENT_FORMATS}))
def test_a_missing_file_is_an_unreadable_source_in_every_format(name: str, tmp_path: Path) -> None:
    """Nothing but UnreadableSourceError leaves an importer, and it names the file without its folder."""
    read = {**FORMATS, **DOCUMENT_FORMATS}[name]
    with pytest.raises(UnreadableSourceError) as caught:
        list(read([tmp_path / "absent.file"]))
    assert caught.value.file == "absent.file"
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("name", sorted({*FORMATS, *DOCUMENT_FORMATS}))
@pytest.mark.parametrize("content", [b"\x00\xff\xfe garbage \x1f\x8b\n{[<\"'\n", b"\x1f\x8b\x08\x00broken gzip"])
def test_garbage_never_raises_anything_else(name: str, content: bytes, tmp_path: Path) -> None:
    """Bytes of no format are rejected rows or an unreadable source."""
    path = tmp_path / "garbage"
    path.write_bytes(content)
    read = {**FORMATS, **DOCUMENT_FORMATS}[name]
    try:
        assert all(isinstance(item, Rejected) for item in read([path]))
    except UnreadableSourceError:
        return


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not beside this checkout")
@pytest.mark.parametrize("name", sorted(REAL))
def test_every_notice_of_the_real_lists_fits_the_contract(name: str) -> None:
    """What is imported passes the validation of the wire and comes back the same; progress ends at the size stored."""
    paths = [LISTS / file for file in REAL[name]]
    counts: list[int] = []
    for item in FORMATS[name](paths, counts.append):
        if isinstance(item, Notice):
            assert notice_from_bytes(notice_to_bytes(item)) == item
    assert sum(counts) == bytes_total(paths)
