"""From one token asked about to the tokens of the vocabulary that are similar to it, and how similar."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from indexes.kernels.array_types import Float32Array, Int32Array, UInt8Array, UInt64Array
from indexes.kernels.edit_distance import edits_allowed, token_distance
from indexes.kernels.edit_keys import MAX_EDIT_KEYS, edit_keys
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import CHANNEL_BITS, Channel, VocabularyArrays

__all__ = ["TokenQuery", "edit_similarity", "find_exact_form", "find_neighbours"]

KIND_NAME = 0  # TokenKind.NAME: only names are compared by edits.


class TokenQuery(NamedTuple):
    """One token asked about. text: bytes of its forms, with MAX_FORM_CHARS spare bytes behind them as scratch space;
    starts: (forms + 1,); keys: (n,) keys with their channels."""

    text: UInt8Array
    starts: Int32Array
    keys: UInt64Array
    kind: int


@njit(cache=True, nogil=True)
def edit_similarity(distance: int, longer: int, weights: ScoreWeights) -> float:
    """Similarity of two forms `distance` edits (0 to 2) apart, the longer of `longer` letters."""
    if distance == 0:
        return 1.0
    cost = weights.edit_cost_first
    if distance == 2:
        cost += weights.edit_cost_second
    return 1.0 - cost / longer


@njit(cache=True, nogil=True)
def _distance_to_form(query: TokenQuery, form: int, target: int, vocabulary: VocabularyArrays, limit: int) -> int:
    """token_distance between a query form and a vocabulary form, copied behind the query's own for one buffer."""
    scratch = query.starts[query.starts.size - 1]
    low = vocabulary.form_starts[target]
    length = vocabulary.form_starts[target + 1] - low
    for i in range(length):
        query.text[scratch + i] = vocabulary.form_text[low + i]
    start = query.starts[form]
    return token_distance(query.text, start, query.starts[form + 1] - start, scratch, length, limit)


@njit(cache=True, nogil=True)
def _closest_spelling(query: TokenQuery, token: int, vocabulary: VocabularyArrays) -> float:
    """1 for an equal form, down to 0 for forms that share nothing: the best over all pairs of forms."""
    best = 0.0
    for form in range(query.starts.size - 1):
        length = query.starts[form + 1] - query.starts[form]
        for target in range(vocabulary.token_forms[token], vocabulary.token_forms[token + 1]):
            longer = max(length, vocabulary.form_starts[target + 1] - vocabulary.form_starts[target])
            distance = _distance_to_form(query, form, target, vocabulary, longer)
            best = max(best, 1.0 - distance / longer)
    return best


@njit(cache=True, nogil=True)
def _note(token: int, value: float, seen: Float32Array, found: Int32Array, count: int) -> int:
    """Keeps the best similarity of a token in `seen`, and each token once in `found`."""
    if seen[token] == 0.0:
        found[count] = token
        count += 1
    if value > seen[token]:
        seen[token] = value
    return count


@njit(cache=True, nogil=True)
def _by_edits(
    query: TokenQuery,
    vocabulary: VocabularyArrays,
    weights: ScoreWeights,
    seen: Float32Array,
    found: Int32Array,
    count: int,
) -> int:
    keys = np.empty(MAX_EDIT_KEYS, np.uint32)
    shift = 32 - _directory_bits(vocabulary)
    for form in range(query.starts.size - 1):
        length = query.starts[form + 1] - query.starts[form]
        for k in range(edit_keys(query.text, query.starts[form], length, keys)):
            key = keys[k]
            bucket = np.int64(key) >> shift
            for entry in range(vocabulary.edit_directory[bucket], vocabulary.edit_directory[bucket + 1]):
                if vocabulary.edit_hash[entry] != key:
                    continue
                target = vocabulary.edit_form[entry]
                target_length = vocabulary.form_starts[target + 1] - vocabulary.form_starts[target]
                limit = edits_allowed(length, target_length)
                longer = max(length, target_length)
                token = vocabulary.form_token[target]
                if seen[token] >= edit_similarity(0 if length == target_length else 1, longer, weights):
                    continue  # Already as similar as this pair of forms could make it.
                distance = _distance_to_form(query, form, target, vocabulary, limit)
                if distance <= limit:
                    value = edit_similarity(distance, longer, weights)
                    count = _note(token, value, seen, found, count)
    return count


