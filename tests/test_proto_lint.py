"""The contract reads well: everything has a comment, names follow the AIPs, enums start with UNSPECIFIED."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
)

_ROOT = Path(__file__).parents[1] / "proto"
_FILE = "screening_api/v1/screening.proto"
_FIELD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_UPPER_CAMEL = re.compile(r"([A-Z][a-z0-9]*)+")
# Field numbers of descriptor.proto, of which the paths of comments consist.
_MESSAGES, _ENUMS, _SERVICES = FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, 5, 6
_FIELDS, _NESTED, _NESTED_ENUMS, _VALUES, _METHODS = 2, 3, 4, 2, 2


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> FileDescriptorProto:
    """The parsed proto file with its comments."""
    protoc = pytest.importorskip("grpc_tools.protoc")
    include = Path(protoc.__file__).parent / "_proto"
    google = Path(pytest.importorskip("google.rpc").__path__[0]).parents[1]
    out = tmp_path_factory.mktemp("proto") / "set.bin"
    arguments = [f"-I{_ROOT}", f"-I{include}", f"-I{google}", "--include_source_info", f"--descriptor_set_out={out}"]
    assert protoc.main(["protoc", *arguments, _FILE]) == 0
    return FileDescriptorSet.FromString(out.read_bytes()).file[0]


def _messages(file: FileDescriptorProto) -> Iterator[tuple[tuple[int, ...], DescriptorProto]]:
    """Every message with its path, nested ones too, but the entries of maps."""
    waiting: list[tuple[tuple[int, ...], DescriptorProto]] = [
        ((_MESSAGES, i), m) for i, m in enumerate(file.message_type)
    ]
    while waiting:
        path, message = waiting.pop()
        if not message.options.map_entry:
            yield path, message
            waiting += [((*path, _NESTED, i), nested) for i, nested in enumerate(message.nested_type)]


def _enums(file: FileDescriptorProto) -> Iterator[tuple[tuple[int, ...], EnumDescriptorProto]]:
    yield from (((_ENUMS, i), enum) for i, enum in enumerate(file.enum_type))
    for path, message in _messages(file):
        yield from (((*path, _NESTED_ENUMS, i), enum) for i, enum in enumerate(message.enum_type))


def _fields(file: FileDescriptorProto) -> Iterator[tuple[str, FieldDescriptorProto]]:
    for _, message in _messages(file):
        yield from ((message.name, field) for field in message.field)


def _everything(file: FileDescriptorProto) -> Iterator[tuple[tuple[int, ...], str]]:
    """The path and name of whatever deserves a comment."""
    for path, message in _messages(file):
        yield path, message.name
        yield from (((*path, _FIELDS, i), f"{message.name}.{field.name}") for i, field in enumerate(message.field))
    for path, enum in _enums(file):
        yield path, enum.name
        yield from (((*path, _VALUES, i), value.name) for i, value in enumerate(enum.value))
    for i, service in enumerate(file.service):
        yield (_SERVICES, i), service.name
        yield from (((_SERVICES, i, _METHODS, k), method.name) for k, method in enumerate(service.method))


def test_everything_has_a_comment(contract: FileDescriptorProto) -> None:
    """Every message, field, enum, value, service and rpc says what it means, before it or behind it (AIP-192)."""
    told = {
        tuple(location.path)
        for location in contract.source_code_info.location
        if location.leading_comments.strip() or location.trailing_comments.strip()
    }
    assert not [name for path, name in _everything(contract) if path not in told]


def test_enums_start_unspecified(contract: FileDescriptorProto) -> None:
    """The zero of every enum is its UNSPECIFIED, and all values carry the enum's name (AIP-126)."""
    for _, enum in _enums(contract):
        prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", enum.name).upper() + "_"
        assert (enum.value[0].name, enum.value[0].number) == (f"{prefix}UNSPECIFIED", 0)
        assert not [value.name for value in enum.value if not value.name.startswith(prefix)]
        assert len({value.number for value in enum.value}) == len(enum.value), enum.name


def test_names(contract: FileDescriptorProto) -> None:
    """Fields are lower_snake, types UpperCamel, and no field is named for a preposition's sake (AIP-140)."""
    assert not [f"{owner}.{field.name}" for owner, field in _fields(contract) if not _FIELD.fullmatch(field.name)]
    types = [message.name for _, message in _messages(contract)] + [enum.name for _, enum in _enums(contract)]
    assert not [name for name in types if not _UPPER_CAMEL.fullmatch(name)]
    assert not [
        f"{owner}.{field.name}"
        for owner, field in _fields(contract)
        if {"with", "for", "from", "to"} & set(field.name.split("_")[1:-1])
    ]


def test_times_and_repeated_fields(contract: FileDescriptorProto) -> None:
    """A timestamp ends in _at, _time or _of (AIP-142: here the past participle); what ends so is a timestamp."""
    for owner, field in _fields(contract):
        if field.type_name == ".google.protobuf.Timestamp":
            assert field.name.endswith(("_at", "_time", "_of")), f"{owner}.{field.name}"
        elif field.name.endswith("_at"):
            pytest.fail(f"{owner}.{field.name} is named like a time and is none")


def test_rpcs(contract: FileDescriptorProto) -> None:
    """Each rpc has messages of its own, named for it, so that one can change without the others (AIP-130)."""
    for service in contract.service:
        assert service.name.endswith("Service")
        for method in service.method:
            assert method.input_type == f".{contract.package}.{method.name}Request"
            assert method.output_type == f".{contract.package}.{method.name}Response"


def test_package_and_directory_agree(contract: FileDescriptorProto) -> None:
    """The package is the directory, with its major version last (AIP-191, AIP-215); the syntax is proto3."""
    assert contract.name == _FILE
    assert contract.package.split(".") == _FILE.split("/")[:-1]
    assert re.fullmatch(r"v\d+", contract.package.split(".")[-1])
    assert contract.syntax == "proto3"


def test_numbers_are_not_reused(contract: FileDescriptorProto) -> None:
    """Field numbers are distinct, and none stands in a reserved range."""
    for _, message in _messages(contract):
        numbers = [field.number for field in message.field]
        reserved = {number for span in message.reserved_range for number in range(span.start, span.end)}
        assert len(set(numbers)) == len(numbers)
        assert not reserved & set(numbers), message.name
