"""The numbers of a scoring profile in the form kernels take."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from indexes.kernels.array_types import Float32Array

__all__ = ["DateAgreement", "ScoreWeights"]


class DateAgreement(IntEnum):
    """How a birth date asked about stands to a recorded one, best first; indexes `ScoreWeights.date_effects`."""

    EXACT = 0
    COMPATIBLE = 1
    SWAPPED = 2
    ONE_DIGIT = 3
    NEAR = 4
    UNKNOWN = 5
    CONTRADICTED = 6


class ScoreWeights(NamedTuple):
    """One profile's numbers. All are shares in [0, 1] but the effects, which are in [-1, 1].

    A positive effect e closes the share e of the gap to 1; a negative one takes the share -e away.
    """

    edit_cost_first: float  # One edit lowers a token's similarity by this divided by the length of the longer form.
    edit_cost_second: float  # The second edit lowers it by this divided by the length.
    sound_base: float  # Tokens with a common sound key are at least this similar ...
    sound_span: float  # ... and at most this much more, as their spellings are close.
    sound_closeness: float  # Two Latin spellings farther apart than this are not linked by sound alone.
    variant: float  # Known variants of one name (MOHAMMED, MEHMET).
    nickname: float  # A name and its nickname (WILLIAM, BILL).
    initial: float  # An initial and a name that starts with it.
    joined: float  # Two parts written as one, or one as two.
    role_swap: float  # Factor where a family name met a given name.
    query_unmatched: float  # Cost of a token asked about that the record lacks, as a share of its weight.
    record_unmatched: float  # Cost of a recorded token that was not asked about.
    family_factor: float  # Factor on the weight of a token known to be of the family name.
    name_gap: float  # A name that says nothing scores at most 1 - name_gap ...
    name_scale: float  # ... and the gap shrinks by e for this much matched weight.
    weak_name: float  # Factor for a name its source calls weak.
    date_effects: Float32Array  # (7,) by DateAgreement.
    sex_equal: float
    sex_different: float
    nationality_common: float
    nationality_different: float
