"""The window against its floors: a bare window of the same library, a bare painter, and the plans that are shown."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.calendar.entries import Status
from app.services.commands import study_file
from app.services.commands.demo import FILE
from tests.benchmarks.start import Home, demo_in, memory, start_up
from tests.benchmarks.study_file import NURSE, TODAY, Ratio, Tell

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QFont, QPainter, QPixmap
    from PySide6.QtWidgets import QApplication

    from app.domain.calendar.entries import Calendar
    from app.services.queries.rehearsal import Rehearsal
    from app.services.study.study import Study
    from app.ui.timeline.timeline import Timeline

ROOT = Path(__file__).parents[2]
TURNS = 25
WIDE, HIGH = 1366, 768
LONGEST = 60.0
AFTER = 4
"""So many turns of the events until the page rests."""
ENTRIES = 200


def run(ratio: Ratio, tell: Tell) -> None:
    """All of them."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        start_up(home, Path(folder), tell)
        memory(home, demo_in(Path(folder) / "rests"))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = _application()
    timeline_painted(app, ratio, tell)
    with tempfile.TemporaryDirectory() as folder:
        on_screen(app, Path(folder), ratio, tell)


# In this process


def _application() -> "QApplication":
    from PySide6.QtCore import qInstallMessageHandler

    from app.ui.shell.application import make_application
    from app.ui.shell.preferences import Preferences

    qInstallMessageHandler(lambda _kind, _context, _text: None)
    return make_application(Preferences(Path(tempfile.mkdtemp()) / "desktop.ini"))


def timeline_painted(app: "QApplication", ratio: Ratio, tell: Tell) -> None:
    """All of a timeline; the floor draws as many lines, pictures of marks and texts as are in sight."""
    from PySide6.QtGui import QPainter, QPixmap

    story = _story()
    timeline = _shown(story, replace(story.calendar, entries=tuple(_entries(story.calendar))))
    app.processEvents()
    shapes = Shapes.of(timeline)
    canvas = QPixmap(timeline.viewport().size())

    def work() -> None:
        painter = QPainter(canvas)
        timeline.paint(painter)
        painter.end()

    def floor() -> None:
        painter = QPainter(canvas)
        shapes.draw(painter, canvas.size())
        painter.end()

    what = f"timeline of {ENTRIES} visits painted, {shapes.marks} in sight"
    tell(what, *ratio(work, floor, TURNS * 4), 3)
    timeline.close()


def _story() -> "Rehearsal":
    from app.services.queries.rehearsal import rehearse

    return rehearse((ROOT / "resources" / "examples" / "scanpan.json").read_text(encoding="utf-8"))


