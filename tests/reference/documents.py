"""Documents found by looking at every one of them: the twin of indexes/kernels/document_search.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from indexes.document_index import DocumentQuestion
from indexes.kernels.document_search import Tier

__all__ = ["Recorded", "find", "look_alike", "symbols"]

# What readers take for one another (DOMAIN.md, OCR confusion sets).
_SETS = [set(letters) for letters in ("0ODQ", "1IL", "2Z", "5S", "6G", "8B", "UV", "1J", "4A", "7T", "KX")]
MOST_MISREADS = 2


@dataclass(frozen=True, slots=True, order=True)
class Recorded:
    """One recorded document, with the key of its access class."""

    number: str
    country: str
    type: int
    access_key: bytes


@cache
def symbols(number: str) -> str:
    """The ASCII letters and digits of a number, in capitals."""
    return "".join(c for c in number if c.isascii() and c.isalnum()).upper()


def look_alike(a: str, b: str) -> bool:
    """Whether two different characters are taken for each other."""
    return a != b and any(a in letters and b in letters for letters in _SETS)


def find(
    documents: Sequence[Recorded], question: DocumentQuestion, seen_keys: Mapping[bytes, bool]
) -> list[tuple[Recorded, Tier]]:
    """Every visible document with the number asked about, or one that may be a misreading of it."""
    found = []
    for document in documents:
        tier = _tier(symbols(question.number), symbols(document.number), question.misread)
        agrees = {question.country, document.country} - {""}, {question.type, document.type} - {0}
        if tier is not None and seen_keys[document.access_key] and all(len(known) <= 1 for known in agrees):
            found.append((document, tier))
    return sorted(found)


def _tier(asked: str, recorded: str, misread: bool) -> Tier | None:
    if asked == recorded:
        return Tier.EXACT
    if not misread or len(asked) != len(recorded):
        return None
    unequal = [(a, b) for a, b in zip(asked, recorded, strict=True) if a != b]
    return Tier.CONFUSABLE if len(unequal) <= MOST_MISREADS and all(look_alike(*pair) for pair in unequal) else None
