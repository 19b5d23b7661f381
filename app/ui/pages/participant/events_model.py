"""A participant's events as a table: a heading for each day, and a line for each fact. Words are made when shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.facts.kinds import KINDS
from app.domain.search import Search
from app.services.queries.participant import ParticipantView
from app.services.queries.participant_events import EventLine, event_lines
from app.ui.widgets.text import tip
from app.wording import event_lines as words
from app.wording.dates import day, day_at
from app.wording.fact_sentences import recorded_text
from app.wording.language import gettext as _
from app.wording.language import numbered
from app.wording.protocol_names import NO_NAMES

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the table."""

    KIND = 0
    WHAT = 1
    AMOUNT = 2
    BY = 3
    MORE = 4


class Role(IntEnum):
    """Data of a row other than its text. TEXTS: an `EventTexts`; HEADING: the day and its count, empty for a line."""

    TEXTS = Qt.ItemDataRole.UserRole + 1
    HEADING = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class EventTexts:
    """The words of one line. `below`: the second line, with its tone. `counts`: whether the fact still counts."""

    kind: str
    title: str
    amount: str
    by: str
    below: str
    tone: str
    counts: bool

    @property
    def everything(self) -> tuple[str, ...]:
        """All that is found by a search."""
        return self.kind, self.title, self.amount, self.below, self.by


