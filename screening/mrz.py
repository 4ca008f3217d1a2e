"""Machine-readable zones of travel documents: lines to fields, check digits and doubts (ICAO Doc 9303 parts 3 to 7).

`parse_mrz` reads, `describe_mrz` makes the reading JSON; `mrz_format.py` writes zones, `mrz_records.py` reads files.
Nothing is corrected silently: every field has the characters as read, the value, what its check digit says, and ranked
proposals that would satisfy a failed one. What does not conform is a reason in `Mrz.problems`; only text that has no
readable shape raises.

Reasons are `<FIELD>_<WHAT>`: CHECK_FAILED, ILLEGAL_CHARACTER (kept as read), LOOKALIKE_LETTERS (mapped to Latin),
MISSING, UNKNOWN (a code nobody issues), HISTORIC (a code of a former state), IMPOSSIBLE (no such date), ZERO_FILLED
(00 for an unknown part), BEFORE_BIRTH, IRREGULAR_FILLER (text after the filler: usually a K read for `<`),
NONSTANDARD (understood, but not as Doc 9303 writes it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from screening.check_digits import ALPHABET, check_digit
from screening.country_codes import is_country_code, is_historic_code
from screening.mrz_dates import Day, MrzDate, read_birth_date, read_expiry_date
from screening.mrz_layouts import LAYOUTS, Check, Layout, MrzError, MrzFormat, field_at
from screening.mrz_misreads import letters_for, ranked_corrections
from screening.mrz_text import read_zone

__all__ = [
    "Check",
    "Field",
    "Mrz",
    "MrzDate",
    "MrzError",
    "MrzFormat",
    "describe_mrz",
    "letter_corrections",
    "parse_mrz",
]

_DIGITS: Final = "0123456789<"
_ANY: Final = ALPHABET + "<"
_LETTER_FIELDS: Final = ("document_code", "issuing_country", "name", "nationality", "sex")
_EMPTY_CHECKS: Final = "0<"
_REMARKS: Final = ("HISTORIC", "ZERO_FILLED", "NONSTANDARD")
"""Problems of these kinds are told, but a document with them is still read beyond doubt: `valid` is not affected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a zone.

    `raw`: its characters as read, filler included, check digit excluded. `value`: without the trailing filler; filler
    inside stays, because there it stands for a space or a hyphen. `corrections`: values that would satisfy a failed
    check digit, likeliest first, at most CORRECTIONS_MAX; empty when the check passed.
    """

    raw: str
    value: str
    check: Check
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mrz:
    """A machine-readable zone as read.

    `zone`: the lines joined, cleaned. Country codes as printed without filler, so Germany is `D`
    (`country_codes.canonical_country` compares). `sex`: F, M, X for unspecified (printed `<`), empty when illegible.
    `surname`, `given_names`: primary and secondary identifier, components separated by one space; the second is empty
    for holders of a single name. `name_truncated`: the name fills its field, so letters or whole components may be
    missing at the end (Doc 9303-4, clause 4.2.3). `number_continued`: a number longer than nine characters ran on into
    the optional data. `valid`: nothing contradicts Doc 9303, and no check digit failed.
    """

    format: MrzFormat
    zone: str
    document_code: str
    issuing_country: str
    number: Field
    number_continued: bool
    nationality: str
    birth_date: Field
    birth: MrzDate
    sex: str
    expiry_date: Field
    expiry: MrzDate
    optional: Field
    optional_2: Field
    surname: str
    given_names: str
    name_truncated: bool
    composite: Check
    valid: bool
    problems: tuple[str, ...]


def parse_mrz(lines: str | Sequence[str], *, today: Day) -> Mrz:
    """Reads one zone, as one text (with or without line breaks) or as its lines.

    Args: today, (year, month, day), decides centuries (`mrz_dates.py`).
    Raises MrzError, and nothing else, for text without the shape of a zone (`mrz_text.read_zone` lists the reasons).
    Cost: 30 to 40 microseconds for a good read; failed check digits add up to 300 for the search for corrections.
    """
    text = read_zone(lines)
    zone, layout = text.zone, text.layout
    problems: list[str] = []
    document_code, issuing, nationality = (
        zone[span].rstrip("<") for span in (layout.document_code, layout.issuing_country, layout.nationality)
    )
    number, optional, number_continued = _read_number(zone, layout, problems)
    composite = _composite(zone, layout)
    birth = read_birth_date(zone[layout.birth_date], today)
    birth_date = _read_date(zone, layout, layout.birth_date, layout.birth_date_check, read_birth_date, today)
    expiry = read_expiry_date(zone[layout.expiry_date], today)
    expiry_date = _read_date(zone, layout, layout.expiry_date, layout.expiry_date_check, read_expiry_date, today)
    surname, given_names = _read_name(zone[layout.name], problems)
    sex = {"<": "X", "M": "M", "F": "F", "X": "X"}.get(zone[layout.sex], "")
    _note_codes(document_code, issuing, nationality, layout, problems)
    _note_checks(number, birth_date, expiry_date, optional, composite, problems)
    _note_dates(birth_date, birth, expiry_date, expiry, problems)
    if zone[layout.sex] not in "MF<":
        problems.append("SEX_NONSTANDARD" if sex else "SEX_ILLEGAL_CHARACTER")
    if text.mapped or text.strange:
        _note_places(layout, text.mapped, "LOOKALIKE_LETTERS", problems)
        _note_places(layout, text.strange, "ILLEGAL_CHARACTER", problems)
    return Mrz(
        format=layout.format,
        zone=zone,
        document_code=document_code,
        issuing_country=issuing,
        number=number,
        number_continued=number_continued,
        nationality=nationality,
        birth_date=birth_date,
        birth=birth,
        sex=sex,
        expiry_date=expiry_date,
        expiry=expiry,
        optional=optional,
        optional_2=_unchecked(zone[layout.optional_2]),
        surname=surname,
        given_names=given_names,
        name_truncated=zone[layout.name.stop - 1] != "<",
        composite=composite,
        valid=not problems or all(problem.endswith(_REMARKS) for problem in problems),
        problems=tuple(dict.fromkeys(problems)),
    )


_ABSENT: Final = Field(raw="", value="", check=Check.NONE)


def _unchecked(raw: str) -> Field:
    if not raw:
        return _ABSENT
    return Field(raw=raw, value=raw.rstrip("<"), check=Check.NONE)


def _verify(text: str, digit: str) -> Check:
    """What a check digit says of a text. Empty filler with 0 or `<` is no statement (Doc 9303-4, clause 4.2.2)."""
    if digit in _EMPTY_CHECKS and not text.strip("<"):
        return Check.NONE
    return _compared(text, digit)


def _compared(text: str, digit: str) -> Check:
    try:
        return Check.PASSED if _DIGITS[check_digit(text)] == digit else Check.FAILED
    except ValueError:
        return Check.FAILED


def _read_number(zone: str, layout: Layout, problems: list[str]) -> tuple[Field, Field, bool]:
    """The document number, the optional data left beside it, and whether the number ran on into them."""
    raw, digit = zone[layout.number], zone[layout.number_check]
    optional = zone[layout.optional]
    if digit == "<" and raw[-1] != "<" and optional[0] != "<":
        continued = _continued_number(raw, optional, layout, problems)
        if continued:
            return continued
    check = _verify(raw, digit)
    corrections = () if check is not Check.FAILED else _stripped(ranked_corrections(raw, digit, alphabet=_ANY))
    number = Field(raw=raw, value=raw.rstrip("<"), check=check, corrections=corrections)
    return number, _read_optional(zone, layout), False


def _continued_number(raw: str, optional: str, layout: Layout, problems: list[str]) -> tuple[Field, Field, bool] | None:
    """A number of more than nine characters (Doc 9303-5 and -6, note on the document number in clause 4.2.2).

    The check position holds a filler, the rest of the number stands in the optional data, followed by the check digit
    over the whole number, followed by a filler. Only TD1 and TD2 have this; elsewhere it is believed only when the
    check digit confirms it, and then reported.
    """
    rest, _, left_over = optional.partition("<")
    text, digit = raw + rest[:-1], rest[-1]
    check = _verify(text, digit)
    if layout.format not in (MrzFormat.TD1, MrzFormat.TD2):
        if check is not Check.PASSED or len(rest) < 2:
            return None
        problems.append("NUMBER_NONSTANDARD")
    corrections = () if check is Check.PASSED else _stripped(ranked_corrections(text, digit, alphabet=_ANY))
    number = Field(raw=f"{raw}<{rest[:-1]}", value=text, check=check, corrections=corrections)
    return number, _unchecked(left_over), True


def _stripped(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.rstrip("<") for text in texts))


def _read_optional(zone: str, layout: Layout) -> Field:
    """Optional data, with their own check digit in passports only (Doc 9303-4, clause 4.2.2, positions 29 to 43)."""
    raw = zone[layout.optional]
    if layout.optional_check is None:
        return _unchecked(raw)
    digit = zone[layout.optional_check]
    check = _verify(raw, digit)
    corrections = () if check is not Check.FAILED else _stripped(ranked_corrections(raw, digit, alphabet=_ANY))
    return Field(raw=raw, value=raw.rstrip("<"), check=check, corrections=corrections)


def _read_date(
    zone: str, layout: Layout, span: slice, check_at: int, read: Callable[[str, Day], MrzDate], today: Day
) -> Field:
    """A date field. A letter in it fails the check even where its arithmetic happens to hold."""
    raw, digit = zone[span], zone[check_at]
    check = _verify(raw, digit)
    if check is Check.PASSED and raw.strip(_DIGITS):
        check = Check.FAILED
    corrections = () if check is not Check.FAILED else _date_corrections(zone, layout, span, digit, read, today)
    return Field(raw=raw, value=raw.rstrip("<"), check=check, corrections=corrections)


def _date_corrections(
    zone: str, layout: Layout, span: slice, digit: str, read: Callable[[str, Day], MrzDate], today: Day
) -> tuple[str, ...]:
    """Corrections that are dates; those that satisfy the composite check digit too come first.

    Dates stand elsewhere in the weights of the composite than in their own, so it is a second witness. For a document
    number it is none: both sums begin with the number, with the same weights.
    """
    found = ranked_corrections(zone[span], digit, alphabet=_DIGITS, accepts=lambda text: read(text, today).valid)

    def is_doubted(text: str) -> bool:
        return _composite(zone[: span.start] + text + zone[span.stop :], layout) is not Check.PASSED

    return tuple(sorted(found, key=is_doubted))


def _composite(zone: str, layout: Layout) -> Check:
    if layout.composite_check is None:
        return Check.NONE
    covered = "".join([zone[span] for span in layout.composite])
    return _compared(covered, zone[layout.composite_check])


def _read_name(raw: str, problems: list[str]) -> tuple[str, str]:
    """Primary and secondary identifier, components separated by one space (Doc 9303-3, clause 4.6)."""
    primary, _, secondary = raw.rstrip("<").partition("<<")
    if not primary:
        problems.append("NAME_MISSING")
    elif "<<" in secondary or secondary.startswith("<"):
        problems.append("NAME_IRREGULAR_FILLER")
    surname, given_names = (" ".join(part.replace("<", " ").split()) for part in (primary, secondary))
    if not (surname + given_names).replace(" ", "A").isalpha():
        problems.append("NAME_ILLEGAL_CHARACTER" if primary or secondary else "NAME_MISSING")
    return surname, given_names


def _note_codes(document_code: str, issuing: str, nationality: str, layout: Layout, problems: list[str]) -> None:
    """Codes nobody issues, missing ones, and ones of former states."""
    if document_code[:1] not in layout.code_letters or not document_code.isalpha():
        problems.append("DOCUMENT_CODE_UNKNOWN")
    for name, code in (("ISSUING_COUNTRY", issuing), ("NATIONALITY", nationality)):
        if not is_country_code(code):
            problems.append(f"{name}_UNKNOWN" if code else f"{name}_MISSING")
        elif is_historic_code(code):
            problems.append(f"{name}_HISTORIC")


def _note_checks(
    number: Field, birth_date: Field, expiry_date: Field, optional: Field, composite: Check, problems: list[str]
) -> None:
    if not number.value:
        problems.append("NUMBER_MISSING")
    if number.check is Check.FAILED:
        problems.append("NUMBER_CHECK_FAILED")
    if birth_date.check is Check.FAILED:
        problems.append("BIRTH_DATE_CHECK_FAILED")
    if expiry_date.check is Check.FAILED:
        problems.append("EXPIRY_DATE_CHECK_FAILED")
    if optional.check is Check.FAILED:
        problems.append("OPTIONAL_CHECK_FAILED")
    if composite is Check.FAILED:
        problems.append("COMPOSITE_CHECK_FAILED")


def _note_dates(birth_date: Field, birth: MrzDate, expiry_date: Field, expiry: MrzDate, problems: list[str]) -> None:
    for name, field, date in (("BIRTH_DATE", birth_date, birth), ("EXPIRY_DATE", expiry_date, expiry)):
        if not date.valid:
            problems.append(f"{name}_ILLEGAL_CHARACTER" if field.raw.strip(_DIGITS) else f"{name}_IMPOSSIBLE")
        elif date.zero_filled:
            problems.append(f"{name}_ZERO_FILLED")
    if birth.year is not None and expiry.year is not None and expiry.year < birth.year:
        problems.append("EXPIRY_DATE_BEFORE_BIRTH")


def _note_places(layout: Layout, offsets: tuple[int, ...], what: str, problems: list[str]) -> None:
    problems.extend(f"{field_at(layout, offset).upper()}_{what}" for offset in offsets)


def letter_corrections(mrz: Mrz) -> dict[str, tuple[str, ...]]:
    """Proposals for the fields without check digit in which only letters may stand; only fields that need one.

    Keys `issuing_country`, `nationality` (known codes only) and `name` (the raw field, digits replaced by the likeliest
    letter). Nothing verifies a name: its proposal is a reading aid.
    """
    layout = LAYOUTS[mrz.format]
    found: dict[str, tuple[str, ...]] = {}
    for field in ("issuing_country", "nationality"):
        code: str = getattr(mrz, field)
        if not is_country_code(code):
            found[field] = _code_corrections(code)
    name = mrz.zone[layout.name]
    mended = "".join(
        (letters_for(character) or character)[0] if character.isdigit() else character for character in name
    )
    if mended != name:
        found["name"] = (mended,)
    return {field: proposals for field, proposals in found.items() if proposals}


def _code_corrections(code: str) -> tuple[str, ...]:
    """Known country codes that differ from `code` by one likely misread, or by letters for all its digits."""
    mended = "".join(
        (letters_for(character) or character)[0] if character.isdigit() else character for character in code
    )
    single = (code[:at] + true + code[at + 1 :] for at, read in enumerate(code) for true in letters_for(read))
    return tuple(dict.fromkeys(candidate for candidate in (mended, *single) if is_country_code(candidate)))


def _describe_field(field: Field) -> dict[str, object]:
    return {
        "raw": field.raw,
        "value": field.value,
        "check": field.check.value,
        "corrections": list(field.corrections),
    }


def _describe_date(field: Field, date: MrzDate) -> dict[str, object]:
    parts = {"year": date.year, "month": date.month, "day": date.day, "valid": date.valid}
    return {**_describe_field(field), "date": parts}


def describe_mrz(mrz: Mrz) -> dict[str, object]:
    """The reading as values JSON can carry; keys are stable and named like the attributes of `Mrz`."""
    return {
        "format": mrz.format.value,
        "valid": mrz.valid,
        "problems": list(mrz.problems),
        "document_code": mrz.document_code,
        "issuing_country": mrz.issuing_country,
        "number": _describe_field(mrz.number),
        "number_continued": mrz.number_continued,
        "nationality": mrz.nationality,
        "birth_date": _describe_date(mrz.birth_date, mrz.birth),
        "sex": mrz.sex,
        "expiry_date": _describe_date(mrz.expiry_date, mrz.expiry),
        "optional": _describe_field(mrz.optional),
        "optional_2": _describe_field(mrz.optional_2),
        "surname": mrz.surname,
        "given_names": mrz.given_names,
        "name_truncated": mrz.name_truncated,
        "composite": mrz.composite.value,
        "raw": {field: mrz.zone[getattr(LAYOUTS[mrz.format], field)] for field in _LETTER_FIELDS},
        "letter_corrections": {field: list(texts) for field, texts in letter_corrections(mrz).items()},
    }
