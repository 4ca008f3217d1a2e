"""The layouts of machine-readable zones as tables (ICAO Doc 9303 parts 4 to 7), and the error of this family.

All positions are offsets into the *zone*: the lines of the document joined into one text, without breaks. Doc 9303
counts from 1 within each line; `_span` converts, so that the tables below read like the standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

__all__ = ["LAYOUTS", "Check", "Layout", "MrzError", "MrzFormat", "field_at", "layout_of"]


class MrzFormat(Enum):
    """The five formats of Doc 9303: identity cards (parts 5 and 6), passports (part 4) and visas (part 7)."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


class Check(Enum):
    """What the check digit of a field says. NONE: the format has none there, or the field is empty filler."""

    PASSED = "passed"
    FAILED = "failed"
    NONE = "none"


class MrzError(ValueError):
    """The text is no machine-readable zone that can be read. The message never repeats the text.

    Attributes: reason, stable UPPER_SNAKE; field, the part at fault (`mrz`, `line_1` to `line_3`, or a field's name).
    """

    def __init__(self, reason: str, field: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.reason = reason
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where each field of one format stands in the zone.

    A check position is the offset of one character, or None where the format has no check digit. `composite` lists the
    spans the composite check digit covers, in order; empty for visas, which have none (Doc 9303-7).
    `optional_2` is an empty span except for TD1, `code_letters` are the first letters a document code may have.
    """

    format: MrzFormat
    line_count: int
    line_length: int
    code_letters: str
    document_code: slice
    issuing_country: slice
    name: slice
    number: slice
    number_check: int
    nationality: slice
    birth_date: slice
    birth_date_check: int
    sex: int
    expiry_date: slice
    expiry_date_check: int
    optional: slice
    optional_check: int | None
    optional_2: slice
    composite: tuple[slice, ...]
    composite_check: int | None


def _span(line_length: int, line: int, first: int, last: int) -> slice:
    """Positions `first` to `last` (from 1, both included) of a line (from 1), as a slice of the zone."""
    start = (line - 1) * line_length
    return slice(start + first - 1, start + last)


def _two_line_layout(mrz_format: MrzFormat, width: int) -> Layout:
    """TD2, TD3, MRV-A, MRV-B differ only in width, optional data and composite (Doc 9303-4, -6, -7, clause 4.2.2)."""
    is_visa = mrz_format in (MrzFormat.MRV_A, MrzFormat.MRV_B)
    optional_last = {MrzFormat.TD2: 35, MrzFormat.TD3: 42}.get(mrz_format, width)
    composite_last = {MrzFormat.TD2: 35, MrzFormat.TD3: 43}.get(mrz_format, 0)
    spans = ((1, 10), (14, 20), (22, composite_last))
    return Layout(
        format=mrz_format,
        line_count=2,
        line_length=width,
        code_letters="V" if is_visa else "P" if mrz_format is MrzFormat.TD3 else "ACI",
        document_code=_span(width, 1, 1, 2),
        issuing_country=_span(width, 1, 3, 5),
        name=_span(width, 1, 6, width),
        number=_span(width, 2, 1, 9),
        number_check=width + 9,
        nationality=_span(width, 2, 11, 13),
        birth_date=_span(width, 2, 14, 19),
        birth_date_check=width + 19,
        sex=width + 20,
        expiry_date=_span(width, 2, 22, 27),
        expiry_date_check=width + 27,
        optional=_span(width, 2, 29, optional_last),
        optional_check=width + 42 if mrz_format is MrzFormat.TD3 else None,
        optional_2=slice(0, 0),
        composite=() if is_visa else tuple(_span(width, 2, first, last) for first, last in spans),
        composite_check=None if is_visa else 2 * width - 1,
    )


def _td1_layout() -> Layout:
    """TD1: three lines of 30 (Doc 9303-5, clause 4.2.2)."""
    width = 30
    spans = ((1, 6, 30), (2, 1, 7), (2, 9, 15), (2, 19, 29))
    return Layout(
        format=MrzFormat.TD1,
        line_count=3,
        line_length=width,
        code_letters="ACI",
        document_code=_span(width, 1, 1, 2),
        issuing_country=_span(width, 1, 3, 5),
        name=_span(width, 3, 1, 30),
        number=_span(width, 1, 6, 14),
        number_check=14,
        nationality=_span(width, 2, 16, 18),
        birth_date=_span(width, 2, 1, 6),
        birth_date_check=width + 6,
        sex=width + 7,
        expiry_date=_span(width, 2, 9, 14),
        expiry_date_check=width + 14,
        optional=_span(width, 1, 16, 30),
        optional_check=None,
        optional_2=_span(width, 2, 19, 29),
        composite=tuple(_span(width, *span) for span in spans),
        composite_check=width + 29,
    )


LAYOUTS: Final[dict[MrzFormat, Layout]] = {
    MrzFormat.TD1: _td1_layout(),
    MrzFormat.TD2: _two_line_layout(MrzFormat.TD2, 36),
    MrzFormat.TD3: _two_line_layout(MrzFormat.TD3, 44),
    MrzFormat.MRV_A: _two_line_layout(MrzFormat.MRV_A, 44),
    MrzFormat.MRV_B: _two_line_layout(MrzFormat.MRV_B, 36),
}


def layout_of(zone: str) -> Layout | None:
    """The layout of a zone by its length and first letter, or None when no format has that length.

    Visas have the shapes of passports and TD2 cards; the document code V tells them apart (Doc 9303-7, clause 4.2.2).
    """
    is_visa = zone.startswith("V")
    if len(zone) == 88:
        return LAYOUTS[MrzFormat.MRV_A if is_visa else MrzFormat.TD3]
    if len(zone) == 72:
        return LAYOUTS[MrzFormat.MRV_B if is_visa else MrzFormat.TD2]
    return LAYOUTS[MrzFormat.TD1] if len(zone) == 90 else None


_CHECKED_FIELDS: Final = ("number", "birth_date", "expiry_date", "optional", "composite")
_SPAN_FIELDS: Final = (
    "document_code", "issuing_country", "name", "number", "nationality", "birth_date", "expiry_date", "optional",
    "optional_2",
)  # fmt: skip


def field_at(layout: Layout, offset: int) -> str:
    """The name of the field a character of the zone belongs to; a check digit belongs to the field it checks."""
    for field in _SPAN_FIELDS:
        span: slice = getattr(layout, field)
        if span.start <= offset < span.stop:
            return field
    checks = {getattr(layout, f"{field}_check"): field for field in _CHECKED_FIELDS}
    return checks.get(offset, "sex")
