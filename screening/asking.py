"""Asking a running service from the command line: one question or a file of them, answers a person likes to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

import grpc
from google.protobuf import json_format
from grpc_status import rpc_status
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from screening_api.v1 import screening_pb2 as pb

from screening.client import Client, ClientTls, violations

__all__ = ["ask_file", "ask_one", "print_response", "request_of"]

_FILE_CHECKS = 200  # Checks of one stream message of a file: enough to share the cost, small enough to show progress.
_FILE_DEADLINE_S = 60.0
_MISUSED = pb.IDENTITY_CATEGORY_MISUSED
_SEXES = {"": pb.SEX_UNSPECIFIED, "F": pb.SEX_FEMALE, "M": pb.SEX_MALE, "X": pb.SEX_X}


def request_of(
    *,
    names: Sequence[str],
    born: str,
    sex: str,
    nationalities: Sequence[str],
    documents: Sequence[str],
    zones: Sequence[str],
    purpose: str,
    user: str,
) -> pb.CheckRequest:
    """A question from the words of the command line. Raises ValueError naming the option at fault."""
    if sex.upper() not in _SEXES:
        raise ValueError("--sex is F, M or X")
    purpose = f"PURPOSE_{purpose.upper()}"
    if purpose not in pb.Purpose.keys():  # noqa: SIM118  A wrapper, not a dict.
        raise ValueError("--purpose is none of the contract's purposes")
    request = pb.CheckRequest(
        purpose=purpose,
        operator=pb.Operator(user=user),
        documents=[_document(text) for text in documents],
        mrz=zones,
    )
    if names or born or sex or nationalities:
        request.subject.CopyFrom(
            pb.Subject(
                names=[pb.Name(full=name) for name in names],
                birth_date=_date(born) if born else None,
                sex=_SEXES[sex.upper()],
                nationalities=nationalities,
            )
        )
    return request


def ask_one(
    request: pb.CheckRequest, address: str, tls: ClientTls, out: Console, err: Console, *, as_json: bool
) -> int:
    """Asks, and prints the answer. Returns 0 for no match, 1 for matches, 2 for an error."""
    with Client(address, tls) as client:
        try:
            response = client.check(request)
        except grpc.RpcError as error:
            _print_error(error, err, address)
            return 2
    if as_json:
        print(json_format.MessageToJson(response, indent=None, preserving_proto_field_name=True))
    else:
        print_response(response, out)
    return 1 if response.matches else 0


def print_response(response: pb.CheckResponse, out: Console) -> None:
    """An answer as a table, with its reasons, and what was searched."""
    if response.matches:
        out.print(_table(response))
        if response.truncated:
            out.print(f"{response.omitted_match_count} more matches were cut off by the limit.")
        out.print("[dim]A match is a proposal: compare, and ask the source before acting.[/]")
    else:
        out.print("[green]No match.[/]")
    states = [
        f"{pb.Database.Name(item.database).removeprefix('DATABASE_')} "
        f"{pb.CoverageState.Name(item.state).removeprefix('COVERAGE_STATE_').lower().replace('_', ' ')}"
        for item in response.coverage
    ]
    out.print(f"[dim]{'; '.join(states)}. Marking: {_short(pb.Confidentiality.Name(response.marking))}.[/]")
    for remark in response.remarks:
        out.print(f"[yellow]{remark}[/]")


def ask_file(checks: Path, out: Path, address: str, tls: ClientTls, err: Console) -> int:
    """Screens a file of CheckRequest lines. Returns 0 where every line was answered, 1 where some were not, 2 where the
    service gave up: the answers until then are in the file."""
    try:
        counts = _ask_lines(checks, out, address, tls, err)
    except grpc.RpcError as error:
        _print_error(error, err, address)
        return 2
    err.print(", ".join(f"{count:,} {what}" for what, count in sorted(counts.items())) or "no checks")
    return 1 if counts["not answered"] else 0


def _ask_lines(checks: Path, out: Path, address: str, tls: ClientTls, err: Console) -> Counter[str]:
    counts: Counter[str] = Counter()
    with checks.open("rb") as lines:
        total = sum(1 for line in lines if line.strip())
    columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        checks.open("rb") as lines,
        out.open("w", encoding="utf-8") as answers,
        Client(address, tls, deadline_s=_FILE_DEADLINE_S) as client,
        Progress(*columns, console=err) as progress,
    ):
        task = progress.add_task("checking", total=total)
        numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
        while chunk := list(islice(numbered, _FILE_CHECKS)):
            for result in _answered(client, chunk):
                counts[_outcome(result)] += 1
                answers.write(json_format.MessageToJson(result, indent=None, preserving_proto_field_name=True) + "\n")
            progress.advance(task, len(chunk))
    return counts


def _answered(client: Client, chunk: list[tuple[int, bytes]]) -> Iterator[pb.CheckResult]:
    """One result for each line, in order; a line that is no CheckRequest is answered here."""
    parsed: list[pb.CheckRequest | pb.CheckResult] = []
    for number, line in chunk:
        try:
            parsed.append(json_format.Parse(line, pb.CheckRequest()))
        except (json_format.ParseError, UnicodeDecodeError, RecursionError):
            refused = pb.CheckResult(request_id=f"line-{number}")
            refused.error.code = grpc.StatusCode.INVALID_ARGUMENT.value[0]
            refused.error.message = f"line {number} is no CheckRequest in protobuf JSON"
            parsed.append(refused)
    requests = [item for item in parsed if isinstance(item, pb.CheckRequest)]
    results = iter(client.check_batch(requests) if requests else ())
    for item in parsed:
        yield next(results) if isinstance(item, pb.CheckRequest) else item


def _outcome(result: pb.CheckResult) -> str:
    if result.WhichOneof("outcome") == "error":
        return "not answered"
    return "with matches" if result.response.matches else "without"


def _table(response: pb.CheckResponse) -> Table:
    table = Table(title=None, show_lines=True)
    for heading in ("Score", "Record", "What it is", "Why"):
        table.add_column(heading)
    for match in response.matches:
        score = f"{match.score:.2f}" if match.score else "-"
        alike = _short(pb.IdentityClass.Name(match.identity_class)) if match.identity_class else ""
        record = [match.record_name, match.notice_id, _short(pb.Database.Name(match.database))]
        what = [
            _short(pb.NoticeKind.Name(match.kind)) if match.kind else "",
            _short(pb.PersonStatus.Name(match.person_status)) if match.person_status else "",
            _short(pb.Action.Name(match.action)) if match.action else "",
            "MISUSED IDENTITY: this is an innocent person's" if match.identity_category == _MISUSED else "",
            *match.caution,
            *match.handling,
            f"ask: {match.contact}",
        ]
        why = [evidence.sentence for evidence in match.evidence] or ["Something is held; ask the source."]
        # Text, not markup: names from lists may hold brackets.
        table.add_row(*(Text("\n".join(filter(None, cell))) for cell in ([score, alike], record, what, why)))
    return table


def _short(name: str) -> str:
    """DATABASE_SLTD to SLTD: the value without the name of its enumeration."""
    for prefix in ("IDENTITY_CLASS_", "DATABASE_", "NOTICE_KIND_", "PERSON_STATUS_", "ACTION_", "CONFIDENTIALITY_"):
        name = name.removeprefix(prefix)
    return name.lower().replace("_", " ") if name not in ("SLTD", "TDAWN", "SAD") else name


def _print_error(error: grpc.RpcError, err: Console, address: str) -> None:
    if error.code() is grpc.StatusCode.UNAVAILABLE and _is_unsaid(error):
        err.print(Text.assemble(("UNAVAILABLE", "red"), f": no service could be reached at {address}"), soft_wrap=True)
        return
    err.print(Text.assemble((error.code().name, "red"), f": {error.details()}"), soft_wrap=True)
    for field, description in violations(error):
        err.print(f"  {field}: {description}", markup=False)


def _date(text: str) -> pb.PartialDate:
    parts = text.split("-")
    if len(parts) > 3 or not all(part.isdigit() for part in parts):
        raise ValueError("--born is YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (*map(int, parts), 0, 0)[:3]
    return pb.PartialDate(year=year, month=month, day=day)


def _document(text: str) -> pb.Document:
    number, country, kind = (*text.split(":"), "", "")[:3]
    name = f"DOCUMENT_TYPE_{kind.upper() or 'UNSPECIFIED'}"
    if name not in pb.DocumentType.keys():  # noqa: SIM118  A wrapper, not a dict.
        raise ValueError("--document has a type that is none of the contract's")
    return pb.Document(number=number, issuing_country=country, type=name)


def _is_unsaid(error: grpc.RpcError) -> bool:
    """Whether gRPC raised the error by itself: what the service says carries details."""
    return rpc_status.from_call(cast(grpc.Call, error)) is None
