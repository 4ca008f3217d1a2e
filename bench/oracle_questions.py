"""What the oracle asks: travellers of the population, every other listed one with a slip in the name as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bench.corpus import Corpus
from bench.draws import Draws
from bench.population import Population, Traveller
from bench.quality_slips import SLIPS
from bench.wire_form import check_request
from indexes.name_index import NameQuestion
from screening.check_id import check_id
from screening.model import Name, Purpose, Query, Sex
from screening.recorded import date_range, name_parts
from screening.screen import Check
from screening.wire import query_of
from screening.world import ScopeTable

__all__ = ["PURPOSE", "Asked", "letters_exchanged", "questions"]

PURPOSE = Purpose.POLICE_CHECK
_DAY = (2027, 1, 15)  # The day of bench.corpus as a calendar date, for the validation of questions.
_STREAM_ASKED = 77  # Of the draws that decide who is asked about how.
_LIMIT_MAX = 100  # Matches of one answer; what lies beyond is in its count.
_NOT_LISTED = "not listed"
_SLIP_PERCENT = 50  # As many listed travellers by the phenomena of the population alone as with a slip on top.
_EXCHANGE_LENGTHS = range(4, 6)  # Words so short that only one edit is allowed, which the exchange must count as.


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A traveller as a check, and the name of it as a question to the index. phenomenon: how the name was met."""

    check: Check
    question: NameQuestion
    phenomenon: str


def letters_exchanged(name: Name, draws: Draws) -> Name | None:
    """Two letters of a short word, not neighbours, exchanged (Delegated Regulation (EU) 2023/333, annex II)."""
    words = [word for word in f"{name.family} {name.given}".split() if len(word) in _EXCHANGE_LENGTHS]
    words = [word for word in words if word[1] != word[3]]
    if not words:
        return None
    word = draws.one_of(words)
    changed = word[0] + word[3] + word[2] + word[1] + word[4:]
    return replace(name, family=name.family.replace(word, changed), given=name.given.replace(word, changed))


_SLIPS = {**SLIPS, letters_exchanged.__name__: letters_exchanged}


def questions(
    corpus: Corpus,
    population: Population,
    scopes: ScopeTable,
    *,
    count: int,
    listed: int,
    planted_share: float,
    without_dates: float,
    seed: int,
) -> Iterator[Asked]:
    """`count` travellers, the same for the same numbers; `without_dates`: percent asked about without birth date."""
    draws = Draws(seed, _STREAM_ASKED, 0)
    travellers = population.travellers(count, listed=listed, planted_share=planted_share)
    for number, traveller in enumerate(travellers):
        slipped = _slipped(traveller, number, draws)
        query = _query(slipped, number, with_date=not draws.chance(without_dates))
        yield Asked(
            check=Check(check_id(number, bytes(10)), corpus.caller, query),
            question=_question(query, scopes.scope(corpus.caller, query).row),
            phenomenon=slipped.phenomenon or _NOT_LISTED,
        )


def _slipped(traveller: Traveller, number: int, draws: Draws) -> Traveller:
    """Half of the listed travellers with one of the slips on top, where their name has room for it."""
    if not traveller.phenomenon or not draws.chance(_SLIP_PERCENT):
        return traveller
    for attempt in range(len(_SLIPS)):
        label, slip = list(_SLIPS.items())[(number + attempt) % len(_SLIPS)]
        name = slip(traveller.name, draws) if traveller.name.given else None
        if name is not None:
            return replace(traveller, name=name, phenomenon=label)
    return traveller


def _query(traveller: Traveller, number: int, *, with_date: bool) -> Query:
    """The check of a traveller without the document, which would lead to records by itself."""
    message = check_request(replace(traveller, document=None), str(number))
    if not with_date:
        message.subject.ClearField("birth_date")
    return replace(query_of(message, today=_DAY), purpose=PURPOSE, limit=_LIMIT_MAX)


def _question(query: Query, row: int) -> NameQuestion:
    """The question that the screener makes of a query with one name; the score is set when it is asked."""
    subject = query.subject
    assert subject is not None, "travellers have names"
    return NameQuestion(
        parts=name_parts(subject.names[0]),
        date=date_range(subject.birth_date) if subject.birth_date else None,
        sex=0 if subject.sex is Sex.X else subject.sex,
        nations=subject.nationalities,
        mask=row,
        score_min=1.0,
    )
