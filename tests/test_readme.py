"""What README shows, runs.

Shell blocks run line by line in a folder that holds what `make demo` would have made, against a server on a free port;
the only changes are that `serve` gets that port, and what asks is told where it is.
"""

from __future__ import annotations

import gzip
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from screening.demo import prepare
from screening.importers import DOCUMENT_FORMATS, FORMATS

_ROOT = Path(__file__).parents[1]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_SHARED = Path(os.environ.get("SCREENING_SHARED_DATA", _ROOT.parent / "shared" / "data")) / "lists"
_LIST_FILES = {
    "sdn.csv": "ofac_sdn_20231228_sdn.csv.gz",
    "alt.csv": "ofac_sdn_20231228_alt.csv.gz",
    "add.csv": "ofac_sdn_20231228_add.csv.gz",
    "consolidated.xml": "un_consolidated_20260227.xml.gz",
}
_ASKS = ("screening check ", "screening check-file ")
_COMMAND_SECONDS_MAX = 120  # The first start on a machine compiles the kernels.


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", _README, re.MULTILINE | re.DOTALL)


def _shell_block_with(text: str) -> str:
    (block,) = (block for block in _blocks("sh") if text in block)
    return block


def _lines(block: str) -> list[str]:
    """Commands of a block but those about the checkout itself; a here-document is one command."""
    commands = re.findall(r"^[^\n]*<<'END'\n.*?^END$|^[^\n]+$", block, re.MULTILINE | re.DOTALL)
    return [command for command in commands if not command.startswith(("make ", ". "))]


class _Folder:
    """A user's folder, with the commands of this environment first on the path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = ""
        self._environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """One command as a shell runs it."""
        if command.startswith(_ASKS):
            command = f"{command} --address {self.address}"
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.path,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS_MAX,
            check=False,
        )

    def start(self, command: str) -> subprocess.Popen[str]:
        """`screening serve` on a free port; returns once it serves."""
        words = [*shlex.split(command), "--address", "localhost:0", "--workers", "1"]
        process = subprocess.Popen(words, cwd=self.path, env=self._environment, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        self.address = process.stdout.readline().removeprefix("serving on ").strip()
        return process


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Folder]:
    """A folder in which the block that makes a node has been followed to the letter."""
    made = _Folder(tmp_path_factory.mktemp("readme"))
    prepare(made.path / "demo-data")
    *before, serve = _lines(_shell_block_with("screening init"))
    assert serve == "screening serve"
    for command in before:
        done = made.run(command)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    process = made.start(serve)
    try:
        assert made.address, "the server did not start"
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.mark.parametrize("command", _lines(_shell_block_with("screening check --name")))
def test_every_check_that_is_shown_finds_something(folder: _Folder, command: str) -> None:
    """Each question of README has at least one match in the demo's data, which exit code 1 says."""
    done = folder.run(command)
    assert done.returncode == 1, f"{done.stdout}{done.stderr}"


def test_the_file_of_checks_is_answered(folder: _Folder) -> None:
    """The here-document, check-file and audit verify succeed, and every check of the file has a match."""
    for command in _lines(_shell_block_with("screening check-file")):
        done = folder.run(command)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    answers = (folder.path / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(answers) == 2
    assert all("record_ref" in answer for answer in answers)


def test_the_client_program_prints_its_match(folder: _Folder) -> None:
    """The Python block runs as it stands and prints the record that was found."""
    (program,) = _blocks("python")
    (folder.path / "ask.py").write_text(program.replace("localhost:50443", folder.address), encoding="utf-8")
    done = folder.run("python ask.py")
    assert done.returncode == 0, done.stderr
    assert "QUILLFEATHER" in done.stdout


def test_the_client_program_is_ten_lines_or_less() -> None:
    """Short enough to be copied without a thought; blank lines do not count."""
    (program,) = _blocks("python")
    assert len([line for line in program.splitlines() if line.strip()]) <= 10


@pytest.mark.skipif(not _SHARED.is_dir(), reason="the folder of real lists is not beside the checkout")
@pytest.mark.parametrize("command", _lines(_shell_block_with("screening import un-xml")))
def test_real_lists_are_imported_as_shown(tmp_path: Path, command: str) -> None:
    """The published files go in with the command of README; single rows may be rejected, no file is."""
    node = _Folder(tmp_path)
    for name, stored in _LIST_FILES.items():
        with gzip.open(_SHARED / stored) as source, (tmp_path / name).open("wb") as target:
            shutil.copyfileobj(source, target)
    assert node.run("screening init").returncode == 0
    done = node.run(command)
    assert done.returncode in (0, 1), done.stderr
    assert int(re.findall(r"([\d,]+) imported", done.stdout)[0].replace(",", "")) > 900


def test_every_format_is_in_the_table() -> None:
    """The table of formats names each format that `screening import` takes, and no other."""
    (table,) = re.findall(r"\| format \|.*?\n\n", _README, re.DOTALL)
    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == {*FORMATS, *DOCUMENT_FORMATS}


def test_every_make_target_that_is_shown_exists() -> None:
    """README sends nobody to a target that the Makefile does not have."""
    targets = set(re.findall(r"^([a-z-]+):", (_ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)[`\n]", _README)) <= targets


def test_every_link_leads_to_a_file() -> None:
    """Relative links name files of the tree."""
    links = re.findall(r"\]\(([^)#:]+)\)", _README)
    assert links
    assert not [link for link in links if not (_ROOT / link).exists()]


def test_continuous_integration_calls_make_test_alone() -> None:
    """.ci/run does what README shows: besides installing Python it runs `make test`."""
    script = (_ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^make .*$", script, re.MULTILINE) == ["make test"]
    assert os.access(_ROOT / ".ci" / "run", os.X_OK)
