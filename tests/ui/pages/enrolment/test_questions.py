"""The questions of an enrolment are those of the chosen protocol."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.pages.enrolment.page import EnrolmentPage
from app.ui.session.session import StudySession
from tests.ui.pages.enrolment.filling import choose, facts, fill, form_of


def test_a_centre_says_its_country(page: EnrolmentPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "scanpan")
    assert "country" not in form_of(page).fields()
    form_of(page).set_fields({"centre": "Oulu"})
    assert form_of(page).fields()["country"] == "FI"
    form_of(page).set_fields({"centre": "Elsewhere"})
    assert form_of(page).fields()["country"] == "FI"
    form_of(page).set_fields({"country": "se"})
    assert page.request("inclusion").intake.enrolment["country"] == "SE"


def test_the_questions_are_those_of_the_protocol(page: EnrolmentPage, open_session: StudySession, qtbot: QtBot) -> None:
    assert list(form_of(page)._rows) == ["protocol", "code", "year_of_birth", "sex", "on"]
    fill(page, qtbot, protocol="nct06873178", centre="Tongji Hospital", cohort="retrospective")
    assert list(form_of(page)._rows) == [
        "protocol", "code", "centre", "country", "regimen", "cohort", "year_of_birth", "sex",
        "consented", "consent_at", "version", "language", "copy", "biobank", "informed_by",
        "screened_on", "metastases", "largest_mm", "liver", "ecog", "confirmed_by", "criteria", "outcome",
        "failed_for", "reason", "investigator",
        "timing", "on", "choices",
    ]  # fmt: skip
    assert page.enrol_button.text() == "Register LI-021"
    qtbot.waitUntil(lambda: "Recorded dates only" in page.preview.summary.text())
    choose(page, qtbot, "scanpan")
    kept = form_of(page).fields()
    assert kept["code"] == "LI-021"
    assert not kept.keys() & {"centre", "country", "regimen", "cohort"}


def test_a_protocol_is_taken_in_and_then_stands_there_from_the_beginning(
    idle_session: StudySession, tmp_path: Path, qtbot: QtBot
) -> None:
    idle_session.open(tmp_path / "new.studyday", make=True, anywhere=True)
    qtbot.waitUntil(lambda: idle_session.view is not None)
    page = EnrolmentPage(idle_session)
    qtbot.addWidget(page)
    page.start()
    qtbot.waitUntil(lambda: page.form is not None)
    fill(page, qtbot)
    with qtbot.waitSignal(page.enrolled):
        page._enrol()
    assert [one.kind for one in facts(idle_session, qtbot)][:2] == ["study_made", "protocol_taken"]
    page.start()
    qtbot.waitUntil(lambda: form_of(page).fields().get("protocol") == "scanpan")
    assert not page.has_typed()
