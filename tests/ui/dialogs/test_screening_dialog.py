"""A screening in the window: the criteria one by one, and what speaks against an eligible one is asked about."""

from app.ui.dialogs.screening_dialog import ScreeningDialog
from app.ui.forms.fact_form import FactForm
from tests.ui.nurse import Nurse, texts

SCREENED = {"code": "LI-030", "protocol": "scanpan", "outcome": "eligible"}


def opened(nurse: Nurse) -> ScreeningDialog:
    nurse.action("screen").trigger()
    found: list[ScreeningDialog] = []

    def is_there() -> bool:
        found[:] = [one for one in nurse.window.findChildren(ScreeningDialog) if one.form is not None]
        return bool(found)

    nurse.wait(is_there)
    return found[0]


def form_of(dialog: ScreeningDialog) -> FactForm:
    assert dialog.form is not None
    return dialog.form


def fill(nurse: Nurse, dialog: ScreeningDialog, **fields: object) -> None:
    """Choose the protocol first: its criteria come with it."""
    before = form_of(dialog)
    if "protocol" in fields and fields["protocol"] != before.fields().get("protocol"):
        before.set_fields({"protocol": fields["protocol"]})
        nurse.wait(lambda: dialog.form is not before)
    form_of(dialog).set_fields(fields)
    nurse.settle()


def test_a_screening_is_recorded(nurse: Nurse) -> None:
    dialog = opened(nurse)
    fill(nurse, dialog, **SCREENED, criteria={"I03": True, "E02": False})
    dialog.save()
    nurse.wait(nurse.no_dialog)
    nurse.go("participants")
    nurse.wait(lambda: "LI-030" in [row.code for row in nurse.people._model.rows])


def test_eligible_against_a_criterion_needs_a_reason_and_a_tick(nurse: Nurse) -> None:
    dialog = opened(nurse)
    fill(nurse, dialog, **SCREENED, criteria={"I03": "unknown"})
    dialog.save()
    nurse.wait(lambda: any("is unknown. Say in the reason why" in text for text in texts(form_of(dialog))))
    assert dialog.isVisible()
    fill(nurse, dialog, reason="the conference meets tomorrow")
    dialog.save()
    nurse.wait(lambda: not dialog.sure.isHidden())
    assert "Eligible, although I03 (" in dialog.sure.text.text()
    dialog.sure.box.setChecked(True)
    dialog.save()
    nurse.wait(nurse.no_dialog)
    nurse.go("deviations")
    nurse.wait(lambda: [row.what for row in nurse.log._model.rows if row.participant == "LI-030"] == ["ineligible"])


def test_other_answers_are_asked_about_again(nurse: Nurse) -> None:
    dialog = opened(nurse)
    fill(nurse, dialog, **SCREENED, criteria={"I03": False}, reason="the conference meets tomorrow")
    dialog.save()
    nurse.wait(lambda: not dialog.sure.isHidden())
    dialog.sure.box.setChecked(True)
    fill(nurse, dialog, criteria={"I03": False, "E02": True})
    assert dialog.sure.confirmed() is None
    nurse.leave(dialog)


def test_what_was_typed_is_not_thrown_away_unasked(nurse: Nurse) -> None:
    dialog = opened(nurse)
    assert not dialog.has_typed()
    fill(nurse, dialog, code="LI-030")
    assert dialog.has_typed()
    nurse.leave(dialog)
