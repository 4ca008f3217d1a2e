"""How alike a token asked about is to every token of the vocabulary, by definition: all of it is gone through.

No keys of edits, no sorted tables, no bounds: rapidfuzz measures the distance to every form, and tokens with a common
key are found by looking at every key. Only what was found for a token is remembered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from indexes.kernels.array_types import BoolArray, Float32Array, Int32Array, Int64Array, UInt8Array
from indexes.kernels.edit_distance import MAX_FORM_CHARS
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import CHANNEL_BITS, Channel, SpellingKind
from indexes.normalise import Token, TokenKind
from indexes.token_analysis import analyse

__all__ = ["WholeVocabulary"]

_EDITS_MAX = 2  # No two forms farther apart are alike by their spelling.
_FORMS_AT_ONCE = 128  # Rows of one table of distances, a byte each: 128 x 200,000 forms are 25 MB.


class WholeVocabulary:
    """Recorded tokens, and how alike they are to tokens asked about. `learn` before asking for `similar`."""

    def __init__(self, tokens: Sequence[Token], weights: ScoreWeights) -> None:
        self._tokens = tokens
        self._weights = weights
        named = [(row, form) for row, token in enumerate(tokens) if _is_name(token) for form in _cut_forms(token)]
        self._forms = [form for _, form in named]
        self._form_tokens: Int32Array = np.array([row for row, _ in named], np.int32)
        self._form_lengths: Int64Array = np.array([len(form) for form in self._forms], np.int64)
        keys = [(key, row) for row, token in enumerate(tokens) for key in analyse(token).keys]
        self._keys = np.array([key for key, _ in keys], np.uint64)
        self._key_tokens = np.array([row for _, row in keys], np.int32)
        self._spelt: defaultdict[str, set[int]] = defaultdict(set)
        for row, form in named:
            self._spelt[form].add(row)
        self._known: dict[Token, tuple[Int32Array, Float32Array]] = {}

    def learn(self, asked: Iterable[Token], tell: Callable[[int], object]) -> None:
        """Compares tokens with the whole vocabulary. `tell` is called with the number of tokens done since last.

        Cost: some 10 ms a token against 100,000 forms.
        """
        fresh = list(dict.fromkeys(token for token in asked if token not in self._known))
        for start in range(0, len(fresh), _FORMS_AT_ONCE):
            part = fresh[start : start + _FORMS_AT_ONCE]
            self._learn(part)
            tell(len(part))

    def similar(self, asked: Token) -> tuple[Int32Array, Float32Array]:
        """The recorded tokens that are alike at all, with their similarity in (0, 1]. Raises KeyError if not learnt."""
        return self._known[asked]

    def spelt(self, form: str) -> Int32Array:
        """The recorded names with a form that is exactly this one."""
        return np.array(sorted(self._spelt.get(form, ())), np.int32)

    def _learn(self, asked: Sequence[Token]) -> None:
        best = np.zeros((len(asked), len(self._tokens)), np.float32)
        self._note_edits(asked, best)
        for own, token in zip(best, asked, strict=True):
            for key in analyse(token).query_keys:
                self._note_key(token, key, own)
            alike = np.flatnonzero(own).astype(np.int32)
            self._known[token] = alike, own[alike]

    def _note_edits(self, asked: Sequence[Token], best: Float32Array) -> None:
        forms = [(row, form) for row, token in enumerate(asked) if _is_name(token) for form in _cut_forms(token)]
        for start in range(0, len(forms), _FORMS_AT_ONCE):
            part = forms[start : start + _FORMS_AT_ONCE]
            apart: UInt8Array = cdist(
                [form for _, form in part],
                self._forms,
                scorer=OSA.distance,
                score_cutoff=_EDITS_MAX,
                dtype=np.uint8,
                workers=1,
            )
            for (row, form), own in zip(part, apart, strict=True):
                close = np.flatnonzero(own <= _EDITS_MAX)
                values = self._edit_similarities(form, close, own[close].astype(np.int64))
                np.maximum.at(best[row], self._form_tokens[close], values)

    def _edit_similarities(
        self, form: str, close: npt.NDArray[np.intp], edits: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float32]:
        """(close,) similarity of a form with others so many edits apart; 0 where that is too many for their length."""
        for k in np.flatnonzero(edits == _EDITS_MAX):
            if _is_single_swap(form, self._forms[close[k]]):
                edits[k] = 1
        lengths = self._form_lengths[close]
        shorter, longer = np.minimum(lengths, len(form)), np.maximum(lengths, len(form))
        first, second = self._weights.edit_cost_first, self._weights.edit_cost_second
        costs = np.array([0.0, first, first + second])[edits]
        allowed: BoolArray = edits <= (shorter >= 3).astype(np.int64) + (shorter >= 6)
        return np.where(allowed, 1.0 - costs / longer, 0.0).astype(np.float32)

    def _note_key(self, asked: Token, key: int, best: Float32Array) -> None:
        """What the tokens that carry this key are worth by it: every key of the vocabulary is looked at."""
        weights = self._weights
        for row in self._key_tokens[self._keys == np.uint64(key)]:
            match Channel(key & ((1 << CHANNEL_BITS) - 1)):
                case Channel.SOUND:
                    value = self._sound_similarity(asked, self._tokens[row])
                case Channel.VARIANT:
                    value = weights.variant
                case Channel.NICKNAME:
                    value = weights.nickname
                case Channel.INITIAL:
                    value = weights.initial
                case Channel.EXACT:
                    value = 1.0
            best[row] = max(best[row], np.float32(value))

    def _sound_similarity(self, asked: Token, recorded: Token) -> float:
        """The similarity of two tokens that sound alike, the more so as they are spelt alike."""
        spellings = {analyse(asked).spelling, analyse(recorded).spelling}
        mine, theirs = _cut_forms(asked), _cut_forms(recorded)
        if SpellingKind.ABJAD in spellings:
            mine, theirs = [_consonants(form) for form in mine], [_consonants(form) for form in theirs]
        closeness = max(_closeness(a, b) for a in mine for b in theirs)
        if spellings == {SpellingKind.LATIN} and closeness < self._weights.sound_closeness:
            return 0.0
        return self._weights.sound_base + self._weights.sound_span * closeness


def _is_name(token: Token) -> bool:
    return token.kind == TokenKind.NAME


def _cut_forms(token: Token) -> list[str]:
    return [form[:MAX_FORM_CHARS] for form in token.forms]


def _consonants(form: str) -> str:
    """The letters but a, e, i, o, u, those that then stand twice running once."""
    return "".join(letter for letter, _ in groupby(letter for letter in form if letter not in "aeiou"))


def _closeness(a: str, b: str) -> float:
    """1 for equal spellings down to 0 for those that share nothing, or of which one is empty."""
    if not a or not b:
        return 0.0
    edits = OSA.distance(a, b)
    if edits == _EDITS_MAX and _is_single_swap(a, b):
        edits = 1
    return 1.0 - edits / max(len(a), len(b))


def _is_single_swap(a: str, b: str) -> bool:
    """Whether exactly two letters changed places (Delegated Regulation (EU) 2023/333 annex II, names (e))."""
    if len(a) != len(b):
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(differing) == 2 and differing[0] == differing[1][::-1]
