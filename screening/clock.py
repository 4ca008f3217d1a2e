"""The clock, in the units the service uses; passed to whoever needs the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime

__all__ = ["Clock"]


class Clock:
    """The system clock, UTC. Days change at midnight UTC for every caller alike."""

    def time_ms(self) -> int:
        """Milliseconds since 1970."""
        return time.time_ns() // 1_000_000

    def seconds(self) -> int:
        """Whole seconds since 1970."""
        return int(time.time())

    def day(self) -> tuple[int, int, int]:
        """Year, month and day."""
        now = time.gmtime()
        return now.tm_year, now.tm_mon, now.tm_mday

    def ordinal(self) -> int:
        """The day as a date ordinal (1 is 0001-01-01)."""
        return datetime.now(UTC).toordinal()
