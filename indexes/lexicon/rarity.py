"""How much a shared name token says: a weight from a frozen table of world name frequencies.

The table holds, for each ASCII form, its estimated *share*: of all name tokens borne in the world, the part that is
spelled so. `weight_of_share` turns the share into a weight, falling with its logarithm, so that the weight behaves as
self-information does: half as common adds the same amount everywhere on the scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from indexes.lexicon.artefact import latin_key, open_table

__all__ = [
    "RARITY_FILE",
    "SHARE_COMMON",
    "SHARE_RARE",
    "WEIGHT_MAX",
    "WEIGHT_MIN",
    "RarityTable",
    "length_cap",
    "load_rarity",
    "rarity_weight",
    "rarity_weights",
    "weight_of_share",
]

WEIGHT_MIN: Final = 0.25  # Even the commonest name of the world says something: it still excludes nine in ten people.
WEIGHT_MAX: Final = 1.0

SHARE_COMMON: Final = 5e-4
"""At this share and above the weight is WEIGHT_MIN: eight million bearers of a family name."""

SHARE_RARE: Final = 3e-7
"""At this share and below the weight is WEIGHT_MAX: some 5,000 bearers of a family name; free sources end there."""

# Short tokens are few: there are 676 of two letters, so that strangers share one by chance or by a slip of a letter.
# A token unknown to the table, however rare, weighs at most this by the length of its longest form.
_LENGTH_CAPS: Final = np.array([0.25, 0.3, 0.5, 0.7, 0.85, 0.95, WEIGHT_MAX], np.float32)

_CACHED_TOKENS: Final = 65_536  # About 10 MB; the distinct tokens of some hundred thousand checks.

RARITY_FILE: Final = Path(__file__).with_name("rarity.arrow")


@dataclass(frozen=True, slots=True, kw_only=True)
class RarityTable:
    """The mapped table: keys (k,) uint64 ascending, shares (k,) float32 in 0..1, and what each share weighs."""

    keys: npt.NDArray[np.uint64]
    shares: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]


@cache
def load_rarity(path: Path = RARITY_FILE) -> RarityTable:
    """Maps the table, once per process; done at the first look-up unless a server calls it at its start.

    Raises: LexiconError, see `open_table`.
    """
    batch = open_table(path)
    shares = batch.column("share").to_numpy()
    return RarityTable(keys=batch.column("key").to_numpy(), shares=shares, weights=weight_of_share(shares))


def weight_of_share(share: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Returns weights in [WEIGHT_MIN, WEIGHT_MAX], falling as the share (0..1, any shape) rises; 0 gives WEIGHT_MAX.

    Linear in log(share) between SHARE_RARE and SHARE_COMMON, flat outside.
    """
    clipped = np.clip(share, SHARE_RARE, SHARE_COMMON)
    rarity = np.log(SHARE_COMMON / clipped) / np.log(SHARE_COMMON / SHARE_RARE)
    weights: npt.NDArray[np.float32] = (WEIGHT_MIN + (WEIGHT_MAX - WEIGHT_MIN) * rarity).astype(np.float32)
    return weights


def length_cap(length: int) -> float:
    """Returns the highest weight, WEIGHT_MIN..WEIGHT_MAX, of a token whose longest form has that many letters."""
    return float(_LENGTH_CAPS[min(length, len(_LENGTH_CAPS) - 1)])


def rarity_weight(forms: Sequence[str]) -> float:
    """Returns the weight, WEIGHT_MIN..WEIGHT_MAX, of one name token given its ASCII forms; no form gives WEIGHT_MIN.

    The commonest of its forms decides. A token that the table does not know, directly or as a known variant of a
    common name, takes the cap for its length. Cost: under 1 µs when cached, some 8 µs when not.
    """
    return _cached_weight(tuple(forms))


@lru_cache(maxsize=_CACHED_TOKENS)
def _cached_weight(forms: tuple[str, ...]) -> float:
    table = load_rarity()
    weight = length_cap(max(map(len, forms), default=0))
    for form in forms:
        key = latin_key(form)
        place = int(table.keys.searchsorted(np.uint64(key)))
        if place < len(table.keys) and int(table.keys[place]) == key:
            weight = min(weight, float(table.weights[place]))
    return weight


def rarity_weights(tokens: Sequence[Sequence[str]]) -> npt.NDArray[np.float32]:
    """Returns (n,) float32, the weight of each of n tokens given as its forms: the batch twin of `rarity_weight`.

    Cost: some 4 µs a token, most of it the hash; the look-up itself is one vectorised binary search.
    """
    if not tokens:
        return np.zeros(0, np.float32)
    counts = np.fromiter((max(1, len(forms)) for forms in tokens), np.int64, len(tokens))
    hashes = np.fromiter((latin_key(form) for forms in tokens for form in forms or ("",)), np.uint64, int(counts.sum()))
    commonest = np.minimum.reduceat(_weights_of(hashes), np.cumsum(counts) - counts)
    lengths = np.fromiter((max(map(len, forms), default=0) for forms in tokens), np.int64, len(tokens))
    return np.minimum(commonest, _LENGTH_CAPS[np.minimum(lengths, len(_LENGTH_CAPS) - 1)])


def _weights_of(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.float32]:
    """Returns the weight of each key's share, WEIGHT_MAX where the table has none."""
    table = load_rarity()
    places = np.minimum(np.searchsorted(table.keys, hashes), len(table.keys) - 1)
    return np.where(table.keys[places] == hashes, table.weights[places], np.float32(WEIGHT_MAX))
