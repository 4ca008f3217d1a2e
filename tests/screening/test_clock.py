"""The system clock in the units of the service; its four readings agree."""

from __future__ import annotations

import datetime
import time

from screening.clock import Clock


def test_all_readings_are_of_the_same_moment_in_utc() -> None:
    """Whatever the time zone of the machine."""
    clock = Clock()
    before = clock.time_ms()
    seconds = clock.seconds()
    day, ordinal = clock.day(), clock.ordinal()
    assert 0 <= seconds - before // 1000 <= 1
    assert abs(time.time() * 1000 - before) < 5_000
    assert 0 <= ordinal - datetime.date(*day).toordinal() <= 1  # Midnight may fall between the two.
    assert datetime.date.fromordinal(ordinal) == datetime.datetime.now(datetime.UTC).date()
