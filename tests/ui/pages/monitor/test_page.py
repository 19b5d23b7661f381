"""The page of the monitor: its tabs with their counts, the part that is chosen, paper, and files for a spreadsheet."""

import csv
import io
from datetime import date
from pathlib import Path

from app.domain.facts.log_names import log_names
from app.services.commands import record
from app.services.queries.log_filter import LogFilter
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.monitor.log_view import LogView
from app.ui.pages.monitor.period_dialog import PeriodDialog
from tests.ui.nurse import Key, Nurse, texts
from tests.ui.stories import TODAY


def show(nurse: Nurse, tab: str, log: str = "") -> LogView:
    nurse.go("monitor")
    page = nurse.monitor
    page.tabs.choose(tab)
    if log:
        page.which.setCurrentIndex(page.which.findData(log))
    view = page.views[tab]
    nurse.wait(lambda: view.model.table.name == page.name)
    nurse.settle()
    return view


def narrow(nurse: Nurse, **typed: str) -> PeriodDialog:
    nurse.monitor.period_button.click()
    dialog = nurse.window.findChildren(PeriodDialog)[0]
    for name, text in typed.items():
        if name in ("first", "last"):
            getattr(dialog, name).line.setText(text)
        else:
            combo = getattr(dialog, name)
            combo.setCurrentIndex(combo.findData(text))
    dialog.choose()
    return dialog


def laid_out(nurse: Nurse) -> PrintDialog:
    found: list[PrintDialog] = []

    def is_laid_out() -> bool:
        found[:] = [one for one in nurse.window.findChildren(PrintDialog) if one.printout is not None]
        return bool(found)

    nurse.wait(is_laid_out)
    return found[0]


def fall_ill(nurse: Nurse) -> None:
    given = {"term": "Nausea", "grade": 2, "on": TODAY, "serious": False}
    nurse.change(lambda study: record.change(study, "LI-001", "adverse_event", given, TODAY), "LI-001")


def test_every_log_is_offered_and_shown(reader: Nurse) -> None:
    reader.press(Key.Key_4, alt=True)
    page = reader.monitor
    reader.wait(lambda: reader.window.stack.currentWidget() is page)
    assert [page.which.itemData(number) for number in range(page.which.count())] == list(log_names())
    for name in log_names():
        show(reader, "logs", name)
    assert "Nothing was recorded." in texts(show(reader, "logs", "adverse-events"))


def test_tabs_say_how_much_there_is(reader: Nurse) -> None:
    facts = show(reader, "history")
    page = reader.monitor
    names = [page.tabs.tabText(number) for number in range(page.tabs.count())]
    assert names[0] == f"Deviations {len(page.deviations.model.rows)}"
    assert names[1] == f"Open visits {len(page.views['open'].model.rows)}"
    assert names[3] == f"Confirmations 0 of {len(page.views['confirmations'].model.rows)}"
    assert names[4] == f"History {len(facts.model.rows)}"
    assert page.save_button.isEnabled()
    page.tabs.choose("confirmations")
    assert not page.save_button.isEnabled()


def test_what_is_open_leads_to_its_visit(reader: Nurse) -> None:
    view = show(reader, "open")
    place = next(
        n for n, row in enumerate(view.model.rows) if (row.participant, row.visit) == ("LI-002", "SP-C03#1.15")
    )
    row = view.model.rows[place]
    assert row.cell("remedy").text == "record it, move it, or say that it was missed"
    view.list.setCurrentIndex(view.model.index(place, 0))
    assert "What to do: record it, move it, or say that it was missed" in view.detail.text()
    reader.press(Key.Key_Return, view.list)
    reader.wait(lambda: reader.window.stack.currentWidget() is reader.participant)
    reader.wait(lambda: reader.participant.selection() == ("LI-002", "SP-C03#1.15"))


def test_a_line_appears_when_it_is_recorded_and_is_found(nurse: Nurse) -> None:
    view = show(nurse, "logs", "adverse-events")
    fall_ill(nurse)
    nurse.wait(lambda: view.model.rows)
    assert "1 line" in texts(nurse.monitor)
    view.search.setText("headache")
    assert "No line fits. Empty the box to see all." in texts(nurse.monitor)
    assert nurse.monitor.selection() is None
    view.search.setText("nausea")
    assert nurse.monitor.selection() == ("LI-001", "")


