"""Country codes and document numbers as integers whose order is the order of the text."""

from __future__ import annotations

import numpy as np
from numba import njit

from indexes.kernels.array_types import Int32Array, UInt8Array, UInt16Array, UInt64Array

__all__ = [
    "MAX_EXACT_CHARS",
    "SYMBOLS",
    "number_symbols",
    "pack_countries",
    "pack_country",
    "pack_number",
    "pack_numbers",
    "pack_symbols",
    "unpack_country",
]

SYMBOLS = 37  # Nothing, 0-9, A-Z.
MAX_EXACT_CHARS = 12  # 37**12 < 2**63: up to here the packed number is the number; longer ones are hashed.
_LONG = np.uint64(1 << 63)
_FNV_START = np.uint64(0xCBF29CE484222325)
_FNV_PRIME = np.uint64(0x100000001B3)


def pack_country(code: str) -> int:
    """Up to three letters A-Z as a number in 1..19682; 0 for "". Raises ValueError for anything else."""
    if len(code) > 3 or not all("A" <= letter <= "Z" for letter in code):
        raise ValueError("a country code is up to three letters A-Z")
    value = 0
    for letter in code.ljust(3, "@"):
        value = value * 27 + ord(letter) - 64
    return value if code else 0


def unpack_country(value: int) -> str:
    """The code that packed to `value`; "" for 0."""
    letters = [chr(64 + value // step % 27) for step in (729, 27, 1)]
    return "".join(letters).rstrip("@")


@njit(cache=True, nogil=True)
def number_symbols(text: UInt8Array, start: int, end: int, out: UInt8Array) -> int:
    """Writes the letters and digits of text[start:end] as 1..36 to `out`, the rest left out; returns how many.

    Upper and lower case are one; separators (space, hyphen, `<`, slash, dot) and leading-zero meaning are not touched:
    leading zeros stay. At most out.size symbols are written.
    """
    count = 0
    for i in range(start, end):
        byte = text[i]
        symbol = 0
        if 48 <= byte <= 57:
            symbol = byte - 47
        elif 65 <= byte <= 90:
            symbol = byte - 54
        elif 97 <= byte <= 122:
            symbol = byte - 86
        if symbol > 0 and count < out.size:
            out[count] = symbol
            count += 1
    return count


@njit(cache=True, nogil=True)
def pack_symbols(symbols: UInt8Array, count: int) -> np.uint64:
    """Symbols 1..36 as one number: left-aligned base 37 up to MAX_EXACT_CHARS, a marked 63-bit hash beyond.

    Left-aligned, so that numbers with a common beginning are neighbours. Two long numbers share a hash with
    probability 2**-63; such a pair is compared no further.
    """
    if count <= MAX_EXACT_CHARS:
        value = np.uint64(0)
        for i in range(MAX_EXACT_CHARS):
            value = value * np.uint64(SYMBOLS) + np.uint64(symbols[i] if i < count else 0)
        return value
    value = _FNV_START
    for i in range(count):
        value = (value ^ np.uint64(symbols[i])) * _FNV_PRIME
    value ^= value >> np.uint64(29)
    return (value * np.uint64(0xBF58476D1CE4E5B9)) | _LONG


@njit(cache=True, nogil=True)
def _pack_all(text: UInt8Array, starts: Int32Array, out: UInt64Array) -> None:
    symbols = np.empty(64, np.uint8)
    for i in range(starts.size - 1):
        out[i] = pack_symbols(symbols, number_symbols(text, starts[i], starts[i + 1], symbols))


def pack_numbers(text: UInt8Array, starts: Int32Array) -> UInt64Array:
    """Document numbers in Arrow's string layout, (n + 1,) starts, to (n,) packed numbers. Cost: some 20 ns each."""
    out = np.empty(starts.size - 1, np.uint64)
    _pack_all(text, starts, out)
    return out


def pack_number(number: str) -> int:
    """One document number, packed; characters other than ASCII letters and digits are left out."""
    text = np.frombuffer(number.encode("ascii", "ignore") or b" ", np.uint8)
    return int(pack_numbers(text, np.array([0, text.size], np.int32))[0])


@njit(cache=True, nogil=True)
def _pack_codes(text: UInt8Array, starts: Int32Array, out: UInt16Array) -> None:
    for i in range(starts.size - 1):
        value = 0
        for k in range(3):
            at = starts[i] + k
            value = value * 27 + (text[at] - 64 if at < starts[i + 1] else 0)
        out[i] = value


def pack_countries(text: UInt8Array, starts: Int32Array) -> UInt16Array:
    """Country codes in Arrow's string layout, each empty or up to three letters A-Z, to (n,) packed codes."""
    out = np.empty(starts.size - 1, np.uint16)
    _pack_codes(text, starts, out)
    return out
