"""The words of what a search finds."""

from datetime import date

from app.domain.search_index import IndexedEvent, IndexedVisit, Title
from app.wording.search_words import event_day, nothing_found, visit_day


def test_a_visit_has_its_day_and_how_it_was_settled() -> None:
    def said(on: date | None, settled: str) -> str:
        return visit_day(IndexedVisit("LI-001", "A", Title("A"), on, settled))

    assert said(date(2026, 11, 30), "") == "Mon 30 Nov 2026"
    assert said(date(2026, 11, 30), "performed") == "Mon 30 Nov 2026, done"
    assert said(None, "missed") == "no date yet, missed"


def test_an_event_has_its_day_if_it_has_one() -> None:
    assert event_day(IndexedEvent("LI-001", 7, "", "x", date(2026, 11, 30))) == "Mon 30 Nov 2026"
    assert event_day(IndexedEvent("LI-001", 7, "", "x", None)) == ""


def test_a_long_text_that_finds_nothing_is_cut() -> None:
    assert "“zzz”" in nothing_found("zzz")
    assert f"“{'z' * 40}…”" in nothing_found("z" * 41)
