"""Scoring profiles: what counts, how much, and where a candidate starts to count. Versioned data, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from indexes.kernels.document_search import Tier
from indexes.kernels.score_weights import DateAgreement, ScoreWeights
from screening.errors import FieldViolation, InvalidQueryError
from screening.model import Query

__all__ = ["DocumentCertainty", "Profile", "parse_profiles", "profile_of", "threshold_of"]

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Effect = Annotated[float, Field(ge=-1.0, le=0.95)]  # At 1 one agreement alone would make a certain match.


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DocumentCertainty(_Shape):
    """How certain a document alone makes a match, in [0, 1]; the unknown-factors multiply."""

    exact: Share
    confusable: Share
    country_unknown: Share
    type_unknown: Share

    def of(self, tier: int, *, country_known: bool, type_known: bool) -> float:
        """The certainty of one recorded document found at a tier."""
        certainty = self.exact if tier == Tier.EXACT else self.confusable
        return certainty * (1.0 if country_known else self.country_unknown) * (1.0 if type_known else self.type_unknown)


class _Weights(_Shape):
    edit_cost_first: Share
    edit_cost_second: Share
    sound_base: Share
    sound_span: Share
    sound_closeness: Share
    variant: Share
    nickname: Share
    initial: Share
    joined: Share
    role_swap: Share
    query_unmatched: Share
    record_unmatched: Share
    family_factor: Annotated[float, Field(ge=1.0, le=2.0)]
    name_gap: Share
    name_scale: Annotated[float, Field(gt=0.0, le=10.0)]
    weak_name: Share
    sex_equal: Effect
    sex_different: Effect
    nationality_common: Effect
    nationality_different: Effect
    date: dict[str, Effect]

    @model_validator(mode="after")
    def _bounds_hold(self) -> _Weights:
        """What the search takes for granted when it leaves names unscored."""
        if self.sound_base + self.sound_span > 1.0:
            raise ValueError("sound_base + sound_span exceed 1")
        if self.sex_different > min(0.0, self.sex_equal) or self.nationality_different > min(
            0.0, self.nationality_common
        ):
            raise ValueError("a difference must not count for a match")
        return self

    def for_kernels(self) -> ScoreWeights:
        effects = np.array([self.date[agreement.name] for agreement in DateAgreement], np.float32)
        return ScoreWeights(**{**self.model_dump(exclude={"date"}), "date_effects": effects})


class _Threshold(_Shape):
    version: Annotated[int, Field(ge=1)]
    threshold: Share
    floor: Share


class Profile(_Shape):
    """One profile. A score below `floor` cannot be asked for: the search would no longer be complete."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    name: str
    version: int
    threshold: float
    floor: float
    weights: ScoreWeights
    document: DocumentCertainty


def parse_profiles(text: str) -> Mapping[str, Profile]:
    """The profiles of a TOML text by name. Raises ValueError where it is no valid set of profiles."""
    tables = tomllib.loads(text)
    weights = _Weights.model_validate(tables.pop("weights")).for_kernels()
    document = DocumentCertainty.model_validate(tables.pop("document"))
    profiles = {}
    for name, table in tables.items():
        shape = _Threshold.model_validate(table)
        if shape.floor > shape.threshold:
            raise ValueError(f"profile {name}: the floor lies above the threshold")
        profiles[name] = Profile(name=name, **shape.model_dump(), weights=weights, document=document)
    return profiles


def profile_of(query: Query, profiles: Mapping[str, Profile]) -> Profile:
    """The profile a query names. Raises InvalidQueryError where there is none, or min_score lies below its floor."""
    profile = profiles.get(query.profile)
    if profile is None:
        known = ", ".join(sorted(profiles))
        raise InvalidQueryError((FieldViolation("options.profile", f"is none of {known}"),))
    if 0.0 < query.score_min < profile.floor:
        description = f"lies below {profile.floor:g}, the floor of this profile"
        raise InvalidQueryError((FieldViolation("options.min_score", description),))
    return profile


def threshold_of(query: Query, profile: Profile) -> float:
    """The score from which on a candidate counts."""
    return query.score_min or profile.threshold
