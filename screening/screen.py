"""The flow of a check, the same for one and for many: who may see what, what is near, what it means, what is kept.

Pure: the clock, the caller's identity and the state of the indexes come in as arguments. A batch is screened together,
because kernels work on arrays; what a check gets does not depend on the others of its batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from indexes.build import BuildDate
from indexes.document_index import DocumentQuestion, RecordedDocument
from indexes.kernels.score_weights import DateAgreement
from indexes.name_index import NameMatches, NameQuestion
from indexes.schema import NO_RECORD
from indexes.snapshot import Segment
from screening.errors import ScreeningError
from screening.explain import Finding, hit_of, meaning_of, record_reference
from screening.features import (
    birth_date_evidence,
    document_evidence,
    identity_class_of,
    name_evidence,
    nationality_evidence,
    sex_evidence,
)
from screening.model import (
    Answer,
    AuditRecord,
    Caller,
    CheckId,
    Confidentiality,
    Document,
    Evidence,
    Hit,
    Identity,
    IdentityClass,
    LossKind,
    Notice,
    Query,
    Sex,
    Visibility,
)
from screening.profiles import Profile, profile_of, threshold_of
from screening.recorded import NoticeReader, date_range, name_parts
from screening.world import CopyState, Scope, ScopeTable, World

__all__ = ["Check", "Outcome", "Screener"]


@dataclass(frozen=True, slots=True)
class Check:
    """One question of one caller, under the name that the service gave it."""

    check_id: CheckId
    caller: Caller
    query: Query


Outcome = tuple[Answer, AuditRecord] | ScreeningError
"""What becomes of a check: an answer with the record that must be durable before it leaves, or why there is none."""


@dataclass(slots=True)
class _Plan:
    """A check under way: its scope, and where its questions stand in the batch."""

    check: Check
    scope: Scope
    profile: Profile
    threshold: float
    found: dict[tuple[int, str], _Found] = field(default_factory=dict)


@dataclass(slots=True)
class _Found:
    """A record that some question of a check led to. Rows are of the segment; -1 where there is none."""

    segment: int
    record: int
    name_row: int = -1
    question: NameQuestion | None = None
    name_score: float = 0.0
    score: float = 0.0
    agreement: int = DateAgreement.UNKNOWN
    document: RecordedDocument | None = None
    asked: Document | None = None
    tier: int = 0
    certainty: float = 0.0

    @property
    def combined(self) -> float:
        """Name and document together: either closes its share of the gap to 1."""
        return 1.0 - (1.0 - self.score) * (1.0 - self.certainty)


class Screener:
    """Screens batches against one world on one day. For one thread, which owns the caches of the searchers."""

    def __init__(self, world: World, copy: CopyState, notices: NoticeReader) -> None:
        self._world = world
        self._today = copy.today
        self._notices = notices
        self._scopes = ScopeTable(world, copy)

    def screen(self, checks: Sequence[Check]) -> list[Outcome]:
        """Answers every check of a batch; the outcomes stand in the order of the checks."""
        self._scopes.make_room()
        plans = [self._plan(check) for check in checks]
        good = [plan for plan in plans if isinstance(plan, _Plan)]
        self._find_names(good)
        self._find_documents(good)
        return [self._answer(plan) if isinstance(plan, _Plan) else plan for plan in plans]

    def _plan(self, check: Check) -> _Plan | ScreeningError:
        try:
            scope = self._scopes.scope(check.caller, check.query)
            profile = profile_of(check.query, self._world.profiles)
        except ScreeningError as error:
            return error
        return _Plan(check, scope, profile, threshold_of(check.query, profile))

    def _find_names(self, plans: Sequence[_Plan]) -> None:
        by_profile: dict[str, list[tuple[_Plan, NameQuestion]]] = defaultdict(list)
        for plan in plans:
            if plan.check.query.subject is not None and plan.scope.visible:
                by_profile[plan.profile.name] += [(plan, question) for question in _name_questions(plan)]
        for name, asked in by_profile.items():
            weights = self._world.profiles[name].weights
            questions = [question for _, question in asked]
            for number, segment in enumerate(self._world.snapshot.segments):
                if segment.names is not None:
                    searcher = self._world.snapshot.searcher(number, name, weights)
                    matches = searcher.search(questions, self._scopes.visible, self._today)
                    _note_names(asked, matches, number, segment)

    def _find_documents(self, plans: Sequence[_Plan]) -> None:
        asked = [
            (plan, document)
            for plan in plans
            if plan.check.query.documents and plan.scope.visible
            for document in plan.check.query.documents
        ]
        if not asked:
            return
        questions = [
            DocumentQuestion(item.number, item.issuing_country, item.type, item.uncertain_read, plan.scope.row)
            for plan, item in asked
        ]
        for number, segment in enumerate(self._world.snapshot.segments):
            if segment.documents is not None:
                matches = segment.documents.search(questions, self._scopes.visible)
                for question, row, tier in zip(matches.question, matches.row, matches.tier, strict=True):
                    plan, document = asked[question]
                    self._note_document(plan, document, number, segment, int(row), int(tier))

    def _note_document(self, plan: _Plan, asked: Document, number: int, segment: Segment, row: int, tier: int) -> None:
        assert segment.documents is not None
        recorded = segment.documents.document(row)
        certainty = plan.profile.document.of(
            tier,
            country_known=bool(asked.issuing_country and recorded.country),
            type_known=bool(asked.type and recorded.type),
        )
        if recorded.record != NO_RECORD:
            if self._is_expired(segment, recorded.record):
                return
            key = (number, f"r{recorded.record}")
        else:
            key = (number, f"d{recorded.key}/{recorded.country}/{recorded.type}/{recorded.access_class}")
        found = plan.found.setdefault(key, _Found(number, recorded.record))
        if certainty > found.certainty:
            found.document, found.asked, found.tier, found.certainty = recorded, asked, tier, certainty

    def _is_expired(self, segment: Segment, record: int) -> bool:
        return segment.names is not None and bool(segment.names.arrays.record_expires[record] <= self._today)

    def _answer(self, plan: _Plan) -> Outcome:
        ranked = [item for item in plan.found.values() if item.combined >= plan.threshold]
        findings = []
        for item in ranked:
            finding, level = self._decide(plan, item)
            if level > Visibility.NONE:
                findings.append((finding, level))
        findings.sort(key=lambda pair: self._rank(plan, *pair))
        query = plan.check.query
        shown = findings[: query.limit]
        hits = tuple(self._hit(plan, finding, level) for finding, level in shown)
        answer = Answer(
            request_id=query.request_id,
            check_id=plan.check.check_id,
            hits=hits,
            coverage=plan.scope.coverage,
            marking=max((hit.confidentiality for hit in hits), default=Confidentiality.FOR_OFFICIAL_USE_ONLY),
            omitted=len(findings) - len(shown),
            profile_name=plan.profile.name,
            profile_version=plan.profile.version,
            remarks=query.remarks,
        )
        return answer, self._audit(plan, tuple(finding for finding, _ in shown))

    def _rank(self, plan: _Plan, finding: Finding, level: Visibility) -> tuple[bool, float, int, str]:
        """Best first. What is shown as held only stands behind, in an order that tells nothing of its score."""
        if level <= Visibility.HIT_ONLY:
            caller, key = plan.check.caller.uri, self._world.reference_key
            return True, 0.0, 0, record_reference(finding.database, finding.key, caller, key)
        return False, -round(finding.score, 6), finding.database, finding.key

    def _decide(self, plan: _Plan, item: _Found) -> tuple[Finding, Visibility]:
        """Decides once more, record by record: the mask was compiled, this is the rule itself. Doubt is deny."""
        finding = self._finding(plan, item)
        caller, purpose = plan.check.caller, plan.check.query.purpose
        access_class = self._world.classes[self._class_of(item)]
        decision = self._world.policy.decide(caller, purpose, access_class, self._today)
        level = min(decision.visibility, Visibility(int(plan.scope.levels[self._class_of(item)])))
        return finding, level if finding.database in plan.scope.searched else Visibility.NONE

    def _class_of(self, item: _Found) -> int:
        if item.record == NO_RECORD:
            assert item.document is not None
            return item.document.access_class
        names = self._world.snapshot.segments[item.segment].names
        assert names is not None
        return int(names.arrays.record_class[item.record])

    def _finding(self, plan: _Plan, item: _Found) -> Finding:
        access_class = self._world.classes[self._class_of(item)]
        notice = self._notice(item)
        identity, evidence, identity_class = self._name_findings(plan, item, notice)
        meaning = meaning_of(access_class.database)
        if item.document is not None and item.asked is not None:
            loss = LossKind(item.document.loss)
            evidence = (document_evidence(item.asked, item.tier, meaning, loss, item.certainty), *evidence)
        return Finding(
            key=notice.notice_id if notice else self._document_key(item),
            database=access_class.database,
            kind=access_class.kind,
            confidentiality=access_class.confidentiality,
            source=access_class.source,
            score=round(item.combined, 6),
            identity_class=identity_class,
            evidence=evidence,
            document_meaning=meaning if item.document is not None else meaning.UNSPECIFIED,
            notice=notice,
            identity=identity,
        )

    def _document_key(self, item: _Found) -> str:
        assert item.document is not None
        return f"{item.document.country}/{item.document.type}/{item.document.key}"

    def _notice(self, item: _Found) -> Notice | None:
        names = self._world.snapshot.segments[item.segment].names
        if item.record == NO_RECORD or names is None:
            return None
        try:
            return self._notices(names.payload(item.record))
        except ScreeningError as error:  # A fault of what is recorded is not the asker's.
            raise RuntimeError("a recorded notice cannot be read") from error

    def _name_findings(
        self, plan: _Plan, item: _Found, notice: Notice | None
    ) -> tuple[Identity | None, tuple[Evidence, ...], IdentityClass]:
        """The evidence of the best name, most telling first; nothing where a document alone led to the record."""
        subject, question = plan.check.query.subject, item.question
        if notice is None or question is None or subject is None:
            return None, (), IdentityClass.UNSPECIFIED
        segment = self._world.snapshot.segments[item.segment]
        assert segment.names is not None
        weights = plan.profile.weights
        searcher = self._world.snapshot.searcher(item.segment, plan.profile.name, weights)
        identity_ordinal, name_ordinal = segment.names.place(item.name_row)
        identity = notice.identities[identity_ordinal]
        pairs = searcher.explain(question, item.name_row)
        asked = ", ".join(text for text, _ in question.parts)
        found: list[Evidence | None] = [
            name_evidence(pairs, asked, identity.names[name_ordinal].text, item.name_score),
            birth_date_evidence(item.agreement, subject.birth_date, identity.birth_dates, weights)
            if subject.birth_date and identity.birth_dates
            else None,
            nationality_evidence(subject.nationalities, identity.nationalities, weights),
            sex_evidence(subject.sex, identity.sexes, weights),
        ]
        common = bool(set(subject.nationalities) & set(identity.nationalities))
        evidence = tuple(entry for entry in found if entry is not None)
        return identity, evidence, identity_class_of(pairs, item.agreement, common)

    def _hit(self, plan: _Plan, finding: Finding, level: Visibility) -> Hit:
        return hit_of(
            finding,
            level,
            caller=plan.check.caller.uri,
            contact=self._world.register.contact_of(finding.source) or finding.source,
            key=self._world.reference_key,
        )

    def _audit(self, plan: _Plan, shown: tuple[Finding, ...]) -> AuditRecord:
        check = plan.check
        return AuditRecord(
            check_id=check.check_id,
            caller=check.caller.uri,
            party=check.caller.party,
            purpose=check.query.purpose,
            operator_user=check.query.operator.user,
            operator_location=check.query.operator.location,
            databases=plan.scope.searched,
            disclosed=tuple(f"{finding.database.name}/{finding.key}" for finding in shown),
            generation=self._world.snapshot.generation,
            policy_version=self._world.register.version,
            profile=f"{plan.profile.name}/{plan.profile.version}",
        )


def _name_questions(plan: _Plan) -> list[NameQuestion]:
    subject = plan.check.query.subject
    assert subject is not None
    date: BuildDate | None = date_range(subject.birth_date) if subject.birth_date else None
    return [
        NameQuestion(
            parts=name_parts(name),
            date=date,
            sex=0 if subject.sex is Sex.X else subject.sex,  # X contradicts nobody.
            nations=subject.nationalities,
            mask=plan.scope.row,
            score_min=plan.threshold,
        )
        for name in subject.names
    ]


def _note_names(
    asked: Sequence[tuple[_Plan, NameQuestion]], matches: NameMatches, number: int, segment: Segment
) -> None:
    """Keeps for each check the best name of each record: one notice is one match, however many names met."""
    if matches.question.size == 0 or segment.names is None:
        return
    records = segment.names.arrays.name_record[matches.name]
    order = np.argsort(-matches.score, kind="stable")
    for k in order:
        plan, question = asked[matches.question[k]]
        key = (number, f"r{records[k]}")
        if key not in plan.found:
            plan.found[key] = _Found(
                segment=number,
                record=int(records[k]),
                name_row=int(matches.name[k]),
                question=question,
                name_score=float(matches.name_score[k]),
                score=float(matches.score[k]),
                agreement=int(matches.date[k]),
            )
