"""Questions about the persons of real lists: each recorded by its primary name alone, asked for by its other names.

Lists: OFAC's SDN list and the consolidated list of the UN, as far as the folder holds them. Nothing of a person leaves
this process: the bench prints counts only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.fuzz import token_sort_ratio

from bench.quality_matchers import Person
from screening.importers import FORMATS
from screening.model import Date, Identity, Name, NameQuality, Notice, SubjectKind

__all__ = [
    "BANDS",
    "ListQuestion",
    "ListSet",
    "alias_questions",
    "band_of",
    "native_questions",
    "read_lists",
    "script_of",
    "wrong_dates",
]

_FILES = {"ofac-sdn": "ofac_sdn_*.csv.gz", "un-xml": "un_consolidated_*.xml.gz"}

BANDS = ("same words", "90-100", "80-90", "60-80", "below 60", "other script")
"""How far a name is from the primary one: similarity in per cent of the words, sorted, in Latin letters."""

_FLOORS = ((90.0, "90-100"), (80.0, "80-90"), (60.0, "60-80"))

# First letters of Unicode's names of characters tell the script; these are what lists and travellers use.
_SCRIPTS = (
    ("Arabic", 0x0600, 0x06FF),
    ("Hebrew", 0x0590, 0x05FF),
    ("Cyrillic", 0x0400, 0x052F),
    ("Greek", 0x0370, 0x03FF),
    ("Hangul", 0xAC00, 0xD7AF),
    ("Kana", 0x3040, 0x30FF),
    ("Han", 0x3400, 0x9FFF),
    ("Thai", 0x0E00, 0x0E7F),
    ("Devanagari", 0x0900, 0x097F),
    ("Armenian", 0x0530, 0x058F),
    ("Georgian", 0x10A0, 0x10FF),
    ("Ethiopic", 0x1200, 0x137F),
)
_SEPARATORS = str.maketrans("-'’`,.", "      ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestion:
    """A question whose right answer is known: the row of the person, how far the names are apart, and the script."""

    person: Person
    row: int
    band: str
    script: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSet:
    """Persons of the lists. `recorded[i]` has the primary name only, `known[i]` all identities."""

    recorded: tuple[Person, ...]
    known: tuple[tuple[Identity, ...], ...]


def read_lists(folder: Path) -> ListSet:
    """The individuals of the lists in the folder. Raises FileNotFoundError where it holds none of them."""
    notices = [notice for notice in _notices(folder) if notice.subject_kind is SubjectKind.PERSON]
    if not notices:
        raise FileNotFoundError("the folder holds neither OFAC's nor the UN's list")
    return ListSet(
        recorded=tuple(_primary(notice.identities[0]) for notice in notices),
        known=tuple(notice.identities for notice in notices),
    )


def _notices(folder: Path) -> Iterator[Notice]:
    for format_name, pattern in _FILES.items():
        paths = sorted(folder.glob(pattern))
        if paths:
            yield from (item for item in FORMATS[format_name](paths) if isinstance(item, Notice))


def _primary(identity: Identity) -> Person:
    return Person(names=identity.names[:1], birth_dates=identity.birth_dates)


def alias_questions(lists: ListSet) -> list[ListQuestion]:
    """Each strong alias of each person that differs from the primary name in more than case; with the birth dates."""
    found = []
    for row, (person, identities) in enumerate(zip(lists.recorded, lists.known, strict=True)):
        primary = person.names[0]
        for name in _others(identities, primary):
            asked = Person(names=(replace(name, quality=NameQuality.PRIMARY),), birth_dates=person.birth_dates)
            band = band_of(primary.text, name.text)
            found.append(ListQuestion(person=asked, row=row, band=band, script=script_of(name.text)))
    return found


def _others(identities: Sequence[Identity], primary: Name) -> Iterable[Name]:
    names = chain.from_iterable(identity.names for identity in identities)
    seen = {primary.text.casefold(): None}
    for name in names:
        folded = name.text.casefold()
        if name.quality is NameQuality.ALIAS and folded not in seen:
            seen[folded] = None
            yield name


def native_questions(lists: ListSet) -> tuple[tuple[Person, ...], list[ListQuestion]]:
    """The way back: persons recorded by their names in another script where they have one, asked for by the Latin name.

    Returns the persons to record, in the rows of `lists`, and the questions.
    """
    recorded = list(lists.recorded)
    questions = []
    for row, identities in enumerate(lists.known):
        native = [name for identity in identities for name in identity.names if script_of(name.text) != "Latin"]
        if native:
            latin = recorded[row]
            recorded[row] = replace(latin, names=(replace(native[0], quality=NameQuality.PRIMARY),))
            questions.append(ListQuestion(person=latin, row=row, band="other script", script=script_of(native[0].text)))
    return tuple(recorded), questions


def script_of(text: str) -> str:
    """The script of most letters beyond ASCII, "Latin" where there is none of those we tell apart."""
    counts = [sum(low <= ord(letter) <= high for letter in text) for _, low, high in _SCRIPTS]
    most = max(counts)
    # Japanese mixes kana with Han characters: any kana decides, as counts are equal only by chance.
    return _SCRIPTS[counts.index(most)][0] if most else "Latin"


def band_of(recorded: str, asked: str) -> str:
    """How far apart two names are; one of `BANDS`."""
    if script_of(recorded) != script_of(asked):
        return "other script"
    one, other = _words(recorded), _words(asked)
    if sorted(one.split()) == sorted(other.split()):
        return "same words"
    alike = token_sort_ratio(one, other)
    return next((name for floor, name in _FLOORS if alike >= floor), "below 60")


def _words(text: str) -> str:
    return anyascii(text).casefold().translate(_SEPARATORS)


def wrong_dates(question: ListQuestion, number: int) -> tuple[str, ListQuestion] | None:
    """The question with a wrong birth date, and how it is wrong; by turns, as `number` counts.

    None without a full date."""
    full = next((date for date in question.person.birth_dates if date.day and not date.approximate), None)
    if full is None:
        return None
    kinds = list(_WRONG)
    for turn in range(len(kinds)):
        kind = kinds[(number + turn) % len(kinds)]
        date = _WRONG[kind](full)
        if date is not None and date not in question.person.birth_dates:
            return kind, replace(question, person=replace(question.person, birth_dates=(date,)))
    return None


def _swapped(date: Date) -> Date | None:
    return replace(date, month=date.day, day=date.month) if date.day <= 12 and date.day != date.month else None


def _new_year(date: Date) -> Date | None:
    return replace(date, month=1, day=1)


def _other_year(difference: int) -> Callable[[Date], Date | None]:
    def changed(date: Date) -> Date | None:
        day = 28 if (date.month, date.day) == (2, 29) else date.day
        return replace(date, year=date.year + difference, day=day)

    return changed


_WRONG: dict[str, Callable[[Date], Date | None]] = {
    "day and month swapped": _swapped,
    "1 January": _new_year,
    "year +1": _other_year(1),
    "year -1": _other_year(-1),
    "year +2": _other_year(2),
    "year -2": _other_year(-2),
}