def _entries(calendar: "Calendar") -> Iterator[Any]:
    """Visits to come of one epoch after another, more than two on each day that is first in sight."""
    planned = [one for one in calendar.entries if one.status is Status.PLANNED and one.target is not None]
    for number in range(ENTRIES):
        day = calendar.today + timedelta(number * 2 // 5 - 24)
        entry = planned[number % len(planned)]
        same = replace(entry, key=f"{entry.key}/{number}", booked=None, moved=None)
        first, last = day - timedelta(1), day + timedelta(1)
        yield replace(same, target=day, earliest=first, latest=last, proposed=day, assumed=day)


def _shown(story: "Rehearsal", calendar: "Calendar") -> "Timeline":
    from app.ui.timeline.timeline import Timeline

    timeline = Timeline()
    timeline.resize(WIDE * 4, HIGH * 3)
    timeline.show()
    timeline.show_calendar(story.protocol, calendar, story.site.closed, story.participant.first_day)
    return timeline


@dataclass(frozen=True)
class Shapes:
    """What a timeline draws, counted: hairlines, marks, targets, boxes, texts with their font, and closed days.

    `shades`: plain ones; `hatches`: the others; `hatch`: their picture.
    """

    lines: int
    marks: int
    targets: int
    boxes: int
    texts: tuple[str, ...]
    font: "QFont"
    shades: int
    hatches: int
    hatch: "QPixmap"

    @classmethod
    def of(cls, timeline: "Timeline") -> "Shapes":
        """Count what is in sight."""
        from app.ui.timeline import painting

        view = timeline.view()
        seen = painting.visible(timeline._figures, view)
        lanes = timeline.lane_layout.lanes
        bands = timeline._closed_bands(timeline.content, view) if timeline.content is not None else None
        found = [chip for lane in lanes for chip in lane.chips]
        chips = [one.text for one in found if one.extent[0] <= view.right and one.extent[1] >= view.left]
        labels = [one.label.text() for one in seen if one.label is not None]
        offs = [one.placed.shown.off for one in seen if one.placed.shown.off]
        near = [lane for lane in lanes if lane.bottom >= view.top and lane.top <= view.bottom]
        names = [line for lane in near for line in (*lane.name, lane.note) if line]
        ticks = [str(number) for number in range(24)]
        lines = sum(len(part) for one in seen for _pen, part in one.strokes) + len(lanes) + 24
        plain, hatched = (bands.plain, bands.hatched) if bands is not None else ((), ())
        targets = sum(one.target is not None for one in seen)
        # The tag of today and the ring around the chosen visit are boxes as well.
        boxes = len(chips) + 1 + bool(timeline.selected)
        texts = (*labels, *offs, *chips, *names, *ticks)
        return cls(
            lines,
            len(seen),
            targets,
            boxes,
            texts,
            timeline.tools.small,
            len(plain),
            len(hatched),
            timeline.tools.hatch(),
        )

    def draw(self, painter: "QPainter", canvas: "QSize") -> None:
        """The same number of shapes, one call for each."""
        from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt
        from PySide6.QtGui import QColor, QPolygonF

        wide, high = canvas.width(), canvas.height()
        painter.fillRect(QRect(0, 0, wide, high), QColor("white"))
        for number in range(self.shades):
            painter.fillRect(QRectF(number * 30 % wide, 0, 16, high), QColor("#E9EDF1"))
        for number in range(self.hatches):
            painter.drawPixmap(QPoint(number * 30 % wide, 0), self.hatch, QRect(0, 0, 16, high))
        painter.setPen(QColor("#0B5E8A"))
        for number in range(self.lines):
            painter.drawLine(
                QLineF(number * 17 % wide, number * 11 % high, number * 17 % wide + 40, number * 11 % high)
            )
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        diamond = QPolygonF([QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0)])
        painter.setBrush(QColor("#0B5E8A"))
        for number in range(self.marks):
            painter.drawEllipse(QPointF(number * 23 % wide, number * 13 % high), 6, 6)
        for number in range(self.targets):
            painter.drawPolygon(diamond.translated(number * 19 % wide, number * 7 % high))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number in range(self.boxes):
            painter.drawRoundedRect(QRectF(number * 31 % wide, number * 13 % high, 40, 16), 3, 3)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.GlobalColor.black)
        painter.setFont(self.font)
        for number, text in enumerate(self.texts):
            painter.drawText(QPointF(number * 29 % wide, number * 13 % high), text)


def on_screen(app: "QApplication", folder: Path, ratio: Ratio, tell: Tell) -> None:
    """A participant opened and the impact of a move shown, against the plans and the difference that are shown."""

    ours = demo_in(folder / "ours")
    shutil.copytree(folder / "ours", folder / "bare")
    study = study_file.open_file(folder / "bare" / FILE, NURSE, TODAY)
    window = Window(app, ours)
    try:
        participant_opened(window, ratio, tell)
        impact_shown(window, study, ratio, tell)
    finally:
        window.end()
        study.close()


