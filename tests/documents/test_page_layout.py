from dataclasses import replace

import pytest

from app.documents.drawings import Mark, Rule, TextLine
from app.documents.marks import Shape
from app.documents.page_layout import (
    BODY,
    FOOT,
    Block,
    Document,
    HeaderTexts,
    _footer,
    foot_text,
    free_height,
    gap,
    head_text,
    kept_together,
    paginate,
    stacked,
)
from app.documents.text import Style, text_width
from tests.documents.calendars import assert_apart

LINE = (Rule(0, 0, 1, 0),)


def block(height: float = 10.0) -> Block:
    return Block(height, LINE)


def heights(pages: list[list[Block]]) -> list[float]:
    return [sum(one.height for one in page) for page in pages]


def test_blocks_fill_a_page_before_the_next() -> None:
    assert heights(paginate([block() for _ in range(7)], 30)) == [30, 30, 10]


def test_blocks_kept_together_move_together() -> None:
    assert heights(paginate([block(), block(), *kept_together([block(), block()])], 30)) == [20, 20]


def test_what_is_kept_together_but_taller_than_a_page_is_broken() -> None:
    assert heights(paginate(kept_together([block() for _ in range(5)]), 30)) == [30, 20]


def test_a_gap_at_the_top_of_a_page_is_dropped() -> None:
    assert heights(paginate([gap(5), block(25), gap(10), block()], 30)) == [25, 10]


def test_the_head_is_repeated_on_each_page() -> None:
    head = Block(5, LINE, keep_with_next=True)
    rows = [Block(10, LINE, head=head) for _ in range(5)]
    pages = paginate([head, *rows], 30)
    assert heights(pages) == [25, 25, 15]
    assert all(page[0] is head for page in pages)


def test_nothing_is_lost() -> None:
    blocks = [Block(float(n % 7 + 1), LINE, keep_with_next=n % 3 == 0) for n in range(100)]
    assert [one for page in paginate(blocks, 20) for one in page] == blocks


def test_free_height() -> None:
    assert free_height([block(), block()], 30) == pytest.approx(10)


def test_a_block_below_another_keeps_its_distances() -> None:
    upper = Block(10, (TextLine(0, 8, "a", FOOT),), keep_with_next=True)
    lower = Block(5, (TextLine(1, 4, "b", FOOT), Rule(0, 5, 9, 5), Mark(Shape.BOX, 3, 2)))
    both = stacked(upper, lower)
    assert both.height == 15
    assert both.keep_with_next
    assert both.drawn == (
        TextLine(0, 8, "a", FOOT),
        TextLine(1, 14, "b", FOOT),
        Rule(0, 15, 9, 15),
        Mark(Shape.BOX, 3, 12),
    )


TEXTS = ["", "NCT00000000", "a-very-long-protocol-identifier · 2026-11-01 amendment 12", "W" * 300, "北京协和" * 40]


@pytest.mark.parametrize("head", ["", "record 123 · 4f2a 91c0 77de 03ab", "W" * 40, "记" * 40, "x" * 400])
@pytest.mark.parametrize("left", TEXTS)
@pytest.mark.parametrize("middle", ["Printed as of Wed 28 Nov 2026; a printed copy may be out of date", "W" * 300])
def test_the_texts_of_a_footer_never_meet(left: str, middle: str, head: str) -> None:
    made = Document("x", Block(0), ((),), foot_text(left, "left"), middle, head_text(head))
    assert_apart(made)


def test_a_head_is_whole_and_small_and_takes_no_room_from_the_page() -> None:
    for head in ("record 123 · 4f2a 91c0 77de 03ab", "W" * 40, "记" * 40):
        plain = Document("x", Block(0), ((),), "left", "middle")
        footer = _footer(replace(plain, head=head_text(head)), "Page 1 of 1")
        assert footer.height == _footer(plain, "Page 1 of 1").height
        assert [d.style for d in footer.drawn if isinstance(d, TextLine) and d.text == head] == [FOOT]


def test_texts_of_a_header_that_were_too_long_are_left_out_in_full() -> None:
    texts = HeaderTexts(200)
    assert texts.line("Umeå", BODY, 100, "site name") == "Umeå"
    assert texts.left_out == []
    name = "A hospital with a long name in a large town"
    assert texts.line(name, BODY, 60, "site name").endswith("…")
    said = " ".join(line.text for one in texts.left_out for line in one.drawn if isinstance(line, TextLine))
    assert said == f"In full: {name}"
    assert len(texts.lines(name, BODY, 60, "site name", 3)) == 3


def test_a_number_is_never_alone_on_the_last_line_of_a_title() -> None:
    style = Style(13, bold=True)
    name = "Pump disconnection, postoperative cycle 1 day 3"
    room = text_width(name, style) - 2
    assert HeaderTexts().lines(name, style, room, "visit name", 3) == [
        "Pump disconnection, postoperative cycle 1",
        "day 3",
    ]
    assert HeaderTexts().lines("Visit 12", style, text_width("Visit", style) + 1, "visit name", 3) == ["Visit", "12"]
