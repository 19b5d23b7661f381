import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.documents import sheet as sheet_module
from app.documents.drawings import TextLine
from app.documents.page_layout import Document
from app.documents.sheet import visit_sheets
from app.documents.sheet_rows import SheetSource, visit_sheet
from app.documents.text import UnprintableText
from app.domain.calendar.entries import Calendar, Entry
from tests.documents.calendars import (
    DOSE,
    SURGERY,
    TODAY,
    activities,
    assert_inside,
    calendar,
    dose,
    entry,
    joined,
    pages_of,
    protocol,
    usual,
    words_of,
)
from tests.documents.golden import compare

WHY = {"DOSE#6": ["14 days after cycle 5 day 1.", "Last infusion 14 days ago (at least 12)."]}
NOTES = {"DOSE#6": ["Port painful (anna, Fri 5 Feb 2027)", "Comes by taxi (berit, Sat 6 Feb 2027)"]}
PROBLEMS = {"DOSE#6": ["Bloods of Fri 5 Feb 2027 are valid until Mon 8 Feb 2027."]}


def printed(among: Calendar, *entries: Entry, site: str = "Linköping", **given: Any) -> bytes:
    return visit_sheets(protocol(), among, entries or among.entries, site, **given)


def test_the_sheets_of_a_calendar_as_they_were_last_read() -> None:
    among = usual()
    pdf = printed(among, *among.entries[:5], why=WHY, problems=PROBLEMS, notes=NOTES)
    compare("visit_sheets", "\n\n".join(pages_of(pdf)))


def test_one_page_a_visit() -> None:
    among = usual()
    texts = pages_of(printed(among, why=WHY, problems=PROBLEMS, choices={"eortc": True}))
    assert len(texts) == len(among.entries)
    assert all("Page 1 of 1" in text for text in texts)


def many(count: int) -> Entry:
    visit = replace(SURGERY, activities=activities(*(f"Procedure number {n}" for n in range(count))))
    return entry("SURGERY", visit)


def test_a_long_checklist_goes_on_with_identity_and_headings_repeated() -> None:
    texts = pages_of(printed(calendar(many(90))))
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert "LI-001" in text
        assert "NCT00000000 · protocol version 2026-11-01" in text
        assert "Surgery or ablation" in text
        assert "Mon 08 – Thu 11 Feb 2027" in text
        assert f"Page {number} of {len(texts)}" in text
        assert "Printed as of Mon 08 Feb 2027; a printed copy may be out of date" in text
    assert "Initials" in texts[1]
    assert all(f"Procedure number {n}" in " ".join(texts) for n in range(90))


def test_every_sheet_is_signed_once() -> None:
    for count in range(0, 40, 3):
        text = words_of(printed(calendar(many(count))))
        assert text.count("Investigator: name in print") == 1, count
        assert text.count("NK not known") == 1, count


def test_the_same_input_gives_the_same_bytes() -> None:
    assert printed(usual(), why=WHY) == printed(usual(), why=WHY)
    assert b"Helvetica" not in printed(usual())


HEAD = "record 123 · 4f2a 91c0 77de 03ab"


def test_a_head_stands_in_every_footer_and_moves_nothing() -> None:
    among = calendar(many(90), dose(6, TODAY))
    plain, texts = pages_of(printed(among)), pages_of(printed(among, head=HEAD))
    assert [text.replace(f" · {HEAD}", "").split() for text in texts] == [text.split() for text in plain]
    assert all(text.count(HEAD) == 1 for text in texts)
    assert printed(among, head="") == printed(among)


def documents(among: Calendar, **given: Any) -> Iterator[Document]:
    source = SheetSource(protocol(), among, given.pop("site", "Linköping"), **given)
    for one in among.entries:
        yield sheet_module._document(visit_sheet(source, one), among)


LONG = "Hepatico-pancreatico-biliary follow-up after resection " * 6


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a name of 300 characters", LONG[:300]),
        ("one word of 300 characters", "x" * 300),
        ("10,000 characters", "word " * 2_000),
        ("one word of 10,000 characters", "W" * 10_000),
        ("Chinese", "北京协和医院临床试验中心" * 30),
    ],
)
def test_nothing_leaves_the_page(name: str, text: str) -> None:
    visit = replace(SURGERY, name=text, note=text, activities=activities(text, "short"))
    among = calendar(dose(6, TODAY), entry("SURGERY", visit, TODAY + timedelta(3)), participant=text[:200])
    lines = {"SURGERY": [text], "DOSE#6": [text]}
    for document in documents(among, why=lines, problems=lines, site=text):
        assert_inside(document)


