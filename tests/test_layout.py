"""The house keeps its shape: what may import what, what is named where, how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_PROTO = _ROOT / "proto" / "screening_api" / "v1"
_PACKAGES = ("screening", "indexes", "bench")
_LINES_MAX = 500  # A file that is longer holds more than one concept; the house aims at 400.
_NAMES_REFUSED = {"utils", "helpers", "common", "misc", "manager"}  # They say nothing about what a file holds.
# Started by their name rather than imported: `python -m` of a package, and the tool that makes the frozen tables.
_STARTED = {"screening/__main__.py", "bench/__main__.py", "indexes/lexicon/compile.py"}
# What ties the tree to one machine or network.
_MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp|root|home)/|pypi\.org|files\.pythonhosted")


def _sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (_ROOT / folder).rglob("*.py"))


def _modules() -> list[Path]:
    return [path for path in _sources(*_PACKAGES) if path.name != "__init__.py"]


def _named(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix()


def _imports(path: Path) -> set[str]:
    """Every dotted name that a file imports, names taken from modules included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_import_contracts() -> None:
    """The contracts of pyproject.toml hold: indexes know no caller, decisions touch no clock, socket or file."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_kernels_know_arrays_only() -> None:
    """Kernels import numba, numpy, one another, and how document numbers are packed."""
    allowed = ("indexes.kernels", "indexes.packing", "numba", "numpy", "__future__", "enum", "math", "typing")
    foreign = {
        f"{_named(path)}: {name}"
        for path in _modules()
        if path.parent.name == "kernels"
        for name in _imports(path)
        if not name.startswith(allowed)
    }
    assert not foreign


def test_nothing_imports_bench_or_tests() -> None:
    """What is measured does not depend on the measuring: no module imports bench or tests."""
    guilty = [
        _named(path)
        for path in _sources("screening", "indexes")
        if any(name.split(".")[0] in ("bench", "tests") for name in _imports(path))
    ]
    assert not guilty


def test_file_names_say_something() -> None:
    """No file is named for being useful."""
    assert not [_named(path) for path in _sources(*_PACKAGES, "tests") if path.stem in _NAMES_REFUSED]


def test_files_are_short() -> None:
    """No file is longer than a concept needs."""
    lengths = {_named(path): len(path.read_text("utf-8").splitlines()) for path in _sources(*_PACKAGES, "tests")}
    assert not {name: length for name, length in lengths.items() if length > _LINES_MAX}


def test_every_module_says_what_it_is() -> None:
    """Every module opens with a docstring."""
    assert not [_named(path) for path in _modules() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]


def test_public_names_exist() -> None:
    """What a module lists in __all__ is defined or imported there."""
    missing = []
    for path in _sources(*_PACKAGES):
        tree = ast.parse(path.read_text("utf-8"))
        listed = [name for node in tree.body if _assigns_all(node) for name in ast.literal_eval(node.value)]
        text = path.read_text("utf-8")
        missing += [f"{_named(path)}: {name}" for name in listed if len(re.findall(rf"\b{name}\b", text)) < 2]
    assert not missing


def _assigns_all(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)


def test_no_module_is_unused() -> None:
    """Every module is imported by another one, or is started by its name."""
    imported = {name for path in _sources(*_PACKAGES) for name in _imports(path)}
    unused = {_named(path) for path in _modules() if _named(path)[:-3].replace("/", ".") not in imported}
    assert unused <= _STARTED | _named_in_code()


def _named_in_code() -> set[str]:
    """Modules started or loaded by name: by make, by the installed command, or by a string in their package."""
    starters = "".join((_ROOT / name).read_text("utf-8") for name in ("Makefile", "pyproject.toml"))
    loaded = {_named(path) for path in _modules() if _named(path)[:-3].replace("/", ".") in starters}
    for folder in _PACKAGES:
        text = "".join(path.read_text("utf-8") for path in (_ROOT / folder).glob("*.py"))
        strings = {string.split(".")[-1] for string in re.findall(r"[\"']([\w.]+)[\"']", text)}
        loaded |= {_named(path) for path in _modules() if _named(path).startswith(folder) and path.stem in strings}
    return loaded


def test_the_map_names_every_module() -> None:
    """ARCHITECTURE.md names every module of the three packages, and no module that does not exist."""
    text = (_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w./]+)`", text))
    stems = {name.removesuffix(".py").split("/")[-1] for name in named}
    assert not {_named(path) for path in _modules() if path.stem not in stems and not path.stem.startswith("__")}
    gone = {name for name in named if name.endswith(".py") and "/" in name and not (_ROOT / name).exists()}
    assert not gone


def test_nothing_names_a_machine() -> None:
    """No file of the tree holds a path or an address of the machine it was written on."""
    endings = {".py", ".toml", ".md", ".proto", ".json", ".jsonl", ".txt", ".sh"}
    files = [path for folder in (*_PACKAGES, "tests", "proto") for path in (_ROOT / folder).rglob("*")]
    files += [path for path in _ROOT.iterdir() if path.is_file()]
    named = [_named(path) for path in files if path.suffix in endings and _MACHINE.search(path.read_text("utf-8"))]
    assert [name for name in named if name != _named(Path(__file__))] == []


def test_generated_code_is_up_to_date(tmp_path: Path) -> None:
    """Generating the code from the proto file again gives the files that stand beside it, byte for byte."""
    protoc = pytest.importorskip("grpc_tools.protoc")
    include = Path(protoc.__file__).parent / "_proto"
    google = Path(pytest.importorskip("google.rpc").__path__[0]).parents[1]
    arguments = [
        f"-I{_ROOT / 'proto'}",
        f"-I{include}",
        f"-I{google}",
        f"--python_out={tmp_path}",
        f"--pyi_out={tmp_path}",
    ]
    assert protoc.main(["protoc", *arguments, "screening_api/v1/screening.proto"]) == 0
    for generated in (tmp_path / "screening_api" / "v1").iterdir():
        assert generated.read_bytes() == (_PROTO / generated.name).read_bytes(), generated.name
