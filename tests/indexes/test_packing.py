"""Country codes and document numbers as integers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.packing import (
    MAX_EXACT_CHARS,
    pack_countries,
    pack_country,
    pack_number,
    pack_numbers,
    unpack_country,
)

_CODES = st.text("ABDGXYZ", max_size=3)
_NUMBERS = st.text("0189ABYZ", max_size=MAX_EXACT_CHARS)
_LONG = 1 << 63


def _arrow(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    _, starts, data = pa.array(texts, pa.string()).buffers()
    return np.frombuffer(data or b" ", np.uint8), np.frombuffer(starts, np.int32)[: len(texts) + 1]


@given(_CODES)
def test_country_round_trip(code: str) -> None:
    """A code packs to a number that unpacks to the code, and to 0 only where there is none."""
    assert unpack_country(pack_country(code)) == code
    assert (pack_country(code) == 0) == (code == "")
    assert pack_country(code) < 2**16


@given(st.lists(_CODES, min_size=1))
@settings(deadline=None)
def test_country_order_and_batch(codes: list[str]) -> None:
    """The order of the numbers is that of the codes, and a batch packs as its codes do one by one."""
    assert sorted(codes) == sorted(codes, key=pack_country)
    assert pack_countries(*_arrow(codes)).tolist() == [pack_country(code) for code in codes]


@pytest.mark.parametrize("code", ["uto", "U1", "É", "U O", "UTOP", "@"])
def test_no_country_code(code: str) -> None:
    """Anything but up to three letters A-Z is refused, without repeating it."""
    with pytest.raises(ValueError, match="a country code is up to three letters A-Z") as caught:
        pack_country(code)
    assert code not in str(caught.value).replace("a country code is up to three letters A-Z", "")


@given(st.lists(_NUMBERS, min_size=1))
@settings(max_examples=200, deadline=None)
def test_number_order_and_batch(numbers: list[str]) -> None:
    """Numbers of up to MAX_EXACT_CHARS keep their order, differ where they differ, and pack alike in a batch."""
    ordered = sorted(set(numbers))
    assert all(pack_number(a) < pack_number(b) for a, b in pairwise(ordered))
    assert pack_numbers(*_arrow(numbers)).tolist() == [pack_number(number) for number in numbers]


@given(_NUMBERS, st.text(" -</.'é", max_size=4), st.integers(0, MAX_EXACT_CHARS))
@settings(deadline=None)
def test_separators_and_case_say_nothing(number: str, separators: str, place: int) -> None:
    """Separators, characters that are not ASCII, and capitals make no other number; leading zeros do."""
    assert pack_number(number[:place] + separators + number[place:].lower()) == pack_number(number)
    if number and len(number) < MAX_EXACT_CHARS:
        assert pack_number("0" + number) != pack_number(number)


@given(st.text("0A9Z", min_size=MAX_EXACT_CHARS + 1, max_size=60), st.integers(0, 59), st.sampled_from("0A9Z"))
@settings(deadline=None)
def test_long_numbers(number: str, place: int, letter: str) -> None:
    """Numbers too long to pack are told apart by a hash that no short number can have."""
    other = number[: place % len(number)] + letter + number[place % len(number) + 1 :]
    assert pack_number(number) >= _LONG > pack_number(number[:MAX_EXACT_CHARS])
    assert (pack_number(other) == pack_number(number)) == (other == number)


def test_largest_short_number() -> None:
    """The largest number that is packed exactly stays below the mark of the hashed ones."""
    assert pack_number("Z" * MAX_EXACT_CHARS) == 37**MAX_EXACT_CHARS - 1 < _LONG


def test_nothing_to_pack() -> None:
    """A number without a letter or digit packs to 0, which no other number does."""
    assert pack_number("--") == pack_number("") == 0 < pack_number("0")
