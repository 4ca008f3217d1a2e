"""From one token asked about to the tokens of the vocabulary that are similar to it, and how similar."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from indexes.kernels.array_types import Float32Array, Int32Array, UInt8Array, UInt64Array
from indexes.kernels.edit_distance import LETTERS, MAX_FORM_CHARS, edits_allowed, letter_masks, token_distance
from indexes.kernels.edit_keys import MAX_EDIT_KEYS, edit_keys, whole_key
from indexes.kernels.name_arrays import MIN_HALF_CHARS
from indexes.kernels.score_weights import ScoreWeights
from indexes.kernels.vocabulary_arrays import CHANNEL_BITS, Channel, SpellingKind, VocabularyArrays

__all__ = [
    "EXACT_ROOM",
    "TokenQuery",
    "edit_similarity",
    "find_exact_forms",
    "find_neighbours",
    "find_splits",
]

EXACT_ROOM = 4_096  # More tokens than ever share one Latin form: the commonest, a Chinese syllable, has some hundreds.

KIND_NAME = 0  # TokenKind.NAME: only names are compared by edits.


class TokenQuery(NamedTuple):
    """One token asked about. text: bytes of its forms; starts: (forms + 1,); keys: (n,) keys with their channels;
    kind: TokenKind; spelling: SpellingKind."""

    text: UInt8Array
    starts: Int32Array
    keys: UInt64Array
    kind: int
    spelling: int


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
def _is_vowel(letter: int) -> bool:
    return letter == 97 or letter == 101 or letter == 105 or letter == 111 or letter == 117


@njit(cache=True, nogil=True)
def _without_vowels(text: UInt8Array, start: int, length: int, out: UInt8Array) -> int:
    """Writes the letters but a, e, i, o, u, doubled ones once, to out (MAX_FORM_CHARS,); returns how many."""
    count = 0
    for i in range(length):
        letter = text[start + i]
        if not _is_vowel(letter) and (count == 0 or out[count - 1] != letter):
            out[count] = letter
            count += 1
    return count


@njit(cache=True, nogil=True, inline="always")  # A call would count references of every array, per token.
def _closest_spelling(
    query: TokenQuery,
    token: int,
    vocabulary: VocabularyArrays,
    masks: UInt64Array,
    mine: UInt8Array,
    theirs: UInt8Array,
) -> float:
    """1 for an equal form, down to 0 for forms that share nothing: the best over all pairs of forms.

    masks: (2, forms, LETTERS) of the query's forms, whole and without vowels. Where one side is written without
    vowels, both are compared without them. mine, theirs: (MAX_FORM_CHARS,) scratch.
    """
    best = 0.0
    consonants = query.spelling == SpellingKind.ABJAD or vocabulary.token_spelling[token] == SpellingKind.ABJAD
    for target in range(vocabulary.token_forms[token], vocabulary.token_forms[token + 1]):
        low = vocabulary.form_starts[target]
        size = vocabulary.form_starts[target + 1] - low
        if consonants:
            size = _without_vowels(vocabulary.form_text, low, size, theirs)
        for form in range(query.starts.size - 1):
            start = query.starts[form]
            length = query.starts[form + 1] - start
            if consonants:
                length = _without_vowels(query.text, start, length, mine)
            longer = max(length, size)
            if length == 0 or size == 0:
                continue
            if consonants:
                distance = token_distance(masks[1, form], mine, 0, length, theirs, 0, size)
            else:
                distance = token_distance(masks[0, form], query.text, start, length, vocabulary.form_text, low, size)
            best = max(best, 1.0 - distance / longer)
    return best


@njit(cache=True, nogil=True)
def _form_masks(query: TokenQuery) -> UInt64Array:
    """(2, forms, LETTERS) letter masks of the query's forms, whole and without vowels."""
    forms = query.starts.size - 1
    masks = np.empty((2, forms, LETTERS), np.uint64)
    consonants = np.empty(MAX_FORM_CHARS, np.uint8)
    for form in range(forms):
        start = query.starts[form]
        length = query.starts[form + 1] - start
        letter_masks(query.text, start, length, masks[0, form])
        letter_masks(consonants, 0, _without_vowels(query.text, start, length, consonants), masks[1, form])
    return masks


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
    masks: UInt64Array,
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
                low = vocabulary.form_starts[target]
                size = vocabulary.form_starts[target + 1] - low
                limit = edits_allowed(length, size)
                longer = max(length, size)
                token = vocabulary.form_token[target]
                if abs(length - size) > limit:
                    continue
                if seen[token] >= edit_similarity(0 if length == size else 1, longer, weights):
                    continue  # Already as similar as this pair of forms could make it.
                start = query.starts[form]
                distance = token_distance(masks[0, form], query.text, start, length, vocabulary.form_text, low, size)
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
    masks: UInt64Array,
    vocabulary: VocabularyArrays,
    weights: ScoreWeights,
    seen: Float32Array,
    found: Int32Array,
    count: int,
) -> int:
    latin = query.spelling == SpellingKind.LATIN
    mine, theirs = np.empty(MAX_FORM_CHARS, np.uint8), np.empty(MAX_FORM_CHARS, np.uint8)
    for k in range(query.keys.size):
        key = query.keys[k]
        channel = np.int64(key & np.uint64((1 << CHANNEL_BITS) - 1))
        entry = np.searchsorted(vocabulary.key_hash, key)
        while entry < vocabulary.key_hash.size and vocabulary.key_hash[entry] == key:
            token = vocabulary.key_token[entry]
            entry += 1
            if channel == Channel.SOUND:
                if seen[token] >= weights.sound_base + weights.sound_span:
                    continue  # They are known to be as similar by their spelling.
                closeness = _closest_spelling(query, token, vocabulary, masks, mine, theirs)
                both_latin = latin and vocabulary.token_spelling[token] == SpellingKind.LATIN
                if both_latin and closeness < weights.sound_closeness:
                    continue
                value = weights.sound_base + weights.sound_span * closeness
            elif channel == Channel.VARIANT:
                value = weights.variant
            elif channel == Channel.NICKNAME:
                value = weights.nickname
            elif channel == Channel.INITIAL:
                value = weights.initial
            else:
                value = 1.0
            if value > 0.0:
                count = _note(token, value, seen, found, count)
    return count


