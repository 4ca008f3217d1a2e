"""Access classes: every combination of a record's attributes that decides who may see it.

The index builder interns each class to a small integer and stores its key without understanding it; `access.py` turns
the classes of a snapshot into one visibility per class and caller. Records with equal attributes are one class, so a
caller's rights cost an array over classes and not over records.

A *party name* is what stands in a source, a restriction or the register: the alpha-3 code of a national bureau ("UTO"),
the name of an international entity ("XPO"), or bureau and entity joined by a slash ("UTO/BORDER"). What stands before
the slash is the party's *side*: it owns data, restricts and is restricted (RPD articles 21, 55 and 58).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from screening.country_codes import canonical_country
from screening.model import Confidentiality, Database, Notice, NoticeKind, NoticeStatus, Restrictions

__all__ = [
    "AccessClass",
    "ClassArrays",
    "UInt8Array",
    "access_class_of",
    "canonical_party",
    "class_arrays",
    "is_intelligible",
    "side_of",
]

UInt8Array: TypeAlias = npt.NDArray[np.uint8]
_IntpArray: TypeAlias = npt.NDArray[np.intp]
_Audience: TypeAlias = tuple[str, bool, tuple[str, ...], tuple[str, ...]]
"""Source, whether there is an allow list, denied, allowed: all that the sources' own rules look at."""

_KEY_VERSION: Final = 1
"""First element of every key: a snapshot with keys of another version is refused, not misread."""

_ENTITY_SEPARATOR: Final = "/"

