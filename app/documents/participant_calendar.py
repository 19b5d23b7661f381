"""The calendar that a participant takes home: large dates, plain words, room for a telephone number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.documents.drawings import Drawing, Rule, TextLine
from app.documents.page_layout import (
    BODY,
    LABEL,
    STRONG,
    WIDTH,
    Block,
    Document,
    body_height,
    foot_text,
    gap,
    head_text,
    kept_together,
    paginate,
    paragraph,
    render,
    right_aligned,
)
from app.documents.participant_rows import CalendarLine, CalendarMonth, Certainty, ParticipantCalendar, participant_rows
from app.documents.protocol_details import Answers
from app.documents.sheet import printed_as_of
from app.documents.text import Style, fit, printable, text_width, wrap
from app.domain.calendar.entries import Calendar
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates
from app.wording.language import gettext as _

CODE = Style(15, bold=True)
TITLE = Style(20, bold=True)
_HALF = WIDTH / 2
_LINES_TOGETHER = 12
_DAY_RIGHT, _WEEKDAY, _TIME, _WHAT = 26.0, 36.0, 116.0, 176.0


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The sizes of the rows; the larger ones are used if everything fits on one page."""

    number: Style
    text: Style
    small: Style
    padding: float


_LARGE = _Sizes(Style(18, bold=True), Style(12.5), Style(10.5, ink=0.2), 7.0)
_USUAL = _Sizes(Style(15, bold=True), Style(11), Style(10, ink=0.2), 4.0)


def participant_calendar(
    protocol: ProtocolVersion,
    calendar: Calendar,
    site_name: str,
    *,
    choices: Answers | None = None,
    head: str = "",
) -> bytes:
    """Return the PDF of all visits to come, for the participant: no diagnosis, no treatment and no code but their own.

    `head`, at most 40 characters: the state of the study file that the calendar is printed from.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    rows = participant_rows(protocol, calendar, site_name, choices or {})
    document = _document(protocol, calendar, rows, head)
    return render([document], f"{document.name} – {_('visits')}")


def _document(protocol: ProtocolVersion, calendar: Calendar, rows: ParticipantCalendar, head: str = "") -> Document:
    header, left_out = _header(rows)
    height = body_height(header)
    least = sum(len({line.on for line in month.lines}) for month in rows.months) * _LARGE.number.size
    pages = paginate([*left_out, *_body(rows, _LARGE)], height) if least <= height else []
    if len(pages) != 1:
        pages = paginate([*left_out, *_body(rows, _USUAL)], height)
    left = foot_text(f"{protocol.id} · {protocol.version}", "protocol version")
    name = printable(rows.participant, "participant code")
    as_of = printed_as_of(calendar.today)
    return Document(name, header, tuple(map(tuple, pages)), left, as_of, head_text(head))


def _header(rows: ParticipantCalendar) -> tuple[Block, list[Block]]:
    code, code_cut = fit(rows.participant, CODE, _HALF - 12, 1, "participant code")
    site, site_cut = fit(rows.site, LABEL, _HALF - 12, 1, "site name")
    left_out = paragraph(rows.participant, BODY, "participant code") if code_cut else []
    left_out += paragraph(rows.site, BODY, "site name") if site_cut else []
    drawn = (
        TextLine(0, 20, _("Your visits"), TITLE),
        right_aligned(WIDTH, 14, code[0], CODE),
        right_aligned(WIDTH, 27, site[0], LABEL),
        Rule(0, 36, WIDTH, 36, 1.1, STRONG),
    )
    return Block(40, drawn), left_out


def _body(rows: ParticipantCalendar, sizes: _Sizes) -> list[Block]:
    blocks = [*_key(rows), *_telephone()]
    for month in rows.months:
        blocks += _month(month, sizes)
    if not rows.months:
        blocks += [gap(14), *paragraph(_("No visit has a date at the moment."), sizes.text, "label")]
    return blocks + _date_to_come(rows, sizes)


def _key(rows: ParticipantCalendar) -> list[Block]:
    said = {line.certainty for month in rows.months for line in month.lines}
    lines = []
    if Certainty.PLANNED in said:
        lines.append(_("“Planned”: the day is planned; the clinic will tell you the time."))
    if Certainty.ABOUT in said:
        lines.append(_("“About”: the visit is on or near this day; the clinic will tell you the exact day."))
    return [gap(4), *(block for line in lines for block in paragraph(line, BODY, "label"))]


def _telephone() -> list[Block]:
    label = _("If you cannot come, or have a question, call")
    start = text_width(label, BODY) + 8
    return [Block(26, (TextLine(0, 20, label, BODY), Rule(start, 21, WIDTH, 21)))]


def _month(month: CalendarMonth, sizes: _Sizes) -> list[Block]:
    head = _title(month.name)
    days = [_day(list(lines), sizes, head) for _on, lines in groupby(month.lines, lambda line: line.on)]
    return [gap(9), *kept_together([head, *days[0]]), *(block for day in days[1:] for block in day)]


def _title(text: str) -> Block:
    return Block(21, (TextLine(0, 14, text, Style(12.5, bold=True)), Rule(0, 21, WIDTH, 21, 0.7, STRONG)))


def _day(lines: Sequence[CalendarLine], sizes: _Sizes, head: Block) -> list[Block]:
    """Return the lines of one day, kept together; the first has the day's number."""
    return kept_together([part for number, line in enumerate(lines) for part in _line(line, sizes, head, number == 0)])


