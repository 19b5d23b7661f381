"""Paper: sheets next to a bare canvas with as many strings and boxes, and both kinds of paper next to a checkout."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.documents import fonts
from app.documents.drawings import Mark, TextLine
from app.documents.page_layout import Block, Document
from app.documents.sheet import documents_of, visit_sheets
from app.documents.sheet_rows import SheetSource
from app.services.commands.print_documents import sheet_entries
from app.services.queries.rehearsal import Rehearsal, rehearse

HERE = Path(__file__).parents[2]
CALENDARS = 100
STORY: dict[str, Any] = {
    "protocol": "scanpan",
    "today": "2026-11-23",
    "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"},
    "facts": [],
}
Ratio = Callable[[Callable[[], object], Callable[[], object], int], tuple[float, float, float]]
Tell = Callable[[str, float, float, float, float], None]
_IN_A_CHECKOUT = """
import importlib, json, sys, time
def first(*names):
    for name in names:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError:
            continue
rehearse = first("app.services.queries.rehearsal", "app.services.rehearse").rehearse
from app.documents.participant_calendar import participant_calendar
from app.documents.sheet import visit_sheets
one = rehearse(sys.argv[1])
entries = [entry for entry in one.calendar.entries if entry.status in ("planned", "due", "overdue") and entry.assumed]
def sheets():
    visit_sheets(one.protocol, one.calendar, entries, "Ward", choices=one.choices)
def calendars():
    for _number in range(int(sys.argv[2])):
        participant_calendar(one.protocol, one.calendar, "Ward", choices=one.choices)
found = []
for work in (sheets, calendars):
    work()
    spent = []
    for _turn in range(5):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    found.append(min(spent))
print(json.dumps([len(entries) / found[0], int(sys.argv[2]) / found[1]]))
"""
"""Prints the sheets and the calendars per second of processor time, in this checkout or an older one."""


def run(ratio: Ratio, tell: Tell) -> None:
    """Print the time of all open sheets of a participant next to that of a bare canvas."""
    one = rehearse(json.dumps(STORY))
    documents = _documents(one)
    work, floor, times = ratio(lambda: _sheets(one), lambda: _bare(documents), 7)
    tell(f"{len(documents)} sheets, next to as many strings and boxes on a bare canvas", work, floor, times, 2)


def run_against(other: Path) -> None:
    """Print how many sheets and calendars a second are made here and in another checkout."""
    mine, theirs = (_in_checkout(one) for one in (HERE, other.resolve()))
    for what, ours, old, reach in zip(("sheets", "calendars"), mine, theirs, (1.5, 2.0), strict=True):
        print(f"{what} a second: {ours:.0f}, there {old:.0f}, {ours / old:.2f}x (at least {reach}x)", flush=True)


def _in_checkout(source: Path) -> list[float]:
    environment = {**os.environ, "PYTHONPATH": str(source)}
    command = [sys.executable, "-c", _IN_A_CHECKOUT, json.dumps(STORY), str(CALENDARS)]
    done = subprocess.run(command, env=environment, cwd=source, check=True, capture_output=True, text=True)
    found: list[float] = json.loads(done.stdout)
    return found


def _sheets(one: Rehearsal) -> bytes:
    return visit_sheets(one.protocol, one.calendar, sheet_entries(one.calendar), "Ward", choices=one.choices)


def _documents(one: Rehearsal) -> list[Document]:
    source = SheetSource(one.protocol, one.calendar, "Ward", choices=one.choices)
    return list(documents_of(source, sheet_entries(one.calendar)))


def _bare(documents: list[Document]) -> bytes:
    """Return a PDF with the strings and boxes of these pages, by the library's own calls and with the same settings."""
    rl_config.useA85 = 0
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1, initialFontName=fonts.register())
    for document in documents:
        for page in document.pages:
            for block in (document.header, *page):
                _draw(canvas, block)
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, block: Block) -> None:
    for drawn in block.drawn:
        if isinstance(drawn, TextLine):
            canvas.setFont(fonts.register(drawn.style.bold), drawn.style.size)
            canvas.drawString(50 + drawn.x, 400 - drawn.y, drawn.text)
        elif isinstance(drawn, Mark):
            canvas.rect(50 + drawn.x, 400 - drawn.y, drawn.size, drawn.size)
