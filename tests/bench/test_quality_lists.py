"""Questions about listed persons; all of them here are invented."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bench.quality_lists import (
    ListQuestion,
    alias_questions,
    band_of,
    native_questions,
    read_lists,
    script_of,
    wrong_dates,
)
from bench.quality_matchers import Person
from screening.model import Date, Name

_UN = """<CONSOLIDATED_LIST>
<INDIVIDUAL><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER><FIRST_NAME>FICTIO</FIRST_NAME><SECOND_NAME>NEMO</SECOND_NAME>
<NAME_ORIGINAL_SCRIPT>فكتيو نمو</NAME_ORIGINAL_SCRIPT>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Fictio Nemmo</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>fictio nemo</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Nobody</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><DATE>1961-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>
<ENTITY><REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER><FIRST_NAME>INVENTED TRADING</FIRST_NAME></ENTITY>
</CONSOLIDATED_LIST>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "un_consolidated_1.xml.gz").write_bytes(gzip.compress(_UN.encode()))
    return tmp_path


def test_only_the_primary_name_is_recorded_and_strong_aliases_ask(folder: Path) -> None:
    """Weak aliases, organisations and names that differ in case alone are left out."""
    lists = read_lists(folder)
    assert [person.names[0].text for person in lists.recorded] == ["FICTIO NEMO"]
    questions = alias_questions(lists)
    assert [(one.person.names[0].text, one.band) for one in questions] == [
        ("فكتيو نمو", "other script"),
        ("Fictio Nemmo", "90-100"),
    ]
    assert all(one.row == 0 and one.person.birth_dates for one in questions)


def test_the_way_back_records_the_native_name(folder: Path) -> None:
    """And asks by the Latin one."""
    recorded, questions = native_questions(read_lists(folder))
    assert recorded[0].names[0].text == "فكتيو نمو"
    assert [(one.person.names[0].text, one.script) for one in questions] == [("FICTIO NEMO", "Arabic")]


def test_a_folder_without_lists_is_said(tmp_path: Path) -> None:
    """So that the bench can leave the part out."""
    with pytest.raises(FileNotFoundError):
        read_lists(tmp_path)


@pytest.mark.parametrize(
    ("recorded", "asked", "band"),
    [
        ("DOE, Fictio", "Fictio Doe", "same words"),
        ("Fictio Doe", "Fictio Dohe", "90-100"),
        ("Fictio Doe", "Zyx Wvut", "below 60"),
        ("Fictio Doe", "Фиктио Доу", "other script"),
    ],
)
def test_names_are_put_into_bands(recorded: str, asked: str, band: str) -> None:
    """By words in Latin letters, whatever their order, or by script."""
    assert band_of(recorded, asked) == band


def test_scripts_are_told_by_their_letters() -> None:
    """Japanese written with Han characters alone is Han."""
    assert [script_of(text) for text in ("José", "משה", "김영수", "王明", "さくら")] == [
        "Latin",
        "Hebrew",
        "Hangul",
        "Han",
        "Kana",
    ]


def test_wrong_dates_take_turns_and_are_wrong() -> None:
    """A date without a day has none; each kind differs from every listed date."""
    person = Person(names=(Name(full="Fictio Doe"),), birth_dates=(Date(year=1961, month=2, day=3),))
    question = ListQuestion(person=person, row=0, band="same words", script="Latin")
    made = [wrong_dates(question, number) for number in range(6)]
    assert [own[0] for own in made if own] == [
        "day and month swapped",
        "1 January",
        "year +1",
        "year -1",
        "year +2",
        "year -2",
    ]
    assert all(own and own[1].person.birth_dates != person.birth_dates for own in made)
    vague = ListQuestion(
        person=Person(names=person.names, birth_dates=(Date(year=1961),)), row=0, band="", script="Latin"
    )
    assert wrong_dates(vague, 0) is None