def test_a_part_is_chosen_named_printed_and_taken_back(reader: Nurse) -> None:
    view = show(reader, "history")
    page = reader.monitor
    every = len(view.model.rows)
    narrow(reader, participant="LI-001", first="1/1/27", last="31/1/27", person="nurse")
    reader.wait(lambda: len(view.model.rows) < every)
    assert {row.participant for row in view.model.rows} == {"LI-001"}
    assert "LI-001, only 1 – 31 Jan 2027, recorded by nurse" in texts(page)
    assert page.proposed_name() == "history-LI-001-2027-01-01-to-2027-01-31-nurse-2027-02-15.csv"
    page.print_button.click()
    dialog = laid_out(reader)
    assert "only 1 – 31 Jan 2027, recorded by nurse" in " ".join(dialog._document.getAllText(0).text().split())
    assert dialog.proposed_name().startswith("LI-001-history-2027-01-01-to-2027-01-31-nurse-")
    reader.leave(dialog)
    page.tabs.choose("logs")
    assert "LI-001, only 1 – 31 Jan 2027" in texts(page)
    page.period_button.click()
    reader.window.findChildren(PeriodDialog)[0].clear()
    reader.wait(lambda: "all trials, from the beginning" in texts(page))


def test_a_period_that_cannot_be_read_is_said_in_place(reader: Nurse) -> None:
    show(reader, "open")
    dialog = narrow(reader, first="soon")
    assert any("soon" in text for text in texts(dialog))
    dialog.first.line.setText("2/1/27")
    dialog.last.line.setText("1/1/27")
    dialog.choose()
    assert dialog.isVisible()
    reader.leave(dialog)


def test_a_log_is_printed(reader: Nurse) -> None:
    show(reader, "logs", "survival")
    reader.monitor.print_button.click()
    dialog = laid_out(reader)
    assert dialog.proposed_name().startswith("survival-")
    assert "Survival log" in dialog._document.getAllText(0).text()
    reader.leave(dialog)


def test_a_log_is_saved_for_a_spreadsheet_and_replaces_only_what_was_agreed_to(nurse: Nurse, tmp_path: Path) -> None:
    fall_ill(nurse)
    show(nurse, "logs", "adverse-events")
    page, out = nurse.monitor, tmp_path / "events"
    page.save_to(out, asked=True)
    saved = tmp_path / "events.csv"
    nurse.wait(page.banner.isVisible)
    head, row = csv.reader(io.StringIO(saved.read_text("utf-8-sig"), newline=""))
    assert dict(zip(head, row, strict=True))["CTCAE term"] == "Nausea"
    saved.write_text("mine")
    page.banner.hide()
    page.save_to(out, asked=True)
    nurse.wait(page.banner.isVisible)
    assert saved.read_text() == "mine"
    page.save_to(saved, asked=True)
    nurse.wait(lambda: saved.read_text("utf-8-sig") != "mine")


def test_a_list_that_empties_leaves_the_keyboard_on_its_page(empty_nurse: Nurse) -> None:
    empty_nurse.come_to_the_front()
    empty_nurse.go("monitor")
    tab = empty_nurse.monitor.deviations
    empty_nurse.wait(lambda: tab.list.isHidden())
    assert "No deviation." in texts(tab)
    assert tab.search.hasFocus()


def test_a_part_without_lines_says_nothing_of_the_rest_and_leaves_the_count_of_the_page(reader: Nurse) -> None:
    reader.go("monitor")
    page, badge = reader.monitor, reader.window.side_bar.buttons["monitor"]
    reader.wait(lambda: page.deviations.model.rows)
    before = badge.accessibleName()
    page.narrow(LogFilter(last=date(2020, 1, 1)), "")
    reader.wait(lambda: not page.deviations.model.rows)
    shown = texts(page.deviations)
    assert "Nothing is in the part that was chosen." in shown
    assert "No deviation." not in shown
    assert badge.accessibleName() == before
    page.narrow(LogFilter(), "")
    reader.wait(lambda: page.deviations.model.rows)
