"""The side of a participant's events: the chosen line in full, what can be done to it, and all that became of it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.facts.kinds import KINDS
from app.services.queries.history import HistoryRow
from app.services.queries.participant_events import EventLine, fact_of, history_of
from app.ui.pages.participant.events_model import EventsModel
from app.ui.visit.detail_widgets import DateList
from app.ui.visit.mends import CORRECT, MENDS_IN_ORDER, TAKE_BACK, mend_text, mends_of
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.notes import Note
from app.ui.widgets.side_card import SideCard, column_in
from app.ui.widgets.text import Label, Wrapped
from app.ui.widgets.text_list import TextList
from app.wording.event_lines import step_text
from app.wording.fact_sentences import details, who_text
from app.wording.language import gettext as _
from app.wording.language import sentence_case

_PRINTS = {"sheet": "print", "calendar": "print_calendar"}
"""What is asked for to print a paper again, by what it was."""


class EventDetail(SideCard):
    """The chosen line."""

    asked = Signal(str, str)
    """What is asked for about a fact, and the fact's number."""
    reported = Signal(int)
    """A report on the serious adverse event of that fact is to be recorded."""
    printing = Signal(str, str)
    """What was printed is to be printed again, and the visit where it was the sheet of one."""
    visit_asked = Signal(str)
    """The visit of the fact is to be shown in the plan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("The chosen line"), parent)
        self._line: EventLine | None = None
        self._build(self._shown)
        self.say(_("Choose a line to see all that became of it."))

    def _build(self, shown: QWidget) -> None:
        column = column_in(shown)
        self._small = Label("", "small", parent=shown)
        self._day = Wrapped("", "heading", parent=shown)
        self._title = Wrapped("", parent=shown)
        self._fields = DateList(shown)
        self._clock = Note("", "notice", parent=shown)
        self._buttons = QWidget(shown)
        row = FlowLayout(self._buttons)
        self.report = Button(_("Report sent…"), self._ask_report, parent=self._buttons)
        row.addWidget(self.report)
        self.mends = {
            mend: Button(
                mend_text(mend), self._asking(mend), "primary" if mend == CORRECT else "", parent=self._buttons
            )
            for mend in MENDS_IN_ORDER
        }
        for mend, key in ((CORRECT, "C"), (TAKE_BACK, "T")):
            self.mends[mend].setToolTip(_("Key: {key}").format(key=key))
        for button in self.mends.values():
            row.addWidget(button)
        self.again = Button(_("Print again…"), self._print_again, parent=self._buttons)
        row.addWidget(self.again)
        self.to_visit = Button(_("Show the visit"), self._show_visit, "link", parent=self._buttons)
        row.addWidget(self.to_visit)
        self._history = TextList(_("History of this line"), ("", "small"), shown)
        self._promise = Note(
            _("Nothing is erased: a correction keeps the old value, who and why, and what is taken back stays here."),
            parent=shown,
        )
        for part in (
            self._small, self._day, self._title, self._fields, self._clock, self._buttons, self._history, self._promise,
        ):  # fmt: skip
            column.addWidget(part)

    def say(self, text: str) -> None:
        """Show a sentence in the place of a line."""
        self._line = None
        super().say(text)

    def show_line(self, line: EventLine, model: EventsModel, can_write: bool) -> None:
        """Show a line; it stays scrolled when it is the same one."""
        same = self._line is not None and self._line.seq == line.seq
        self._line = line
        texts = model.texts(line)
        place = [one.seq for one in model.lines].index(line.seq) + 1
        said = _("{kind} · line {n} of {total}")
        self._small.setText(said.format(kind=texts.kind, n=place, total=len(model.lines)))
        self._day.setText(", ".join(filter(None, model.heading(line.on))))
        self._title.setText(texts.title)
        is_fact = KINDS[line.record.kind].subject != "fact"
        self._fields.show_dates(_details(line, model) if is_fact else [])
        self._clock.text.setText(texts.below if texts.tone else "")
        self._clock.setVisible(bool(texts.tone))
        self._show_buttons(line, model, can_write)
        rows = [row for found in history_of(line, model.lines)[::-1] for row in _history_lines(found, model)]
        self._history.show_texts(rows)
        self.show_chosen()
        if not same:
            self.verticalScrollBar().setValue(0)

    def _show_buttons(self, line: EventLine, model: EventsModel, can_write: bool) -> None:
        possible = mends_of(line.row)
        for mend, button in self.mends.items():
            button.setVisible(mend in possible)
            button.setEnabled(can_write)
            button.setAccessibleName(f"{button.text()} {model.texts(line).title}")
        unsent = line.serious is not None and line.serious.sent is None
        self.report.setVisible(unsent)
        self.report.setEnabled(can_write)
        self.again.setVisible(line.record.text("what") in _PRINTS and line.row.record.kind == "printed")
        first = fact_of(line, model.lines)
        self.to_visit.setVisible(first is not None and bool(first.record.text("visit")))
        further = (self.report, self.again, self.to_visit)
        self._buttons.setVisible(bool(possible) or not all(button.isHidden() for button in further))

    def _asking(self, mend: str) -> Callable[[], None]:
        return lambda: self.asked.emit(mend, str(self._line.seq)) if self._line is not None else None

    def _ask_report(self) -> None:
        if self._line is not None:
            self.reported.emit(self._line.seq)

    def _print_again(self) -> None:
        if self._line is not None:
            visits = self._line.record.fields.get("visits")
            one = str(visits[0]) if isinstance(visits, list) and len(visits) == 1 else ""
            self.printing.emit(_PRINTS[self._line.record.text("what")], one)

    def _show_visit(self) -> None:
        if self._line is not None:
            of = self._line.row.past.of or self._line.record
            self.visit_asked.emit(of.text("visit"))


def _history_lines(row: HistoryRow, model: EventsModel) -> list[tuple[str, str]]:
    """Return what was recorded, and below it by whom, where and when."""
    tone = "" if row.stands else "muted"
    return [(step_text(row.past, model.names), tone), (who_text(row.record), "")]


def _details(line: EventLine, model: EventsModel) -> list[tuple[str, str]]:
    return [(sentence_case(label), value) for label, value in details(line.record, model.names)]
