"""From delivered text to the zone: what is tolerated, what is reported, what is refused."""

from __future__ import annotations

import pytest

from screening.mrz_layouts import MrzError, MrzFormat
from screening.mrz_text import INPUT_CHARACTERS_MAX, read_zone

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
OLD_FRENCH = ("IDFRASPECIMEN<<<<<<<<<<<<<<<<<<<<<<<", "9506750027754ANNA<MARIA<<<<7408122F4")
ZONE = "".join(TD3)


@pytest.mark.parametrize(
    "delivered",
    [
        TD3,
        list(TD3),
        "\n".join(TD3),
        "\r\n".join(TD3) + "\r\n",
        "\n\n  " + "\n \n".join(TD3) + "\n",
        ZONE,
        ZONE.lower(),
        " ".join(ZONE),
        "\x02" + "\r".join(TD3) + "\r\x03",
        "\ufeff" + "\n".join(TD3),
        "\n".join(TD3).replace("<", "«"),
        "\n".join(TD3).replace("<<", "«"),
        (TD3[0].replace("<<", "«"), TD3[1].replace("<", "«")),
        "\n".join(TD3).replace("<", "&lt;"),
        "\n".join(TD3).replace("<", "‹"),
        "".join(chr(ord(character) + 0xFEE0) for character in ZONE),
    ],
)
def test_spelling_of_the_same_zone_does_not_matter(delivered: str | list[str]) -> None:
    """Case, spaces, line breaks, framing characters, full-width letters and forms of the filler make no difference."""
    text = read_zone(delivered)
    assert text.zone == ZONE
    assert text.layout.format is MrzFormat.TD3
    assert text.mapped == text.strange == ()


@pytest.mark.parametrize(
    ("delivered", "reason", "field"),
    [
        ("", "EMPTY", "mrz"),
        ([], "EMPTY", "mrz"),
        (" \n\t\x00", "EMPTY", "mrz"),
        ("<" * (INPUT_CHARACTERS_MAX + 1), "TOO_LONG", "mrz"),
        (TD3[:1], "LINES_MISSING", "mrz"),
        (TD1[:2], "LINES_MISSING", "mrz"),
        ((TD3[0], TD3[1][:-1]), "LINE_TOO_SHORT", "line_2"),
        ((TD3[0] + "<", TD3[1]), "LINE_TOO_LONG", "line_1"),
        ((TD1[0], TD1[1], TD1[2][:-4]), "LINE_TOO_SHORT", "line_3"),
        ((TD3[0], TD3[1][:36]), "MIXED_FORMATS", "mrz"),
        ((*TD3, TD3[1]), "SHAPE_UNKNOWN", "mrz"),
        ("ANNA ERIKSSON", "SHAPE_UNKNOWN", "mrz"),
        (ZONE[:-1], "SHAPE_UNKNOWN", "mrz"),
        ("?" * 9 + ZONE[9:], "ILLEGAL_CHARACTERS", "mrz"),
        (OLD_FRENCH, "FRENCH_IDENTITY_CARD_NOT_ICAO", "mrz"),
    ],
)
def test_refusals_name_the_reason_and_the_part(delivered: str | list[str], reason: str, field: str) -> None:
    """Text without a readable shape is refused with a stable reason and the part at fault."""
    with pytest.raises(MrzError) as caught:
        read_zone(delivered)
    assert (caught.value.reason, caught.value.field) == (reason, field)
    assert "ERIKSSON" not in str(caught.value)


def test_one_line_must_not_lend_characters_to_another() -> None:
    """A line one too long and one too short are not silently cut anew, although the sum is right."""
    with pytest.raises(MrzError):
        read_zone((ZONE[:45], ZONE[45:]))


def test_a_misread_french_card_is_still_recognised() -> None:
    """One misread letter does not turn the old French card into a TD2 document."""
    with pytest.raises(MrzError, match="FRENCH"):
        read_zone((OLD_FRENCH[0], OLD_FRENCH[1].replace("9506", "95O6")))


def test_cyrillic_lookalikes_are_mapped_and_every_place_is_told() -> None:
    """А, С, Е from a Cyrillic keyboard are read as Latin, and their offsets are reported."""
    delivered = ZONE.replace("ERIKSSON", "ЕRIКSSОN").replace("L898902C3", "L898902С3")
    text = read_zone(delivered)
    assert text.zone == ZONE
    assert text.mapped == (5, 8, 11, 44 + 7)


def test_strange_characters_stay_and_every_place_is_told() -> None:
    """A reader's reject marks stay as read, so that nothing is invented."""
    text = read_zone(ZONE.replace("L898", "L8?8"))
    assert text.zone[44:48] == "L8?8"
    assert text.strange == (46,)
