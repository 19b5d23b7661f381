"""From “New participant” to the printed calendar by the keyboard alone, with the keys counted; what is typed is not."""

from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton

from app.services.queries.people import people
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.enrolment.page import EnrolmentPage
from tests.end2end.hands import Hands
from tests.ui.conftest import Make
from tests.ui.nurse import Nurse

MOST = 21


def field(page: EnrolmentPage, name: str) -> bool:
    """Whether the keyboard is in that field."""
    return page.form is not None and page.form.has_keyboard(name)


def tab_to(page: EnrolmentPage, hands: Hands, name: str) -> None:
    for _times in range(8):
        if field(page, name):
            return
        hands.press("Tab")
    raise AssertionError(name)


def guide(nurse: Nurse) -> EnrolmentPage:
    page = nurse.window.page("enrol")
    assert isinstance(page, EnrolmentPage)
    nurse.wait(lambda: page.form is not None and page.isVisible())
    return page


def test_a_new_participant_by_keys_alone(make_nurse: Make, study_path: object) -> None:
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    nurse.come_to_the_front()
    hands = Hands()
    hands.press("Ctrl+E")
    page = guide(nurse)
    # A study of two trials asks for the protocol first.
    nurse.wait(lambda: field(page, "protocol"))
    before = page.form
    hands.type_ahead("Scan")
    nurse.wait(lambda: page.form is not before)
    tab_to(page, hands, "code")
    hands.type("LI-077")
    tab_to(page, hands, "country")
    hands.type_ahead("SE")
    tab_to(page, hands, "regimen")
    hands.type_ahead("mFO")
    tab_to(page, hands, "year_of_birth")
    hands.type("1958")
    hands.press("Ctrl+Return")
    hands.type("t")
    tab_to(page, hands, "version")
    hands.type("2.0")
    tab_to(page, hands, "language")
    hands.type("Swedish")
    tab_to(page, hands, "copy")
    hands.press("Space")
    hands.press("Ctrl+Return")
    tab_to(page, hands, "metastases")
    hands.type("2")
    tab_to(page, hands, "largest_mm")
    hands.type("18")
    tab_to(page, hands, "ecog")
    hands.type("1")
    hands.press("Alt+M")
    assert all(one.isVisibleTo(page) for one in page.columns.other.findChildren(QRadioButton))
    hands.press("Ctrl+Return")
    nurse.wait(lambda: bool(page.preview.model.rows))
    hands.press("Ctrl+Return")
    nurse.wait(lambda: isinstance(QApplication.activeModalWidget(), PrintDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PrintDialog)
    nurse.wait(lambda: dialog.printout is not None)
    print(f"a new participant to the printed calendar: {hands.keys} keys")
    assert hands.keys <= MOST
    dialog.reject()
    facts = [one for one in nurse.facts() if one.subject][-3:]
    assert [one.kind for one in facts] == ["screened", "enrolled", "consent"]
    assert len({one.command for one in facts}) == 1
    assert facts[0].text("outcome") == "eligible"
    # One undo takes back all three, and the participant is gone.
    nurse.session.undo()
    nurse.wait(lambda: "LI-077" not in {one.code for one in nurse.of_file(people)})


def test_somebody_on_the_way_goes_on_from_the_list(make_nurse: Make, study_path: object) -> None:
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    nurse.go("participants")
    nurse.wait(lambda: bool(nurse.people.list.model().rowCount()))
    nurse.people.list.choose("LI-020")
    nurse.people.go_on_button.click()
    page = guide(nurse)
    nurse.wait(lambda: page.known is not None)
    assert page.steps.title.text() == "Go on with LI-020"
    assert page.form is not None
    assert page.form.editor("code").findChildren(QLineEdit)[0].text() == "LI-020"
    page.discard()
