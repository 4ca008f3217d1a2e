"""Writes machine-readable zones: the inverse of `mrz.parse_mrz` (ICAO Doc 9303 parts 3 to 7).

For populations, demonstrations and tests; and the proof of the reader, since decode ∘ encode = identity on every
content that Doc 9303 can express. Names must already be in the letters A-Z: transliteration is not our business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from screening.check_digits import check_digit
from screening.mrz import Mrz
from screening.mrz_dates import MrzDate
from screening.mrz_layouts import LAYOUTS, Layout, MrzError, MrzFormat

__all__ = ["MrzContent", "content_of", "format_mrz"]

_NUMBER_WIDTH: Final = 9
_LETTERS: Final = re.compile("[A-Z]*")
_CODED: Final = re.compile("(?:[A-Z0-9<]*[A-Z0-9])?")
_NAME: Final = re.compile("(?:[A-Z]+(?:<[A-Z]+)*)?")
_SEXES: Final = {"F": "F", "M": "M", "X": "<"}
_CARDS: Final = (MrzFormat.TD1, MrzFormat.TD2)


@dataclass(frozen=True, slots=True, kw_only=True)
class MrzContent:
    """What a zone says, without how it is written. Texts are as in `Mrz`; dates print their last two year digits."""

    format: MrzFormat
    document_code: str
    issuing_country: str
    number: str
    nationality: str
    birth: MrzDate
    sex: str
    expiry: MrzDate
    surname: str
    given_names: str
    optional: str = ""
    optional_2: str = ""


def content_of(mrz: Mrz) -> MrzContent:
    """The content of a zone that was read; what only describes the reading (checks, problems) is left out."""
    return MrzContent(
        format=mrz.format,
        document_code=mrz.document_code,
        issuing_country=mrz.issuing_country,
        number=mrz.number.value,
        nationality=mrz.nationality,
        birth=mrz.birth,
        sex=mrz.sex,
        expiry=mrz.expiry,
        surname=mrz.surname,
        given_names=mrz.given_names,
        optional=mrz.optional.value,
        optional_2=mrz.optional_2.value,
    )


def format_mrz(content: MrzContent) -> tuple[str, ...]:
    """The lines of a zone with all its check digits; names too long for their field are truncated.

    Raises MrzError naming the field for what Doc 9303 cannot express: ILLEGAL_CHARACTER, TOO_LONG, MISSING.
    """
    layout = LAYOUTS[content.format]
    zone = ["<"] * (layout.line_count * layout.line_length)
    _put(zone, layout.document_code, content.document_code, "document_code", _LETTERS)
    _put(zone, layout.issuing_country, content.issuing_country, "issuing_country", _LETTERS)
    _put(zone, layout.nationality, content.nationality, "nationality", _LETTERS)
    width = layout.name.stop - layout.name.start
    _put(zone, layout.name, _fitted_names(content, width), "name", re.compile("[A-Z<]*"))
    zone[layout.sex] = _sex(content.sex)
    _put_number(zone, layout, content)
    _put(zone, layout.optional_2, content.optional_2, "optional_2", _CODED)
    _put(zone, layout.birth_date, _date_text(content.birth, "birth_date"), "birth_date", re.compile("[0-9<]*"))
    _put(zone, layout.expiry_date, _date_text(content.expiry, "expiry_date"), "expiry_date", re.compile("[0-9<]*"))
    _put_checks(zone, layout)
    joined, length = "".join(zone), layout.line_length
    return tuple(joined[start : start + length] for start in range(0, len(joined), length))


def _put(zone: list[str], span: slice, text: str, field: str, legal: re.Pattern[str]) -> None:
    """Writes a text into its span, which is filled with `<` already."""
    if not legal.fullmatch(text):
        raise MrzError("ILLEGAL_CHARACTER", field)
    if len(text) > span.stop - span.start:
        raise MrzError("TOO_LONG", field)
    zone[span.start : span.start + len(text)] = text


def _sex(sex: str) -> str:
    if sex not in _SEXES:
        raise MrzError("ILLEGAL_CHARACTER", "sex")
    return _SEXES[sex]


def _put_number(zone: list[str], layout: Layout, content: MrzContent) -> None:
    """The number, running on into the optional data when it is longer than nine characters and the format allows it."""
    number, optional = content.number, content.optional
    if not number:
        raise MrzError("MISSING", "number")
    if len(number) > _NUMBER_WIDTH and layout.format in _CARDS:
        rest = number[_NUMBER_WIDTH:]
        if "<" in number[_NUMBER_WIDTH - 1 :]:
            raise MrzError("ILLEGAL_CHARACTER", "number")
        optional = f"{rest}{check_digit(_coded(number))}" + (f"<{optional}" if optional else "")
        number = number[:_NUMBER_WIDTH]
    _put(zone, layout.number, number, "number", _CODED)
    _put(zone, layout.optional, optional, "optional", _CODED)
    if len(content.number) <= _NUMBER_WIDTH or layout.format not in _CARDS:
        zone[layout.number_check] = str(check_digit("".join(zone[layout.number])))


def _coded(number: str) -> str:
    if not _CODED.fullmatch(number):
        raise MrzError("ILLEGAL_CHARACTER", "number")
    return number


def _put_checks(zone: list[str], layout: Layout) -> None:
    """Check digits of the dates, of optional data that are not empty, and the composite one over all."""
    spans = [(layout.birth_date, layout.birth_date_check), (layout.expiry_date, layout.expiry_date_check)]
    optional = "".join(zone[layout.optional])
    if layout.optional_check is not None and optional.strip("<"):
        spans.append((layout.optional, layout.optional_check))
    for span, at in spans:
        zone[at] = str(check_digit("".join(zone[span])))
    if layout.composite_check is not None:
        covered = "".join("".join(zone[span]) for span in layout.composite)
        zone[layout.composite_check] = str(check_digit(covered))


def _date_text(date: MrzDate, field: str) -> str:
    if not date.valid:
        raise MrzError("IMPOSSIBLE", field)
    year = None if date.year is None else date.year % 100
    return "".join("<<" if part is None else f"{part:02}" for part in (year, date.month, date.day))


def _components(text: str) -> str:
    """A name as the zone writes it: apostrophes dropped, spaces and hyphens to filler (Doc 9303-3, clause 4.6)."""
    plain = "<".join(text.upper().replace("'", "").replace("-", " ").split())
    if not _NAME.fullmatch(plain):
        raise MrzError("ILLEGAL_CHARACTER", "name")
    return plain


def _fitted_names(content: MrzContent, width: int) -> str:
    """Both identifiers in at most `width` characters, at least one letter of the second kept when there is one.

    A truncated name must end in a letter, so that the reader can tell (Doc 9303-4, clause 4.2.3). Where the cut would
    fall on a filler, the primary identifier gives up letters; if that is impossible, a whole component is omitted,
    which the standard allows as well and no reader can notice.
    """
    surname, given = _components(content.surname), _components(content.given_names)
    if not surname:
        raise MrzError("MISSING", "name")
    if not given:
        return surname[:width].rstrip("<") if surname[width - 1 : width] == "<" else surname[:width]
    if len(surname) + 2 + len(given) <= width:
        return f"{surname}<<{given}"
    for length in range(min(len(surname), width - 3), 0, -1):
        cut = f"{surname[:length]}<<{given}"[:width]
        if len(cut) == width and surname[length - 1] != "<" and cut[-1] != "<":
            return cut
    return f"{surname[: width - 3].rstrip('<')}<<{given}"[:width].rstrip("<")
