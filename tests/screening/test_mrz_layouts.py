"""The layout tables: they tile the zone."""

from __future__ import annotations

import pytest

from screening.mrz_layouts import LAYOUTS, MrzFormat, field_at, layout_of


@pytest.mark.parametrize("mrz_format", MrzFormat)
def test_every_position_belongs_to_exactly_one_field(mrz_format: MrzFormat) -> None:
    """Spans and check digits of a layout tile the zone: no position is read twice, none is ignored."""
    layout = LAYOUTS[mrz_format]
    spans = (
        layout.document_code, layout.issuing_country, layout.name, layout.number, layout.nationality,
        layout.birth_date, layout.expiry_date, layout.optional, layout.optional_2,
    )  # fmt: skip
    singles = (layout.number_check, layout.birth_date_check, layout.sex, layout.expiry_date_check,
               layout.optional_check, layout.composite_check)  # fmt: skip
    positions = [at for span in spans for at in range(span.start, span.stop)]
    positions += [at for at in singles if at is not None]
    assert sorted(positions) == list(range(layout.line_count * layout.line_length))


@pytest.mark.parametrize("mrz_format", MrzFormat)
def test_layouts_are_found_by_shape_and_first_letter(mrz_format: MrzFormat) -> None:
    """Each format is found again by the length of its zone and the first letter of its document code."""
    layout = LAYOUTS[mrz_format]
    zone = layout.code_letters[0].ljust(layout.line_count * layout.line_length, "<")
    assert layout_of(zone) is layout
    assert layout_of(zone + "<") is None


def test_a_check_digit_belongs_to_the_field_it_checks() -> None:
    """A doubt about a check digit is a doubt about its field."""
    layout = LAYOUTS[MrzFormat.TD3]
    assert field_at(layout, layout.number_check) == "number"
    assert field_at(layout, 87) == "composite"
    assert field_at(layout, layout.sex) == "sex"
    assert field_at(layout, 5) == "name"
