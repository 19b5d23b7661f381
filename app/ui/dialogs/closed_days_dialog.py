"""The days that the site closed or opened: the list, a range to add, and whose visits that moves before it is saved."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QVBoxLayout

from app.domain.calendar.difference import totals
from app.domain.refusal import Refused
from app.services.commands import configure_site
from app.ui.dialogs.closed_days_form import range_facts, range_questions, range_words
from app.ui.dialogs.impact.text import rows_of
from app.ui.dialogs.moves_table import MovesModel, moves_table
from app.ui.dialogs.rows_of_text import TextRowsModel, table_of
from app.ui.forms.fact_form import FactForm
from app.ui.forms.sure_question import SureQuestion
from app.ui.forms.unsaved import FormDialog
from app.ui.session.error_text import error_text
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.notes import Banner
from app.ui.widgets.scroll_column import ColumnContent
from app.ui.widgets.text import Label, Wrapped
from app.wording.dates import day
from app.wording.differences import totals_text
from app.wording.fact_sentences import repeat_text
from app.wording.language import counted, sentence_case
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.calendar.difference import Change
    from app.domain.facts.records import NewFact
    from app.domain.facts.study_record import DayRow
    from app.services.commands.configure_site import StudyProposal
    from app.services.study.study import Study
    from app.ui.dialogs.closed_days_form import StudyFacts
    from app.ui.session.session import Changed, StudySession
    from app.ui.session.worker import Job

_REPEATS = 3
"""So many facts that were recorded before are named."""
WIDE, HIGH = 760, 680
"""The usual size at a text size of 100 %."""


class ClosedDaysDialog(FormDialog):
    """Closes or opens a range of days, or takes that back. Nothing is saved before its effect is shown."""

    def __init__(self, session: "StudySession", parent: "QWidget | None" = None) -> None:
        """Ask for the days and the sites; the list and the form follow."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Closed days"))
        self.session = session
        self.form: FactForm | None = None
        self.proposal: StudyProposal | None = None
        self._fresh: dict[str, object] = {}
        self._sites: Sequence[str] = ()
        self._said_when_saved = ""
        self._job: Job | None = None
        self._saving = False
        self.banner = Banner(self)
        self.days = TextRowsModel((_("Day"), _("Is"), _("Site"), _("Why")), _day_words, self)
        self.list = table_of(self.days, _("Days that the site closed or opened"), {0: 132, 1: 76, 2: 140})
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda *_rows: self._allow())
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.moves = MovesModel(self)
        self.table = moves_table(self.moves)
        self.said, self.repeats, self.sure = Wrapped("", "strong"), Wrapped("", "small"), SureQuestion(self)
        self.take_away_button = Button(_("Take a&way…"), self.take_away, parent=self)
        self.show_button = Button(_("S&how what changes"), self.show_what_changes, "primary", parent=self)
        self.save_button = Button(_("&Save"), self.save, "primary", parent=self)
        self.close_button = Button(_("Close"), self.reject, parent=self)
        self._lay_out()
        self._show_keys()
        self._forget()
        if not session.can_write and session.view is not None:
            self.banner.tell(f"{sentence_case(session.view.read_only)}.", "notice", closable=False)
        session.changed.connect(self._session_changed)
        self._read()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        label = Label(_("&Days that the site closed or opened"), "strong")
        label.setBuddy(self.list)
        column.addWidget(self.banner)
        column.addWidget(label)
        column.addWidget(self.list, 2)
        column.addWidget(self.take_away_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.area, 3)
        for one in (self.said, self.repeats):
            column.addWidget(one)
        column.addWidget(self.table, 2)
        column.addWidget(self.sure)
        column.addLayout(dialog_foot(self.close_button, self.show_button, self.save_button))
        room = self.screen().availableGeometry().size()
        self.resize(min(tokens.px(WIDE), room.width()), min(tokens.px(HIGH), room.height() - 32))

    def _show_keys(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._next)
        QShortcut(QKeySequence("Delete"), self.list, self.take_away, context=Qt.ShortcutContext.WidgetShortcut)

    # What is known

    def _read(self) -> None:
        def read(study: "Study", _job: "Job") -> "tuple[list[DayRow], list[str]]":
            return sorted(study.facts.days, key=lambda one: (one.on, one.site)), list(study.facts.sites)

        self.session.ask(read, lambda found: self._show_known(*found), owner=self)

    def _show_known(self, days: "list[DayRow]", sites: list[str]) -> None:
        self.days.show_rows(days)
        self._allow()
        if self.form is None or (sites != self._sites and not self.has_typed()):
            self._sites = sites
            self._ask()

    def _ask(self) -> None:
        """Show an empty form."""
        form = FactForm(range_questions(self._sites), self.session.today)
        form.set_enabled(self.session.can_write)
        form.changed.connect(self._forget)
        self.form, self._fresh = form, form.typed()
        inside = ColumnContent()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addStretch(1)
        self.area.setWidget(inside)
        form.focus_first()

    def _session_changed(self, changed: "Changed") -> None:
        """Read the days again when something was recorded, or the day is another one."""
        if not self._saving:
            self._forget()
        if self.form is not None:
            self.form.set_today(self.session.today)
        self._read()

    # What would change

    def show_what_changes(self) -> None:
        """Show what the typed range changes, over all participants."""
        if self.form is None or not self.session.can_write:
            return
        self.form.clear_refusals()
        if self.form.refuse_missing():
            return
        fields = self.form.fields()
        self._propose(range_facts(fields, self.session.today), lambda number: range_words(fields, number))

    def take_away(self) -> None:
        """Show what changes when nothing is said any more of the days chosen in the list."""
        days = self._chosen_days()
        if not days or not self.session.can_write:
            return

        def facts(study: "Study") -> "list[NewFact]":
            return [fact for one in days for fact in configure_site.usual_day_facts(study, one)]

        def said(_number: int) -> str:
            if len(days) == 1:
                return _("{day} is as usual again").format(day=day(days[0]))
            return counted("{n} day is as usual again", "{n} days are as usual again", len(days))

        self._propose(facts, said)

    def _chosen_days(self) -> list[date]:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return list(dict.fromkeys(self.days.rows[row].on for row in rows))

    def _propose(self, facts: "StudyFacts", said: Callable[[int], str]) -> None:
        self._forget()
        today = self.session.today

        def propose(study: "Study", job: "Job") -> "StudyProposal":
            return configure_site.propose_study(study, facts(study), today, job.progress)

        job = self.session.ask(
            propose,
            lambda found: self._show_proposal(found, said(len(found.facts))) if job is self._job else None,
            lambda error: self._refused(error) if job is self._job else None,
            owner=self,
            label=_("Planning"),
        )
        self._job = job
        self._allow()

    def _show_proposal(self, found: "StudyProposal", said: str) -> None:
        self._job, self.proposal, self._said_when_saved = None, found, said
        shown = {code: rows for code, every in found.changes.items() if (rows := rows_of(every))}
        self.moves.show_changes(shown, found.by_code, found.today)
        effect = _effect(tuple(one for rows in shown.values() for one in rows), len(shown))
        self.said.setText(_("To be saved: {what}. {effect}.").format(what=said, effect=effect))
        self.said.show()
        self.repeats.setText(" ".join(map(repeat_text, found.repeats[:_REPEATS])))
        self.repeats.setVisible(bool(found.repeats))
        self.table.setVisible(bool(shown))
        self.sure.ask(found.doubt)
        self._allow()
        (self.sure.box if found.doubt is not None else self.save_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: BaseException) -> None:
        self._job = None
        self._say_wrong(error)
        self._allow()

    def _say_wrong(self, error: BaseException) -> None:
        if not (isinstance(error, Refused) and self.form is not None and self.form.show_refusal(error)):
            self.banner.tell(error_text(error))

    def _forget(self) -> None:
        """Show no effect: none was asked for, or what it was asked for is something else now."""
        if self._job is not None:
            self._job.stop()
        self._job = self.proposal = None
        if self.session.can_write:
            self.banner.hide()
        self.sure.follow(object())
        for one in (self.said, self.repeats, self.table):
            one.hide()
        self._allow()

    def _allow(self) -> None:
        """Enable what can be done now: first the effect is shown, then it can be saved."""
        free = self.session.can_write and self._job is None and not self._saving
        self.show_button.setVisible(self.proposal is None)
        self.save_button.setVisible(self.proposal is not None)
        for button in (self.show_button, self.save_button):
            button.setEnabled(free)
        self.take_away_button.setEnabled(free and self.list.selectionModel().hasSelection())

    # Saving

    def _next(self) -> None:
        if self.proposal is None:
            self.show_what_changes()
        else:
            self.save()

    def save(self) -> None:
        """Record exactly what is shown; the list then has it, and the form is empty."""
        proposal, confirmed = self.proposal, self.sure.confirmed()
        if proposal is None or self._saving:
            return
        sure = confirmed is not None and proposal.doubt is not None and confirmed.covers(proposal.doubt)
        self._saving = True
        self._allow()
        self.session.change(
            lambda study, _job: configure_site.save_study(study, proposal, sure),
            lambda _saved: self._saved(),
            self._not_saved,
            owner=self,
            codes=None,
            text=self._said_when_saved,
            label=_("Saving"),
        )

    def _saved(self) -> None:
        self._saving = False
        self._forget()
        self._ask()

    def _not_saved(self, error: BaseException) -> None:
        self._saving = False
        if self.sure.ask(error):
            self.sure.take_keyboard()
        else:
            self._forget()
            self._say_wrong(error)
        self._allow()

    def has_typed(self) -> bool:
        """Whether a range is typed that is not saved."""
        return self.form is not None and not self._saving and self.form.typed() != self._fresh

    def may_close(self) -> bool:
        """Whether nothing is being saved."""
        return not self._saving


def _day_words(row: "DayRow") -> tuple[str, ...]:
    return day(row.on), _("open") if row.is_open else _("closed"), row.site or _("every site"), row.reason


def _effect(changes: "tuple[Change, ...]", participants: int) -> str:
    """Return what happens to the visits: ``2 participants: 3 visits move, 1 is on a closed day``."""
    if not changes:
        return _("No visit changes")
    closed = sum(one.meets_closed_day for one in changes)
    on_closed = [counted("{n} is on a closed day", "{n} are on closed days", closed)] if closed else []
    whose = counted("{n} participant", "{n} participants", participants)
    return f"{whose}: {', '.join([totals_text(totals(changes)), *on_closed])}"
