"""Reads published lists and bulk files into notices and document batches.

A format is a function of paths and of a progress callback: `FORMATS` yield `Notice`, `DOCUMENT_FORMATS` yield Arrow
batches of `DOCUMENT_SCHEMA`, both with `Rejected` in between. Progress: `bytes_total(paths)` is the end; the callback
is told the bytes as stored (compressed ones of a .gz) as they are consumed, which is exact for every format.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from screening.importers.document_columns import DOCUMENT_SCHEMA
from screening.importers.documents_csv import read_documents_csv
from screening.importers.documents_parquet import read_documents_parquet
from screening.importers.ftm import read_ftm
from screening.importers.interpol_json import read_interpol_json
from screening.importers.notices_jsonl import read_notices_jsonl
from screening.importers.ofac_sdn import read_ofac_sdn
from screening.importers.rows import Advance, DocumentFormat, NoticeFormat, Rejected, UnreadableSourceError
from screening.importers.source_files import bytes_total
from screening.importers.uk_conlist import read_uk_conlist
from screening.importers.un_xml import read_un_xml
from screening.importers.us_csl import read_us_csl

__all__ = [
    "DOCUMENT_FORMATS",
    "DOCUMENT_SCHEMA",
    "FORMATS",
    "Advance",
    "DocumentFormat",
    "NoticeFormat",
    "Rejected",
    "UnreadableSourceError",
    "bytes_total",
]

FORMATS: Final[Mapping[str, NoticeFormat]] = {
    "notices-jsonl": read_notices_jsonl,
    "ofac-sdn": read_ofac_sdn,
    "un-xml": read_un_xml,
    "us-csl": read_us_csl,
    "uk-conlist": read_uk_conlist,
    "ftm": read_ftm,
    "interpol-json": read_interpol_json,
}
"""Formats of notices by the name that `screening import` takes."""

DOCUMENT_FORMATS: Final[Mapping[str, DocumentFormat]] = {
    "documents-parquet": read_documents_parquet,
    "documents-csv": read_documents_csv,
}
"""Formats of bulk document records by the name that `screening import` takes."""