def test_long_text_is_printed_whole() -> None:
    text = "".join(f"w{n} " for n in range(1_700))
    visit = replace(SURGERY, name=text, activities=activities(text))
    pdf = printed(calendar(entry("SURGERY", visit)), problems={"SURGERY": [text]})
    body = [re.sub(r"(?s)NCT00000000, protocol.*", "", page) for page in pages_of(pdf)]
    assert all(joined([f"w{n} w{n + 1} "]) in joined(body) for n in range(0, 1_600, 50))


@pytest.mark.parametrize("count", [1, 2, 30, 60])
def test_any_number_of_visits(count: int) -> None:
    among = calendar(*(dose(n, TODAY + timedelta(14 * n)) for n in range(1, count + 1)))
    reader = PdfReader(BytesIO(printed(among)))
    assert len(reader.pages) == count
    assert len(reader.outline) == count


HOSTILE = [
    "AE <grade 3> resolved",
    "dose <x mg",
    "A<B and C>D & more",
    "x</para>y <b>bold</b>",
    "<img src='/etc/passwd'/> <a href='file:///etc/passwd'>",
    "{cycle.__class__} {0} %s %(x)s",
    "Łódź Åäö Ωμέγα Кириллица 北京",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_markup(text: str) -> None:
    visit = replace(SURGERY, name=text, note=text, activities=activities(text))
    pdf = printed(calendar(entry("SURGERY", visit)), site=text, why={"SURGERY": [text]}, problems={"SURGERY": [text]})
    assert joined([words_of(pdf)]).count(joined([text])) >= 5


def test_no_file_is_opened_through_text() -> None:
    opened: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event in {"open", "socket.connect", "urllib.Request"}:
            opened.append(str(arguments[0]))

    among = calendar(entry("SURGERY", replace(SURGERY, name="<img src='/etc/hostname'/>")))
    printed(among)
    sys.addaudithook(watch)
    printed(among, site="<img src='file:///etc/hostname'/>")
    watching = False
    assert [path for path in opened if "hostname" in path or "://" in path] == []


def test_control_characters_are_visible() -> None:
    pdf = printed(calendar(entry("SURGERY", replace(SURGERY, activities=activities("a\x00b\x07c")))))
    assert "a\\u0000b\\u0007c" in words_of(pdf)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"site": "ward 😀"}, "site name"),
        ({"why": {"SURGERY": ["because 😀"]}}, "reason"),
        ({"problems": {"SURGERY": ["beware 😀"]}}, "problem"),
    ],
)
def test_a_missing_glyph_names_the_field(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(UnprintableText) as failure:
        printed(calendar(entry("SURGERY", SURGERY)), **changes)
    assert failure.value.place == place


def test_a_missing_glyph_in_a_procedure_is_found_by_its_number() -> None:
    visit = replace(SURGERY, activities=activities("fine", "not 😀 fine"))
    with pytest.raises(UnprintableText, match="procedure 2"):
        printed(calendar(entry("SURGERY", visit)))


def test_body_text_is_never_small() -> None:
    for document in documents(usual(), why=WHY, problems=PROBLEMS):
        sizes = {
            drawn.style.size
            for page in document.pages
            for b in page
            for drawn in b.drawn
            if isinstance(drawn, TextLine)
        }
        assert min(sizes) >= 8


def test_the_printed_days_are_the_calendars() -> None:
    among = usual()
    for one, text in zip(among.entries, pages_of(printed(among)), strict=True):
        if one.assumed is not None:
            assert f"{one.assumed:%d %b %Y}" in text
        if one.target is not None:
            assert f"{one.target:%a %d %b %Y}" in text


def test_a_visit_without_procedures_or_dates() -> None:
    bare = replace(DOSE, activities=(), marks={})
    among = calendar(entry("DOSE", bare, None, earliest=None, latest=None))
    assert "no date yet" in words_of(printed(among))
