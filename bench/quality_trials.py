"""The trials of one matcher on the real lists: the same questions, each at the matcher's own threshold."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bench.population import Population
from bench.quality_files import RecordSet
from bench.quality_lists import BANDS, ListQuestion, ListSet, alias_questions, native_questions, wrong_dates
from bench.quality_matchers import Found, Matcher, Person
from bench.quality_measures import ALERTS_PER, Recall, recall, threshold_of

__all__ = ["ListTrial", "list_trial", "record_trial", "travellers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTrial:
    """What a matcher reached on the lists.

    threshold: where one traveller in a thousand raises an alert by name alone; threshold_dated: the same where
    travellers give their birth date. alerts_per_mille: at the matcher's own alert score, by name and with birth date.
    Rows have the names of the table, in its order. us_per_check: by name alone.
    """

    threshold: float
    threshold_dated: float
    alerts_per_mille: tuple[float | None, float | None]
    us_per_check: float
    rows: Mapping[str, Recall] = field(default_factory=dict)


def travellers(count: int, seed: int) -> list[Person]:
    """Invented travellers, none of whom is in any list, with their birth dates."""
    return [Person(names=(one.name,), birth_dates=(one.birth_date,)) for one in Population(seed).travellers(count)]


def list_trial(matcher: Matcher, lists: ListSet, invented: Sequence[Person], questions_max: int) -> ListTrial:
    """Runs the questions of the lists, evenly spread to so many of each kind; 0 for all."""
    matcher.record(lists.recorded)
    started = time.perf_counter()
    strangers = matcher.find(_undated(invented))
    elapsed = time.perf_counter() - started
    dated = matcher.find(invented)
    threshold = threshold_of(strangers)
    rows = _alias_rows(matcher, _spread(alias_questions(lists), questions_max), threshold, threshold_of(dated))
    rows.update(_native_rows(matcher, lists, threshold))
    return ListTrial(
        threshold=threshold,
        threshold_dated=threshold_of(dated),
        alerts_per_mille=(_per_mille(strangers, matcher.alert_score), _per_mille(dated, matcher.alert_score)),
        us_per_check=elapsed / max(1, len(invented)) * 1e6,
        rows=rows,
    )


def record_trial(matcher: Matcher, files: RecordSet) -> tuple[float, Recall]:
    """Threshold and recall on files of others. The threshold comes from their strangers, one alert in a thousand.

    With fewer strangers than that it is the matcher's own, or 0.0 where it has none.
    """
    matcher.record(files.recorded)
    threshold = matcher.alert_score or 0.0
    if len(files.strangers) >= ALERTS_PER:
        threshold = threshold_of(matcher.find(files.strangers))
    answers = matcher.find([person for person, _ in files.asked])
    return threshold, recall(answers, [row for _, row in files.asked], threshold)


def _spread(questions: Sequence[ListQuestion], count: int) -> list[ListQuestion]:
    """So many of the questions, evenly over their order; all where there are no more, or 0 is asked for."""
    if not 0 < count < len(questions):
        return list(questions)
    return [questions[at * len(questions) // count] for at in range(count)]


def _undated(persons: Iterable[Person]) -> list[Person]:
    return [replace(person, birth_dates=()) for person in persons]


def _per_mille(answers: Sequence[Found], score: float | None) -> float | None:
    if score is None:
        return None
    return 1000 * sum(bool(found) and found[0][1] >= score for found in answers) / max(1, len(answers))


def _alias_rows(
    matcher: Matcher, questions: Sequence[ListQuestion], threshold: float, threshold_dated: float
) -> dict[str, Recall]:
    named = matcher.find(_undated(question.person for question in questions))
    rows = {"aliases": _recall(questions, named, threshold)}
    for band in BANDS:
        chosen = [pair for pair in zip(questions, named, strict=True) if pair[0].band == band]
        rows[f"aliases, {band}"] = _recall([pair[0] for pair in chosen], [pair[1] for pair in chosen], threshold)
    full = [question for question in questions if question.person.birth_dates]
    answers = matcher.find([question.person for question in full])
    rows["with birth date"] = _recall(full, answers, threshold)
    rows["with birth date, own T"] = _recall(full, answers, threshold_dated)
    rows.update(_wrong_rows(matcher, full, threshold))
    return rows


def _wrong_rows(matcher: Matcher, questions: Sequence[ListQuestion], threshold: float) -> dict[str, Recall]:
    wrong = [made for number, question in enumerate(questions) if (made := wrong_dates(question, number))]
    answers = matcher.find([question.person for _, question in wrong])
    rows = {"with wrong date": _recall([question for _, question in wrong], answers, threshold)}
    for kind in dict.fromkeys(kind for kind, _ in wrong):
        chosen = [at for at, (own, _) in enumerate(wrong) if own == kind]
        rows[f"with wrong date, {kind}"] = _recall(
            [wrong[at][1] for at in chosen], [answers[at] for at in chosen], threshold
        )
    return rows


def _native_rows(matcher: Matcher, lists: ListSet, threshold: float) -> dict[str, Recall]:
    """Both directions between scripts, with the threshold of the recorded Latin names."""
    forth = [question for question in alias_questions(lists) if question.band == "other script"]
    there = matcher.find(_undated(question.person for question in forth))
    recorded, back = native_questions(lists)
    matcher.record(recorded)
    returned = matcher.find(_undated(question.person for question in back))
    questions, answers = [*forth, *back], [*there, *returned]
    rows = {"native and Latin": _recall(questions, answers, threshold)}
    for script in dict.fromkeys(question.script for question in questions):
        for way, own, own_answers in (("to Latin", forth, there), ("from Latin", back, returned)):
            chosen = [at for at, question in enumerate(own) if question.script == script]
            if chosen:
                rows[f"{script} {way}"] = _recall(
                    [own[at] for at in chosen], [own_answers[at] for at in chosen], threshold
                )
    return rows


def _recall(questions: Sequence[ListQuestion], answers: Sequence[Found], threshold: float) -> Recall:
    return recall(answers, [question.row for question in questions], threshold)
