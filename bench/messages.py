"""Prepared messages in a file: made once by the parent, read by client processes, sent as raw bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from screening_api.v1 import screening_pb2

from bench.population import Traveller
from bench.wire_form import check_request

__all__ = ["Messages", "read_messages", "write_messages"]

_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """Serialised messages of `checks_each` checks; `expected` maps a check's number to the notice it must find."""

    bodies: tuple[bytes, ...]
    checks_each: int
    expected: dict[int, str]
    phenomena: dict[int, str]


def write_messages(travellers: Iterable[Traveller], path: Path, *, checks_each: int, enclosed: bool) -> None:
    """Writes one message for every `checks_each` travellers, and `path` + ".json" with what they must find.

    `enclosed` makes CheckBatchRequest (equal on the wire to CheckStreamRequest), else CheckRequest. The request_id of a
    check is its number; a last, incomplete message is left out.
    """
    expected, phenomena = {}, {}
    pending: list[screening_pb2.CheckRequest] = []
    with path.open("wb") as out:
        for number, traveller in enumerate(travellers):
            if traveller.expected_notice_id is not None:
                expected[number], phenomena[number] = traveller.expected_notice_id, traveller.phenomenon
            pending.append(check_request(traveller, str(number)))
            if len(pending) == checks_each:
                message = screening_pb2.CheckBatchRequest(checks=pending) if enclosed else pending[0]
                body = message.SerializeToString()
                out.write(_LENGTH.pack(len(body)) + body)
                pending.clear()
    side = {"checks_each": checks_each, "expected": expected, "phenomena": phenomena}
    Path(f"{path}.json").write_text(json.dumps(side), "utf-8")


def read_messages(path: Path) -> Messages:
    """Reads what `write_messages` wrote."""
    content = path.read_bytes()
    bodies, at = [], 0
    while at < len(content):
        (length,) = _LENGTH.unpack_from(content, at)
        bodies.append(content[at + 4 : at + 4 + length])
        at += 4 + length
    side = json.loads(Path(f"{path}.json").read_text("utf-8"))
    return Messages(
        bodies=tuple(bodies),
        checks_each=side["checks_each"],
        expected={int(number): notice for number, notice in side["expected"].items()},
        phenomena={int(number): name for number, name in side["phenomena"].items()},
    )
