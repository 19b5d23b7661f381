"""The page of one participant: a header, the timeline, the same visits as a table, and the chosen visit at the side."""

from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.calendar.entries import OPEN
from app.domain.calendar.visit_scope import depends_on_visit, visit_meant
from app.domain.facts.kinds import KINDS
from app.services.queries.participant import ParticipantView, participant_view
from app.services.queries.participant_notices import notice_text
from app.services.study.study import Study
from app.ui.pages.page_base import Page
from app.ui.pages.participant.calendar_model import CalendarModel
from app.ui.pages.participant.calendar_view import VISIT_KEYS, CalendarView
from app.ui.pages.participant.events_tab import EventsTab
from app.ui.pages.participant.notices_tab import NoticesTab
from app.ui.pages.participant.page_memory import PageMemory
from app.ui.pages.participant.plan_bars import print_button, timeline_bar
from app.ui.pages.participant.text import EVENTS_TAB, NOTICES_TAB, PLAN, TABS
from app.ui.session.error_text import error_text
from app.ui.session.session import Changed, StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.timeline.timeline import Timeline
from app.ui.visit.event_menu import EVENTS, EventMenu, below, event_button
from app.ui.visit.header_parts import notices_of
from app.ui.visit.inspector import Inspector
from app.ui.visit.mends import ANSWERED
from app.ui.visit.participant_header import ParticipantHeader
from app.ui.widgets.buttons import rule
from app.ui.widgets.notes import Banner
from app.ui.widgets.over_bar import OverBar
from app.ui.widgets.side_splitter import SideSplitter
from app.ui.widgets.steady_place import SteadyPlace
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Elided
from app.wording.agenda import next_step
from app.wording.language import gettext as _

