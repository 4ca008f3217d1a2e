"""Every plausible Latin form of a token, script by script."""

import pytest

from indexes.sound import sound_keys
from indexes.transliterate import MAX_FORMS, keys_of, latin_forms, script_of


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("müller", "mueller muller muxxller"),
        ("jørgen", "joergen jorgen"),
        ("ångström", "aangstroem angstrom"),
        ("peña", "pena penxxa"),
        ("þórður".replace("ó", "o"), "thordur"),
        ("łukasz", "lukasz"),
        ("đorđe", "dorde djordje"),
        ("şahin", "sahin shahin"),
        ("muxxller", "muller mueller"),
        ("penxxa", "pena"),
    ],
)
def test_doc_9303_3_section_6_table_a_latin_letters(text: str, forms: str) -> None:
    """National Latin letters get the spellings that table A allows, and MRZ codes are read back."""
    assert set(forms.split()) <= set(latin_forms(text))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("щербаков", "shcherbakov schtscherbakow"),
        ("юлия", "yuliya iuliia julija"),
        ("дмитрий", "dmitry dmitrii dmitrij"),
        ("хрущёв", "khrushchyov khrushchev"),
        ("евгений", "evgeny yevgeny evgenii"),
        ("чайковский", "chaykovsky tschajkowsky tchaikovskii"),
        ("григорій", "hryhory hryhorii"),
        ("ђорђевић", "djordjevic"),
        ("гитлер", "gitler hitler"),
    ],
)
def test_doc_9303_3_section_6_table_b_cyrillic(text: str, forms: str) -> None:
    """Cyrillic is written as passports and lists in English, German and French do, national letters by language."""
    assert set(forms.split()) <= set(latin_forms(text))


@pytest.mark.parametrize(("coded", "meant"), [("mxhmwd", "mahmoud"), ("xkhald", "khalid"), ("xhsyn", "hussein")])
def test_doc_9303_3_section_6_table_c_arabic_codes_are_decoded(coded: str, meant: str) -> None:
    """A token in the X-digraphs of table C sounds like the name as others write it."""
    forms = latin_forms(coded)
    assert len(forms) > 1
    assert set(keys_of(coded, forms)) & set(sound_keys(meant))


@pytest.mark.parametrize("name", ["alexis", "max", "xavier", "felix", "hoxha", "xenia", "dixon"])
def test_names_with_an_x_are_not_taken_for_codes(name: str) -> None:
    """X in names of Europe and Albania stays X."""
    assert latin_forms(name)[0] == name
    assert len(latin_forms(name)) == 1


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("محمد", "mohammed"), ("محمد", "mehmet"), ("يوسف", "youssef"), ("يوسف", "yusuf"), ("حسين", "hussein"),
        ("حسين", "hoseyn"), ("خالد", "khalid"), ("خالد", "haled"), ("جمال", "gamal"), ("جمال", "djamal"),
        ("تشيرياكو", "ciriaco"), ("پرویز".replace("ی", "ي"), "parviz"), ("יוסף", "yosef"), ("משה", "moshe"),
        ("אברהם", "avraham"), ("כהן", "cohen"), ("철수", "cheolsu"), ("コールマン", "coleman"),
        ("カーン", "kern"), ("नरेन्द्र", "narendra"), ("ვახტანგ", "vakhtang"), ("Βασίλης".lower(), "vasilis"),
    ],
)  # fmt: skip
def test_a_foreign_token_shares_a_key_with_its_latin_spelling(text: str, latin: str) -> None:
    """Where letters cannot agree because vowels or letters are missing, the sound does."""
    assert set(keys_of(text, latin_forms(text))) & set(sound_keys(latin))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("김", "kim gim"), ("이", "lee yi rhee"), ("박", "park pak bak"), ("최", "choi choe"),
        ("정", "jung jeong chung"),
        ("철수", "cheolsu chulsoo chulsu cholsu"), ("晓明", "xiaoming hsiaoming"), ("曉明", "xiaoming"),
        ("张", "zhang chang cheung"),
        ("陳", "chen chan tan"), ("田中", "tanaka"), ("佐藤", "sato"), ("おおの", "ono oono ohno"),
        ("しょうじ", "shoji shouji syozi"),
        ("ウィリアム", "wiriamu wiliamu"), ("ヴィクトル", "vikutoru"), ("παπαδοπουλοσ", "papadopoulos"),
        ("μπακογιαννησ", "bakogiannis"),
        ("नरेन्द्र", "narendra"), ("สมชาย", "smchay"), ("גולדה", "golda"),
    ],
)  # fmt: skip
def test_forms_of_other_scripts(text: str, forms: str) -> None:
    """Each script gives its systems of writing and the spellings that bearers choose."""
    assert set(forms.split()) <= set(latin_forms(text))


def test_forms_are_bounded_distinct_and_plain() -> None:
    """Even a token whose every letter has alternatives keeps within the bound."""
    forms = latin_forms("üöäñšžçđåø")
    assert len(forms) == len(set(forms)) == MAX_FORMS


def test_what_cannot_be_read_has_no_form() -> None:
    """Nothing of letters or digits, no form."""
    assert latin_forms("") == ()
    assert latin_forms("—") == ()


def test_mixed_scripts_are_read_as_a_whole() -> None:
    """A Cyrillic A in a Latin name (a disguise, or a slip of the keyboard) is read as the letter it looks like."""
    assert script_of("аhmed").name == "other"
    assert latin_forms("аhmed")[0] == "ahmed"
