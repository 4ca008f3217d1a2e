"""From what a reader, a form or a file delivers to the zone: clean characters, lines of the right length, one layout.

Tolerated without a word, because nothing is guessed: case, spaces, line breaks or none, control characters that readers
frame their lines with, full-width letters, `«`, `‹` and `&lt;` for the filler. Letters of other scripts that look Latin
are mapped, but every place is reported: a typist's Cyrillic С is a C, a forger's may not be.

Recognised and refused under its own reason: the French identity card of 1988 to 2021, which has 2 lines of 36 as TD2
has, but other fields in other places; read as TD2 it would yield a person who does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from screening.check_digits import check_digit, is_checkable
from screening.mrz_layouts import Layout, MrzError, MrzFormat, layout_of

__all__ = ["INPUT_CHARACTERS_MAX", "STRANGE_CHARACTERS_MAX", "ZoneText", "read_zone"]

INPUT_CHARACTERS_MAX: Final = 1024
"""The longest zone has 90 characters; ten times that leaves room for `&lt;` and for spaces, not for a document."""

STRANGE_CHARACTERS_MAX: Final = 8
"""A bad read loses a few characters (`?`, `*`); more, and the text is something else than a machine-readable zone."""

_LINE_COUNTS: Final = {30: 3, 36: 2, 44: 2}
_JOINED_LENGTHS: Final = {line * count: line for line, count in _LINE_COUNTS.items()}
_FILLERS: Final = "‹＜〈﹤"
_DOUBLE_FILLERS: Final = "≪《"
_INVISIBLE: Final = (*range(0x21), *range(0x7F, 0xA1), 0xAD, *range(0x2000, 0x2010), 0x202F, 0x2060, 0x3000, 0xFEFF)
_LOOKALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜавеѕіјкмнорстухԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεζηικμνορτυχ",
    "ABESIJKMHOPCTYXQWABESIJKMHOPCTYXQW" + "ABEZHIKMNOPTYXABEZHIKMNOPTYX",
)
_CLEAN_TEXT: Final = re.compile("[A-Z0-9<\n]*")
_LEGAL_ZONE: Final = re.compile("[A-Z0-9<]*")
_STRANGE: Final = re.compile("[^A-Z0-9<]")
_OLD_FRENCH_CARD_CHECKS: Final = ((slice(36, 48), 48), (slice(63, 69), 69))


def _cleaning_table() -> dict[int, str | None]:
    """Character to what it stands for; None deletes. Whatever is absent stays as it is."""
    table: dict[int, str | None] = dict.fromkeys(_INVISIBLE)
    table.update({code: chr(code - 32) for code in range(ord("a"), ord("z") + 1)})
    table.update({code: chr(code - 0xFEE0).upper() for code in range(0xFF01, 0xFF5F)})
    table.update({ord(character): "<" for character in _FILLERS})
    table.update({ord(character): "«" for character in _DOUBLE_FILLERS})
    return table


_CLEANING: Final = _cleaning_table()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneText:
    """A zone ready to be cut into fields.

    `zone` has the length of its layout and consists of A-Z, 0-9, `<`, except at the offsets in `strange`.
    `mapped`: offsets where a look-alike letter was replaced by its Latin twin. Both ascending, nearly always empty.
    """

    zone: str
    layout: Layout
    mapped: tuple[int, ...]
    strange: tuple[int, ...]


def read_zone(lines: str | Sequence[str]) -> ZoneText:
    """One text or several lines to a zone. Raises MrzError when no layout fits, with the line at fault.

    Reasons: EMPTY, TOO_LONG, LINES_MISSING, MIXED_FORMATS, LINE_TOO_SHORT, LINE_TOO_LONG, SHAPE_UNKNOWN,
    ILLEGAL_CHARACTERS, FRENCH_IDENTITY_CARD_NOT_ICAO.
    """
    cleaned = _shaped(_clean_lines(lines))
    zone = "".join(cleaned)
    mapped: tuple[int, ...] = ()
    strange: tuple[int, ...] = ()
    if not _LEGAL_ZONE.fullmatch(zone):
        latin = zone.translate(_LOOKALIKES)
        mapped = tuple(at for at, character in enumerate(zone) if latin[at] != character)
        strange = tuple(match.start() for match in _STRANGE.finditer(latin))
        zone = latin
    if len(strange) > STRANGE_CHARACTERS_MAX:
        raise MrzError("ILLEGAL_CHARACTERS", "mrz")
    layout = layout_of(zone)
    assert layout is not None, "_shaped lets only lengths pass that have a layout"
    if _is_old_french_card(zone, layout):
        raise MrzError("FRENCH_IDENTITY_CARD_NOT_ICAO", "mrz")
    return ZoneText(zone=zone, layout=layout, mapped=mapped, strange=strange)


def _clean_lines(lines: str | Sequence[str]) -> list[str]:
    """The lines that are not blank, upper case, without spaces. Raises MrzError for nothing at all or far too much."""
    text = lines if isinstance(lines, str) else "\n".join(lines)
    if len(text) > INPUT_CHARACTERS_MAX:
        raise MrzError("TOO_LONG", "mrz")
    if _CLEAN_TEXT.fullmatch(text):
        return text.split()
    cleaned = [line.translate(_CLEANING) for line in text.replace("&lt;", "<").splitlines()]
    return [line for line in cleaned if line]


def _shaped(lines: list[str]) -> list[str]:
    """The same lines when they have the shape of a format, with `«` read as one filler or two, whichever fits.

    Only when every `«` of a line stands for the same number of fillers can its length tell; otherwise the line is
    refused like any line of wrong length.
    """
    if _has_shape(lines):
        return [line.replace("«", "<") for line in lines]
    single = [line.replace("«", "<") for line in lines]
    double = [line.replace("«", "<<") for line in lines]
    if _has_shape(double):
        return double
    if len(lines) > 1 and any("«" in line for line in lines):
        mixed = [two if len(two) in _LINE_COUNTS else one for one, two in zip(single, double, strict=True)]
        if _has_shape(mixed):
            return mixed
    raise _shape_error(single)


def _has_shape(lines: list[str]) -> bool:
    if len(lines) == 1:
        return len(lines[0]) in _JOINED_LENGTHS
    length = len(lines[0]) if lines else 0
    return _LINE_COUNTS.get(length) == len(lines) and {*map(len, lines)} == {length}


def _shape_error(lines: list[str]) -> MrzError:
    """Why the lines have no shape, naming the line that does not fit the others."""
    lengths = [len(line) for line in lines]
    if not lengths:
        return MrzError("EMPTY", "mrz")
    if all(length in _LINE_COUNTS for length in lengths):
        is_short = len(set(lengths)) == 1 and len(lengths) < _LINE_COUNTS[lengths[0]]
        reason = "LINES_MISSING" if is_short else "SHAPE_UNKNOWN" if len(set(lengths)) == 1 else "MIXED_FORMATS"
        return MrzError(reason, "mrz")
    expected = next((length for length in lengths if _LINE_COUNTS.get(length) == len(lengths)), None)
    if expected is None:
        return MrzError("SHAPE_UNKNOWN", "mrz")
    at = next(index for index, length in enumerate(lengths) if length != expected)
    return MrzError("LINE_TOO_SHORT" if lengths[at] < expected else "LINE_TOO_LONG", f"line_{at + 1}")


def _is_old_french_card(zone: str, layout: Layout) -> bool:
    """Whether a zone of 2 x 36 is the French national card and not a TD2 document of France.

    Its second line is: number 1-12, check digit 13, given names 14-27, birth date 28-33, check digit 34, sex 35,
    check digit 36. The check digits vote, so that a bad read of a card is still a card; France has issued no TD2
    identity card, hence a draw goes to the old card.
    """
    if layout.format is not MrzFormat.TD2 or not zone.startswith("IDFRA"):
        return False
    spans = ((layout.number, layout.number_check), (layout.birth_date, layout.birth_date_check))
    as_td2 = sum(_passes(zone[span], zone[at]) for span, at in spans)
    return as_td2 <= sum(_passes(zone[span], zone[at]) for span, at in _OLD_FRENCH_CARD_CHECKS)


def _passes(text: str, digit: str) -> bool:
    return is_checkable(text) and digit == str(check_digit(text))
