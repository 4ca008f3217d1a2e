"""How alike two tokens are, compared directly: the twin of indexes/kernels/neighbours.py and neighbour_cache.py."""

from __future__ import annotations

from functools import cache
from itertools import groupby

import numpy as np

from indexes.kernels.edit_distance import MAX_FORM_CHARS
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import CHANNEL_BITS, Channel, SpellingKind
from indexes.normalise import Token, TokenKind
from indexes.token_analysis import analyse
from tests.reference.edit_distance import distance, edits_allowed

__all__ = ["joins_to", "similarity", "split_places", "splits_into"]

LONGEST_SPLIT, SHORTEST_HALF = 24, 2


def similarity(asked: Token, recorded: Token, weights: ScoreWeights) -> float:
    """Similarity in [0, 1], as float32: the best of equal keys and, between names, of few edits. 0: not alike."""
    best = 0.0
    if asked.kind == recorded.kind == TokenKind.NAME:
        best = max(_by_edits(mine, theirs, weights) for mine in _forms(asked) for theirs in _forms(recorded))
    common = set(analyse(asked).query_keys) & set(analyse(recorded).keys)
    best = max([best, *(_by_key(key, asked, recorded, weights) for key in common)])
    return float(np.float32(best))


def joins_to(left: Token, right: Token, recorded: Token) -> bool:
    """Whether two neighbouring names asked about, written as one, are exactly a recorded name."""
    names = left.kind == right.kind == recorded.kind == TokenKind.NAME
    return names and left.forms[0] + right.forms[0] in _forms(recorded)


def split_places(asked: Token) -> range:
    """Where a name asked about may be two names written as one."""
    form = asked.forms[0]
    if asked.kind != TokenKind.NAME or len(form) > LONGEST_SPLIT:
        return range(0)
    return range(SHORTEST_HALF, len(form) - SHORTEST_HALF + 1)


def splits_into(asked: Token, place: int, left: Token, right: Token) -> bool:
    """Whether the halves of a name at `place` are exactly the two recorded names."""
    names = left.kind == right.kind == TokenKind.NAME
    return names and asked.forms[0][:place] in _forms(left) and asked.forms[0][place:] in _forms(right)


def _forms(token: Token) -> list[str]:
    return [form[:MAX_FORM_CHARS] for form in token.forms]


@cache
def _edits(a: str, b: str) -> int:
    return distance(a, b, MAX_FORM_CHARS)


def _by_edits(a: str, b: str, weights: ScoreWeights) -> float:
    edits = _edits(a, b)
    if edits > edits_allowed(len(a), len(b)):
        return 0.0
    cost = [0.0, weights.edit_cost_first, weights.edit_cost_first + weights.edit_cost_second][edits]
    return 1.0 - cost / max(len(a), len(b))


def _by_key(key: int, asked: Token, recorded: Token, weights: ScoreWeights) -> float:
    match Channel(key & ((1 << CHANNEL_BITS) - 1)):
        case Channel.SOUND:
            closeness = _closest_spelling(asked, recorded)
            latin = {analyse(asked).spelling, analyse(recorded).spelling} == {SpellingKind.LATIN}
            if latin and closeness < weights.sound_closeness:
                return 0.0
            return weights.sound_base + weights.sound_span * closeness
        case Channel.VARIANT:
            return weights.variant
        case Channel.NICKNAME:
            return weights.nickname
        case Channel.INITIAL:
            return weights.initial
        case Channel.EXACT:
            return 1.0


def _closest_spelling(asked: Token, recorded: Token) -> float:
    """How close the closest forms are, 0 to 1; compared without vowels where one side is written without them."""
    forms = [(a, b) for a in _forms(asked) for b in _forms(recorded)]
    if SpellingKind.ABJAD in (analyse(asked).spelling, analyse(recorded).spelling):
        forms = [(_consonants(a), _consonants(b)) for a, b in forms]
    return max((1.0 - _edits(a, b) / max(len(a), len(b)) for a, b in forms if a or b), default=0.0)


def _consonants(form: str) -> str:
    return "".join(letter for letter, _ in groupby(c for c in form if c not in "aeiou"))
