"""Enrolling: the typed fields give the calendar, then the fact; whatever fails keeps what was typed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.refusal import Refused
from app.services.commands import enrol, intake
from app.services.study.study import Study
from app.storage.sqlite.fact_store import SqliteStore
from app.ui.forms.criteria_editor import CriteriaEditor
from app.ui.pages.enrolment.page import EnrolmentPage
from app.ui.session.session import Changed, StudySession
from tests.ui.pages.enrolment.conftest import enrolled_before
from tests.ui.pages.enrolment.filling import (
    LI_021,
    answer,
    choose,
    enrolments,
    errors,
    facts,
    fill,
    form_of,
    line,
    shown,
)


def test_typed_previewed_and_enrolled(page: EnrolmentPage, open_session: StudySession, qtbot: QtBot) -> None:
    choose(page, qtbot, "scanpan")
    QTest.keyClicks(line(page, "code"), "LI-021")
    line(page, "on").selectAll()
    QTest.keyClicks(line(page, "on"), "23 nov")
    form_of(page).set_fields({"centre": "Linköping", "regimen": "AG", "choices": {"staged": True}, "sex": "female"})
    form_of(page).set_fields({"year_of_birth": 1954})
    assert page.enrol_button.text() == "Enrol LI-021"
    shown(page, qtbot)
    assert page.preview.summary.text().startswith(f"{len(page.preview.model.rows)} visits, Mon 9 Nov 2026 – ")
    assert "Screening 9 · " in page.preview.note.text()
    assert page.preview.first.rowCount() == 5
    assert not errors(page)
    page.show_step("inclusion")
    assert page.foot.remark.text() == (
        "No eligible screening is recorded before this enrolment, and the protocol has criteria."
    )
    heard: list[Changed] = []
    open_session.changed.connect(heard.append)
    with qtbot.waitSignal(page.enrolled) as emitted:
        QTest.mouseClick(page.enrol_button, Qt.MouseButton.LeftButton)
    assert emitted.args == ["LI-021"]
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].codes == frozenset({"LI-021"})
    assert "LI-021" in heard[0].text
    (found,) = enrolments(open_session, qtbot)
    found.pop("hash")
    assert found == {
        "code": "LI-021",
        "protocol": "scanpan",
        "on": "2026-11-23",
        "country": "SE",
        "regimen": "AG",
        "centre": "Linköping",
        "choices": {"staged": True},
        "year_of_birth": 1954,
        "sex": "female",
    }
    # To leave makes no new form; the next participant begins with an empty one.
    form = form_of(page)
    assert not page.has_typed()
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: page.form is not form)
    assert "code" not in form_of(page).fields()
    assert page.enrol_button.text() == "Enrol"


def test_somebody_in_screening_is_enrolled_without_a_day_of_enrolment(
    page: EnrolmentPage, open_session: StudySession, qtbot: QtBot
) -> None:
    """Consent on 23 November: inclusion is expected on 7 December, day 1 on the 14th."""
    fill(page, qtbot, on=None, consented=None)
    qtbot.waitUntil(lambda: "Still needed: Day of enrolment." in page.preview.note.text())
    page.enrol_button.click()
    assert errors(page) == {"on": "Fill in the day of enrolment."}
    form_of(page).set_fields({"consented": "2026-11-23"})
    shown(page, qtbot)
    rows = {row.key: row.day for row in page.preview.model.rows}
    assert (rows["SP-S00"], rows["SP-S06"], rows["SP-C01"]) == ("Mon 23 Nov 2026", "Mon 7 Dec 2026", "Mon 14 Dec 2026")
    with qtbot.waitSignal(page.enrolled):
        page.enrol_button.click()
    (found,) = enrolments(open_session, qtbot)
    assert (found["consented"], "on" in found) == ("2026-11-23", False)


def test_what_is_still_needed_is_said_calmly_then_come_day_visit_and_window(page: EnrolmentPage, qtbot: QtBot) -> None:
    fill(page, qtbot, regimen=None, code=None)
    qtbot.waitUntil(lambda: "Still needed: Study code, Regimen." in page.preview.note.text())
    assert not page.preview.table.isVisible()
    assert not errors(page)
    form_of(page).set_fields(LI_021)
    shown(page, qtbot)
    model = page.preview.model
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["Day", "Visit", "Window"]
    rows = {row.key: row for row in model.rows}
    row = list(rows).index("SP-C01")
    cells = [model.data(model.index(row, column)) for column in range(3)]
    assert cells == ["Mon 30 Nov 2026", "Preoperative cycle 1 day 1", "23 Nov – 14 Dec 2026"]
    assert "SP-C01" in str(model.data(model.index(row, 1), Qt.ItemDataRole.ToolTipRole))


def test_enrolling_too_early_says_what_is_missing(
    page: EnrolmentPage, open_session: StudySession, qtbot: QtBot
) -> None:
    fill(page, qtbot, regimen=None)
    with qtbot.assertNotEmitted(page.enrolled):
        page.enrol_button.click()
    assert errors(page) == {"regimen": "Fill in the regimen."}
    assert form_of(page).fields()["code"] == "LI-021"
    assert page.enrol_button.isEnabled()
    assert enrolments(open_session, qtbot) == []


WRONG_CODES = {
    "19540412-1234": "national identity number",
    "LI-001": "LI-001 is enrolled already",
    "li-001": "“li-001” is too like “LI-001”",
    "LI\u2011001": "is too like “LI-001”",
    "\uff2c\uff29-001": "is too like “LI-001”",
    "L\u0406 001": "is too like “LI-001”",
    "LI-0\u200b01": r"“LI-0\u200b01” is too like “LI-001”",
    "LI-\u00ad077": "a sign in it that nobody sees (\\u00ad)",
    "LI\u2013077": "looks like “-”",
}


def test_a_wrong_code_is_said_at_its_field(page: EnrolmentPage, open_session: StudySession, qtbot: QtBot) -> None:
    enrolled_before(open_session, qtbot, code="LI-001")
    fill(page, qtbot)
    for code, words in WRONG_CODES.items():
        form_of(page).set_fields({"code": code})
        assert not errors(page)
        qtbot.waitUntil(lambda: "code" in errors(page))
        assert words in errors(page)["code"]
        assert page.preview.model.rows == ()
        page.show_step("inclusion")
        page.enrol_button.click()
        qtbot.waitUntil(page.enrol_button.isEnabled)
        assert words in errors(page)["code"]
        assert form_of(page).fields()["code"] == code
    assert len(enrolments(open_session, qtbot)) == 1
    form_of(page).set_fields({"code": "LI-022"})
    shown(page, qtbot)
    assert not errors(page)


def test_what_is_still_being_typed_is_not_refused(page: EnrolmentPage, qtbot: QtBot) -> None:
    fill(page, qtbot)
    with qtbot.waitActive(page):
        page.activateWindow()
    line(page, "year_of_birth").setFocus()
    QTest.keyClicks(line(page, "year_of_birth"), "19")
    qtbot.waitUntil(lambda: page._withheld is not None)
    assert not errors(page)
    line(page, "code").setFocus()
    qtbot.waitUntil(lambda: "19 lies outside 1900 to 2100" in errors(page).get("year_of_birth", ""))


def test_an_unreadable_day_says_nothing_until_it_is_saved(page: EnrolmentPage, qtbot: QtBot) -> None:
    fill(page, qtbot, on="32 foo")
    qtbot.waitUntil(lambda: "Day of enrolment" in page.preview.note.text())
    assert not errors(page)
    page.enrol_button.click()
    qtbot.waitUntil(lambda: "on" in errors(page))
    assert "“32 foo” is no date" in errors(page)["on"]
    assert line(page, "on").text() == "32 foo"
    form_of(page).set_fields({"on": "+3"})
    assert not errors(page)
    # Nothing is said of a field while the keyboard is in it.
    page.cancel_button.setFocus()
    qtbot.waitUntil(lambda: "lies after today" in errors(page).get("on", ""))


def test_a_failing_disk_keeps_everything_typed(
    page: EnrolmentPage, open_session: StudySession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page, qtbot, year_of_birth=1954)
    shown(page, qtbot)
    typed = form_of(page).fields()

    def failing(_store: SqliteStore) -> Any:
        raise Refused("disk_full", path="study.studyday")

    monkeypatch.setattr(SqliteStore, "transaction", failing)
    with qtbot.assertNotEmitted(page.enrolled):
        page.enrol_button.click()
        qtbot.waitUntil(page.banner.isVisible)
    assert "study.studyday" in page.banner.text.text().casefold()
    assert form_of(page).fields() == typed
    assert page.enrol_button.isEnabled()
    monkeypatch.undo()
    with qtbot.waitSignal(page.enrolled):
        page.enrol_button.click()
    assert [one["code"] for one in enrolments(open_session, qtbot)] == ["LI-021"]


def test_a_study_that_changed_meanwhile_is_proposed_again(
    page: EnrolmentPage, open_session: StudySession, qtbot: QtBot
) -> None:
    fill(page, qtbot)
    shown(page, qtbot)
    page.hide()
    enrolled_before(open_session, qtbot, code="LI-001")
    assert page.preview_job.proposal(page.request()) is not None
    with qtbot.waitSignal(page.enrolled):
        # Pressed twice, it is enrolled once.
        page._enrol()
        page._enrol()
    assert [one["code"] for one in enrolments(open_session, qtbot)] == ["LI-001", "LI-021"]
    assert not errors(page)
    assert not page.banner.isVisibleTo(page)


def test_control_enter_enrols(page: EnrolmentPage, qtbot: QtBot) -> None:
    fill(page, qtbot)
    with qtbot.waitActive(page):
        page.activateWindow()
    line(page, "code").setFocus()
    with qtbot.waitSignal(page.enrolled):
        QTest.keyClick(line(page, "code"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_who_was_screened_goes_on_without_being_asked_again(
    page: EnrolmentPage, open_session: StudySession, qtbot: QtBot
) -> None:
    screening = {"code": "LI-021", "protocol": "scanpan", "on": "2026-11-20", "outcome": "eligible", "sex": "male"}
    done: list[object] = []
    open_session.change(lambda study, _job: enrol.screen(study, screening, open_session.today), done.append)
    qtbot.waitUntil(lambda: bool(done))
    page.start({"code": "LI-021"})
    qtbot.waitUntil(lambda: page.known is not None)
    assert page.steps.title.text() == "Go on with LI-021"
    assert (page.step, form_of(page).fields()["code"], page.has_typed()) == ("consent", "LI-021", False)
    assert not form_of(page).asks("outcome")
    form_of(page).set_fields({"country": "SE", "consented": "2026-11-21", "version": "2.0"})
    assert page.foot.stop_button.text() == "Stop here: consented, in screening"
    page.foot.stop_button.click()
    assert form_of(page).part == "who"
    assert errors(page) == {name: f"Fill in the {name}." for name in ("language", "regimen")} | {
        "copy": "Fill in “Copy given”."
    }
    form_of(page).set_fields({"language": "Swedish", "copy": True, "regimen": "AG"})
    page.show_step("consent")
    with qtbot.waitSignal(page.enrolled):
        page.foot.stop_button.click()
    (found,) = enrolments(open_session, qtbot)
    assert (found["consented"], found["sex"], "on" in found) == ("2026-11-21", "male", False)
    # The next time only the day of the inclusion is asked, with the calendar that follows from it.
    page.start({"code": "LI-021"})
    qtbot.waitUntil(lambda: page.step == "inclusion")
    form_of(page).set_fields({"on": "2026-12-01"})
    shown(page, qtbot)
    assert page.enrol_button.text() == "Include LI-021"
    with qtbot.waitSignal(page.printing) as emitted:
        page.foot.print_button.click()
    assert emitted.args == ["LI-021"]
    kinds = [one.kind for one in facts(open_session, qtbot) if one.subject]
    assert kinds == ["screened", "enrolled", "consent", "included"]


def test_screening_consent_and_enrolment_by_keys_alone(
    page: EnrolmentPage, open_session: StudySession, qtbot: QtBot
) -> None:
    """Typed texts aside: Ctrl+Enter five times, Alt+M, and Tab between the fields."""
    choose(page, qtbot, "scanpan")
    with qtbot.waitActive(page):
        page.activateWindow()
    form_of(page).set_fields({"code": "LI-050", "country": "SE", "regimen": "MFFX"})
    go_on = partial(QTest.keyClick, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    go_on()
    assert line(page, "consented").hasFocus()
    QTest.keyClicks(line(page, "consented"), "t")
    go_on()
    assert line(page, "screened_on").hasFocus()
    form_of(page).set_fields({"metastases": 2})
    editor = form_of(page).editor("criteria")
    assert isinstance(editor, CriteriaEditor)
    QTest.keyClick(page, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert form_of(page).fields()["outcome"] == "eligible"
    qtbot.waitUntil(editor.exceptions.hasFocus)
    QTest.keyClicks(editor.exceptions, "I9 unknown, e4 yes")
    assert "I09 (ECOG performance status 0 or 1) is unknown" in page.against.text.text()
    editor.exceptions.selectAll()
    QTest.keyClick(editor.exceptions, Qt.Key.Key_Delete)
    qtbot.waitUntil(page.against.isHidden)
    go_on()
    shown(page, qtbot)
    with qtbot.waitSignal(page.printing):
        go_on()
    found = [one for one in facts(open_session, qtbot) if one.subject]
    assert [one.kind for one in found] == ["screened", "enrolled"]
    assert len({one.command for one in found}) == 1
    criteria = found[0].fields["criteria"]
    assert isinstance(criteria, dict)
    assert criteria["E04"] is False


def test_a_draft_waits_and_is_dropped_only_when_that_is_confirmed(
    page: EnrolmentPage, open_session: StudySession, qtbot: QtBot
) -> None:
    fill(page, qtbot)
    page.hide()
    page.show()
    assert form_of(page).fields()["code"] == "LI-021"
    assert form_of(page).fields()["regimen"] == "AG"
    assert "still here" in page.banner.text.text()
    (again,) = [one for one in page.banner.findChildren(QPushButton) if one.text() == "Begin afresh"]
    again.click()
    answer(page, "Go on typing", qtbot)
    assert form_of(page).fields()["code"] == "LI-021"
    again.click()
    answer(page, "Throw it away", qtbot)
    qtbot.waitUntil(lambda: "code" not in form_of(page).fields())
    assert not page.banner.isVisible()
    form_of(page).set_fields({"code": "LI-030"})
    with qtbot.assertNotEmitted(page.left):
        page.cancel_button.click()
        answer(page, "Go on typing", qtbot)
    assert form_of(page).fields()["code"] == "LI-030"
    page.cancel_button.click()
    with qtbot.waitSignal(page.left):
        answer(page, "Throw it away", qtbot)
    page.start()
    qtbot.waitUntil(lambda: "code" not in form_of(page).fields())
    assert enrolments(open_session, qtbot) == []


def test_an_untouched_form_is_left_without_a_question(page: EnrolmentPage, qtbot: QtBot) -> None:
    """The day of enrolment is filled in with today, and what a screening knows is no text of the nurse either."""
    assert not page.has_typed()
    with qtbot.waitSignal(page.left):
        page.cancel_button.click()
    page.start()
    qtbot.waitUntil(lambda: not page.has_typed())


def test_the_answers_of_a_protocol_wait_until_it_is_chosen_again(page: EnrolmentPage, qtbot: QtBot) -> None:
    fill(page, qtbot, regimen="AG", code="LI-045")
    choose(page, qtbot, "nct06873178")
    assert form_of(page).fields()["code"] == "LI-045"
    assert "regimen" not in form_of(page).fields()
    form_of(page).set_fields({"code": "CJ-045"})
    choose(page, qtbot, "scanpan")
    found = form_of(page).fields()
    assert (found["code"], found["regimen"], found["centre"]) == ("CJ-045", "AG", "Linköping")


def test_a_study_to_read_only_says_so(open_session: StudySession, tmp_path: Path, qtbot: QtBot) -> None:
    open_session.open(tmp_path / "study.studyday", writing=False)
    qtbot.waitUntil(lambda: not open_session.can_write)
    page = EnrolmentPage(open_session)
    qtbot.addWidget(page)
    page.show()
    page.start()
    qtbot.waitUntil(lambda: page.form is not None)
    assert "Nobody can be enrolled now" in page.banner.text.text()
    assert not page.enrol_button.isEnabled()
    fill(page, qtbot)
    page._enrol()
    assert enrolments(open_session, qtbot) == []


def test_a_hostile_code_is_shown_as_it_is(page: EnrolmentPage, qtbot: QtBot) -> None:
    code = "<img src=x><b>&中文" + "a" * 40
    fill(page, qtbot, code=code)
    assert page.enrol_button.text() == "Enrol <img src=x><b>&&中文aaaaaa…"
    assert page.enrol_button.accessibleName() == "Enrol <img src=x><b>&中文aaaaaa…"
    shown(page, qtbot)
    assert {one.textFormat() for one in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    with qtbot.waitSignal(page.enrolled) as emitted:
        page.enrol_button.click()
    assert emitted.args == [code]


def test_a_mistake_of_the_program_keeps_everything_typed(
    page: EnrolmentPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(page, qtbot)
    shown(page, qtbot)

    def broken(*_args: object) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("app.services.commands.record.save", broken)
    monkeypatch.setattr("app.bootstrap.report_bug", lambda *_what: tmp_path)
    page.enrol_button.click()
    qtbot.waitUntil(page.banner.isVisible)
    assert "What you typed is still here" in page.banner.text.text()
    assert form_of(page).fields()["code"] == "LI-021"


def test_older_questions_are_stopped_and_their_answers_passed_over(
    page: EnrolmentPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    real: Callable[..., Any] = intake.propose_intake

    def counted(study: Study, given: intake.Intake, today: Any) -> Any:
        asked.append(given.code)
        return real(study, given, today)

    monkeypatch.setattr("app.ui.session.proposal_jobs.propose_intake", counted)
    fill(page, qtbot)
    page._ask_preview()
    first = page.preview_job._job
    form_of(page).set_fields({"code": "LI-022"})
    assert first is not None
    assert first.stopped.is_set()
    shown(page, qtbot)
    assert page.request().code == "LI-022"
    assert page.preview_job.proposal(page.request()) is not None
    assert asked[-1] == "LI-022"


def test_an_enrolment_long_ago_is_asked_about_and_saved_once_it_is_ticked(
    page: EnrolmentPage, open_session: StudySession, qtbot: QtBot
) -> None:
    fill(page, qtbot, on="26/11/14")
    qtbot.waitUntil(lambda: not page.sure.isHidden())
    assert page.sure.box.text() == "Yes, Wed 26 Nov 2014 is right"
    page.sure.box.setChecked(True)
    shown(page, qtbot)
    with qtbot.waitSignal(page.enrolled):
        QTest.mouseClick(page.enrol_button, Qt.MouseButton.LeftButton)
    assert [one["on"] for one in enrolments(open_session, qtbot)] == ["2014-11-26"]


def test_a_screening_without_its_outcome_says_what_is_missing(page: EnrolmentPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "scanpan")
    page.show_step("screening")
    assert not page.foot.stop_button.isEnabled()
    form_of(page).set_fields({"code": "LI-061", "metastases": 3})
    assert page.foot.stop_button.isEnabled()
    page.foot.stop_button.click()
    assert list(errors(page)) == ["outcome"]
