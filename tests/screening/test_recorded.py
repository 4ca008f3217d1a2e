"""Notices as the index keeps them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from indexes.build import NEVER
from screening.model import Database, Identity, Name, Notice, NoticeKind, NoticeStatus
from screening.recorded import build_record


def _notice(expires_at: int, status: NoticeStatus = NoticeStatus.PUBLISHED) -> Notice:
    return Notice(
        notice_id="DEMO-1",
        database=Database.NOMINAL,
        kind=NoticeKind.RED,
        status=status,
        source="UTO",
        identities=(Identity(names=(Name(full="Vargo Nimbleby"),)),),
        expires_at=expires_at,
    )


@pytest.mark.parametrize(("hour", "minute"), [(0, 1), (12, 0), (23, 59)])
def test_a_record_lives_to_the_end_of_its_last_day(hour: int, minute: int) -> None:
    """A notice that expires during a day is not answered with from the next day on, and not a day too short."""
    expires = int(datetime(2026, 1, 10, hour, minute, tzinfo=UTC).timestamp())
    assert build_record(_notice(expires), b"").expires == date(2026, 1, 11).toordinal()


def test_a_record_without_expiry_never_expires() -> None:
    """No time of expiry is no expiry."""
    assert build_record(_notice(0), b"").expires == NEVER


def test_only_published_notices_are_searchable() -> None:
    """A notice that is not in force keeps its row, but no name or document of it is indexed."""
    for status in NoticeStatus:
        identities = build_record(_notice(0, status), b"").identities
        assert bool(identities) == (status is NoticeStatus.PUBLISHED)
