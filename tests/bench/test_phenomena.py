"""Each phenomenon changes what its name says and nothing else."""

from __future__ import annotations

import pytest

from bench.draws import Draws
from bench.phenomena import PHENOMENA
from screening.model import (
    Confidentiality,
    Database,
    Date,
    Identity,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
)

FULL = Name(family="Benchdorf Zelltal", given="Utopia Anna")
NOTICE = Notice(
    notice_id="BENCH-1",
    database=Database.NOMINAL,
    kind=NoticeKind.RED,
    status=NoticeStatus.PUBLISHED,
    source="UTO",
    confidentiality=Confidentiality.FOR_OFFICIAL_USE_ONLY,
    identities=(
        Identity(
            names=(
                FULL,
                Name(full="Бенчдорф Утопия", script="Cyrl", quality=NameQuality.ALIAS),
                Name(family="Bentschdorf", given="Utopia", quality=NameQuality.ALIAS),
            ),
            birth_dates=(Date(year=1975, month=3, day=9),),
        ),
    ),
)
DATE = NOTICE.identities[0].birth_dates[0]
LONE = Notice(
    notice_id="BENCH-2",
    database=Database.NOMINAL,
    kind=NoticeKind.RED,
    status=NoticeStatus.PUBLISHED,
    source="UTO",
    identities=(Identity(names=(Name(given="Uto"),), birth_dates=(Date(year=1975, month=12, day=31),)),),
)


def present(phenomenon: str, notice: Notice = NOTICE, seed: int = 1) -> tuple[Name, Date] | None:
    return PHENOMENA[phenomenon](notice, Draws(seed, 0, 0))


@pytest.mark.parametrize(
    ("phenomenon", "name", "date"),
    [
        ("exact", FULL, DATE),
        ("order_swapped", Name(family="Utopia Anna", given="Benchdorf Zelltal"), DATE),
        ("token_missing", Name(family="Benchdorf Zelltal", given="Utopia"), DATE),
        ("tokens_joined", Name(family="Benchdorf Zelltal", given="Utopiaanna"), DATE),
        ("date_swapped", FULL, Date(year=1975, month=9, day=3)),
        ("date_year_only", FULL, Date(year=1975)),
        ("alias", Name(family="Bentschdorf", given="Utopia"), DATE),
        ("native_script", Name(full="Бенчдорф Утопия", script="Cyrl"), DATE),
        ("capitals", Name(full="BENCHDORF ZELLTAL UTOPIA ANNA"), DATE),
    ],
)
def test_a_phenomenon_does_what_its_name_says(phenomenon: str, name: Name, date: Date) -> None:
    """A phenomenon does what its name says and leaves the rest as recorded."""
    assert present(phenomenon) == (name, date)


@pytest.mark.parametrize("seed", range(20))
def test_a_typo_changes_one_letter(seed: int) -> None:
    """A typo changes the length by one at most and keeps all but one letter; the first letter stays."""
    found = present("typo", seed=seed)
    if found is None:
        return
    old, new = FULL.family + FULL.given, found[0].family + found[0].given
    assert abs(len(new) - len(old)) <= 1
    assert new != old
    assert new[0] == old[0]
    assert found[1] == DATE


@pytest.mark.parametrize("seed", range(20))
def test_swapped_letters_are_the_same_letters(seed: int) -> None:
    """Swapped letters are the same letters in another order."""
    found = present("letters_swapped", seed=seed)
    if found is not None:
        assert sorted(found[0].family + found[0].given) == sorted(FULL.family + FULL.given)
        assert found[0] != FULL


@pytest.mark.parametrize(
    "phenomenon", ["typo", "order_swapped", "token_missing", "date_swapped", "alias", "native_script"]
)
def test_a_phenomenon_that_a_notice_cannot_show_is_refused(phenomenon: str) -> None:
    """A phenomenon that a notice cannot show is refused, not made up."""
    assert present(phenomenon, LONE) is None


def test_a_wrong_day_is_a_valid_day() -> None:
    """A wrong day is another, valid day of the same month."""
    for day in range(1, 32):
        notice = Notice(
            notice_id="BENCH-3",
            database=Database.NOMINAL,
            kind=NoticeKind.RED,
            status=NoticeStatus.PUBLISHED,
            source="UTO",
            identities=(Identity(names=(FULL,), birth_dates=(Date(year=1975, month=1, day=day),)),),
        )
        found = present("date_typo", notice)
        assert found is not None
        assert 1 <= found[1].day <= 31
        assert found[1].day != day
