"""Questions and answers as text: tests/cases/*.txt, asked of a real server, readable without knowing the code.

A case is a title line (`== TITLE`), lines of a word and its value that make up the question, the line `answer`, and the
answer as it was reviewed. SCREENING_REWRITE_CASES=1 writes the answers anew; a person then reviews the difference. The
recorded notices are those of tests/end_to_end/notices.jsonl.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest
from screening_api.v1 import screening_pb2 as pb

from screening.asking import request_of
from screening.client import violations
from tests.end_to_end.node import ASYLUM, BORDER, BUREAU, Node

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("*.txt"))
CALLERS = {"border system of Utopia": BORDER, "asylum authority of Ruritania": ASYLUM, "bureau of Graustark": BUREAU}
_LISTS = {"name", "nationality", "document", "mrz"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as it stands in its file: the question's lines as they are, and the answer's without their indent."""

    title: str
    question: tuple[str, ...]
    answer: tuple[str, ...]


def _cases(text: str) -> Iterator[Case]:
    for block in text.split("== ")[1:]:
        title, *lines = block.rstrip().splitlines()
        at = lines.index("answer")
        yield Case(title=title, question=tuple(lines[:at]), answer=tuple(line[2:] for line in lines[at + 1 :]))


def _words(case: Case) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for line in case.question:
        word, _, value = line.partition(" ")
        words.setdefault(word, []).append(value.strip())
    return words


def _request(words: dict[str, list[str]]) -> pb.CheckRequest:
    def one(word: str, default: str = "") -> str:
        return words.get(word, [default])[0]

    return request_of(
        names=words.get("name", []),
        born=one("born"),
        sex=one("sex"),
        nationalities=words.get("nationality", []),
        documents=words.get("document", []),
        zones=words.get("mrz", []),
        purpose=one("purpose", "BORDER_CONTROL"),
        user="officer-7",
    )


def _asked(case: Case, node: Node) -> tuple[str, ...]:
    words = _words(case)
    assert set(words) <= _LISTS | {"caller", "born", "sex", "purpose"}, case.title
    with node.client(CALLERS[words["caller"][0]]) as client:
        try:
            return tuple(_answer_lines(client.check(_request(words))))
        except grpc.RpcError as error:
            faults = [f"  {field}: {description}" for field, description in violations(error)]
            return (error.code().name, *faults) if faults else (f"{error.code().name}: {error.details()}",)


def _answer_lines(response: pb.CheckResponse) -> Iterator[str]:
    for match in response.matches:
        shown = f"{match.record_name or '(name not shown)'}, {match.notice_id or '(number not shown)'}"
        yield f"{pb.Database.Name(match.database).removeprefix('DATABASE_')}: {shown}"
        if match.score:
            alike = pb.IdentityClass.Name(match.identity_class).removeprefix("IDENTITY_CLASS_").lower()
            yield f"  score {match.score:.2f}" + (f", identity {alike}" if match.identity_class else "")
        for evidence in match.evidence:
            recorded = f" [recorded: {evidence.record_value}]" if evidence.record_value else ""
            yield f"  {evidence.sentence}{recorded}"
        yield f"  ask: {match.contact}"
    if not response.matches:
        yield "no match"
    for state in pb.CoverageState.values():
        names = [pb.Database.Name(item.database)[9:] for item in response.coverage if item.state == state]
        if names:
            yield f"{pb.CoverageState.Name(state)[15:].lower().replace('_', ' ')}: {', '.join(names)}"
    yield from (f"remark: {remark}" for remark in response.remarks)


def _text(head: str, cases: list[Case]) -> str:
    blocks = [
        "\n".join([f"== {case.title}", *case.question, "answer", *(f"  {line}" for line in case.answer)]) + "\n"
        for case in cases
    ]
    return head + "\n".join(blocks)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_case_is_answered_as_it_was_reviewed(path: Path, node: Node) -> None:
    """Title by title, line by line."""
    text = path.read_text(encoding="utf-8")
    cases = list(_cases(text))
    answered = [Case(title=case.title, question=case.question, answer=_asked(case, node)) for case in cases]
    if os.environ.get("SCREENING_REWRITE_CASES") == "1":
        path.write_text(_text(text[: text.index("== ")], answered), encoding="utf-8")
        pytest.skip("rewritten: review the difference")
    for case, now in zip(cases, answered, strict=True):
        assert now.answer == case.answer, case.title


def test_there_are_cases_and_their_titles_are_distinct() -> None:
    """A file that cannot be found or read would otherwise pass in silence."""
    titles = [case.title for path in FILES for case in _cases(path.read_text(encoding="utf-8"))]
    assert len(titles) >= 20
    assert len(set(titles)) == len(titles)