class EventsModel(QAbstractTableModel):
    """The lines of the chosen groups in which the search is found, each day under its heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[EventLine, ...] = ()
        self.rows: list[EventLine | date] = []
        self.names = NO_NAMES
        self._texts: dict[int, EventTexts] = {}
        self._operated: dict[date, date | None] = {}
        self._view: ParticipantView | None = None
        self._group, self._typed, self._with_void = "", "", False

    def show_participant(self, view: ParticipantView) -> None:
        """Show another participant, or the same one after a change."""
        if view is self._view:
            return
        self.beginResetModel()
        self._view, self.names = view, view.names
        self.lines = event_lines(view)
        self._operated = {line.on: line.operated for line in self.lines}
        self._texts.clear()
        self._choose_rows()
        self.endResetModel()

    def narrow(self, group: str, typed: str, with_void: bool) -> None:
        """Show the lines of a group (empty: of all) in which a text is found; `with_void`: also those taken back."""
        self.beginResetModel()
        self._group, self._typed, self._with_void = group, typed, with_void
        self._choose_rows()
        self.endResetModel()

    def counts(self) -> Mapping[str, int]:
        """Return the number of lines of each group that has some, in the order of the groups, without the search."""
        shown = [line.group for line in self.lines if self._with_void or line.row.stands]
        order = [*words.GROUPS, words.OTHER]
        return {group: shown.count(group) for group in order if group in shown}

    def void_count(self) -> int:
        """Return the number of lines that no longer count."""
        return sum(not line.row.stands for line in self.lines)

    def _choose_rows(self) -> None:
        search = Search(self._typed)
        self.rows = []
        last: date | None = None
        for line in self.lines:
            if not self._is_chosen(line) or (self._typed and not search.finds(*self.texts(line).everything)):
                continue
            if line.on != last:
                last = line.on
                self.rows.append(line.on)
            self.rows.append(line)

    def _is_chosen(self, line: EventLine) -> bool:
        return (not self._group or line.group == self._group) and (self._with_void or line.row.stands)

    def line_at(self, row: int) -> EventLine | None:
        """Return the line of a row; None for a heading and outside the table."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, EventLine) else None

    def row_of(self, seq: int) -> int:
        """Return the row of a fact; -1 where the table does not show it."""
        rows: Sequence[EventLine | date] = self.rows
        return next((n for n, one in enumerate(rows) if isinstance(one, EventLine) and one.seq == seq), -1)

    def first_line(self) -> int:
        """Return the row of the first line; -1 where there is none."""
        return next((n for n, one in enumerate(self.rows) if isinstance(one, EventLine)), -1)

    # Words

    def texts(self, line: EventLine) -> EventTexts:
        """Return the words of a line, made when they are first asked for."""
        found = self._texts.get(line.seq)
        if found is None:
            found = self._texts[line.seq] = self._made(line)
        return found

    def _made(self, line: EventLine) -> EventTexts:
        past, record, names = line.row.past, line.record, self.names
        if KINDS[record.kind].subject == "fact":
            title, amount = words.correction_title(past, names), words.correction_amount(past, names)
            below, tone = words.correction_rest(past, names), ""
        else:
            title, amount = words.title_text(record, names), words.amount_text(record, names)
            parts = [words.fate_text(past, names), words.corrected_text(past, names), words.rest_text(record, names)]
            below, tone = " · ".join(filter(None, parts)), ""
        if line.serious is not None and self._view is not None:
            clock, tone = self._clock(line, self._view.calendar.today)
            below = " · ".join(filter(None, (clock, below)))
        return EventTexts(words.kind_text(record), title, amount, self._by(line), below, tone, line.row.stands)

    def _by(self, line: EventLine) -> str:
        """Return who recorded the fact and when; the year is left out where it is this one."""
        return recorded_text(line.row.record, self._view.calendar.today if self._view is not None else date.min)

    def _clock(self, line: EventLine, today: date) -> tuple[str, str]:
        event = line.serious
        if event is None:
            return "", ""
        if event.sent is not None:
            late = _("report sent late on {day}") if event.is_late else _("report sent on {day}")
            return late.format(day=day_at(event.sent.on, event.sent.at)), ""
        said = _("report was due {due}, not sent yet") if event.is_overdue(today) else _("report due {due}")
        return said.format(due=day_at(event.due.on, event.due.at)), "alarm"

    def heading(self, on: date) -> tuple[str, str]:
        """Return a day, and how it is counted: from the operation, else from the enrolment."""
        operated = self._operated.get(on)
        if self._view is None:
            return day(on), ""
        if operated is not None:
            number = (on - operated).days
            return day(on), numbered(_("postoperative day {n}"), number) if number else _("day of the operation")
        return day(on), numbered(_("study day {n}"), (on - self._view.enrolled_on).days).replace("-", "−")

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Kind"), _("What happened"), _("Grade, amount"), _("Recorded by"), "")[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsSelectable if self.line_at(index.row()) is not None else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = self.rows[index.row()]
        if isinstance(shown, date):
            return self._of_heading(shown, index.column(), role)
        texts = self.texts(shown)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cells(texts)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                below = texts.below if index.column() == Column.WHAT else ""
                return tip("\n".join(filter(None, (_cells(texts)[index.column()], below))))
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(texts) if index.column() == 0 else _cells(texts)[index.column()]
            case Role.TEXTS:
                return texts
            case _:
                return None

    def _of_heading(self, on: date, column: int, role: int) -> object:
        if role == Role.HEADING:
            return self.heading(on)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and column == 0:
            return ", ".join(filter(None, self.heading(on)))
        return None


def _cells(texts: EventTexts) -> tuple[str, ...]:
    return texts.kind, texts.title, texts.amount, texts.by, ""


def spoken(texts: EventTexts) -> str:
    """Return a line as a sentence, for a screen reader."""
    gone = "" if texts.counts else _("no longer counts")
    return ", ".join(filter(None, (texts.kind, texts.title, texts.amount, texts.below, gone, texts.by)))


def chips(model: EventsModel, shown: Collection[str]) -> list[tuple[str, str, int]]:
    """Return the groups to choose from with their names and counts, all of them first; `shown`: kept although empty."""
    counts = model.counts()
    kept = {group: counts.get(group, 0) for group in (*words.GROUPS, words.OTHER) if group in {*counts, *shown}}
    return [("", _("All"), sum(counts.values())), *((one, words.group_name(one), n) for one, n in kept.items())]