_NOBODY: Final = 255
"""Confidentiality above every clearance: marks classes that no caller sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessClass:
    """The attributes of a record that decide who may see it. Names are canonical (see `canonical_party`)."""

    database: Database
    kind: NoticeKind
    source: str
    confidentiality: Confidentiality
    status: NoticeStatus
    restrictions: Restrictions

    @property
    def is_allow_list(self) -> bool:
        """Whether only named parties see the record.

        True for every diffusion (RPD articles 97 to 101), even where it names nobody, and for a notice that names
        recipients: a list that is stated narrows.
        """
        return self.kind is NoticeKind.DIFFUSION or bool(self.restrictions.allowed)

    def to_key(self) -> bytes:
        """Canonical bytes, the same for equal attributes in any order of the restricted parties, on any machine."""
        numbers = [int(self.database), int(self.kind), int(self.confidentiality), int(self.status)]
        lists = [_canonical_parties(self.restrictions.denied), _canonical_parties(self.restrictions.allowed)]
        parts = [_KEY_VERSION, *numbers, canonical_party(self.source), *lists]
        return json.dumps(parts, separators=(",", ":")).encode("ascii")

    @classmethod
    def from_key(cls, key: bytes) -> AccessClass:
        """The class of a key. Raises ValueError for bytes that `to_key` did not write, whatever is wrong with them."""
        try:
            version, database, kind, confidentiality, status, source, denied, allowed = json.loads(key)
            if version != _KEY_VERSION or not all(isinstance(name, str) for name in (source, *denied, *allowed)):
                raise ValueError("unknown version or form")
            return cls(
                database=Database(database),
                kind=NoticeKind(kind),
                source=source,
                confidentiality=Confidentiality(confidentiality),
                status=NoticeStatus(status),
                restrictions=Restrictions(denied=tuple(denied), allowed=tuple(allowed)),
            )
        except (ValueError, TypeError, RecursionError) as error:
            raise ValueError("not an access class key") from error


def access_class_of(notice: Notice) -> AccessClass:
    """The class of a notice, with party names canonical. Raises nothing: a name that makes no sense hides it later."""
    return AccessClass(
        database=notice.database,
        kind=notice.kind,
        source=canonical_party(notice.source),
        confidentiality=notice.confidentiality,
        status=notice.status,
        restrictions=Restrictions(
            denied=_canonical_parties(notice.restrictions.denied),
            allowed=_canonical_parties(notice.restrictions.allowed),
        ),
    )


def canonical_party(name: str) -> str:
    """A party name in the one form in which names are compared: NFKC, upper case, no outer space, one code a country.

    Without it a restriction against "D" or "deu" would not bind the party "DEU", and would disclose by a spelling.
    """
    side, separator, entity = unicodedata.normalize("NFKC", name).upper().strip().partition(_ENTITY_SEPARATOR)
    return canonical_country(side) + separator + entity.strip()


def side_of(party: str) -> str:
    """The national bureau of a national entity; any other party is its own side."""
    return party.partition(_ENTITY_SEPARATOR)[0]


def is_intelligible(access_class: AccessClass) -> bool:
    """Whether source and restrictions can be read as party names at all.

    A restriction that cannot be read may have been meant against anybody, so such a class is shown to nobody.
    """
    restrictions = access_class.restrictions
    return all(map(_is_party_name, (access_class.source, *restrictions.denied, *restrictions.allowed)))


def _is_party_name(name: str) -> bool:
    parts = name.split(_ENTITY_SEPARATOR)
    return len(parts) <= 2 and all(part.strip() for part in parts)


def _canonical_parties(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({canonical_party(name) for name in names}))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassArrays:
    """The classes of a snapshot, interned twice: by what rights are compared with, and by whom the source names.

    `grades` (n,) and `audiences` (n,) are the numbers of a class's grade and audience. A grade has a database and the
    clearance it needs, (g,) each. An audience is open to everybody (1) or to nobody (0), (a,), but for the sides in
    `opened_by` and the parties in `closed_by`: the numbers of the audiences that a name opens or closes. `sealed` are
    the numbers of those that nobody may see, because a name in them cannot be read.
    """

    grades: _IntpArray
    grade_database: _IntpArray
    grade_clearance: UInt8Array
    audiences: _IntpArray
    audience_open: UInt8Array
    opened_by: Mapping[str, _IntpArray]
    closed_by: Mapping[str, _IntpArray]
    sealed: _IntpArray


def class_arrays(classes: Sequence[AccessClass]) -> ClassArrays:
    """Interns the classes of a snapshot, in their order. Cost: about 6 us a class, most of it in its restrictions."""
    grades: dict[tuple[int, int], int] = {}
    audiences: dict[_Audience, int] = {}
    grade_of = np.empty(len(classes), dtype=np.intp)
    audience_of = np.empty(len(classes), dtype=np.intp)
    for row, access_class in enumerate(classes):
        grade_of[row] = grades.setdefault(_grade(access_class), len(grades))
        audience_of[row] = audiences.setdefault(_audience(access_class), len(audiences))
    return ClassArrays(
        grades=grade_of,
        grade_database=np.array([database for database, _ in grades], dtype=np.intp),
        grade_clearance=np.array([clearance for _, clearance in grades], dtype=np.uint8),
        audiences=audience_of,
        audience_open=np.array([not is_allow_list for _, is_allow_list, _, _ in audiences], dtype=np.uint8),
        opened_by=_numbers_by_name([(side_of(source), *allowed) for source, _, _, allowed in audiences]),
        closed_by=_numbers_by_name([denied for _, _, denied, _ in audiences]),
        sealed=_unreadable_numbers([(source, *denied, *allowed) for source, _, denied, allowed in audiences]),
    )


def _grade(access_class: AccessClass) -> tuple[int, int]:
    is_published = access_class.status is NoticeStatus.PUBLISHED
    return access_class.database, access_class.confidentiality if is_published else _NOBODY


def _audience(access_class: AccessClass) -> _Audience:
    restrictions = access_class.restrictions
    return access_class.source, access_class.is_allow_list, restrictions.denied, restrictions.allowed


def _numbers_by_name(names_by_number: Sequence[tuple[str, ...]]) -> dict[str, _IntpArray]:
    numbers: dict[str, list[int]] = {}
    for number, names in enumerate(names_by_number):
        for name in names:
            numbers.setdefault(name, []).append(number)
    return {name: np.array(listed, dtype=np.intp) for name, listed in numbers.items()}


def _unreadable_numbers(names_by_number: Sequence[tuple[str, ...]]) -> _IntpArray:
    # Names are few and classes many: each name is looked at once.
    unreadable = {name for name in set(chain.from_iterable(names_by_number)) if not _is_party_name(name)}
    sealed = [number for number, names in enumerate(names_by_number) if not unreadable.isdisjoint(names)]
    return np.array(sealed, dtype=np.intp)
