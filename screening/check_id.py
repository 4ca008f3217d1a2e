"""Names for checks: UUID version 7 (RFC 9562 section 5.7), so that they sort by time."""

from __future__ import annotations

from screening.model import CheckId

__all__ = ["RANDOM_BYTES", "check_id"]

RANDOM_BYTES = 10


def check_id(time_ms: int, noise: bytes) -> CheckId:
    """time_ms: milliseconds since 1970, below 2**48; noise: RANDOM_BYTES random bytes, of which 74 bits are used."""
    random_bits = int.from_bytes(noise, "big")
    high = random_bits >> 64 & 0xFFF
    low = random_bits & 0x3FFFFFFFFFFFFFFF
    number = time_ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    text = f"{number:032x}"
    return CheckId(f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}")