class Window:
    """The real window with the demo study."""

    def __init__(self, app: "QApplication", file: Path) -> None:
        """Open it and wait for its list."""
        from PySide6.QtCore import QTimer

        from app.ui.session.session import StudySession
        from app.ui.shell.application import assemble
        from app.ui.shell.preferences import Preferences

        self.app = app
        self._pace = QTimer()
        self._pace.start(100)
        self.session = StudySession(NURSE, TODAY)
        self.window, _files = assemble(self.session, Preferences(file.with_name("desktop.ini")))
        self.window.resize(WIDE, HIGH)
        self.window.show()
        self.session.open(file)
        self.until(lambda: self.session.view is not None and self.window.selection() is not None)

    def until(self, holds: Callable[[], object]) -> None:
        """Let the window work until something holds, and paint."""
        from PySide6.QtCore import QEventLoop

        end = time.monotonic() + LONGEST
        while not holds():
            if time.monotonic() > end:
                raise RuntimeError("waited in vain for the window")
            # It sleeps until something happens: a loop that spins would keep the worker from its work.
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.app.processEvents()

    def end(self) -> None:
        """Close it."""
        self._pace.stop()
        self.window.close()
        self.session.end()


def participant_opened(window: Window, ratio: Ratio, tell: Tell) -> None:
    """From asking for another participant until everything that the page shows of it is painted.

    Again: it was shown before, and nothing of it has changed. For the first time: it is read, put into words and laid
    out. The floor shows the same rows in a bare table, its columns and rows as large, with the same row chosen, and
    paints the same shapes; it plans nobody, lays nothing out, and has no header, no tabs and no chosen visit.
    """
    from app.ui.pages.participant.page import ParticipantPage
    from tests.benchmarks.bare_page import BarePage, Painted, Rows

    both = ("LI-001", "LI-002")
    codes, bare_codes = (iter(both * 10_000) for _turn in range(2))
    page = window.window.page("participant")
    assert isinstance(page, ParticipantPage)
    painted = Painted(page.table.viewport(), page.timeline.viewport())

    def open_one(code: str) -> None:
        painted.begin()
        window.window.open_participant(code)
        window.until(lambda: page.view is not None and page.view.code == code and painted.all)
        # What comes after the paint is the page's as well: it must not be counted to the floor, whose turn is next.
        for _time in range(AFTER):
            window.app.processEvents()

    shown = {}
    for code in both:
        open_one(code)
        window.app.processEvents()
        shown[code] = Rows.of(page.table), Shapes.of(page.timeline)
    bare = BarePage(page.table, page.timeline.viewport().size())

    def again() -> None:
        open_one(next(codes))

    def first() -> None:
        window.session.participants.forget()
        page.forget()
        open_one(next(codes))

    def floor() -> None:
        bare.open(*shown[next(bare_codes)])
        window.app.processEvents()

    rows = " and ".join(str(len(found.texts)) for found, _shapes in shown.values())
    tell(f"a participant opened again, its {rows} rows painted", *ratio(again, floor, TURNS), 2)
    tell("a participant opened for the first time", *ratio(first, floor, TURNS), 2)
    bare.close()


def impact_shown(window: Window, study: "Study", ratio: Ratio, tell: Tell) -> None:
    """From the last key to the painted rows of a move; the floor proposes the same."""
    from app.services.commands import record
    from app.services.commands.record import Asked
    from app.services.queries.participant import participant_view
    from app.ui.dialogs.change.dialog import ChangeDialog
    from app.ui.session.proposal_jobs import ChangeRequest

    code, visit = "LI-001", "SP-C01"
    view = participant_view(study, code, TODAY)
    days = iter([TODAY + timedelta(number % 5 + 14) for number in range(10_000)])
    dialog = ChangeDialog(window.session, view, "moved", visit, {}, window.window)
    dialog.show()
    window.until(lambda: not dialog.preview.under_way)
    changes = dialog.frame.impact.table.changes

    def asked(day: date) -> dict[str, object]:
        return {"visit": visit, "to": day, "reason": "holiday abroad"}

    def work() -> None:
        dialog.preview.want(ChangeRequest(code, "moved", asked(next(days))), at_once=True)
        window.until(lambda: not dialog.preview.under_way)

    bare = iter([TODAY + timedelta(number % 5 + 14) for number in range(10_000)])

    def floor() -> None:
        record.propose(study, code, [Asked("moved", asked(next(bare)))], TODAY)

    work()
    tell(f"a move's impact of {len(changes.rows)} rows shown", *ratio(work, floor, TURNS), 3)
    dialog.close()
