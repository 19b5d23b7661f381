"""Draws the page that several visits share: a row for each value, a column for each visit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.documents.drawings import Drawing, TextLine
from app.documents.page_layout import MILLIMETRE, Block, Document, gap, kept_together, lines_at, right_aligned
from app.documents.sheet_rows import SheetSource
from app.documents.text import fit, text_width, wrap
from app.documents.worksheet import CLOSEST, closed, fits, problems_and_notes, reason_line, to_tick
from app.documents.worksheet_cells import (
    BASELINE,
    BOLD,
    HINT,
    ROW,
    SMALL,
    TEXT,
    UNIT,
    WIDTH,
    choice,
    decimal_point,
    rule,
)
from app.documents.worksheet_header import page_header
from app.documents.worksheet_headings import TITLE, label_cell
from app.documents.worksheet_rows import PrintedSection, PrintedTable, PrintedValue, Worksheet, values_of, worksheet
from app.documents.worksheet_tables import section_blocks
from app.domain.calendar.entries import Calendar, Entry, Status
from app.domain.protocol.forms import (
    BoxValue,
    Cell,
    ChoiceValue,
    Form,
    NumberValue,
    Option,
    PairValue,
    RowsValue,
    Section,
)
from app.wording import dates, names
from app.wording.language import gettext as _

MOST_COLUMNS = 4
_DAY = 20 * MILLIMETRE
_LIMIT = 27 * MILLIMETRE


@dataclass(frozen=True, slots=True)
class _Ward:
    """A page: its columns, each an entry with the words above it, and what each plans."""

    source: SheetSource
    form: Form
    columns: tuple[tuple[str, Entry], ...]
    sheets: tuple[Worksheet, ...]


def same_page(calendar: Calendar, form: Form, entry: Entry) -> list[list[Entry]]:
    """Return the visits that share the form with this one, page by page: those after the same operation."""
    suffix = entry.key.partition("@")[2].partition("/")[0]
    latest: dict[str, Entry] = {}
    for one in calendar.entries:
        column = form.column(one.visit.id, one.key)
        if column and one.key.partition("@")[2].partition("/")[0] == suffix and one.status is not Status.CANCELLED:
            latest[column] = one
    found = [latest[name] for name in form.day_columns if name in latest]
    found = found or [entry]
    return [found[start : start + MOST_COLUMNS] for start in range(0, len(found), MOST_COLUMNS)]


def ward_document(source: SheetSource, form: Form, entries: Sequence[Entry], head: str = "") -> Document:
    """Return the page of these visits."""
    sheets = tuple(worksheet(source, one, form) for one in entries)
    columns = tuple((form.day_columns.get(form.column(one.visit.id, one.key), one.key), one) for one in entries)
    ward = _Ward(source, form, columns, sheets)
    first, last = sheets[0], sheets[-1]
    plan = first.sheet.plan
    key = entries[0].key if len(entries) == 1 else f"{entries[0].key} {_('to')} {entries[-1].key}"
    named = [(words, sheet) for (words, _entry), sheet in zip(columns, sheets, strict=True)]
    page, header = (first, list[Block]()), Block(0)
    for following, space in ((_next(last), 1.0), (_next_day(last), CLOSEST)):
        cells = ((_("Days on this page"), _span(entries)), (_("Next visit"), following))
        header, left_out = page_header(first.sheet.identity, cells, plan, form.name, key, reason_line(first))
        shown = [(words, replace(sheet, space=space)) for words, sheet in named]
        body = [gap(3), *_body(ward, close=space == CLOSEST)]
        page = shown[0][1], [*left_out, *problems_and_notes(shown), *body]
        if fits(*page, header):
            break
    return closed(*page, header, source.calendar.today, head)


def _body(ward: _Ward, *, close: bool) -> list[Block]:
    blocks: list[Block] = []
    for section in ward.form.sections:
        if section.layout == "table":
            blocks += _table(ward, section)
        else:
            blocks += _lines(ward, section, close=close)
    return [*blocks, *_to_tick(ward)]


def _span(entries: Sequence[Entry]) -> str:
    days = sorted(one.assumed for one in entries if one.assumed is not None)
    return dates.window(days[0], days[-1]) if days else _("no date yet")


def _next(last: Worksheet) -> str:
    following = last.sheet.next_visit
    return f"{following.day}, {following.name}" if following is not None else _("none")


def _next_day(last: Worksheet) -> str:
    following = last.sheet.next_visit
    return following.day if following is not None else _("none")


def _to_tick(ward: _Ward) -> Sequence[Block]:
    """Return what the form has no value for, each with the column that plans it."""
    rows = [
        (one.text, label)
        for (label, _entry), sheet in zip(ward.columns, ward.sheets, strict=True)
        for one in sheet.sheet.procedures
    ]
    return section_blocks(to_tick(_("Also planned"), rows)) if rows else []


def _lines(ward: _Ward, section: Section, *, close: bool) -> Sequence[Block]:
    """Return a part that all visits share."""
    printed: dict[str, PrintedValue | PrintedTable] = {}
    for sheet in ward.sheets:
        for one in sheet.sections:
            if one.title == section.title and one.layout == section.layout:
                keys = {value.key for value in section.values}
                printed |= {value.value.key: value for value in one.values if value.value.key in keys}
    if not printed:
        return []
    values = tuple(printed.values())
    return section_blocks(PrintedSection(section.title, "line", section.asks, values, section.legend, close))


# The table


def _table(ward: _Ward, section: Section) -> list[Block]:
    planned = [{one.key for one in values_of(ward.source, entry, section)} for _label, entry in ward.columns]
    values = [one for one in section.values if any(one.key in keys for keys in planned)]
    rows = [one for one in values if not isinstance(one, RowsValue)]
    blocks: list[Block] = []
    if rows:
        dashed = any(not all(one.key in keys for keys in planned) for one in rows)
        head = _head(ward, section, dashed=dashed)
        drawn = [_row(ward, one, [one.key in keys for keys in planned], head) for one in rows]
        blocks += [*kept_together([head, drawn[0]]), *drawn[1:]]
    for sheet in ward.sheets[:1]:
        for one in sheet.sections:
            tables = tuple(value for value in one.values if isinstance(value, PrintedTable))
            if one.title == section.title and tables:
                blocks += section_blocks(PrintedSection("", "table", (), tables))
    legend = _wrapped(section.legend)
    return [*blocks, *(Block(HINT.leading, (TextLine(0, HINT.size, line, HINT),)) for line in legend)]


def _wrapped(text: str) -> list[str]:
    return wrap(text, HINT, WIDTH, "legend") if text else []


def _geometry(ward: _Ward) -> tuple[float, float, float]:
    """Return the width of the labels, of the limits, and the left edge of the reasons."""
    days = _DAY * len(ward.columns)
    reason = min(24 * MILLIMETRE, WIDTH - days - _LIMIT - 40 * MILLIMETRE)
    label = WIDTH - days - _LIMIT - reason
    return label, _LIMIT, WIDTH - reason


def _head(ward: _Ward, section: Section, *, dashed: bool) -> Block:
    """Return the headings; `dashed`: with what a dash in a column means."""
    label, limit, reason = _geometry(ward)
    base = 12 + 2 * HINT.leading
    drawn: list[Drawing] = [
        TextLine(0, base, line, TITLE) for line in fit(section.title, TITLE, label, 1, "section title")[0]
    ]
    if dashed:
        said = fit(_("– not planned on that day; write if it was taken."), HINT, label - 4, 2, "legend")[0]
        drawn += lines_at(0, 9, said, HINT)
    drawn += lines_at(label + 4, base - HINT.leading, [_("Reference"), _("or limit")], HINT)
    for number, (words, entry) in enumerate(ward.columns):
        middle = label + limit + (number + 0.5) * _DAY
        lines = [(fit(words, BOLD, _DAY - 4, 1, "column")[0][0], BOLD), *((one, HINT) for one in _day_lines(entry))]
        y = 9.0
        for text, style in lines:
            drawn.append(TextLine(middle - text_width(text, style) / 2, y, text, style))
            y += HINT.leading + (2 if style is BOLD else 0)
    drawn += lines_at(reason + 4, base - HINT.leading, [_("ND reason"), _("(with day)")], HINT)
    drawn.append(rule(0, base + 4.5, WIDTH, base + 4.5, 0.8))
    return Block(base + 5, tuple(drawn), keep_with_next=True)


def _day_lines(entry: Entry) -> Iterator[str]:
    """Yield the day of a column, and how long its window is open."""
    if entry.assumed is None:
        yield _("no date yet")
        return
    yield _short(entry.assumed)
    window = entry.window
    if entry.performed is not None:
        yield names.status_text(entry)
    elif window is not None and window.earliest == window.latest:
        yield _("on the day")
    elif window is not None and window.earliest < entry.assumed:
        yield f"{window.earliest.day:02} {_('to')} {_short(window.latest, weekday=False)}"
    elif window is not None:
        yield f"{_('to')} {_short(window.latest, weekday=False)}"


def _short(on: date, *, weekday: bool = True) -> str:
    words = dates.two_figures(dates.day(on)).split(" ")
    return " ".join(words[0 if weekday else 1 : 3])


def _row(ward: _Ward, value: Cell, planned: Sequence[bool], head: Block) -> Block:
    label, limit, reason = _geometry(ward)
    asks = {*value.asks} if isinstance(value, NumberValue) else set()
    own = value.own_limit if isinstance(value, NumberValue) else None
    has_limit = own is not None or "reference" in asks
    unit = fit(getattr(value, "unit", ""), UNIT, label / 2, 1, "unit")[0][0]
    words = label if has_limit else label + limit
    drawn, height = label_cell(value.label, "", words - (text_width(unit, UNIT) + 6 if unit else 0))
    if unit:
        drawn.append(right_aligned(words - 4, BASELINE, unit, UNIT))
    borders = [label + limit + number * _DAY for number in range(len(planned) + 1)]
    if own is not None:
        lines = fit(own.label, HINT, limit - 8, 4, "limit")[0]
        drawn += lines_at(label + 4, 8, lines, HINT)
        drawn.append(
            right_aligned(
                label + limit - 4,
                8 + len(lines) * HINT.leading + 5.5,
                fit(own.unit, UNIT, limit - 8, 1, "unit")[0][0],
                UNIT,
            )
        )
        height = max(height, 8 + len(lines) * HINT.leading + 9)
    elif has_limit:
        drawn.append(TextLine(label + limit / 2 - 4, BASELINE, _("to"), HINT))
    if has_limit:
        borders.append(label)
    height = max(height, ROW)
    for number, wanted in enumerate(planned):
        parts, needed = _day_cell(value, label + limit + number * _DAY, wanted)
        drawn += parts
        height = max(height, needed)
    if not value.reason:
        drawn.append(TextLine(reason + (WIDTH - reason) / 2 - 3, BASELINE, "–", TEXT))
    drawn += [*(rule(at, 0, at, height) for at in borders), rule(0, height, WIDTH, height)]
    return Block(height, tuple(drawn), head=head)


def _day_cell(value: Cell, x: float, planned: bool) -> tuple[list[Drawing], float]:
    if not planned:
        return [TextLine(x + _DAY / 2 - 3, BASELINE, "–", TEXT)], ROW
    match value:
        case ChoiceValue():
            drawn, last = choice(value.options, x + 4, _DAY - 6, 14, SMALL)
            return drawn, last + 6
        case BoxValue():
            drawn, last = choice([Option("")], x + _DAY / 2 - SMALL.box / 2, _DAY, BASELINE, SMALL)
            return drawn, last + 6
        case PairValue():
            return [TextLine(x + _DAY / 2 - 2, BASELINE, fit(value.sign, TEXT, _DAY / 2, 1, "sign")[0][0], TEXT)], ROW
        case NumberValue():
            return decimal_point(replace(value, unit=""), x, x + _DAY - 6), ROW
    return [], ROW