def _line(line: CalendarLine, sizes: _Sizes, head: Block, first: bool) -> list[Block]:
    """Return one line: a block with day and time, and further blocks for text that is too long for it."""
    room = WIDTH - _WHAT
    texts = [(text, sizes.text) for text in wrap(line.what, sizes.text, room, "visit name")]
    for prepare in line.prepare:
        texts += [(text, sizes.small) for text in wrap(prepare, sizes.small, room, "preparation")]
    baseline = sizes.padding + sizes.number.size * 0.8
    words, bottom = _texts_of_day(texts[:_LINES_TOGETHER], baseline)
    rule = Rule(0 if first else _TIME, 0, WIDTH, 0, 0.35)
    drawn = (rule, *_day_and_time(line, sizes, baseline, first), *words)
    rest = [
        Block(style.leading, (TextLine(_WHAT, style.size, text, style),), head=head)
        for text, style in texts[_LINES_TOGETHER:]
    ]
    return [Block(bottom + sizes.padding, drawn, head=head), *rest]


def _texts_of_day(texts: Sequence[tuple[str, Style]], baseline: float) -> tuple[list[Drawing], float]:
    """Return the lines of text next to a day, and the baseline of the last one."""
    drawn: list[Drawing] = []
    for number, (text, style) in enumerate(texts):
        baseline += style.leading if number else 0
        drawn.append(TextLine(_WHAT, baseline, text, style))
    return drawn, baseline


def _day_and_time(line: CalendarLine, sizes: _Sizes, baseline: float, first: bool) -> list[Drawing]:
    style = replace(sizes.text, bold=line.certainty is Certainty.BOOKED)
    time = TextLine(_TIME, baseline, printable(_when(line), "time"), style)
    if not first:
        return [time]
    number = right_aligned(_DAY_RIGHT, baseline, str(line.on.day), sizes.number)
    return [number, TextLine(_WEEKDAY, baseline, dates.weekday(line.on), sizes.text), time]


def _when(line: CalendarLine) -> str:
    if line.at:
        return line.at
    words = {Certainty.BOOKED: _("booked"), Certainty.PLANNED: _("planned"), Certainty.ABOUT: _("about")}
    return words[line.certainty]


def _date_to_come(rows: ParticipantCalendar, sizes: _Sizes) -> list[Block]:
    if not rows.date_to_come:
        return []
    head = _title(_("Date to come"))
    blocks = [block for name in rows.date_to_come for block in paragraph(name, sizes.text, "visit name")]
    return [gap(9), *kept_together([head, gap(4), blocks[0]]), *blocks[1:]]
