"""The dialog that adds a protocol file to the study: what is wrong with the file, and what it would plan."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.domain.facts.chain_head import Head
from app.protocols.findings import Finding
from app.services.commands.protocols import take_protocol
from app.services.queries.protocol_check import ProtocolCheck, check_protocol
from app.services.study.study import Study
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.chosen_files import YAML
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Elided, Label
from app.ui.widgets.text_area import TextArea
from app.wording.findings import finding_text
from app.wording.language import counted
from app.wording.language import gettext as _

WIDE, HIGH = 860, 600
"""The usual size at a text size of 100 %."""


class ProtocolDialog(QDialog):
    """Shows a checked protocol file; it can be added once it has no error."""

    def __init__(self, session: StudySession, path: Path, parent: QWidget | None = None) -> None:
        """Check that file at once."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Add a protocol"))
        self._session, self._path = session, path
        self._adding = False
        self.banner = Banner(self)
        self.file = Elided("", "strong", parent=self)
        self.said = Label("", "muted", parent=self)
        self.findings = TextArea(_("What was found in the file"), self)
        self.preview = TextArea(_("The calendar of an invented participant by this file"), self, columns=True)
        self.other_button = Button(_("&Other file…"), self._ask_other, parent=self)
        self.again_button = Button(_("Check a&gain"), self.check, parent=self)
        self.cancel_button = Button(_("Cancel"), self.reject, parent=self)
        self.add_button = Button(_("&Add to the study"), self.add, "primary", parent=self)
        self._build()
        self.check()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self.banner, self.file, self.said):
            column.addWidget(widget)
        column.addWidget(self.findings, 2)
        column.addWidget(Label(_("An invented participant by this file"), "strong", parent=self))
        column.addWidget(self.preview, 3)
        column.addLayout(dialog_foot(self.cancel_button, self.add_button, left=(self.other_button, self.again_button)))
        room = self.screen().availableGeometry().size()
        self.resize(min(tokens.px(WIDE), room.width()), min(tokens.px(HIGH), room.height() - 32))

    # The check

    def check(self) -> None:
        """Read the file, also after somebody has corrected it in an editor."""
        path = self._path
        self.add_button.setEnabled(False)
        self.file.setText(str(path))
        self.said.setText(_("Checking…"))

        def work(_study: Study, _job: Job) -> ProtocolCheck:
            return check_protocol(path)

        self._session.ask(work, self._checked, self._failed, owner=self)

    def _checked(self, found: ProtocolCheck) -> None:
        if found.path != self._path:
            return
        self.banner.hide()
        self.findings.setPlainText("\n".join(map(_words, found.findings)))
        self.findings.setVisible(bool(found.findings))
        self.said.setText(_summary(found))
        self.preview.setPlainText(found.calendar)
        self.add_button.setEnabled(found.is_usable and self._session.can_write)

    def _ask_other(self) -> None:
        typed, _kind = QFileDialog.getOpenFileName(self, _("Protocol file"), str(self._path.parent), YAML)
        if typed:
            self._path = Path(typed)
            self.check()

    # Adding

    def add(self) -> None:
        """Add the file to the study as it is now; what was changed in it since the check is checked again."""
        if self._adding or not self.add_button.isEnabled():
            return
        self._adding = True
        self.add_button.setEnabled(False)
        name, today = str(self._path), self._session.today

        def work(study: Study, _job: Job) -> tuple[str, Head]:
            protocol, head = take_protocol(study, name, today)
            return f"{protocol.short_title} {protocol.version}", head

        self._session.change(
            work, lambda _done: self.accept(), self._failed, owner=self, codes=[], undoable=False,
            text=lambda done: _("{protocol} was added to the study").format(protocol=done[0]), label=_("Saving"),
        )  # fmt: skip

    def _failed(self, error: BaseException) -> None:
        """Say why nothing was added; another file can be chosen."""
        self._adding = False
        self.said.setText("")
        self.banner.tell(error_text(error))


def _words(one: Finding) -> str:
    return finding_text(one.line, one.column, one.level == "error", one.message, one.remedy)


def _summary(found: ProtocolCheck) -> str:
    """Return how many errors and warnings there are: ``1 error, 2 warnings: correct the errors first.``"""
    errors = sum(one.level == "error" for one in found.findings)
    warnings = len(found.findings) - errors
    parts = [counted("{n} error", "{n} errors", errors)] if errors else []
    parts += [counted("{n} warning", "{n} warnings", warnings)] if warnings else []
    if not parts:
        return _("Nothing was found; the file can be added.")
    after = _("correct the errors, then check again") if errors else _("the file can be added")
    return f"{', '.join(parts)}: {after}."
