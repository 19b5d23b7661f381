"""Draws the band at the top of each page of a worksheet: whose it is, which visit, its days, and why they are."""

from collections.abc import Sequence

from app.documents.drawings import Drawing, Mark, TextLine
from app.documents.form_blocks import wrap_after_dash
from app.documents.page_layout import Block, HeaderTexts, lines_at, right_aligned
from app.documents.sheet_rows import Identity, PlannedDay
from app.documents.text import Style, fitting, printable, text_width, wrap
from app.documents.worksheet_cells import HINT, WIDTH, rule
from app.wording import dates
from app.wording.language import gettext as _

CODE = Style(18, bold=True)
TRIAL = Style(10, bold=True)
VALUE = Style(10, bold=True)
VISIT = Style(13, bold=True)
STRONG = 1.0
_HALF = WIDTH * 0.5
_CELL_GAP = 8.0
_CELLS = (0.0, 136.0, 286.0, 391.0, WIDTH + _CELL_GAP)
_CELL_AT_LEAST = 60.0
_COHORT_AT_LEAST = 60.0
_MARK = 12.0
"""The room of the mark before the status."""
Cells = Sequence[tuple[str, str]]
"""The label and value of each cell below the visit's name, before that of the status."""


def page_header(
    identity: Identity, cells: Cells, plan: PlannedDay, name: str, key: str, reasons: str
) -> tuple[Block, list[Block]]:
    """Return the band on each page, and the texts in full that were too long for it."""
    texts = HeaderTexts(WIDTH)
    own = fitting(identity.participant, CODE, _HALF - 60, "participant code")
    code = texts.line(identity.participant, own, _HALF - 60, "participant code")
    room = WIDTH - text_width(code, own) - 12
    cohort = _("Cohort: {cohort}").replace("{cohort}", identity.cohort) if identity.cohort else ""
    trial = texts.line(identity.trial, TRIAL, room - (_COHORT_AT_LEAST + 10 if cohort else 0), "trial title")
    ends = WIDTH - text_width(trial, TRIAL) - 10
    above, known = _whose(identity, cohort, ends - WIDTH + room, room)
    lines = texts.lines(known, HINT, room, "protocol version", 2)
    drawn: list[Drawing] = [
        TextLine(0, 18, code, own),
        right_aligned(ends, 9, texts.line(above, HINT, ends - WIDTH + room, "cohort"), HINT),
        right_aligned(WIDTH, 9, trial, TRIAL),
        *(right_aligned(WIDTH, 20 + number * HINT.leading, one, HINT) for number, one in enumerate(lines)),
    ]
    top = 26 + (len(lines) - 1) * HINT.leading
    drawn.append(rule(0, top, WIDTH, top, STRONG))
    key_line = texts.line(key, VALUE, 150, "visit key")
    epoch = texts.line(identity.epoch, HINT, 140, "epoch")
    side = WIDTH - text_width(key_line, VALUE) - 8
    names = texts.lines(name, VISIT, side - text_width(epoch, HINT) - 12, "visit name", 3)
    drawn += [
        *lines_at(0, top + 15, names, VISIT),
        right_aligned(side, top + 15, epoch, HINT),
        right_aligned(WIDTH, top + 15, key_line, VALUE),
    ]
    planned, bottom = _cells(cells, plan, top + 28 + (len(names) - 1) * VISIT.leading)
    drawn += [*planned, rule(0, bottom, WIDTH, bottom, STRONG)]
    if reasons:
        reasons = dates.two_figures(reasons)
        lines = texts.lines(reasons, HINT, WIDTH, "reason", 4)
        drawn += lines_at(0, bottom + 10, lines, HINT)
        bottom += 4 + len(lines) * HINT.leading
        drawn.append(rule(0, bottom, WIDTH, bottom))
    return Block(bottom + 2, tuple(drawn)), texts.left_out


def _whose(identity: Identity, cohort: str, room_above: float, room: float) -> tuple[str, str]:
    """Return the words next to the trial's title, and those below it.

    The protocol version goes up where its line has no room for the centre, so a long centre is one line more often.
    """
    version = f"{identity.registry} · {_('protocol version')} {identity.version}"
    centre = f"{_('centre')} {identity.site}" if identity.site else ""
    known, above = (" · ".join(filter(None, texts)) for texts in ((version, centre), (version, cohort)))
    is_one_line = text_width(printable(known, "centre"), HINT) <= room
    if is_one_line or not centre or text_width(printable(above, "cohort"), HINT) > room_above:
        return cohort, known
    return above, centre


def _cells(cells: Cells, plan: PlannedDay, y: float) -> tuple[list[Drawing], float]:
    """Return the planned day, window, target and status, and the height at which they end."""
    said = [(label, dates.two_figures(value)) for label, value in (*cells, (_("Status"), plan.status))]
    edges = _edges([value for _label, value in said])
    drawn: list[Drawing] = [Mark(plan.mark, edges[-2] + 4.5, y + 8.6, 8)]
    most = 1
    for number, (label, value) in enumerate(said):
        x, end = edges[number], edges[number + 1]
        indent = _MARK if number == len(said) - 1 else 0.0
        lines = wrap_after_dash(value, VALUE, end - x - indent - _CELL_GAP, label)
        drawn += [
            *lines_at(x, y, wrap(label, HINT, end - x - _CELL_GAP, label)[:1], HINT),
            *lines_at(x + indent, y + 12, lines, VALUE),
        ]
        most = max(most, len(lines))
    return drawn, y + 12 + (most - 1) * VALUE.leading + 6


def _edges(values: Sequence[str]) -> list[float]:
    """Return the left edges of the cells and the end of the last: where they usually are, or as their texts need it.

    Where they do not all fit, the longest text goes on below itself.
    """
    wanted = [text_width(printable(value, "day"), VALUE) + _CELL_GAP + 0.5 for value in values]
    wanted[-1] += _MARK
    usual = list(_CELLS) if len(values) == len(_CELLS) - 1 else []
    room = WIDTH + _CELL_GAP
    if all(need <= end - x for need, x, end in zip(wanted, usual, usual[1:], strict=False)) and usual:
        return usual
    spare = (room - sum(wanted)) / len(values)
    if spare < 0:
        longest = max(wanted)
        wanted[wanted.index(longest)] = longest + room - sum(wanted)
        spare = 0.0
    if min(wanted) < _CELL_AT_LEAST:
        return usual or [room * number / len(values) for number in range(len(values) + 1)]
    edges = [0.0]
    for need in wanted:
        edges.append(edges[-1] + need + spare)
    return edges
