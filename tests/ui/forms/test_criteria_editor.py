"""All criteria are met by one key; what differs is typed or clicked."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.planning.eligibility import Criterion
from app.ui.forms.criteria_editor import CriteriaEditor, typed_exceptions

CRITERIA = (Criterion("I01", "Adult"), Criterion("I12", "ECOG 0 or 1"), Criterion("E03", "Pregnant", excludes=True))
MET = {"I01": True, "I12": True, "E03": False}


@pytest.mark.parametrize(
    ("text", "answers", "wrong"),
    [
        ("I01 no", {"I01": False}, []),
        ("i1 NO; e3 yes", {"I01": False, "E03": True}, []),
        ("I12 ?, E03 u", {"I12": "unknown", "E03": "unknown"}, []),
        # An id alone is not met.
        ("I12, E3", {"I12": False, "E03": True}, []),
        ("I2 no, I01 maybe, nonsense", {}, ["I2 no", "I01 maybe", "nonsense"]),
        ("", {}, []),
    ],
)
def test_exceptions_are_read_as_they_are_typed(text: str, answers: dict[str, object], wrong: list[str]) -> None:
    assert typed_exceptions(text, CRITERIA) == (answers, wrong)


def test_all_are_met_but_for_what_is_typed_and_clicked(qtbot: QtBot) -> None:
    editor = CriteriaEditor("Criteria", CRITERIA)
    qtbot.addWidget(editor)
    assert editor.value() is None
    editor.exceptions.setText("I12 unknown")
    with qtbot.waitSignals([editor.all_answered, editor.changed]):
        editor.all_met.click()
    assert editor.value() == {**MET, "I12": "unknown"}
    editor.exceptions.setText("")
    editor.exceptions.textEdited.emit("")
    assert editor.value() == MET
    editor.rows["E03"].buttons[0].click()
    assert editor.value() == {**MET, "E03": True}
    editor.exceptions.setText("I01 perhaps,")
    editor.exceptions.textEdited.emit("I01 perhaps,")
    assert not editor.unread.isHidden()
    assert editor.unread.text() == "Not read: I01 perhaps. Write an id with yes, no or unknown."
    # It is refused when it is recorded, as no criterion is called that.
    assert editor.value() == {**MET, "E03": True, "I01 perhaps": "unknown"}
    editor.set_value({"I01": False})
    assert (editor.value(), editor.exceptions.text()) == ({"I01": False}, "")
