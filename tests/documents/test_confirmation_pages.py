from dataclasses import replace
from datetime import date

import pytest

from app.documents.confirmation_pages import AssumedRow, ConfirmationSheet, QuestionRow, _document, confirmation_pages
from tests.documents.calendars import assert_inside, pages_of, words_of
from tests.documents.golden import compare

TODAY = date(2026, 11, 4)
ASSUMED = AssumedRow("SP-R01.after", "Reassessment 1: window, after the target", "14 days", "R2")
ASKED = QuestionRow(
    "questions.eq5d", "Which version of EQ-5D is used?", ("5L", "3L"), "5L at baseline", "SP-S08.offset, SP-P02.offset"
)
SHEET = ConfirmationSheet(
    "ScanPan",
    "NCT05271110",
    "2025-07-19",
    "Surgery for Liver Metastases From PDAC",
    [ASKED, replace(ASKED, key="questions.r0", options=(), confirmed="confirmed by Dr A on Mon 2 Nov 2026")],
    [ASSUMED, replace(ASSUMED, key="SP-R02.after", confirmed="confirmed by Dr A on Mon 2 Nov 2026, e-mail")],
    [("R2", "ClinicalTrials.gov NCT05271110, complete record")],
)


def test_the_sheet_as_it_was_last_read() -> None:
    compare("confirmation_pages", "\n\n".join(pages_of(confirmation_pages([SHEET], TODAY, head="record 12 · 4f2a"))))


def test_each_value_has_key_value_and_source_and_a_place_to_sign() -> None:
    text = words_of(confirmation_pages([SHEET], TODAY))
    for words in ("SP-R01.after", "14 days", "R2: ClinicalTrials.gov", "questions.eq5d", "until then: 5L at baseline"):
        assert words in text
    assert "Confirmed by: name in print, function" in text
    # one question and one value are confirmed already
    assert "2 to be confirmed" in text


def test_what_was_changed_after_it_was_confirmed_says_so_and_is_to_be_confirmed() -> None:
    said = "changed after it was confirmed by Dr A on Mon 2 Nov 2026"
    sheet = replace(SHEET, questions=[replace(ASKED, overtaken=said)], values=[replace(ASSUMED, overtaken=said)])
    text = words_of(confirmation_pages([sheet], TODAY))
    assert text.count(said) == 2
    assert "2 to be confirmed" in text


@pytest.mark.parametrize("text", ["", "W" * 600, "word " * 400, "北京协和医院" * 60, "a\nb\tc\x00"])
def test_nothing_leaves_the_page(text: str) -> None:
    value = replace(ASSUMED, key=text[:40], what=text, value=text[:200], source=text[:60])
    asked = replace(ASKED, question=text, options=(text[:100], "b"), until_then=text[:300])
    sheet = replace(
        SHEET,
        questions=[asked, replace(asked, confirmed=text), replace(asked, overtaken=text)],
        values=[value, replace(value, confirmed=text), replace(value, overtaken=text)] * 20,
        trial=text[:200],
        title=text[:200],
        sources=[("R1", text)],
    )
    assert_inside(_document(sheet, TODAY, "record 12"))


def test_a_protocol_without_questions_or_values() -> None:
    assert "0 to be confirmed" in words_of(
        confirmation_pages([replace(SHEET, questions=[], values=[], sources=[])], TODAY)
    )
