from dataclasses import replace
from datetime import date

import pytest

from app.documents.blank_pages import TITLES, PageOwner, _document, blank_pages
from app.domain.facts.blank_pages import BLANK_PAGES, BlankPage
from tests.documents.calendars import assert_inside, pages_of, words_of
from tests.documents.golden import compare

OWNER = PageOwner("ScanPan", "NCT05271110", "2025-07-19", "01 Linköping", "LI-001")
TODAY = date(2026, 11, 4)


def test_the_pages_as_they_were_last_read() -> None:
    compare("blank_pages", "\n\n".join(pages_of(blank_pages(name, OWNER, TODAY))[0] for name in BLANK_PAGES))


@pytest.mark.parametrize("name", BLANK_PAGES)
@pytest.mark.parametrize(
    "owner",
    [
        OWNER,
        replace(OWNER, site="", participant=""),
        replace(OWNER, site="Linköping University Hospital " * 20, trial="A trial " * 60, participant="L" * 90),
        replace(OWNER, site="北京协和医院临床试验中心" * 12, trial="北京" * 80),
    ],
)
def test_a_page_is_one_page_and_full(name: BlankPage, owner: PageOwner) -> None:
    document = _document(name, owner, TODAY, "record 12 · 4f2a 91c0")
    assert_inside(document)
    assert len(document.pages) == 1


@pytest.mark.parametrize("name", BLANK_PAGES)
def test_whose_page_it_is(name: BlankPage) -> None:
    text = words_of(blank_pages(name, OWNER, TODAY, head="record 12 · 4f2a 91c0"))
    for words in (
        TITLES[name],
        "LI-001",
        "ScanPan",
        "NCT05271110",
        "01 Linköping",
        "record 12 · 4f2a 91c0",
        "Wed 04 Nov 2026",
    ):
        assert words in text
    assert "Sheet ____ of ____" in text


def test_a_page_without_participant_has_a_line_for_the_code() -> None:
    nobody = replace(OWNER, participant="")
    assert "Participant" in words_of(blank_pages("medication", nobody, TODAY))
    assert "Participant" not in words_of(blank_pages("delegation", nobody, TODAY))


def test_of_no_protocol_or_of_several_there_is_no_version() -> None:
    nobody = PageOwner("", "", "", "")
    assert "protocol version" not in words_of(blank_pages("delegation", nobody, TODAY))
    two = PageOwner("ScanPan, NCT06873178", "NCT05271110, NCT06873178", "", "Linköping")
    assert "protocol version" not in words_of(blank_pages("delegation", two, TODAY))
    one = PageOwner("ScanPan", "NCT05271110", "2025-07-19", "Linköping")
    assert "NCT05271110 · protocol version 2025-07-19" in words_of(blank_pages("delegation", one, TODAY))
