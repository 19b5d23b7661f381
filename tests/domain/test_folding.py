"""One folding of identifiers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import (
    folded,
    is_hidden,
    known_identifier,
    looks_same,
    nearest_identifier,
    nearly_same,
    plain_sign,
    same_identifier,
    with_hidden_written,
)

LIKE_LI_002 = {
    "en dash": "LI\u2013002",
    "em dash": "LI\u2014002",
    "no-break hyphen": "LI\u2011002",
    "minus sign": "LI\u2212002",
    "figure dash": "LI\u2012002",
    "full width": "\uff2c\uff29\uff0d\uff10\uff10\uff12",
    "zero-width space": "LI-0\u200b02",
    "word joiner": "LI-\u2060002",
    "soft hyphen": "L\u00adI-002",
    "right-to-left mark": "\u200fLI-002",
    "right-to-left override": "LI-\u202e002",
    "byte order mark": "\ufeffLI-002",
    "underscore": "LI_002",
    "low line, full width": "LI\uff3f002",
    "blank": "LI 002",
    "two blanks": "LI  002",
    "no-break space": "LI\u00a0002",
    "ideographic space": "LI\u3000002",
    "dash among blanks": "LI - 002",
    "trailing blanks": "LI-002  ",
    "trailing tab": "LI-002\t",
    "leading line break": "\nLI-002",
    "other case": "li-002",
    "Cyrillic capital": "L\u0406-002",
    "Cyrillic small": "l\u0456-002",
    "Greek capital": "L\u0399-002",
    "mathematical letters": "\U0001d40b\U0001d408-002",
    "Arabic digits": "LI-\u0660\u0660\u0662",
    "variation selector": "LI-002\ufe0f",
    "Hangul filler": "LI-002\u3164",
    "tag": "LI-002\U000e0041",
}
UNLIKE_LI_002 = [
    "LI-02",
    "LI-2",
    "LI002",
    "L1-002",
    "LI-0020",
    "LI-00\u00b2\u00b2",
    "LI\u4e00002",
    "L\u00cd-002",
    "LI.002",
]


@pytest.mark.parametrize("typed", LIKE_LI_002.values(), ids=LIKE_LI_002)
def test_what_looks_like_a_code_is_the_same_identifier(typed: str) -> None:
    assert folded(typed) == "li-002"
    assert same_identifier(typed, "LI-002")
    assert known_identifier(typed, ["LI-001", "LI-002"]) == "LI-002"


@pytest.mark.parametrize("typed", UNLIKE_LI_002)
def test_another_code_is_another_identifier(typed: str) -> None:
    assert not same_identifier(typed, "LI-002")
    assert known_identifier(typed, ["LI-001", "LI-002"]) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u00c5-1", "A\u030a-1"),
        ("\u00c5-1", "\u212b-1"),
        ("\u00e5-1", "\u00c5-1"),
        ("K-1", "\u212a-1"),
        ("STRASSE", "stra\u00dfe"),
        ("\u041d\u0412-1", "\u043d\u0432-1"),
        ("\u674e-1", "\u674e\uff0d1"),
    ],
)
def test_forms_of_one_letter_are_one_identifier(one: str, other: str) -> None:
    assert same_identifier(one, other)


@pytest.mark.parametrize(("one", "other"), [("\u00c5-1", "A-1"), ("\u674e", "\u674e\u4e00"), ("\u00d6-1", "O-1")])
def test_letters_with_marks_and_ideographs_stay_apart(one: str, other: str) -> None:
    assert not same_identifier(one, other)


def test_the_exact_identifier_comes_first_and_an_ambiguous_one_is_none() -> None:
    assert known_identifier("a-1", ["A-1", "a-1"]) == "a-1"
    assert known_identifier("a_1", ["A-1", "a-1"]) == ""
    assert known_identifier("\u200b", ["A-1"]) == ""
    assert known_identifier("", ["", "A"]) == ""


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("li001", "LI-001"),
        ("li 1", "LI-001"),
        ("LI-01", "LI-001"),
        ("MFOLFX", "MFFX"),
        ("Li-100", "LI-010"),
        ("nothing like it", ""),
        ("", ""),
        ("\u202e", ""),
    ],
)
def test_a_near_miss_is_named(typed: str, near: str) -> None:
    assert nearest_identifier(typed, ["LI-001", "LI-010", "MFFX", "AG", ""]) == near


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u00ad", "\u061c", "\u200b", "\u200f"]
)
def test_control_and_format_signs_are_hidden(sign: str) -> None:
    assert is_hidden(sign)


@pytest.mark.parametrize("sign", ["\u202e", "\u2028", "\u2066", "\ufeff", "\ud800", "\ue000", "\u3164", "\U000e0100"])
def test_marks_of_direction_and_fillers_are_hidden(sign: str) -> None:
    assert is_hidden(sign)


@pytest.mark.parametrize("sign", ["a", "-", " ", "\u00e5", "\u674e", "\u2013", "\u0301", "\U0001f642"])
def test_what_can_be_seen_is_not_hidden(sign: str) -> None:
    assert not is_hidden(sign)


@pytest.mark.parametrize(
    ("sign", "plain"),
    [
        ("\u2013", "-"),
        ("\uff2c", "L"),
        ("\u0410", "A"),
        ("\u0430", "a"),
        ("\u00a0", " "),
        ("\u0663", "3"),
        ("\u00e5", "\u00e5"),
    ],
)
def test_the_plain_sign_keeps_its_letter_case(sign: str, plain: str) -> None:
    assert plain_sign(sign) == plain


@given(st.text(max_size=30))
def test_a_folded_text_is_folded_already_and_shows_everything(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert not any(map(is_hidden, once))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_letter_case_and_form_do_not_matter(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert folded(unicodedata.normalize(form, text)) == folded(text)


@pytest.mark.parametrize(
    "other",
    [
        "LI-OO1", "LI-0o1", "LI-00l", "LI-00I", "Ll-001", "L1-001", "LI/001", "LI.001", "LI-001.", ".LI-001",
        "(LI-001)", "LI-001;", "'LI-001'", "LI - 001", "LI-001\U0001f642", "LI-001\u0301",
        "L\u0332I-001", "LI-001\ufe0f",
        "LI\\001", "LI\u2026001", "li-001",
    ],
)  # fmt: skip
def test_codes_that_are_read_as_the_same(other: str) -> None:
    assert looks_same("LI-001", other)
    assert looks_same(other, "LI-001")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LI-001", "LI-002"), ("LI-001", "IL-001"), ("LI-001", "LL-001"), ("1-11", "11-1"), ("A-1", "A1"),
        ("LI-001", "LI001"), ("LI-001", "LI-01"), ("\u00c5-1", "A-1"), ("i-1", "l-1"), ("%", "?"),
        ("\U0001f642", "\U0001f643"), ("S-10", "S-1"), ("LI-001", "LI-001-2"),
    ],
)  # fmt: skip
def test_codes_that_nobody_takes_for_each_other(one: str, other: str) -> None:
    assert not looks_same(one, other)
    assert not looks_same(other, one)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("LI-001", "LI001", True), ("LI-001", "LI-1", True), ("LI-001", "li 01", True), ("LI-001", "LIOO1", True),
        ("LI-001", "LI-001", True), ("1-11", "11-1", True), ("S-10", "S-1", False), ("LI-001", "LI-010", False),
        ("LI-001", "LI-002", False), ("LI-001", "IL-001", False), ("%", "?", False),
    ],
)  # fmt: skip
def test_codes_that_differ_by_separators_or_zeros_alone(one: str, other: str, near: bool) -> None:
    assert nearly_same(one, other) is near
    assert nearly_same(other, one) is near


def test_what_shows_nothing_is_written_out() -> None:
    assert with_hidden_written("LI\u200d-\ufe0f001 \u00c5") == "LI\\u200d-\\ufe0f001 \u00c5"
