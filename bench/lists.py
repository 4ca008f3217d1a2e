"""`python -m bench lists`: the main job on real lists, through the commands a user types.

Imports the UN and OFAC lists into a fresh data directory, serves them, and screens through `screening check-file` (a)
every other name of every UN individual, with the birth date where one is recorded and without, and (b) invented
travellers. Nothing of a person is printed: counts only.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from google.protobuf import json_format
from screening_api.v1 import screening_pb2 as pb

from bench.population import Population
from bench.report import Report, finish
from bench.targets import Target, running_server, screening_command
from bench.wire_form import check_request
from screening.importers import FORMATS
from screening.model import Identity, Notice, SubjectKind

__all__ = ["main"]

_CALLER = "spiffe://screening.example/XGR/bureau"  # Of the demo register: sees every database in full.


def main(arguments: list[str]) -> int:
    """Imports, serves, asks, counts."""
    options = _options(arguments)
    lists = Path(options.lists)
    un = sorted(lists.glob("un_consolidated_*.xml.gz"))
    ofac = sorted(lists.glob("ofac_sdn_*.csv.gz"))
    if not un or not ofac:
        print("no UN and OFAC files in the folder of --lists")
        return 2
    with TemporaryDirectory(prefix="screening-lists-") as folder:
        data = Path(folder) / "data"
        screening_command("init", "--data", str(data))
        screening_command("import", "un-xml", *map(str, un), "--data", str(data))
        screening_command("import", "ofac-sdn", *map(str, ofac), "--data", str(data))
        asked = list(_alias_checks(FORMATS["un-xml"](un)))
        travellers = list(_traveller_checks(options.travellers, options.seed))
        with running_server(data, workers=2) as target:
            answers = _answers(Path(folder), data, target, [check for check, _ in asked])
            strangers = _answers(Path(folder), data, target, travellers)
    result = {**_recall(asked, answers), **_alerts(strangers)}
    return finish(Report(name="lists", result=result, columns=("what", "value"), rows=list(result.items())))


def _alias_checks(notices: Iterable[object]) -> Iterator[tuple[pb.CheckRequest, str]]:
    """Each further name of each individual, once with the first recorded birth date and once without."""
    for notice in notices:
        if isinstance(notice, Notice) and notice.subject_kind is SubjectKind.PERSON:
            for number, identity in enumerate(notice.identities):
                for name in identity.names[1 if number == 0 else 0 :]:
                    for dated in (True, False):
                        yield _check(notice, identity, name.text, dated), notice.notice_id


def _check(notice: Notice, identity: Identity, name: str, dated: bool) -> pb.CheckRequest:
    check = pb.CheckRequest(purpose=pb.PURPOSE_POLICE_CHECK, operator=pb.Operator(user="bench"))
    check.request_id = "dated" if dated else "name"
    check.subject.names.add(full=name)
    dates = identity.birth_dates or notice.identities[0].birth_dates
    if dated and dates:
        first = dates[0]
        check.subject.birth_date.CopyFrom(pb.PartialDate(year=first.year, month=first.month, day=first.day))
    return check


def _traveller_checks(count: int, seed: int) -> Iterator[pb.CheckRequest]:
    for kind in ("dated", "name"):
        for traveller in Population(seed).travellers(count):
            check = check_request(traveller, kind)
            check.purpose = pb.PURPOSE_POLICE_CHECK
            del check.documents[:]
            if kind == "name":
                check.subject.ClearField("birth_date")
            yield check


def _answers(folder: Path, data: Path, target: Target, checks: list[pb.CheckRequest]) -> list[pb.CheckResult]:
    asked, answered = folder / "checks.jsonl", folder / "answers.jsonl"
    with asked.open("w", encoding="utf-8") as lines:
        lines.writelines(json_format.MessageToJson(check, indent=None) + "\n" for check in checks)
    words = ("--out", str(answered), "--data", str(data), "--address", target.address, "--caller", _CALLER)
    screening_command("check-file", str(asked), *words)
    with answered.open(encoding="utf-8") as lines:
        return [json_format.Parse(line, pb.CheckResult()) for line in lines]


def _recall(asked: list[tuple[pb.CheckRequest, str]], answers: list[pb.CheckResult]) -> dict[str, object]:
    counts = {kind: [0, 0] for kind in ("dated", "name")}
    for (check, expected), answer in zip(asked, answers, strict=True):
        count = counts[check.request_id]
        count[0] += 1
        count[1] += any(match.notice_id == expected for match in answer.response.matches)
    return {
        "un_alias_checks": counts["name"][0],
        "un_alias_recall_name": counts["name"][1] / max(1, counts["name"][0]),
        "un_alias_recall_dated": counts["dated"][1] / max(1, counts["dated"][0]),
    }


def _alerts(answers: list[pb.CheckResult]) -> dict[str, object]:
    found = dict.fromkeys(("dated", "name"), 0)
    for answer in answers:
        found[answer.request_id] += bool(answer.response.matches)
    travellers = len(answers) // 2
    return {
        "travellers": travellers,
        "traveller_alerts_name": found["name"],
        "traveller_alerts_dated": found["dated"],
        "traveller_alerts_per_mille_name": 1000 * found["name"] / max(1, travellers),
        "traveller_alerts_per_mille_dated": 1000 * found["dated"] / max(1, travellers),
    }


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench lists", description=__doc__)
    parser.add_argument("--lists", default="../shared/data/lists", help="folder with the UN and OFAC files")
    parser.add_argument("--travellers", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(arguments)
