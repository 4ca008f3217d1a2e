"""What a token is compared by: its weight, its Latin forms as bytes, and the keys it shares with kindred tokens.

The same function serves the index and the query, so that both sides carry the same keys.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from indexes.kernels.neighbours import TokenQuery
from indexes.kernels.vocabulary_arrays import CHANNEL_BITS, Channel, SpellingKind
from indexes.lexicon import NICKNAME_SYMBOL_BASE, rarity_weight, variant_symbols
from indexes.normalise import Token, TokenKind, normalise_name
from indexes.transliterate import script_of

__all__ = ["TokenFacts", "analyse", "name_tokens", "token_query"]

# Particles, suffixes and initials say little and are in very many names: they are compared, but nobody is searched by
# them. Their weights are set, not measured: a twentieth of a rare name, and an initial a little more.
_WEIGHTS_OF_KIND = {TokenKind.PARTICLE: 0.05, TokenKind.SUFFIX: 0.05, TokenKind.INITIAL: 0.12}
_HASH_BITS = 64 - CHANNEL_BITS


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """Facts about one token: weight in (0, 1], first letters as bits, spelling, keys with channels on either side."""

    weight: float
    initials: int
    spelling: SpellingKind
    keys: tuple[int, ...]
    query_keys: tuple[int, ...]


def name_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a name; where nothing but particles, initials or suffixes is left, these are the name."""
    tokens = normalise_name(text)
    if all(token.kind != TokenKind.NAME for token in tokens):
        return tuple(replace(token, kind=TokenKind.NAME) for token in tokens)
    return tokens


@lru_cache(maxsize=65_536)
def analyse(token: Token) -> TokenFacts:
    """The facts about one token. Cost: some 20 us, remembered for the most recent tokens."""
    initials = 0
    for form in token.forms:
        if form[0].isalpha():
            initials |= 1 << (ord(form[0]) - 97)
    if token.kind != TokenKind.NAME:
        keys = {_key(f"{int(token.kind)}{token.text}", Channel.EXACT)}
        if token.kind == TokenKind.INITIAL:
            keys |= {_key(form[0], Channel.INITIAL) for form in token.forms}
        ordered = tuple(sorted(keys))
        return TokenFacts(_WEIGHTS_OF_KIND[token.kind], initials, _spelling(token.text), ordered, ordered)
    keys = {_key(sound, Channel.SOUND) for sound in token.keys}
    for symbol in variant_symbols(token.text, token.forms):
        channel = Channel.NICKNAME if symbol >= NICKNAME_SYMBOL_BASE else Channel.VARIANT
        keys.add(symbol << CHANNEL_BITS | channel)
    asked = keys | {_key(form[0], Channel.INITIAL) for form in token.forms}
    weight = rarity_weight(token.forms)
    return TokenFacts(weight, initials, _spelling(token.text), tuple(sorted(keys)), tuple(sorted(asked)))


def token_query(token: Token, facts: TokenFacts) -> TokenQuery:
    """A token in the form the neighbour kernel takes."""
    starts = [0]
    text = b""
    for form in token.forms:
        text += form.encode("ascii")
        starts.append(len(text))
    return TokenQuery(
        np.frombuffer(text, np.uint8),
        np.array(starts, np.int32),
        np.array(facts.query_keys, np.uint64),
        int(token.kind),
        int(facts.spelling),
    )


def _spelling(text: str) -> SpellingKind:
    name = "latin" if text.isascii() else script_of(text).name
    if name == "latin":
        return SpellingKind.LATIN
    return SpellingKind.ABJAD if name in ("arabic", "hebrew") else SpellingKind.OTHER


def _key(text: str, channel: int) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "little") >> CHANNEL_BITS) << CHANNEL_BITS | channel
