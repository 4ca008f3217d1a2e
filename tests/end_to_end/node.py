"""A node of the service as its operator runs it: `init`, `import`, `serve` as processes, clients over real TLS."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import grpc
from screening_api.v1 import screening_pb2 as pb

from screening.client import Client, ClientTls

NOTICES = Path(__file__).parent / "notices.jsonl"
CHECKOUT = Path(__file__).parents[2]
BORDER = "spiffe://screening.example/UTO/border"
ASYLUM = "spiffe://screening.example/XRA/asylum"
BUREAU = "spiffe://screening.example/XGR/bureau"

SECRETS = (
    "Mustermann", "Erika", "Vymyshlenskiy", "Персонаж", "الخيالي", "Nachtschatten", "Neuling", "Geheimname",
    "X01234567", "L898902C", "ERIKSSON", "officer-7", "Gate 1", "QQQQQQ", "yyyyyy",
)  # fmt: skip
"""Parts of names, numbers and operators that tests ask about, that are recorded, or that are refused."""

PATIENCE_S = 60.0  # A machine that compiles the kernels for the first time needs half a minute.


def screening(*words: str | Path, timeout_s: float = PATIENCE_S) -> subprocess.CompletedProcess[str]:
    """One command of the command line, run to its end as a process of its own."""
    command = [sys.executable, "-m", "screening", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, timeout=timeout_s, check=False)


def make_data(data: Path, notices: Path = NOTICES) -> Path:
    """A data directory with the fictitious notices."""
    for words in (("init", "--data", data), ("import", "notices-jsonl", notices, "--data", data)):
        done = screening(*words)
        assert done.returncode == 0, done.stderr
    return data


class Node:
    """A running `screening serve`. Its log is in a file; `stop` sends SIGTERM and returns the exit code."""

    def __init__(self, data: Path, *, workers: int) -> None:
        self.data = data
        self._log = data.parent / f"{data.name}.log"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "screening", "serve", "--data", str(data)),
                    *("--address", "localhost:0", "--workers", str(workers)),
                ],
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=CHECKOUT,
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline().decode()
        assert said.startswith("serving on "), self.log
        self.address = said.split()[-1]

    @property
    def log(self) -> str:
        """What the supervisor and its workers have logged until now."""
        return self._log.read_text(encoding="utf-8")

    def tls(self, caller: str = BORDER) -> ClientTls:
        """Who a caller is."""
        return ClientTls.of(self.data / "pki", caller)

    def client(self, caller: str = BORDER) -> Client:
        """A client of the project's own; retries UNAVAILABLE."""
        return Client(self.address, self.tls(caller), deadline_s=20.0)

    def channel(self, caller: str = BORDER, tls: ClientTls | None = None) -> grpc.Channel:
        """A bare channel without retries, for tests of what exactly comes over the wire."""
        options = [("grpc.enable_retries", 0), ("grpc.use_local_subchannel_pool", 1)]
        return grpc.secure_channel(self.address, (tls or self.tls(caller)).credentials(), options)

    def workers(self) -> list[int]:
        """Process ids of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return sorted(pid for pid in map(int, children.split()) if "screening.server" in _command(pid))

    def stop(self) -> int:
        """SIGTERM, and the exit code. Whatever went on before: the log holds nothing of what was asked or recorded."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE_S)
        if self.process.stdout is not None:
            self.process.stdout.close()
        for secret in SECRETS:
            assert secret not in self.log, "personal data in the log"
        return code


def raw(channel: grpc.Channel, method: str, data: bytes, timeout_s: float = 20.0) -> bytes:
    """A unary call with bytes as they are."""
    call = channel.unary_unary(f"/screening_api.v1.ScreeningService/{method}")
    answer: bytes = call(data, timeout=timeout_s)
    return answer


def check_of(
    name: str = "",
    *,
    document: str = "",
    request_id: str = "",
    purpose: int = pb.PURPOSE_BORDER_CONTROL,
    mrz: Sequence[str] = (),
) -> pb.CheckRequest:
    """A question about a name, a document (NUMBER:COUNTRY), or a machine-readable zone."""
    number, _, country = document.partition(":")
    return pb.CheckRequest(
        request_id=request_id,
        purpose=purpose,
        operator=pb.Operator(user="officer-7", location="Gate 1"),
        subject=pb.Subject(names=[pb.Name(full=name)]) if name else None,
        documents=[pb.Document(number=number, issuing_country=country, type=pb.DOCUMENT_TYPE_PASSPORT)]
        if number
        else [],
        mrz=mrz,
    )


def eventually(holds: Callable[[], bool], patience_s: float = 20.0) -> None:
    """Waits until something holds; fails where it does not within the patience."""
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, "this did not come to hold in time"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Whether a process is there and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def kill(pid: int) -> None:
    """kill -9 of one process."""
    os.kill(pid, signal.SIGKILL)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
