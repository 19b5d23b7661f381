"""The preview of a change of the study: what it does to everybody's visits, and saving exactly that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.commands import configure_site, correct
from app.ui.forms.sure_question import SureQuestion
from app.ui.pages.study.preview_rows import GROUPS, PreviewRow, effect_text, group_of, preview_rows
from app.ui.pages.study.ready import ReadyChange, ready_change
from app.ui.session.error_text import error_text
from app.ui.style import tokens
from app.ui.visit.impact_text import window_text
from app.ui.visit.moves_table import CHANGE, WHY, MovesModel, moves_table, needs_somebody
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.job_bar import progress_bar, show_progress
from app.ui.widgets.notes import Banner
from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn
from app.ui.widgets.text import Label, Wrapped
from app.wording.fact_sentences import fact_text, repeat_text
from app.wording.language import counted, sentence_case
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from app.domain.facts.records import NewFact, Recorded
    from app.progress import Progress
    from app.services.commands.configure_site import StudyProposal
    from app.services.commands.correct import CorrectionProposal
    from app.services.study.study import Study
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job

_REPEATS = 3
"""So many facts that were recorded before are named."""
_LEAST_ROWS = 150
"""The least height of the table, at a text size of 100 %."""
_WIDTHS = {0: 60, 2: 94, 3: 92, 4: 114}
"""The widths of the columns of the table that do not share the rest."""


Proposed = Callable[["Study", "date", "Progress"], "StudyProposal | CorrectionProposal"]
"""Works out the effect of a change as of a day."""


def new_facts(make: Callable[["Study"], "list[NewFact]"]) -> Proposed:
    """Return what works out the effect of new facts about the study."""
    return lambda study, today, progress: configure_site.propose_study(study, make(study), today, progress)


def correcting(line: "Recorded", changes: Mapping[str, object], why: str) -> Proposed:
    """Return what works out the effect of other fields in a fact of the study."""
    return lambda study, today, progress: correct.propose_correction(study, line.seq, changes, why, today, progress)


@dataclass(frozen=True)
class StudyChange:
    """A change of the study that somebody asks for.

    `proposed` works out its effect, or is refused (`new_facts` for facts about the study); `said` says what so many
    facts do; `refused` shows a refusal at its field and returns whether there is one; `saved` is called when it is
    recorded. `at_once`: where no visit changes and nothing is doubted, it is saved without another press.
    """

    proposed: "Proposed"
    said: Callable[[int], str]
    refused: Callable[[BaseException], bool] = lambda _error: False
    saved: Callable[[], object] = lambda: None
    at_once: bool = False


def taking_back(line: "Recorded", saved: Callable[[], object] = lambda: None) -> StudyChange:
    """Return the change that takes back the command that recorded a fact of the study."""
    return StudyChange(
        lambda study, day, progress: correct.propose_undo(study, line.command, day, corrected=True, progress=progress),
        lambda _number: _("Taken back: {what}").format(what=fact_text(line)),
        saved=saved,
    )


class StudyPreview(QFrame):
    """The effect of the change that was asked for last; hidden while there is none."""

    turned = Signal()
    """It is shown or hidden, or what can be done in it is something else."""

    def __init__(self, session: "StudySession", banner: Banner, parent: QWidget | None = None) -> None:
        """`banner`: where what is refused is said that belongs to no field."""
        super().__init__(parent)
        self.setProperty("surface", "true")
        self._session, self._banner = session, banner
        self._change: StudyChange | None = None
        self._job: Job | None = None
        self._from: QWidget | None = None
        self.proposal: ReadyChange | None = None
        self.saving = False
        self._rows: list[PreviewRow] = []
        self._chips: list[tuple[Button, str]] = []
        self.small, self.said = Label("", "small"), Wrapped("", "heading")
        self.effect, self.repeats, self.why = Wrapped(""), Wrapped("", "small"), Wrapped("", "small")
        self.bar = progress_bar()
        self.moves = MovesModel(self)
        self.table = moves_table(self.moves, _WIDTHS)
        self.table.setColumnHidden(WHY, True)
        self.sure = SureQuestion(self)
        self.save_button = Button(_("S&ave"), self.save, "primary")
        self.cancel_button = Button(_("Cancel"), self.cancel)
        self._build()
        session.worker.progressed.connect(self._progressed)
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        inside, area = ColumnContent(narrowest=216), ScrollColumn(self)
        down = QVBoxLayout(inside)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        self._chip_row = FlowLayout(spacing=6)
        self._chip_box = QWidget()
        self._chip_box.setLayout(self._chip_row)
        self.table.setMinimumHeight(tokens.px(_LEAST_ROWS))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._say_why())
        for widget in (self.small, self.said, self.bar, self.effect, self.repeats, self._chip_box):
            down.addWidget(widget)
        down.addWidget(self.table, 1)
        for widget in (self.why, self.sure):
            down.addWidget(widget)
        self._rest = QWidget()
        down.addWidget(self._rest)
        area.hold(inside)
        column.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.save_button)
        foot.addWidget(self.cancel_button)
        foot.addStretch(1)
        column.addLayout(foot)
        QShortcut(QKeySequence("Esc"), self, self.cancel, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What would change

    @property
    def free(self) -> bool:
        """Whether another change can be asked for."""
        return self._session.can_write and self._job is None and not self.saving

    def ask(self, change: StudyChange) -> None:
        """Work out what a change does to everybody's visits, and show it."""
        if not self.free:
            return
        self.forget()
        self._banner.hide()
        self._change, self._from = change, QApplication.focusWidget()
        today = self._session.today

        def propose(study: "Study", job: "Job") -> ReadyChange:
            return ready_change(study, change.proposed(study, today, job.progress))

        job = self._session.ask(
            propose,
            lambda found: self._show(found, change) if job is self._job else None,
            lambda error: self._refused(error, change) if job is self._job else None,
            owner=self,
        )
        self._job = job
        self.small.setText(_("Working out what moves…"))
        self.said.setText("")
        self.bar.setRange(0, 0)
        self._arrange()

    def _progressed(self, job: "Job", done: int, total: int) -> None:
        if job is self._job:
            show_progress(self.bar, done, total)

    def _show(self, found: ReadyChange, change: StudyChange) -> None:
        self._job, self.proposal = None, found
        self._rows = preview_rows(found)
        if change.at_once and not self._rows and found.doubt is None:
            self.save()
            return
        self.small.setText(_("Preview, nothing is saved yet"))
        self.said.setText(sentence_case(change.said(len(found.facts))))
        people = len({one.code for one in self._rows})
        self.effect.setText(f"{effect_text([one.change for one in self._rows], people)}.")
        self.repeats.setText(" ".join(map(repeat_text, found.repeats[:_REPEATS])))
        self.moves.know(found.by_code, found.today)
        self._show_chips()
        self.sure.ask(found.doubt)
        moving = sum(one.change.kind == "moves" for one in self._rows)
        words = counted("S&ave, move {n} visit", "S&ave, move {n} visits", moving) if moving else _("S&ave")
        self.save_button.setText(words)
        self.save_button.setAccessibleName(words.replace("&", ""))
        self._arrange()
        (self.sure.box if found.doubt is not None else self.save_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: BaseException, change: StudyChange) -> None:
        self.forget()
        self._say_wrong(error, change)

    def _say_wrong(self, error: BaseException, change: StudyChange) -> None:
        if not change.refused(error):
            self._banner.tell(error_text(error))

    def forget(self) -> None:
        """Show no effect: none was asked for, or what it was asked for is something else now."""
        if self.saving:
            return
        if self._job is not None:
            self._job.stop()
        self._job = self.proposal = self._change = None
        self._rows = []
        self.sure.follow(object())
        self._arrange()

    def cancel(self) -> None:
        """Leave it: nothing is saved, what was typed stays, and the keyboard goes back to where it was."""
        if self.saving:
            return
        self.forget()
        if self._from is not None and self._from.isVisible():
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        """Show what there is to be seen now."""
        ready = self.proposal is not None
        self.effect.setVisible(ready)
        self.save_button.setVisible(ready)
        self.bar.setVisible(self._job is not None)
        self.repeats.setVisible(ready and bool(self.repeats.text()))
        for widget in (self._chip_box, self.table, self.why):
            widget.setVisible(ready and bool(self._rows))
        self._rest.setHidden(ready and bool(self._rows))
        for button in (self.save_button, self.cancel_button):
            button.setEnabled(not self.saving)
        self.setVisible((ready or self._job is not None) and not (self.saving and not self.isVisible()))
        self.turned.emit()

    # Its rows

    def _show_chips(self) -> None:
        while (item := self._chip_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        counts = {group: sum(group_of(one) == group for one in self._rows) for group in GROUPS}
        wanted = {"": (_("All"), len(self._rows)), **{g: (_(words), counts[g]) for g, words in GROUPS.items()}}
        self._chips = []
        for group, (words, number) in wanted.items():
            if number:
                button = Button(f"{words} {number}", variant="chip")
                button.clicked.connect(lambda _on=False, group=group: self.show_group(group))
                self._chip_row.addWidget(button)
                button.show()
                self._chips.append((button, group))
        self.show_group("")

    def show_group(self, group: str) -> None:
        """Show the rows of one group, or with an empty name all of them."""
        for button, one in self._chips:
            button.setChecked(one == group)
        rows = [(one.code, one.change) for one in self._rows if group in ("", group_of(one))]
        self.moves.show_rows(rows)
        if rows:
            self.table.setCurrentIndex(self.moves.index(0, 0))
        self._say_why()

    def _say_why(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < self.moves.rowCount():
            self.why.setText("")
            return
        cells, change = self.moves.cells(row), self.moves.rows[row][1]
        # Of a visit that meets a closed day the reason says so itself.
        outside = needs_somebody(change) and not change.meets_closed_day
        against = _("window: {what}").format(what=window_text(change)) if outside else ""
        said = [cells[CHANGE], against, cells[WHY]]
        self.why.setText(f"{cells[0]}, {cells[1]}: {'; '.join(filter(None, said))}")

    # Saving

    def save(self) -> None:
        """Record exactly what is shown."""
        proposal, change, confirmed = self.proposal, self._change, self.sure.confirmed()
        if proposal is None or change is None or self.saving:
            return
        sure = confirmed is not None and proposal.doubt is not None and confirmed.covers(proposal.doubt)
        self.saving = True
        self._arrange()
        self._session.change(
            lambda study, _job: proposal.save(study, sure),
            lambda _saved: self._saved(change),
            lambda error: self._not_saved(error, change),
            owner=self,
            codes=None,
            text=sentence_case(change.said(len(proposal.facts))),
            label=_("Saving"),
        )

    def _saved(self, change: StudyChange) -> None:
        self.saving = False
        self.forget()
        change.saved()

    def _not_saved(self, error: BaseException, change: StudyChange) -> None:
        self.saving = False
        if self.sure.ask(error):
            self._arrange()
            self.sure.take_keyboard()
        else:
            self.forget()
            self._say_wrong(error, change)
