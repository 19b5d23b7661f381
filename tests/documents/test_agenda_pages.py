from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.documents import agenda_pages as module
from app.documents.agenda_pages import agenda_pages
from app.documents.agenda_rows import VisitList
from app.documents.drawings import Mark, Rule, TextLine
from app.documents.marks import Shape
from app.documents.page_layout import BODY_BOLD, Block, Document
from app.documents.text import UnprintableText
from app.domain.calendar.agenda import agenda
from app.domain.calendar.entries import Calendar, Status
from tests.documents.agendas import PROTOCOLS, SUNDAY, morning, rows
from tests.documents.calendars import (
    DOSE,
    MONTHLY,
    SURGERY,
    TODAY,
    assert_apart,
    assert_inside,
    calendar,
    dose,
    entry,
    joined,
    pages_of,
    words_of,
)
from tests.documents.golden import compare

HEAD = "record 123 · 4f2a 91c0 77de 03ab"


def printed(among: Sequence[Calendar], first: date = TODAY, last: date = SUNDAY, **given: Any) -> bytes:
    return agenda_pages(agenda(among, TODAY), PROTOCOLS, "Linköping", first, last, **given)


def document(visits: VisitList, head: str = "") -> Document:
    return module._document(visits, TODAY, head)


def three_hundred() -> list[Calendar]:
    return [
        calendar(
            *(
                dose(n, TODAY + timedelta(n % 5 - 1), status=Status.DUE if n % 5 else Status.OVERDUE)
                for n in range(1, 11)
            ),
            participant=f"SE-LINK-{number:04d}",
        )
        for number in range(30)
    ]


def test_the_week_as_it_was_last_read() -> None:
    notes = {("LI-002", "DOSE#2"): ["Port painful (anna, Fri 5 Feb 2027)"], ("LI-001", "DOSE#2"): ["of somebody else"]}
    compare("agenda_pages", "\n\n".join(pages_of(printed(morning(), head=HEAD, notes=notes))))


@pytest.mark.parametrize(
    ("last", "title", "said"),
    [
        (TODAY, "Visits Mon 8 Feb 2027", "Nothing is due on this day."),
        (SUNDAY, "Visits Mon 8 – Sun 14 Feb 2027", "Nothing is due in these days."),
    ],
)
def test_an_empty_agenda_prints_a_page_that_says_so(last: date, title: str, said: str) -> None:
    for among in ([], [calendar(dose(1, TODAY + timedelta(9)))]):
        texts = pages_of(printed(among, last=last))
        assert len(texts) == 1
        assert title in texts[0]
        assert said in texts[0]
        assert "Page 1 of 1" in texts[0]
        assert "Participant" not in texts[0]


def test_what_waits_for_a_date_stands_below_nothing_due() -> None:
    text = words_of(printed([calendar(entry("MONTHLY#2", MONTHLY, None, number=2, status=Status.AWAITING))]))
    assert "Nothing is due in these days. Waiting for a date (1)" in text
    assert "Monthly follow-up, month 2 MONTHLY#2" in text


def test_something_due_is_never_called_nothing() -> None:
    for among in morning():
        assert "Nothing is due" not in words_of(printed([among]))


def test_three_hundred_visits_repeat_their_headings_on_each_page() -> None:
    texts = pages_of(printed(three_hundred(), head=HEAD))
    assert len(texts) > 15
    for number, text in enumerate(texts, start=1):
        lines = text.splitlines()
        assert lines[0] == "Visits Mon 8 – Sun 14 Feb 2027"
        assert lines[2] == "Participant Visit Day and time, window Status, days left"
        assert lines[3].startswith(("Overdue and windows closing (60)", "Today, Monday 8 February 2027 (60)", "Coming"))
        assert f"Page {number} of {len(texts)}" in text
        assert "Printed as of Mon 8 Feb 2027; a printed copy may be out of date" in text
        assert HEAD in text
    assert "".join(texts).count("SE-LINK-") == 300


def test_each_visit_has_one_box_one_status_mark_and_one_line() -> None:
    made = document(rows(three_hundred()))
    assert_inside(made)
    assert_apart(made)
    blocks = [block for page in made.pages for block in page if any(isinstance(d, Mark) for d in block.drawn)]
    assert len(blocks) == 300
    for block in blocks:
        shapes = [drawn.shape for drawn in block.drawn if isinstance(drawn, Mark)]
        assert shapes[0] is Shape.BOX
        assert len(shapes) == 2
        assert len([drawn for drawn in block.drawn if isinstance(drawn, Rule)]) == 1


def first_words(block: Block) -> str:
    return next((drawn.text for drawn in block.drawn if isinstance(drawn, TextLine)), "")


