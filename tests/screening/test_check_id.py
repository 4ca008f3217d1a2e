"""Names for checks: UUID version 7, sortable by time."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from screening.check_id import RANDOM_BYTES, check_id

NOISE = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
TIMES = st.integers(0, 2**48 - 1)


@given(TIMES, NOISE)
def test_it_is_a_uuid_of_version_7_that_holds_the_time(time_ms: int, noise: bytes) -> None:
    """RFC 9562 section 5.7: 48 bits of milliseconds, version 7, variant 10."""
    text = check_id(time_ms, noise)
    parsed = uuid.UUID(text)
    assert str(parsed) == text
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == time_ms


@given(TIMES, TIMES, NOISE, NOISE)
def test_later_checks_sort_later(first: int, second: int, noise: bytes, other: bytes) -> None:
    """As text, whatever the noise."""
    if first < second:
        assert check_id(first, noise) < check_id(second, other)


def test_noise_makes_the_difference_within_a_millisecond() -> None:
    """74 bits of it are used."""
    assert len({check_id(7, bytes([n] * RANDOM_BYTES)) for n in range(256)}) == 256