@njit(cache=True, nogil=True)
def find_neighbours(
    query: TokenQuery,
    vocabulary: VocabularyArrays,
    weights: ScoreWeights,
    seen: Float32Array,
    found: Int32Array,
    similarities: Float32Array,
) -> int:
    """Every token of the vocabulary with similarity above 0, to `found` and `similarities` (>= T,); returns how many.

    seen: (T,) scratch, all zero before and after. Nothing is missed: any pair of forms within `edits_allowed` edits
    meets under an edit key, and every other link is an equal key. Cost: O(edit keys + verified forms), about 20 us cold
    in 400,000 tokens. Twin: tests/reference/token_similarity.py.
    """
    count = 0
    masks = _form_masks(query)
    if query.kind == KIND_NAME:
        count = _by_edits(query, masks, vocabulary, weights, seen, found, count)
    count = _by_keys(query, masks, vocabulary, weights, seen, found, count)
    for k in range(count):
        similarities[k] = seen[found[k]]
        seen[found[k]] = 0.0
    return count


@njit(cache=True, nogil=True)
def find_exact_form(text: UInt8Array, start: int, length: int, vocabulary: VocabularyArrays, found: Int32Array) -> int:
    """Tokens of kind NAME with a form equal to text[start:start+length]; returns how many were written to `found`.

    `found` must have room for the tokens that share one form (EXACT_ROOM).
    """
    key = whole_key(text, start, length)
    bucket = key >> (32 - _directory_bits(vocabulary))
    count = 0
    for entry in range(vocabulary.edit_directory[bucket], vocabulary.edit_directory[bucket + 1]):
        target = vocabulary.edit_form[entry]
        low = vocabulary.form_starts[target]
        if vocabulary.edit_hash[entry] != key or vocabulary.form_starts[target + 1] - low != length:
            continue
        equal = True
        for i in range(length):
            if vocabulary.form_text[low + i] != text[start + i]:
                equal = False
                break
        token = vocabulary.form_token[target]
        if equal and (count == 0 or found[count - 1] != token):
            found[count] = token
            count += 1
    return count


@njit(cache=True, nogil=True)
def find_splits(
    text: UInt8Array, vocabulary: VocabularyArrays, places: Int32Array, sides: UInt8Array, found: Int32Array
) -> int:
    """Every way to read a form as two names of the vocabulary written as one; returns the count of entries written.

    Entry k says that `found[k]` is the left (sides 0) or right (1) part of text cut at `places[k]`; only cuts with both
    parts are written. Cost: two exact look-ups a cut.
    """
    count = 0
    for place in range(MIN_HALF_CHARS, text.size - MIN_HALF_CHARS + 1):
        left = find_exact_form(text, 0, place, vocabulary, found[count:])
        if left == 0:
            continue
        right = find_exact_form(text, place, text.size - place, vocabulary, found[count + left :])
        if right == 0:
            continue
        for k in range(count, count + left + right):
            places[k] = place
            sides[k] = k >= count + left
        count += left + right
    return count


@njit(cache=True, nogil=True)
def find_exact_forms(
    text: UInt8Array, starts: Int32Array, vocabulary: VocabularyArrays, counts: Int32Array, found: Int32Array
) -> int:
    """The tokens with each of n forms, one after the other to `found`; counts: (n,) of each. Returns the sum.

    Where `found` has less room than EXACT_ROOM left, the rest is not looked up and -1 is returned.
    """
    total = 0
    for i in range(starts.size - 1):
        if found.size - total < EXACT_ROOM:
            return -1
        counts[i] = find_exact_form(text, starts[i], starts[i + 1] - starts[i], vocabulary, found[total:])
        total += counts[i]
    return total
