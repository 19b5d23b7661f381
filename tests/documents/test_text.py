import subprocess
import sys
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from app.documents import fonts
from app.documents.drawings import TextLine
from app.documents.page_layout import Block, Document, render
from app.documents.text import Style, UnprintableText, fit, printable, text_width, wrap
from app.domain.folding import written_sign
from app.domain.refusal import Refused
from tests.documents.calendars import joined, pages_of

STYLE = Style(10)

TEXTS = [
    "AE <grade 3> resolved",
    "dose <x mg & rest",
    "A<B and C>D &copy; </para> <img src='/etc/passwd'>",
    "Łódź, Åäö, Ωμέγα, Кириллица, 北京协和医院",
    "− ≥ ≤ ° ± × µ ² ⁹ ½ – — … “x” ✓ ☐ ▲ ◆ ○ ● → ",
    "Nguyễn Thị Đặng, Ğüşİı, Ţăşî, Ķŗā",
    "镕堃喆祎",
    "a  b   c",
]


def printed(lines: list[str], bold: bool = False) -> str:
    style = Style(10, bold)
    drawn = tuple(TextLine(0, 14.0 * (i + 1), line, style) for i, line in enumerate(lines))
    pdf = render([Document("x", Block(0), ((Block(700, drawn),),), "", "")], "x")
    return "".join(pages_of(pdf))


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_printed_is_what_was_stored(text: str, bold: bool) -> None:
    wanted = unicodedata.normalize("NFC", text)
    assert joined([wanted]) in joined([printed(wrap(text, STYLE, 400, "note"), bold)])


def test_text_is_composed() -> None:
    assert printable("A\u030a", "name") == "Å"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a\\u0000b"),
        ("a\x1bb", "a\\u001bb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb", "a\\u200bb"),
        ("a\ud800b", "a\\ud800b"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_its_code(text: str, shown: str) -> None:
    assert printable(text, "note") == shown


@pytest.mark.parametrize("character", ["😀", "𠮷", "ش", "한", "ไ"])
def test_a_missing_glyph_stops_and_names_the_field(character: str) -> None:
    with pytest.raises(UnprintableText, match="site name") as failure:
        wrap(f"north {character}{character} wing", STYLE, 400, "site name")
    assert failure.value.place == "site name"
    assert failure.value.characters == character
    assert isinstance(failure.value, Refused)
    assert written_sign(character) in str(failure.value)


def test_many_missing_glyphs_are_named_in_part() -> None:
    with pytest.raises(UnprintableText) as failure:
        printable("".join(chr(0x1F600 + i) for i in range(30)), "note")
    assert len(str(failure.value)) < 300


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=300), st.floats(30, 500))
def test_lines_fit_and_hold_the_whole_text(text: str, room: float) -> None:
    lines = wrap(text, STYLE, room, "note")
    assert all(text_width(line, STYLE) <= room + 0.01 for line in lines)
    assert joined(lines) == joined([printable(text, "note")])


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        # at 10 points a space is 2.6 wide, a digit 5.72, I 3.39, M 9.07: together 32.22 with one space
        (" 000IM", 30, ["000IM"]),
        (" 000IM", 33, [" 000IM"]),
        ("     000IM", 35, ["  000IM"]),
        ("  000IM 000IM", 33, [" 000IM", "000IM"]),
        (" 0000000 1", 30, ["00000", "00 1"]),
    ],
)
def test_an_indentation_gives_way_to_a_word_that_only_fits_without_it(text: str, room: float, lines: list[str]) -> None:
    assert wrap(text, STYLE, room, "note") == lines


@pytest.mark.parametrize("text", ["00000000U[\xa0", "\xa0" * 60, "a" + "\xa0" * 60])
def test_a_space_that_does_not_break_takes_room_as_any_character(text: str) -> None:
    lines = wrap(text, STYLE, 30, "note")
    assert "".join(lines) == text
    assert all(text_width(line, STYLE) <= 30 for line in lines)


def test_ten_thousand_characters_without_a_space() -> None:
    lines = wrap("x" * 10_000, STYLE, 300, "note")
    assert "".join(lines) == "x" * 10_000
    assert all(text_width(line, STYLE) <= 300 for line in lines)


def test_chinese_breaks_between_characters_but_not_before_a_stop() -> None:
    lines = wrap("北京协和医院临床试验中心。" * 6, STYLE, 121, "note")
    assert len(lines) > 3
    assert not any(line.startswith("。") for line in lines)


def test_fit_marks_what_it_leaves_out() -> None:
    assert fit("short", STYLE, 100, 1, "name") == (["short"], False)
    lines, cut = fit("word " * 60, STYLE, 100, 2, "name")
    assert cut
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert text_width(lines[-1], STYLE) <= 100


def test_no_standard_font_stays_in_the_file() -> None:
    pdf = render([Document("x", Block(0), ((),), "", "")], "x")
    assert b"Helvetica" not in pdf


def test_the_failure_can_be_named_without_the_pdf_library() -> None:
    code = "import sys; from app.documents.text import UnprintableText; print('reportlab' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_width_agrees_with_the_pdf_library() -> None:
    canvas = Canvas(BytesIO(), initialFontName=fonts.register())
    text = "Planned 8 Feb – Łódź"
    assert text_width(text, STYLE) == pytest.approx(canvas.stringWidth(text, fonts.register(), 10))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Bloods before cycle 4 day 1", ["Bloods before cycle 4", "day 1"]),
        ("Screened on Fri 18 Dec 2026", ["Screened on Fri 18 Dec", "2026"]),
        ("Extraordinarylongword 1", ["Extraordinarylongword", "1"]),
    ],
)
def test_a_number_goes_on_to_the_last_line_with_its_word(text: str, lines: list[str]) -> None:
    """In a column that has room for all but the number; a year may be alone, and so may what has no word before it."""
    style = Style(10)
    room = text_width(text, style) - 1
    assert wrap(text, style, room, "visit name") == lines
