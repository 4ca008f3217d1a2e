"""Values that questions and notices have in common. (What is refused at which path: test_wire.py.)"""

from __future__ import annotations

import pytest
from screening_api.v1 import screening_pb2 as pb

from screening.errors import InvalidQueryError
from screening.model import NameQuality, Sex
from screening.wire_fields import Violations, countries, country, enum_value, name, required_enum, text


def test_nothing_noted_raises_nothing() -> None:
    """raise_any speaks only of what was added."""
    Violations().raise_any()
    violations = Violations()
    violations.add("a.b", "is required")
    with pytest.raises(InvalidQueryError, match=r"a\.b: is required"):
        violations.raise_any()


def test_zero_is_not_stated_unless_it_is_required() -> None:
    """The default stands in; a required one is a violation."""
    violations = Violations()
    assert enum_value(Sex, 0, "sex", violations, Sex.X) is Sex.X
    violations.raise_any()
    assert required_enum(Sex, 0, "sex", violations, Sex.X) is Sex.X
    with pytest.raises(InvalidQueryError):
        violations.raise_any()


def test_countries_are_compared_by_one_code_each_once() -> None:
    """D and DEU are one country; lower case is read; no code is no country."""
    violations = Violations()
    assert countries(["D", "deu", "", "UTO"], "n", 8, violations) == ("DEU", "UTO")
    assert country("", "c", violations) == ""
    violations.raise_any()


@pytest.mark.parametrize("code", ["Q9Q", "ß", "ﬀ", "  ", "D E", "U\u200fT"])
def test_what_is_no_country_code_is_a_violation(code: str) -> None:
    """Also where upper case has more letters than the code had."""
    violations = Violations()
    country(code, "c", violations)
    with pytest.raises(InvalidQueryError):
        violations.raise_any()


def test_text_is_stripped_and_an_absent_one_is_nothing() -> None:
    """Spaces at the ends say nothing."""
    violations = Violations()
    assert text("  a b ", "t", 7, violations) == "a b"
    assert text("", "t", 7, violations) == ""
    violations.raise_any()


def test_a_name_keeps_its_parts_and_takes_the_quality_it_is_read_with() -> None:
    """Quality is the source's where stated, else the one of its place in the identity."""
    violations = Violations()
    read = name(pb.Name(family="Beispiel", given="Erika"), "n", violations, NameQuality.ALIAS)
    assert (read.family, read.given, read.quality) == ("Beispiel", "Erika", NameQuality.ALIAS)
    weak = name(pb.Name(full="7", quality=pb.NAME_QUALITY_WEAK), "n", violations)
    assert weak.quality is NameQuality.WEAK
    violations.raise_any()