CHECK_MS = 200
"""So long after a participant is shown as it is known it is read again; it is shown again only where it differs."""
SLOW_MS = 150
"""A page that is read sooner than this does not flicker with the word that it is being read."""
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class ParticipantPage(Page):
    """The page of the participant that was opened last."""

    asked = Signal(str, str, str)
    """A kind of fact (or ``print``, ``print_calendar``), the code, and the visit (empty: the participant)."""
    reported = Signal(str, int)
    """A report on a serious adverse event is to be recorded: the code, and the number of the event's fact."""
    moved = Signal(str, str, object)
    """A visit that was dropped on a day: the code, the visit, the day; nothing is saved."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view: ParticipantView | None = None
        self.code = ""
        self._wanted = self._noted = self._noted_of = ""
        self._wanted_event = 0
        self._job: Job | None = None
        self._reading = False
        self.inspector = Inspector(with_participant=False)
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.timeout.connect(self.refresh)
        session.closed.connect(self.forget)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(lambda: self.inspector.say(_("Reading…")))
        self.header = ParticipantHeader()
        self.banner, self.notes = Banner(), Banner()
        self._memory = PageMemory()
        self._model = CalendarModel(self)
        self.table = CalendarView(self._model)
        self.timeline = Timeline()
        self._build()

    # Layout

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(SteadyPlace(self.header))
        outer.addWidget(rule())
        outer.addWidget(self.banner)
        outer.addWidget(self.notes)
        self.tabs = Tabs({tab: _(name) for tab, name in TABS.items()}, _("Parts of the participant's page"))
        self.stack = QStackedWidget()
        self.plan = SideSplitter(self._left(), self.inspector)
        self.stack.addWidget(self.plan)
        self.events_tab: EventsTab | None = None
        self.notices_tab: NoticesTab | None = None
        outer.addWidget(SteadyPlace(self.tabs))
        outer.addWidget(rule())
        outer.addWidget(self.stack, 1)
        self._add_buttons()
        self._connect()
        # Where the keyboard begins; as the page's focus proxy Qt would leave out what comes before it when Tab walks.
        self.first: QWidget = self.table

    def _left(self) -> QSplitter:
        down = QSplitter(Qt.Orientation.Vertical)
        down.setChildrenCollapsible(False)
        down.setHandleWidth(1)
        down.addWidget(OverBar(self.timeline, timeline_bar(self.timeline)))
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addLayout(self._table_bar())
        down.addWidget(below)
        down.setSizes([tokens.px(300), tokens.px(260)])
        down.setStretchFactor(0, 1)
        down.setStretchFactor(1, 1)
        self.table.setAccessibleName(_("Visits of the participant"))
        return down

    def _table_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(12)
        self._totals = Elided("", "small")
        row.addWidget(SteadyPlace(self._totals), 1)
        self.cancelled = QCheckBox(_("Show cancelled visits"))
        self.cancelled.toggled.connect(lambda _on: self._show_visits(self.selected))
        row.addWidget(self.cancelled)
        return row

    def _add_buttons(self) -> None:
        self.events = EventMenu(self)
        self.events.asked.connect(lambda kind, _code, _visit: self._record(kind))
        self.record_button = event_button(self.events)
        self.header.buttons.addWidget(print_button(self._ask, lambda: self.selected))
        self.header.buttons.addWidget(self.record_button)

    def _record(self, kind: str) -> None:
        """Ask for a kind of the menu; a decision, an operation or a dose is about the visit that is meant."""
        visit = ""
        row = KINDS[kind.partition(ANSWERED)[0]]
        if self.view is not None and depends_on_visit(row):
            visit = visit_meant(row, self.view.protocol, self.view.calendar, self.selected)
        self._ask(kind, visit)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._go_to_tab)
        self.header.notices.clicked.connect(lambda _checked: self._to_notice())
        self.table.chosen.connect(self._choose)
        self.table.stepped.connect(self._step)
        self.table.keyed.connect(lambda kind, visit: self._ask(kind, visit))
        self.timeline.chosen.connect(self._choose)
        self.timeline.activated.connect(self._step)
        self.timeline.dropped.connect(self._dropped)
        self.inspector.asked.connect(lambda kind, _code, visit: self._ask(kind, visit))

    # Tabs

    def _go_to_tab(self, tab: str) -> None:
        """Show a tab; one next to the plan is made when it is shown for the first time."""
        if tab == EVENTS_TAB and self.events_tab is None:
            self.events_tab = EventsTab()
            self.events_tab.asked.connect(self._ask)
            self.events_tab.printing.connect(self._ask)
            self.events_tab.reported.connect(lambda event: self.reported.emit(self.code, event))
            self.events_tab.visit_asked.connect(self._show_in_plan)
            self.events_tab.event_asked.connect(lambda: self._ask(EVENTS, ""))
            self.stack.addWidget(self.events_tab)
        elif tab == NOTICES_TAB and self.notices_tab is None:
            self.notices_tab = NoticesTab()
            self.notices_tab.asked.connect(self._ask)
            self.stack.addWidget(self.notices_tab)
        shown = {EVENTS_TAB: self.events_tab, NOTICES_TAB: self.notices_tab}.get(tab)
        self.stack.setCurrentWidget(shown or self.plan)
        self._show_tab()
        if not self.tabs.hasFocus():
            self._list_of_tab().setFocus()

    def _list_of_tab(self) -> QTableView:
        """Return the list of the chosen tab; that of the visits for the notices."""
        return self.events_tab.table if self.tabs.key == EVENTS_TAB and self.events_tab is not None else self.table

    @property
    def search(self) -> QLineEdit | None:
        """The search box of the chosen tab; None where it has none."""
        return self.events_tab.search if self.tabs.key == EVENTS_TAB and self.events_tab is not None else None

    def _show_tab(self) -> None:
        """Show the participant in the chosen tab, and on each tab how much it has."""
        if self.view is None:
            return
        for tab, name in self._memory.words(self.view).tabs.items():
            self.tabs.rename(tab, name)
        shown = {EVENTS_TAB: self.events_tab, NOTICES_TAB: self.notices_tab}.get(self.tabs.key)
        if shown is not None:
            shown.show_participant(self.view, self._session.can_write)

    def _show_in_plan(self, visit: str) -> None:
        self.tabs.choose(PLAN)
        self._choose(visit)
        self.table.setFocus()

    # What is shown

    def open(self, code: str, visit: str = "") -> None:
        """Show a participant, with a visit chosen (else the next one)."""
        if code != self.code or visit:
            self.tabs.choose(PLAN)
        if code != self.code:
            self.view = None
            self.banner.hide()
            self._slow.start(SLOW_MS)
        self.code, self._wanted, self._wanted_event = code, visit, 0
        known = self._session.participants.of(code, self._session.today)
        if known is None:
            self.refresh()
            return
        self._leave_reading()
        self._show(known)
        # The file has the last word, but nobody waits for it.
        self._check.start(CHECK_MS)

    def forget(self) -> None:
        """Forget what was put into words, laid out and drawn of whom the page has shown."""
        self._memory.forget()
        self.inspector.forget()
        self.timeline.forget()
        self.table.forget()

    def show_event(self, fact: int) -> None:
        """Show the line of a fact among the events, as soon as they are read."""
        self._wanted_event = fact
        if self.view is not None and not self._reading:
            self._show_wanted_event()

    def concerns(self, changed: Changed) -> bool:
        """Whether the change concerns this participant."""
        return bool(self.code) and changed.touches(self.code)

    def read(self) -> None:
        """Ask the file for the participant."""
        if not self.code:
            return
        code, today = self.code, self._session.today
        self._leave_reading()

        def read_one(study: Study, _job: Job) -> ParticipantView:
            return participant_view(study, code, today)

        self._reading = True
        self._job = self._session.ask(read_one, self._answered, self._refused, self)

    def _leave_reading(self) -> None:
        """Read no more what nobody waits for."""
        self._check.stop()
        self._reading = False
        if self._job is not None:
            self._job.stop()

    def _refused(self, error: BaseException) -> None:
        self._reading = False
        self._slow.stop()
        self.banner.tell(error_text(error))
        if self.view is None:
            # The calendar of the participant before is not that of the one who was asked for.
            self.header.show_nobody(self.code)
            for part in (self.notes, self.tabs, self.stack):
                part.hide()

    def _answered(self, view: ParticipantView) -> None:
        self._reading = False
        kept = self._session.participants.keep(view)
        if kept.code == self.code and (kept is not self.view or self._wanted or self._wanted_event):
            self._show(kept)

    def _show(self, view: ParticipantView) -> None:
        self._slow.stop()
        # Before the first answer the table may still show another participant.
        wanted = self._wanted or (self.selected if self.view is not None else "")
        self.view, self._wanted = view, ""
        self.tabs.show()
        self.stack.show()
        self.header.show_participant(view)
        self._show_notes(view)
        self.record_button.setEnabled(self._session.can_write)
        self.timeline.set_read_only(not self._session.can_write)
        self._show_visits(wanted)
        if self._wanted_event:
            self._show_wanted_event()
        else:
            self._show_tab()

    def _show_wanted_event(self) -> None:
        self.tabs.choose(EVENTS_TAB)
        self._show_tab()
        if self.events_tab is not None:
            self.events_tab.choose(self._wanted_event)
        self._wanted_event = 0

    def _show_notes(self, view: ParticipantView) -> None:
        """Show what a person should look at that belongs to none of the visits."""
        said = "\n".join(map(notice_text, view.notices))
        if not said:
            self.notes.hide()
        elif said != self._noted or view.code != self._noted_of:
            self.notes.tell(said, "notice")
        self._noted, self._noted_of = said, view.code

    def _show_visits(self, wanted: str) -> None:
        """Show the visits in the table and on the timeline, with the cancelled ones where they are asked for."""
        if self.view is not None:
            self._fill(self.view, self.cancelled.isChecked())
            said = self._memory.words(self.view)
            self._totals.setText(said.totals)
            chosen = wanted if self._model.row_of(wanted) >= 0 else said.opens_at
            self._choose(chosen) if chosen in self.view.calendar.by_key else self._choose_none()

    def _fill(self, view: ParticipantView, with_cancelled: bool) -> None:
        self.table.show_calendar(view.calendar, with_cancelled)
        self.timeline.show_content(self._memory.content(view, with_cancelled))

    @property
    def selected(self) -> str:
        """The key of the chosen visit; empty for none."""
        entry = self._model.entry_at(self.table.currentIndex().row())
        return entry.key if entry is not None else ""

    def selection(self) -> tuple[str, str] | None:
        """Return the code and the key of the chosen visit; no visit is chosen among the events."""
        visit = self.selected if self.tabs.key == PLAN else ""
        return (self.code, visit) if self.code and self.view is not None else None

    def _choose(self, visit: str) -> None:
        """Show the same visit in table, timeline and inspector."""
        if self.view is None or visit not in self.view.calendar.by_key:
            return
        if self._model.row_of(visit) < 0:
            with QSignalBlocker(self.cancelled):
                self.cancelled.setChecked(True)
            self._fill(self.view, with_cancelled=True)
        self.table.choose(visit)
        self.timeline.select(visit)
        self.inspector.can_write, self.inspector.can_print = self._session.can_write, self._session.can_print
        self.inspector.show_visit(self._memory.visit(self.view, visit))

    def _choose_none(self) -> None:
        """Show that the participant has no visit: what was chosen before belongs to somebody else."""
        self.table.choose("")
        self.timeline.select("")
        self.inspector.say(_("No visit is planned."))

    def _to_notice(self) -> None:
        """Choose the next visit that a person should look at."""
        keys = notices_of(self.view) if self.view is not None else []
        if keys:
            after = keys.index(self.selected) + 1 if self.selected in keys else 0
            self._choose(keys[after % len(keys)])

    # What is asked for

    def _ask(self, kind: str, visit: str) -> None:
        if self.view is None:
            return
        if kind == EVENTS:
            self.events.open_for(self.code, visit, below(self._list_of_tab()))
        else:
            self.asked.emit(kind, self.code, visit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use the keys of the table in the timeline as well, which passes them on."""
        visit = self.timeline.selected if self.timeline.hasFocus() else ""
        kind = VISIT_KEYS.get(Qt.Key(event.key()), "") if event.modifiers() in _PLAIN else ""
        if visit and kind:
            self._ask(kind, visit)
        else:
            super().keyPressEvent(event)

    def _step(self, visit: str) -> None:
        entry = self.view.calendar.by_key.get(visit) if self.view is not None else None
        if self.view is not None and entry is not None and entry.status in OPEN:
            decides = entry.visit.id in self.view.protocol.decisions
            self._ask(next_step(entry, self.view.calendar.today, decides), visit)

    def _dropped(self, visit: str, day: date) -> None:
        self.moved.emit(self.code, visit, day)
