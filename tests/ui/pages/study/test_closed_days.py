"""In the window, days that the site closes or opens: the effect first, then saving, and taking it back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtTest import QTest

from app.domain.facts.records import NewFact
from app.services.commands import configure_site
from app.services.study.study import Study
from app.ui.forms.fact_form import FactForm
from app.ui.pages.study.page import StudyPage
from tests.ui.nurse import Key, Nurse, texts

TODAY = date(2027, 2, 15)
MONDAY, TUESDAY, WEDNESDAY = date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 3)


def opened(nurse: Nurse) -> StudyPage:
    nurse.action("closed_days").trigger()
    page = nurse.study
    nurse.wait(lambda: page.closed_days.box.form is not None and page.closed_days.holidays._page is not None)
    nurse.settle()
    return page


def form_of(page: StudyPage) -> FactForm:
    found = page.closed_days.box.form
    assert found is not None
    return found


def shown(nurse: Nurse, page: StudyPage, **fields: object) -> None:
    """Fill in the form and have the effect shown."""
    form_of(page).set_fields(fields)
    nurse.click(page.closed_days.show_button)
    nurse.wait(lambda: page.preview.proposal is not None)


def saved(nurse: Nurse, page: StudyPage, days: int) -> None:
    """Save what is shown; so many days are in the list then."""
    nurse.click(page.preview.save_button)
    nurse.wait(lambda: page.closed_days.days.rowCount() == days)


def test_a_range_is_closed_after_its_effect_on_everybody_was_shown_and_taken_away_again(nurse: Nurse) -> None:
    page = opened(nurse)
    assert not page.preview.save_button.isVisible()
    shown(nurse, page, on=TUESDAY, to=WEDNESDAY, reason="the ward moves")
    assert nurse.facts("day_closed") == []
    assert page.preview.said.text() == "2 days closed: Tue 2 – Wed 3 Mar 2027"
    rows = [page.preview.moves.cells(number) for number in range(page.preview.moves.rowCount())]
    assert len({code for code, *_more in rows}) > 1
    assert all(
        "2 Mar" not in after and "3 Mar" not in after for _c, _v, _before, after, what, _w in rows if "m" in what
    )
    saved(nurse, page, 1)
    assert page.closed_days.days.cells(0) == ("Tue 2 – Wed 3 Mar 2027", "closed", "every site", "the ward moves")
    assert [one.day("on") for one in nurse.facts("day_closed")] == [TUESDAY, WEDNESDAY]
    assert not page.has_typed()
    before = rows

    page.closed_days.list.selectAll()
    nurse.click(page.closed_days.take_away_button)
    nurse.wait(lambda: page.preview.proposal is not None)
    assert page.preview.said.text() == "Tue 2 – Wed 3 Mar 2027 are as usual again"
    assert page.preview.moves.rowCount() == len(before)
    saved(nurse, page, 0)


def test_a_booked_visit_stays_and_is_said_to_be_on_a_closed_day(nurse: Nurse) -> None:
    page = opened(nurse)
    shown(nurse, page, on=date(2027, 2, 15), reason="strike")
    every = map(page.preview.moves.cells, range(page.preview.moves.rowCount()))
    row = next(cells for cells in every if cells[0] == "LI-001")
    assert page.preview._chips[1][0].text() == "Needs you 1"
    assert page.preview.moves.index(0, 4).data() == f"▲ {row[4]}", "it is first, and marked"
    assert not str(page.preview.moves.index(1, 4).data()).startswith("▲")
    assert row[2:4] == ("Mon 15 Feb", "Mon 15 Feb")
    assert row[5] == "closed: a day that the site has closed"
    assert "is on a closed day" in page.preview.effect.text()
    assert page.preview.why.text().startswith(f"LI-001, {row[1]}: ")
    nurse.press(Key.Key_Escape, page.preview.save_button)
    assert page.preview.isHidden()
    assert form_of(page).fields()["reason"] == "strike", "what is typed stays"
    page.discard()


def test_only_one_site_is_opened_by_the_keyboard(nurse: Nurse) -> None:
    page = opened(nurse)
    day = form_of(page).day_edit("on")
    assert day is not None
    assert day.line.hasFocus()
    QTest.keyClicks(day.line, "6 mar 2027")
    form_of(page).set_fields({"closed": False, "site": "Beijing"})
    nurse.press(Key.Key_Return, ctrl=True)
    nurse.wait(lambda: page.preview.proposal is not None)
    assert page.preview.save_button.hasFocus()
    nurse.press(Key.Key_Return, ctrl=True)
    nurse.wait(lambda: page.closed_days.days.rowCount() == 1)
    assert page.closed_days.days.cells(0) == ("Sat 6 Mar 2027", "open", "Beijing", "")
    page.closed_days.list.setFocus()
    page.closed_days.list.selectRow(0)
    nurse.press(Key.Key_Delete)
    nurse.wait(lambda: page.preview.proposal is not None)
    assert page.preview.said.text().startswith("Sat 6 Mar 2027 is as usual again")
    nurse.press(Key.Key_Return, ctrl=True)
    nurse.wait(lambda: page.closed_days.days.rowCount() == 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Fill in the first day."),
        ({"on": WEDNESDAY, "to": TUESDAY}, "Tue 2 Mar 2027 lies before Wed 3 Mar 2027. Correct one of the days."),
        ({"on": MONDAY, "to": date(2028, 3, 1)}, "At most 366 days can be closed at once. Shorten the stretch."),
    ],
)
def test_a_refusal_is_said_at_its_field_and_what_was_typed_stays(
    reader: Nurse, fields: dict[str, object], said: str
) -> None:
    page = opened(reader)
    form_of(page).set_fields(fields)
    reader.click(page.closed_days.show_button)
    reader.wait(lambda: said in texts(form_of(page)))
    assert page.preview.proposal is None
    assert {name: one for name, one in form_of(page).fields().items() if name in fields} == fields
    page.discard()


def test_a_day_that_cannot_be_read_is_refused_at_its_field(reader: Nurse) -> None:
    page = opened(reader)
    form_of(page).set_fields({"on": MONDAY, "to": "soon"})
    reader.click(page.closed_days.show_button)
    reader.wait(lambda: any("soon" in text for text in texts(form_of(page))))
    assert page.preview.proposal is None
    page.discard()


def test_what_is_typed_after_the_effect_was_shown_takes_it_away(reader: Nurse) -> None:
    page = opened(reader)
    shown(reader, page, on=TUESDAY)
    form_of(page).set_fields({"to": WEDNESDAY})
    assert page.preview.proposal is None
    assert page.closed_days.show_button.isVisible()
    assert not page.preview.save_button.isVisible()
    assert not page.preview.said.isVisible()
    assert page.has_typed()
    page.discard()
    assert not page.has_typed()


def test_an_unlikely_day_is_asked_about_before_it_is_saved(nurse: Nurse) -> None:
    page = opened(nurse)
    shown(nurse, page, on=date(2067, 3, 1))
    assert page.preview.sure.isVisible()
    before = len(nurse.facts("day_closed"))
    nurse.click(page.preview.save_button)
    nurse.settle()
    assert len(nurse.facts("day_closed")) == before
    assert page.preview.sure.box.hasFocus()
    nurse.press(Key.Key_Space, page.preview.sure.box)
    saved(nurse, page, 1)
    nurse.session.undo()
    nurse.wait(lambda: page.closed_days.days.rowCount() == 0)


def test_many_ranges_are_one_line_each_and_past_ones_are_marked(nurse: Nurse) -> None:
    """Two hundred ranges of three days, a week apart, from 4 January 2026 on: the morning is 15 February 2027."""
    first = date(2026, 1, 4)
    days = [first + timedelta(week * 7 + number) for week in range(200) for number in range(3)]

    def close(study: Study) -> None:
        facts = [NewFact("day_closed", {"on": on.isoformat(), "reason": "fair"}) for on in days]
        configure_site.save_study(study, replace(configure_site.propose_study(study, [], TODAY), facts=tuple(facts)))

    nurse.change(close)
    page = opened(nurse)
    nurse.wait(lambda: page.closed_days.days.rowCount() == 200)
    assert page.closed_days.days.cells(0) == ("Sun 4 – Tue 6 Jan 2026", "closed, past", "every site", "fair")
    assert page.closed_days.days.cells(199) == ("Sun 28 – Tue 30 Oct 2029", "closed", "every site", "fair")

    def begins_near_today() -> bool:
        top = page.closed_days.list.rowAt(0)
        return [page.closed_days.days.cells(row)[1] for row in (top, top + 1)] == ["closed, past", "closed"]

    nurse.wait(begins_near_today)
    nurse.session.undo()
    nurse.wait(lambda: page.closed_days.days.rowCount() == 0)


def test_holidays_are_shown_year_by_year_with_their_source(reader: Nurse) -> None:
    holidays = opened(reader).closed_days.holidays
    assert holidays.country.currentText() == "Sweden"
    assert holidays.shown_year.text() == "2027"
    assert ("Fri 26 Mar 2027", "Good Friday") in [holidays.days.cells(row) for row in range(holidays.days.rowCount())]
    assert holidays.source.text().startswith("Source: holidays ")
    reader.click(holidays.after_button)
    reader.settle()
    assert ("Fri 14 Apr 2028", "Good Friday") in [holidays.days.cells(row) for row in range(holidays.days.rowCount())]
    holidays.country.setCurrentText("China")
    reader.settle()
    assert any("no official list" in text for text in [holidays.source.text()])


def test_a_holiday_on_which_the_site_is_open_is_filled_in(reader: Nurse) -> None:
    page = opened(reader)
    holidays = page.closed_days.holidays
    holidays.country.setCurrentText("Sweden")
    holidays.turn(2027 - holidays.year)
    reader.settle()
    row = next(row for row in range(holidays.days.rowCount()) if holidays.days.cells(row)[1] == "Epiphany")
    assert not holidays.open_button.isEnabled()
    holidays.list.selectRow(row)
    reader.click(holidays.open_button)
    assert form_of(page).fields() == {"on": date(2027, 1, 6), "closed": False, "reason": "Epiphany"}
