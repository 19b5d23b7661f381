"""Who was identified and not screened is counted from the window as at the terminal."""

from app.services.queries.identified import identified
from app.ui.dialogs.identified_dialog import IdentifiedDialog
from tests.ui.conftest import Make


def test_a_number_is_recorded_with_its_reason(make_nurse: Make, study_path: object) -> None:
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    nurse.window.commanded.emit("identified")
    (dialog,) = nurse.window.findChildren(IdentifiedDialog)
    nurse.wait(lambda: dialog.form is not None)
    form = dialog.form
    assert form is not None
    assert (form.fields()["count"], dialog.has_typed()) == (1, False)
    dialog.save()
    assert dialog.isVisible()
    form.set_fields({"protocol": "scanpan", "count": 3, "failed_for": "declined"})
    dialog.save()
    nurse.wait(lambda: not dialog.may_close() or not dialog.isVisible())
    nurse.settle()
    found = [one for one in nurse.of_file(identified) if one.what == "identified_not_screened"]
    assert [(one.protocol, one.why, one.count) for one in found] == [("scanpan", "declined", 3)]