def test_a_day_that_begins_on_a_new_page_is_not_continued() -> None:
    for count in range(1, 40):
        first = [dose(n, TODAY + timedelta(1)) for n in range(1, count + 1)]
        made = document(rows([calendar(*first, dose(99, TODAY + timedelta(2)))]))
        for page in made.pages:
            texts = [first_words(block) for block in page if first_words(block)]
            assert not texts[-1].startswith(("Coming days", "Tuesday", "Wednesday")), count
            assert sum("Wednesday" in text for text in texts) <= 1, count


LONG = [
    "Hepatico-pancreatico-biliary follow-up after resection " * 4,
    "W" * 300,
    "word " * 2_000,
    "术后随访、腹部增强计算机断层扫描及肿瘤标志物检查。" * 12,
]


@pytest.mark.parametrize("text", LONG)
def test_long_texts_are_whole_and_inside(text: str) -> None:
    visit = replace(SURGERY, name=text)
    among = calendar(
        entry("SURGERY-OR-ABLATION@2/3", visit),
        entry("SURGERY", visit, None, status=Status.AWAITING),
        participant=text[:60],
    )
    made = document(rows([among], site=text[:200]), "W" * 40)
    assert_inside(made)
    assert_apart(made)
    blocks = [block for page in made.pages for block in page]
    visits = [d.text for block in blocks for d in block.drawn if isinstance(d, TextLine) and d.x == module._WHAT]
    assert joined(visits).count(joined([text])) == 2
    codes = [d.text for block in blocks for d in block.drawn if isinstance(d, TextLine) and d.style == BODY_BOLD]
    assert joined(codes).count(joined([text[:60]])) == 2
    head = [drawn.text for drawn in made.header.drawn if isinstance(drawn, TextLine)]
    in_full = joined([text[:200]])
    assert in_full in joined(head) or in_full in joined([first_words(block) for block in blocks])


def test_a_usual_name_code_and_status_take_a_line_each() -> None:
    among = calendar(
        entry("DOSE#12.3", DOSE, TODAY, cycle=12, day=3, day_kind="pump_disconnect"),
        dose(2, TODAY + timedelta(1), booked=TODAY + timedelta(1), booked_at="09:30"),
        entry("MONTHLY#12", MONTHLY, None, number=12, status=Status.AWAITING),
        participant="SE-LINK-0123",
    )
    made = document(rows([among]))
    heights = [b.height for page in made.pages for b in page if any(isinstance(d, Mark) for d in b.drawn)]
    assert len(set(heights)) == 1
    text = "\n".join(pages_of(printed([among])))
    for whole in (
        "Pump disconnection, cycle 12",
        "Monthly follow-up, month 12",
        "planned, booked",
        "waiting for a date",
    ):
        assert whole in text


def test_a_window_too_long_for_its_line_goes_on_after_the_dash() -> None:
    one = entry("SURGERY", SURGERY, TODAY, earliest=date(2026, 12, 28), latest=date(2027, 1, 11))
    text = "\n".join(pages_of(printed([calendar(one)])))
    assert "Mon 28 Dec 2026 –\nMon 11 Jan 2027" in text


def test_where_a_visit_is_and_what_the_participant_brings() -> None:
    visit = replace(SURGERY, place="Day ward, floor 4", bring="identity card")
    text = joined([words_of(printed([calendar(entry("SURGERY", visit, TODAY))]))])
    assert joined(["Day ward, floor 4; Bring: identity card"]) in text
    assert "Bring" not in words_of(printed([calendar(entry("SURGERY", SURGERY, TODAY))]))


def test_chinese_can_be_read_from_the_page() -> None:
    visit = replace(SURGERY, name="术后随访、多学科会诊")
    text = joined(pages_of(printed([calendar(entry("SURGERY", visit), participant="北京-协和-001")])))
    assert "术后随访、多学科会诊" in text
    assert "北京-协和-001" in text


def test_the_same_input_gives_the_same_bytes() -> None:
    assert printed(morning(), head=HEAD) == printed(morning(), head=HEAD)
    assert b"Helvetica" not in printed(morning())


def test_the_title_names_the_file() -> None:
    reader = PdfReader(BytesIO(printed(morning())))
    assert reader.metadata is not None
    assert reader.metadata.title == "Visits Mon 8 – Sun 14 Feb 2027"


@pytest.mark.parametrize(
    ("name", "code", "place"), [("😀", "LI-001", "visit name"), ("Surgery", "LI-😀", "participant code")]
)
def test_a_missing_glyph_names_the_field(name: str, code: str, place: str) -> None:
    with pytest.raises(UnprintableText) as failure:
        printed([calendar(entry("SURGERY", replace(SURGERY, name=name)), participant=code)])
    assert failure.value.place == place
