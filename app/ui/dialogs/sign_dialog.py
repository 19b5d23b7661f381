"""The dialog in which an investigator's signature is recorded: of one deviation, or of all that have a class."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from app.domain.facts.kinds import KINDS
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.refusal import Refused
from app.services.commands.record import Saved
from app.services.commands.sign_deviations import propose_signatures, save_signatures
from app.services.queries.deviation_row import Deviation
from app.services.study.study import Study
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.field_errors import error_text as field_error
from app.ui.forms.questions import label_of
from app.ui.forms.sure_question import SureQuestion
from app.ui.forms.text_editors import LineEditor
from app.ui.forms.unsaved import FormDialog
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.job_bar import JobBar
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Label, Wrapped, no_mnemonic
from app.wording.language import counted
from app.wording.language import gettext as _


class SignDialog(FormDialog):
    """Asks who signed and on which day; the classes stay as they are."""

    def __init__(
        self,
        session: StudySession,
        chosen: Deviation | None,
        lines: Sequence[Deviation],
        parent: QWidget | None = None,
    ) -> None:
        """`chosen`: the one that was chosen, if it lacks a signature; `lines`: all of those that are shown."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Sign deviations"))
        self._session, self._chosen, self._lines = session, chosen, tuple(lines)
        self._under_way = False
        self.banner, self.sure = Banner(self), SureQuestion(self)
        self.job_bar = JobBar(session.worker, self)
        kind = KINDS[CLASS_KIND]
        self._labels = {field.name: label_of(CLASS_KIND, field) for field in kind.fields}
        one = _("Number {n}: {code}").format(n=chosen.number, code=chosen.participant) if chosen is not None else ""
        every = counted("{n} line with a class", "All {n} lines with a class", len(self._lines))
        self.one_box, self.all_box = QRadioButton(no_mnemonic(one), self), QRadioButton(no_mnemonic(every), self)
        self.one_box.setHidden(chosen is None)
        self.all_box.setHidden(chosen is not None and len(self._lines) == 1)
        (self.one_box if chosen is not None else self.all_box).setChecked(True)
        self.name, self.day = LineEditor(self._labels["signed_by"], self), DayEdit(session.today, "", self)
        self.day.name(self._labels["signed_on"])
        self.day.set_day(session.today)
        self.cancel_button = Button(_("Cancel"), self.reject, parent=self)
        self.sign_button = Button(_("Sign"), self.save, "primary", parent=self)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        self.name.line.returnPressed.connect(self.save)
        self.name.changed.connect(self._typed)
        self.day.changed.connect(self._typed)
        self.name.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(Wrapped(_("The signature is on paper; here are its name and its day."), "muted"))
        column.addWidget(self.one_box)
        column.addWidget(self.all_box)
        for name, editor in (("signed_by", self.name), ("signed_on", self.day)):
            label = Label(no_mnemonic(self._labels[name]))
            label.setBuddy(editor)
            column.addWidget(label)
            column.addWidget(editor)
        column.addWidget(self.sure)
        column.addStretch(1)
        column.addWidget(self.job_bar)
        column.addLayout(dialog_foot(self.cancel_button, self.sign_button))
        room = self.screen().availableGeometry().size()
        self.resize(min(tokens.px(420), room.width()), min(tokens.px(320), room.height() - 32))

    def rows(self) -> Sequence[Deviation]:
        """Return the deviations that are signed."""
        return (self._chosen,) if self._chosen is not None and self.one_box.isChecked() else self._lines

    def has_typed(self) -> bool:
        """Whether a name or another day was typed."""
        return not self._under_way and (bool(self.name.value()) or self.day.value() != self._session.today)

    def may_close(self) -> bool:
        """Whether nothing is being saved."""
        return not self._under_way

    def _typed(self) -> None:
        self.banner.hide()
        self.sure.follow((self.name.value(), self.day.value(), self.one_box.isChecked()))

    def save(self) -> None:
        """Record the signatures as one command."""
        if self._under_way or not self._session.can_write:
            return
        rows, by, on, today = self.rows(), self.name.value(), self.day.value(), self._session.today
        confirmed = self.sure.confirmed()

        def sign(study: Study, job: Job) -> Saved:
            job.preparing(0, len(rows))
            proposal = propose_signatures(study, rows, by, on, today, job.preparing)
            sure = confirmed is not None and proposal.doubt is not None and confirmed.covers(proposal.doubt)
            return save_signatures(study, proposal, sure)

        self._under_way = True
        self.sign_button.setEnabled(False)
        codes = list(dict.fromkeys(row.participant for row in rows))
        said = counted("{n} deviation signed", "{n} deviations signed", len(rows))
        job = self._session.change(sign, lambda _saved: self.accept(), self._not_saved, self, codes, said)
        self.job_bar.follow(job, _("Signing…"))

    def _not_saved(self, error: BaseException) -> None:
        self._under_way = False
        self.sign_button.setEnabled(self._session.can_write)
        if self.sure.ask(error):
            self.sure.take_keyboard()
            return
        if isinstance(error, Refused) and error.kind == "field_missing":
            name = str(error.values.get("name"))
            self.banner.tell(field_error(error, self._labels.get(name, name)), "notice")
            (self.name if name == "signed_by" else self.day).setFocus()
            return
        self.banner.tell(error_text(error))
