"""Documents on Letter: the same column in the middle, and no more on a page than it holds."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.documents.confirmation_pages import AssumedRow, ConfirmationSheet, _document
from app.documents.page_layout import PAGE_WIDTH
from app.documents.paper import A4, LETTER, SIZES, on_paper, paper_size
from app.documents.participant_calendar import participant_calendar
from tests.documents.calendars import TABLETS, TODAY, assert_inside, calendar, dose, protocol, usual
from tests.documents.golden import compare


def printed() -> bytes:
    tablets = dose(8, TODAY + timedelta(28), TABLETS, basis="forecast")
    return participant_calendar(protocol(), calendar(*usual().entries, tablets), "Linköping")


def sizes(content: bytes) -> set[tuple[float, float]]:
    """The sizes of the pages, in tenths of a point."""
    boxes = [page.mediabox for page in PdfReader(BytesIO(content)).pages]
    return {(round(float(box.width), 1), round(float(box.height), 1)) for box in boxes}


def placed(content: bytes) -> list[tuple[float, float, str]]:
    """Each text of the first page with where it begins, from the left and from the foot of the page, in points."""
    found: list[tuple[float, float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            found.append((cm[4] + tm[4], cm[5] + tm[5], text.strip()))

    PdfReader(BytesIO(content)).pages[0].extract_text(visitor_text=note)
    return found


def test_the_calendar_on_letter_as_it_was_last_read() -> None:
    with on_paper(LETTER):
        content = printed()
    assert sizes(content) == {(612.0, 792.0)}
    lines = [f"{x:6.1f} {y:6.1f}  {text}" for x, y, text in placed(content)]
    compare("participant_calendar_letter", "\n".join(lines))


def test_the_column_is_in_the_middle_of_the_wider_page() -> None:
    with on_paper(LETTER):
        wide = placed(printed())
    usual_places = placed(printed())
    assert wide[0][0] - usual_places[0][0] == pytest.approx((612.0 - PAGE_WIDTH) / 2, abs=0.02)
    assert usual_places[0][1] - wide[0][1] == pytest.approx(SIZES[A4][1] - 792.0, abs=0.02), "as far from the top"


def test_the_usual_paper_comes_back_also_after_an_error_and_for_another_name() -> None:
    with pytest.raises(KeyError), on_paper(LETTER):
        raise KeyError
    assert paper_size() == SIZES[A4]
    with on_paper(""):
        assert sizes(printed()) == {(595.3, 841.9)}


def test_a_page_of_letter_takes_fewer_rows() -> None:
    row = AssumedRow("SP-R01.after", "Reassessment 1: window, after the target", "14 days", "R2")
    sheet = ConfirmationSheet("ScanPan", "NCT05271110", "2025-07-19", "Surgery", [], [row] * 60, [])
    usual_pages = _document(sheet, TODAY, "").pages
    with on_paper(LETTER):
        document = _document(sheet, TODAY, "")
        assert_inside(document)
    assert len(document.pages[0]) < len(usual_pages[0])
    assert sum(map(len, document.pages)) >= sum(map(len, usual_pages))
