"""The token vocabulary as arrays, the way kernels see it."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from indexes.kernels.array_types import Float32Array, Int32Array, Int64Array, UInt8Array, UInt32Array, UInt64Array

__all__ = ["CHANNEL_BITS", "Channel", "SpellingKind", "VocabularyArrays"]

CHANNEL_BITS = 3  # Low bits of a key name its channel; the rest is a hash or a symbol number.


class Channel(IntEnum):
    """How two tokens are linked by an equal key, besides by edits."""

    SOUND = 0
    VARIANT = 1
    NICKNAME = 2
    INITIAL = 3
    EXACT = 4


class SpellingKind(IntEnum):
    """How far the Latin forms of a token can be trusted letter by letter."""

    LATIN = 0  # Written in Latin letters by its source.
    OTHER = 1  # Romanised by our tables: vowels are heard, not spelt.
    ABJAD = 2  # Romanised from a script that writes no short vowels (Arabic, Hebrew): consonants only.


class VocabularyArrays(NamedTuple):
    """T distinct tokens with F Latin forms, K keys and E edit keys.

    form_text: the forms' ASCII bytes, one after the other. form_starts: (F + 1,). form_token: (F,) ascending.
    token_forms: (T + 1,) first form of each token. token_weight: (T,) in (0, 1]. token_spelling: (T,)
    SpellingKind. token_initials: (T,) bit per first
    letter a-z of the forms. key_hash: (K,) ascending; key_token: (K,). edit_directory: (2**b + 1,) start of each bucket
    of edit keys by their top b bits; edit_hash: (E,) ascending; edit_form: (E,). Indexes are signed: numba turns
    unsigned differences into floats.
    """

    form_text: UInt8Array
    form_starts: Int32Array
    form_token: Int32Array
    token_forms: Int32Array
    token_weight: Float32Array
    token_kind: UInt8Array
    token_spelling: UInt8Array
    token_initials: Int32Array
    key_hash: UInt64Array
    key_token: Int32Array
    edit_directory: Int64Array
    edit_hash: UInt32Array
    edit_form: Int32Array
