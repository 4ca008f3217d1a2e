"""How two birth dates agree, by the compiled rule and by the plain one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.build import BuildDate
from indexes.kernels.birth_dates import DateValue, date_agreement
from indexes.kernels.score_weights import DateAgreement
from tests.reference import birth_dates as twin


@st.composite
def _dates(draw: st.DrawFn) -> BuildDate:
    year = draw(st.sampled_from((1, 969, 1960, 1969, 1970, 1971, 1979, 1999, 9999)))
    month = draw(st.integers(0, 12))
    day = draw(st.integers(0, 31)) if month else 0
    return BuildDate(year, min(9999, year + draw(st.sampled_from((0, 0, 0, 1, 4)))), month, day)


def _value(date: BuildDate | None) -> DateValue:
    return DateValue(date.year, date.year_max, date.month, date.day) if date else DateValue(0, 0, 0, 0)


@given(_dates(), _dates())
@settings(max_examples=800, deadline=None)
def test_same_as_the_plain_rule(a: BuildDate, b: BuildDate) -> None:
    """Two dates agree as the plain rule says, whichever of them was asked about."""
    assert date_agreement(_value(a), _value(b)) == twin.agreement(a, b) == date_agreement(_value(b), _value(a))


@given(_dates())
@settings(deadline=None)
def test_no_date(date: BuildDate) -> None:
    """Where either side has no date, nothing is known."""
    assert date_agreement(_value(None), _value(date)) == DateAgreement.UNKNOWN == twin.agreement(None, date)
    assert date_agreement(_value(date), _value(None)) == DateAgreement.UNKNOWN == twin.agreement(date, None)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((1970, 1970, 2, 3), (1970, 1970, 2, 3), DateAgreement.EXACT),
        ((1970, 1970, 0, 0), (1970, 1970, 2, 3), DateAgreement.COMPATIBLE),
        ((1968, 1972, 0, 0), (1970, 1970, 2, 3), DateAgreement.COMPATIBLE),
        ((1970, 1970, 2, 3), (1970, 1970, 3, 2), DateAgreement.SWAPPED),
        ((1970, 1970, 2, 3), (1970, 1970, 2, 13), DateAgreement.ONE_DIGIT),
        ((1970, 1970, 2, 3), (1979, 1979, 2, 3), DateAgreement.ONE_DIGIT),
        ((1970, 1970, 1, 1), (1970, 1970, 9, 28), DateAgreement.NEAR),
        ((1969, 1969, 0, 0), (1970, 1970, 2, 3), DateAgreement.NEAR),
        ((1970, 1970, 2, 3), (1970, 1970, 4, 25), DateAgreement.CONTRADICTED),
        ((1970, 1970, 2, 3), (1982, 1982, 2, 3), DateAgreement.CONTRADICTED),
    ],
)
def test_examples(a: tuple[int, int, int, int], b: tuple[int, int, int, int], expected: DateAgreement) -> None:
    """One example of each agreement, for a reader."""
    assert date_agreement(DateValue(*a), DateValue(*b)) == expected
