"""Text as it may be shown anywhere."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wording.visible import shortened, visible, visible_line

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", r"a\u001b[31mb"),
        ("a\x07", r"a\u0007"),
        ("a\x9bb", r"a\u009bb"),
        ("a\u202eb", r"a\u202eb"),
        ("\u200fa", r"\u200fa"),
        ("a\u00adb", r"a\u00adb"),
        ("a\u200bb", r"a\u200bb"),
        ("a\u2028b", r"a\u2028b"),
        ("a\rb", r"a\u000db"),
        ("a\x7f", r"a\u007f"),
        ("a\ud800", r"a\ud800"),
        ("a\U000e0041", r"a\udb40\udc41"),
        ("\ufeffa", r"\ufeffa"),
        ("Linköping 北京 – “x” 🙂", "Linköping 北京 – “x” 🙂"),
    ],
)
def test_a_hidden_sign_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == visible_line(text) == shown


def test_the_lines_of_a_note_stay_where_several_are_allowed() -> None:
    assert visible("one\n\ttwo\r\nthree") == "one\n\ttwo\nthree"
    assert visible_line("one\n\ttwo") == r"one\u000a\u0009two"


def test_every_hidden_sign_that_unicode_has_is_written_out() -> None:
    hidden = [sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) in HIDDEN]
    assert [sign for sign in hidden if visible_line(sign) == sign] == []


@given(st.text(max_size=40))
def test_nothing_hidden_is_left_and_nothing_else_is_changed(text: str) -> None:
    shown = visible_line(text)
    assert not any(unicodedata.category(sign) in HIDDEN for sign in shown)
    plain = "".join(sign for sign in text if unicodedata.category(sign) not in HIDDEN and visible_line(sign) == sign)
    assert visible_line(plain) == plain


@given(st.text(max_size=40))
def test_json_says_the_same_afterwards(text: str) -> None:
    written = visible(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(written) == json.loads(json.dumps({"text": text}))


@pytest.mark.parametrize(
    ("text", "shown"), [("", ""), ("four", "four"), ("fives", "fiv…"), ("many more than that", "man…")]
)
def test_a_long_text_is_shown_by_its_beginning(text: str, shown: str) -> None:
    assert shortened(text, 4) == shown
