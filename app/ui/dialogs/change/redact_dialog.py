"""The dialog that takes values out of a fact for good: which, why, and what that means."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.services.commands import correct
from app.ui.dialogs.change import titles
from app.ui.dialogs.change.header import ChangeHeader
from app.ui.dialogs.change.mend_dialog import Why
from app.ui.forms.unsaved import FormDialog
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot, rule
from app.ui.widgets.notes import Banner, Note
from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn
from app.ui.widgets.text import Label, Wrapped, no_mnemonic
from app.wording import visit_details as words
from app.wording.fact_values import field_name, line_of
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.protocol_names import NO_NAMES, Names

if TYPE_CHECKING:
    from app.services.commands.record import Saved
    from app.services.queries.history import HistoryRow
    from app.services.queries.participant import ParticipantView
    from app.services.study.study import Study

_WIDE = 560


def ask_redact(
    session: StudySession,
    view: "ParticipantView | None",
    row: "HistoryRow",
    parent: QWidget | None = None,
    names: Names = NO_NAMES,
) -> "RedactDialog":
    """Open the dialog that redacts a fact, over its window; without a participant, one of the study."""
    dialog = RedactDialog(session, view, row, parent, names)
    dialog.open_over_window()
    return dialog


class RedactDialog(FormDialog):
    """Nothing is ticked at first, and Cancel has the keyboard: what is done here cannot be undone."""

    saved = Signal(object)
    """A `Saved`, after the dialog has closed."""

    def __init__(
        self,
        session: StudySession,
        view: "ParticipantView | None",
        row: "HistoryRow",
        parent: QWidget | None = None,
        names: Names = NO_NAMES,
    ) -> None:
        """`row`: the fact in the history of the participant; where `view` is None, of the study, with its `names`."""
        super().__init__(parent)
        self._session, self._row = session, row
        self._code, self._names = (view.code, view.names) if view is not None else ("", names)
        self._saving = False
        visit = (row.past.of or row.record).text("visit")
        self.setWindowTitle(titles.redact_title(view, visit).replace("[*]", "[*][*]"))
        self.banner = Banner(self)
        self.boxes: dict[str, QCheckBox] = {}
        self.why = Why(_("Why is it redacted?"), self)
        self.cancel = Button(_("Cancel"), self.reject, parent=self)
        self.primary = Button(_("Take out for good"), self.save, "primary", parent=self)
        self._build(ChangeHeader(view, visit, self) if view is not None else self._study_header())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        self.resize(tokens.px(_WIDE), tokens.px(460))
        self.cancel.setFocus()

    def _study_header(self) -> QWidget:
        """Return the header for a fact that is about no participant."""
        label = Label(_("Study"), "code", parent=self)
        label.setProperty("surface", "true")
        label.setContentsMargins(4 * tokens.GRID, 2 * tokens.GRID, 4 * tokens.GRID, 2 * tokens.GRID)
        return label

    def _build(self, header: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (header, rule(self), self.banner):
            column.addWidget(widget)
        around = ScrollColumn(self)
        inside = ColumnContent(around.viewport())
        around.hold(inside)
        form = QVBoxLayout(inside)
        margin = 4 * tokens.GRID
        form.setContentsMargins(margin, 3 * tokens.GRID, margin, 3 * tokens.GRID)
        form.setSpacing(3 * tokens.GRID)
        form.addWidget(Wrapped(words.history_line(self._row.past, self._names), parent=inside))
        form.addWidget(Label(_("What is taken out?"), "strong", parent=inside))
        for name in self._row.redactable:
            self.boxes[name] = box = QCheckBox(no_mnemonic(self._value(name)), inside)
            box.setAccessibleName(self._value(name))
            form.addWidget(box)
            if self._row.still_needs(name):
                box.setEnabled(False)
                said = _(
                    "This value counts, and its fact needs one. Correct it first; then the old one can be taken out."
                )
                form.addWidget(Wrapped(said, "small", parent=inside))
        form.addWidget(self.why)
        form.addWidget(Note(_meaning(), "notice", parent=inside))
        form.addStretch(1)
        column.addWidget(around, 1)
        column.addWidget(rule(self))
        feet = dialog_foot(self.cancel, self.primary)
        feet.setContentsMargins(margin, 3 * tokens.GRID, margin, 3 * tokens.GRID)
        column.addLayout(feet)
        self.primary.setEnabled(self._session.can_write and self._offers())

    def _offers(self) -> bool:
        """Whether any value can be taken out: not where each one is to be corrected first."""
        return any(box.isEnabled() for box in self.boxes.values())

    def _value(self, name: str) -> str:
        kind = (self._row.past.of or self._row.record).kind
        text = line_of(self._row.record.text(name))
        return f"{sentence_case(field_name(name, kind))}: {text[:80]}{'…' if len(text) > 80 else ''}"

    def ticked(self) -> list[str]:
        """Return the names of the fields whose values are to go."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def save(self) -> None:
        """Take the ticked values out, after a backup."""
        if self._saving or not self._session.can_write or not self._offers():
            return
        names, why, seq, today = self.ticked(), self.why.text(), self._row.record.seq, self._session.today
        if not names or not why:
            self.banner.tell(_("Tick what is taken out.") if not names else _("Say why it is redacted."), "notice")
            (next(iter(self.boxes.values())) if not names else self.why.editor.line).setFocus()
            return

        def redact(study: "Study", _job: Job) -> "Saved":
            return correct.save_correction(study, correct.propose_redaction(study, seq, names, why, today))

        self._saving = True
        self.primary.setEnabled(False)
        said = _("Redacted: fact {n} of {code}") if self._code else _("Redacted: fact {n}")
        self._session.change(
            redact, self._saved, self._failed, owner=self, codes=[self._code] if self._code else None, undoable=False,
            text=said.format(n=seq, code=self._code), label=_("Redacting"),
        )  # fmt: skip

    def _saved(self, saved: "Saved") -> None:
        self._saving = False
        self.accept()
        self.saved.emit(saved)

    def _failed(self, error: BaseException) -> None:
        self._saving = False
        self.primary.setEnabled(self._session.can_write)
        self.banner.tell(error_text(error, self._names))

    def has_typed(self) -> bool:
        """Whether something is ticked or typed, and is not being saved."""
        return not self._saving and bool(self.ticked() or self.why.text())

    def may_close(self) -> bool:
        """Whether nothing is being saved."""
        return not self._saving


def _meaning() -> str:
    return _(
        "The value goes for good, from this file and from every backup made from now on; it cannot be undone. The fact "
        "stays with its number, and the file still proves that nothing else was changed. The study is backed up before "
        "it: that backup and earlier ones still hold the value."
    )