@njit(cache=True, nogil=True)
def _directory_bits(vocabulary: VocabularyArrays) -> int:
    bits = 0
    while (1 << bits) + 1 < vocabulary.edit_directory.size:
        bits += 1
    return bits


@njit(cache=True, nogil=True)
def _by_keys(
    query: TokenQuery,
    vocabulary: VocabularyArrays,
    weights: ScoreWeights,
    seen: Float32Array,
    found: Int32Array,
    count: int,
) -> int:
    for k in range(query.keys.size):
        key = query.keys[k]
        channel = np.int64(key & np.uint64((1 << CHANNEL_BITS) - 1))
        entry = np.searchsorted(vocabulary.key_hash, key)
        while entry < vocabulary.key_hash.size and vocabulary.key_hash[entry] == key:
            token = vocabulary.key_token[entry]
            entry += 1
            if channel == Channel.SOUND:
                value = weights.sound_base
                if seen[token] < weights.sound_base + weights.sound_span:
                    value += weights.sound_span * _closest_spelling(query, token, vocabulary)
            elif channel == Channel.VARIANT:
                value = weights.variant
            elif channel == Channel.NICKNAME:
                value = weights.nickname
            elif channel == Channel.INITIAL:
                value = weights.initial
            else:
                value = 1.0
            count = _note(token, value, seen, found, count)
    return count


@njit(cache=True, nogil=True)
def find_neighbours(
    query: TokenQuery,
    vocabulary: VocabularyArrays,
    weights: ScoreWeights,
    seen: Float32Array,
    found: Int32Array,
) -> int:
    """Every token of the vocabulary with similarity above 0; returns how many.

    seen: (T,) all zero on entry; holds each token's similarity in (0, 1] on return, and the caller zeroes it again at
    `found`. found: (>= T,) receives the tokens. Nothing is missed: any pair of forms within `edits_allowed` edits meets
    under an edit key, and every other link is an equal key. Cost: O(edit keys + verified forms), about 20 us cold in
    400,000 tokens. Twin: tests/reference/token_similarity.py.
    """
    count = 0
    if query.kind == KIND_NAME:
        count = _by_edits(query, vocabulary, weights, seen, found, count)
    return _by_keys(query, vocabulary, weights, seen, found, count)


@njit(cache=True, nogil=True)
def find_exact_form(text: UInt8Array, start: int, length: int, vocabulary: VocabularyArrays, found: Int32Array) -> int:
    """Tokens of kind NAME with a form equal to text[start:start+length]; returns how many were written to `found`.

    At most found.size are written; a form is shared by few tokens (scripts and spellings of one sound).
    """
    keys = np.empty(MAX_EDIT_KEYS, np.uint32)
    edit_keys(text, start, length, keys)
    bucket = np.int64(keys[0]) >> (32 - _directory_bits(vocabulary))
    count = 0
    for entry in range(vocabulary.edit_directory[bucket], vocabulary.edit_directory[bucket + 1]):
        target = vocabulary.edit_form[entry]
        low = vocabulary.form_starts[target]
        if vocabulary.edit_hash[entry] != keys[0] or vocabulary.form_starts[target + 1] - low != length:
            continue
        equal = True
        for i in range(length):
            if vocabulary.form_text[low + i] != text[start + i]:
                equal = False
                break
        if equal and count < found.size and (count == 0 or found[count - 1] != vocabulary.form_token[target]):
            found[count] = vocabulary.form_token[target]
            count += 1
    return count
