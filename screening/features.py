"""One table: what is compared, under which name it is reported, and in which words. Scores and evidence share it.

The numbers are the profile's (`profiles.toml`); this module says what they mean to an officer.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexes.kernels.document_search import Tier
from indexes.kernels.score_weights import DateAgreement, ScoreWeights
from indexes.name_index import TokenPair
from screening.model import Date, Document, DocumentMeaning, Evidence, IdentityClass, LossKind, Sex

__all__ = [
    "birth_date_evidence",
    "document_evidence",
    "identity_class_of",
    "name_evidence",
    "nationality_evidence",
    "sex_evidence",
]

_DATE_SENTENCES = {
    DateAgreement.EXACT: "Birth date equal.",
    DateAgreement.COMPATIBLE: "Birth date agrees as far as it is known.",
    DateAgreement.SWAPPED: "Birth date agrees with day and month swapped.",
    DateAgreement.ONE_DIGIT: "Birth date one digit apart.",
    DateAgreement.NEAR: "Birth date near: a year apart, or a 1 January placeholder.",
    DateAgreement.UNKNOWN: "No birth date to compare.",
    DateAgreement.CONTRADICTED: "Birth date differs.",
}
_TIER_WORDS = {
    Tier.EXACT: "Document number equal",
    Tier.CONFUSABLE: "Document number equal but for characters that readers confuse",
}
_MEANINGS = {
    DocumentMeaning.NOT_VALID: "the document is reported {loss} and is not valid.",
    DocumentMeaning.BEARER_IN_NOTICE: "the document is valid; its bearer is the subject of a notice.",
    DocumentMeaning.ADMINISTRATIVE_STOLEN: "the administrative document is reported {loss}.",
}
_LOSSES = {
    LossKind.UNSPECIFIED: "lost or stolen",
    LossKind.STOLEN_BLANK: "stolen blank",
    LossKind.STOLEN: "stolen",
    LossKind.LOST: "lost",
    LossKind.REVOKED: "revoked",
}
_ALIKE = 0.999  # At and above it two tokens are equal: similarities are 32-bit numbers.


def name_evidence(pairs: Sequence[TokenPair], asked: str, recorded: str, score: float) -> Evidence:
    """How the names met, token by token."""
    return Evidence(
        feature="name",
        query_value=asked,
        record_value=recorded,
        contribution=round(score, 4),
        sentence=_name_sentence(pairs),
    )


def birth_date_evidence(agreement: int, asked: Date, recorded: Sequence[Date], weights: ScoreWeights) -> Evidence:
    """How the birth date asked about stands to those recorded."""
    kind = DateAgreement(agreement)
    return Evidence(
        feature="birth_date",
        query_value=str(asked),
        record_value="; ".join(str(date) for date in recorded),
        contribution=round(float(weights.date_effects[kind]), 4),
        sentence=_DATE_SENTENCES[kind],
    )


def sex_evidence(asked: Sex, recorded: Sequence[Sex], weights: ScoreWeights) -> Evidence | None:
    """Whether the sex stated is recorded; None where one side says nothing."""
    if not asked or not recorded:
        return None
    equal = asked in recorded
    return Evidence(
        feature="sex",
        query_value=asked.name,
        record_value=", ".join(sex.name for sex in recorded),
        contribution=weights.sex_equal if equal else weights.sex_different,
        sentence="Sex equal." if equal else "Sex differs; this alone excludes nobody.",
    )


def nationality_evidence(asked: Sequence[str], recorded: Sequence[str], weights: ScoreWeights) -> Evidence | None:
    """Whether a nationality is common; None where one side says nothing."""
    if not asked or not recorded:
        return None
    common = set(asked) & set(recorded)
    return Evidence(
        feature="nationality",
        query_value=", ".join(asked),
        record_value=", ".join(recorded),
        contribution=weights.nationality_common if common else weights.nationality_different,
        sentence=f"Nationality in common: {', '.join(sorted(common))}." if common else "No nationality in common.",
    )


def document_evidence(
    asked: Document, tier: int, meaning: DocumentMeaning, loss: LossKind, certainty: float
) -> Evidence:
    """How a document met a recorded one, and what that means."""
    doubts = "" if asked.issuing_country else " (issuing country not given)"
    words = _MEANINGS[meaning].format(loss=_LOSSES[loss])
    return Evidence(
        feature="document_number",
        query_value=asked.number,
        record_value="",
        contribution=round(certainty, 4),
        sentence=f"{_TIER_WORDS[Tier(tier)]}{doubts}: {words}",
    )


def identity_class_of(pairs: Sequence[TokenPair], agreement: int, nationality_common: bool) -> IdentityClass:
    """SAME where names, birth date and nationality are equal; SIMILAR where names and date are alike; else POSSIBLE.

    Delegated Regulation (EU) 2023/333, annexes I and II, in outline: names equal in every token, or each alike.
    """
    met = [pair for pair in pairs if pair.asked and pair.recorded]
    all_met = len(met) == len(pairs)
    if all_met and all(pair.similarity >= _ALIKE for pair in met) and agreement == DateAgreement.EXACT:
        return IdentityClass.SAME if nationality_common else IdentityClass.SIMILAR
    dates_alike = agreement in (DateAgreement.EXACT, DateAgreement.SWAPPED, DateAgreement.ONE_DIGIT)
    return IdentityClass.SIMILAR if dates_alike and all_met else IdentityClass.POSSIBLE


def _name_sentence(pairs: Sequence[TokenPair]) -> str:
    equal = [pair.asked for pair in pairs if pair.similarity >= _ALIKE]
    alike = [pair for pair in pairs if 0.0 < pair.similarity < _ALIKE]
    parts = []
    if equal:
        parts.append(f"equal: {_listed(equal)}")
    if alike:
        parts.append("alike: " + ", ".join(f"{p.asked.upper()} / {p.recorded.upper()}" for p in alike))
    missing = [pair.asked for pair in pairs if not pair.recorded]
    if missing:
        parts.append(f"not recorded: {_listed(missing)}")
    extra = [pair.recorded for pair in pairs if not pair.asked]
    if extra:
        parts.append(f"recorded besides: {_listed(extra)}")
    return f"Name {'; '.join(parts)}."


def _listed(tokens: Sequence[str]) -> str:
    return ", ".join(token.upper() for token in tokens)
