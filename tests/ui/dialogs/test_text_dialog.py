"""What the program is, to be read and copied."""

from PySide6.QtGui import QGuiApplication

from app.services.commands.about import program_details
from app.ui.dialogs.text_dialog import TextDialog
from app.wording.program_details import detail_lines
from tests.ui.nurse import Nurse


def test_the_details_are_those_of_the_terminal_and_can_be_copied(reader: Nurse) -> None:
    reader.window.commanded.emit("about")
    dialog = reader.window.findChild(TextDialog)
    assert dialog is not None
    assert reader.session.path is not None
    lines = detail_lines(program_details(reader.session.path, reader.session.environment))
    assert dialog.details.toPlainText().splitlines() == lines
    assert dialog.details.isReadOnly()
    reader.click(dialog.copy_button)
    assert QGuiApplication.clipboard().text().splitlines() == lines
    assert dialog.copied.text() == "Copied."
    reader.leave(dialog)


def test_a_sign_that_steers_is_written_out(qapp: object) -> None:
    dialog = TextDialog("About", "It is.", ["Study file: ~/a\u202eb\nc"])
    assert dialog.details.toPlainText() == "Study file: ~/a\\u202eb\\u000ac"
    dialog.close()
