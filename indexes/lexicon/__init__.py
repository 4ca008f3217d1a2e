"""Frozen public knowledge about names: how rare a token is, and which tokens are known variants of one another.

Nothing here depends on the indexed corpus (a score must not move with what is hidden in it): the tables are built at
development time by `python -m indexes.lexicon.compile` from free sources, versioned, and shipped with PROVENANCE.md.
"""

from indexes.lexicon.artefact import LEXICON_VERSION, LexiconError
from indexes.lexicon.rarity import WEIGHT_MAX, WEIGHT_MIN, load_rarity, rarity_weight, rarity_weights
from indexes.lexicon.variants import (
    COGNATE_SYMBOL_BASE,
    MAX_SYMBOLS,
    NICKNAME_SYMBOL_BASE,
    READING_SYMBOL_BASE,
    load_variants,
    variant_symbols,
)

__all__ = [
    "COGNATE_SYMBOL_BASE",
    "LEXICON_VERSION",
    "MAX_SYMBOLS",
    "NICKNAME_SYMBOL_BASE",
    "READING_SYMBOL_BASE",
    "WEIGHT_MAX",
    "WEIGHT_MIN",
    "LexiconError",
    "load_rarity",
    "load_variants",
    "rarity_weight",
    "rarity_weights",
    "variant_symbols",
]
