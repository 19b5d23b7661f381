"""The participants as rows of a table: in words, by phase, sorted, narrowed."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.calendar.entries import natural
from app.domain.facts.participant_record import Stage
from app.domain.search import Search, Texts
from app.services.queries.people import PersonRow
from app.services.queries.standing import Standing, Standings, epoch_text, phase_text
from app.ui.style import tokens
from app.ui.widgets.text import tip
from app.wording import dates
from app.wording.fact_sentences import stage_text
from app.wording.language import gettext as _
from app.wording.language import marked, sentence_case
from app.wording.names import visit_name
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
COLUMNS = ("code", "phase", "day", "visit", "overdue", "notices", "protocol", "regimen", "enrolled", "centre")
_TITLES: Mapping[str, str] = {
    "code": marked("Code"),
    "phase": marked("Phase"),
    "day": marked("Next day"),
    "visit": marked("Next visit"),
    "overdue": marked("Overdue"),
    "notices": marked("Notices"),
    "protocol": marked("Protocol"),
    "regimen": marked("Regimen"),
    "enrolled": marked("Enrolled"),
    "centre": marked("Centre"),
}
NUMBERS = frozenset({"overdue", "notices"})
ENTERING = "entering"
"""The phase of those who are on the way into the study; that of an epoch has its id, of a stage its value."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One participant in words, and what it is sorted by. `phase`: an epoch's id, a stage or `ENTERING`."""

    row: PersonRow
    phase: str
    texts: Mapping[str, str]
    sorted_by: Mapping[str, object]


def phase_of(row: PersonRow, standing: Standing) -> str:
    """Return the phase of a participant: of those in treatment and follow-up the epoch, else the stage."""
    if row.stage in (Stage.SCREENED, Stage.IN_SCREENING):
        return ENTERING
    return standing.epoch if row.stage is Stage.ENROLLED and standing.epoch else str(row.stage)


def person_line(row: PersonRow, found: Standings, titles: Mapping[str, str], regimens: Mapping[str, str]) -> PersonLine:
    """Return a participant in words."""
    standing = found.of(row.code)
    following, phase = standing.next, phase_of(row, standing)
    day = following.assumed if following is not None else None
    at = following.appointment_time if following is not None else ""
    texts = {
        "code": row.code,
        "phase": sentence_case(phase_text(row.stage, standing, found)),
        "day": dates.day_narrow(day, found.today, at) if day is not None else "",
        "visit": visit_name(following) if following is not None else "",
        "overdue": str(standing.overdue or ""),
        "notices": str(standing.notices or ""),
        "protocol": titles.get(row.protocol, row.protocol),
        "regimen": _IN_BRACKETS.sub("", regimens.get(row.regimen, row.regimen)),
        "enrolled": dates.day(row.enrolled_on) if row.enrolled_on is not None else "",
        "centre": row.centre,
    }
    order: dict[str, object] = {name: natural(text.casefold()) for name, text in texts.items()}
    order |= {"day": day or date.max, "enrolled": row.enrolled_on or date.max}
    order |= {"overdue": -standing.overdue, "notices": -standing.notices}
    epochs = list(found.epochs)
    order["phase"] = (epochs.index(phase) if phase in epochs else -1 if phase == ENTERING else len(epochs), phase)
    return PersonLine(row, phase, {name: visible_line(text) for name, text in texts.items()}, order)


class PeopleModel(QAbstractTableModel):
    """The participants of the chosen phase that the text finds, in the chosen order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[PersonLine] = ()
        self._in_order: Sequence[PersonLine] = ()
        self._texts = Texts(())
        self.rows: list[PersonLine] = []
        self.text = self.phase = ""
        self._sorted: tuple[str, bool] = ("code", False)

    def show_people(self, lines: Sequence[PersonLine]) -> None:
        """Show these participants, narrowed and sorted as before."""
        self.lines = lines
        self._again(self._put_in_order)

    def narrow(self, text: str) -> None:
        """Show those in whose words the text is found."""
        self._again(lambda: setattr(self, "text", text))

    def show_phase(self, phase: str) -> None:
        """Show those of a phase; empty for everybody."""
        self._again(lambda: setattr(self, "phase", phase))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; of numbers the greatest come first."""
        if 0 <= column < len(COLUMNS):
            by = (COLUMNS[column], order == Qt.SortOrder.DescendingOrder)
            self._sorted = by
            self._again(self._put_in_order)

    def _again(self, change: Callable[[], object]) -> None:
        self.beginResetModel()
        change()
        found = [self._in_order[number] for number in self._texts.found(Search(self.text))]
        self.rows = [one for one in found if one.phase == self.phase] if self.phase else found
        self.endResetModel()

    def _put_in_order(self) -> None:
        """Sort everybody, those without a value last, and prepare their words: a keystroke only chooses among them."""
        name, falling = self._sorted
        filled = [one for one in self.lines if one.texts[name]]
        filled.sort(key=lambda one: one.sorted_by[name], reverse=falling)  # type: ignore[arg-type, return-value]
        self._in_order = [*filled, *(one for one in self.lines if not one.texts[name])]
        self._texts = Texts(tuple(one.texts.values()) for one in self._in_order)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return _(_TITLES[COLUMNS[section]])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, name = self.rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[name]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line.texts[name])
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            said = (f"{_(_TITLES[one])}: {line.texts[one]}" for one in COLUMNS[1:] if line.texts[one])
            return ", ".join((line.texts["code"], *said))
        if role == Qt.ItemDataRole.FontRole and name in ("code", "day"):
            return tokens.font(strong=True)
        if role == Qt.ItemDataRole.ForegroundRole and name in NUMBERS:
            return tokens.color("alarm" if name == "overdue" else "due")
        return None


def phases(lines: Sequence[PersonLine], found: Standings) -> list[tuple[str, str, int]]:
    """Return the phases in which somebody is, with their words and numbers, in the order of the trial."""
    counts: dict[str, int] = {}
    for one in lines:
        counts[one.phase] = counts.get(one.phase, 0) + 1
    known = {ENTERING: _("In screening"), **{epoch: epoch_text(epoch, found) for epoch in found.epochs}}
    known |= {str(stage): sentence_case(stage_text(stage)) for stage in Stage}
    return [(phase, words, counts[phase]) for phase, words in known.items() if phase in counts]
