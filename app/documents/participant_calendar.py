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
    stacked,
)
from app.documents.participant_rows import CalendarLine, CalendarMonth, Certainty, ParticipantCalendar, participant_rows
from app.documents.protocol_details import Answers
from app.documents.text import Style, fit, fitting, printable, text_width, wrap
from app.domain.calendar.entries import Calendar
from app.domain.facts.study_record import UnitContact
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates
from app.wording.language import SOURCE_LANGUAGE
from app.wording.language import gettext as _
from app.wording.participant_language import in_language

CODE = Style(15, bold=True)
TITLE = Style(20, bold=True)
_HALF = WIDTH / 2
_LINES_TOGETHER = 12


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The sizes of the rows, and the left edge of each column: the weekday, the hour, and what it is."""

    number: Style
    text: Style
    small: Style
    padding: float
    weekday: float = 36.0
    hour: float = 122.0
    what: float = 196.0


_LARGE = _Sizes(Style(20, bold=True), Style(16), Style(14, ink=0.15), 7.0, 42.0, 150.0, 240.0)
_USUAL = _Sizes(Style(15, bold=True), Style(12), Style(11, ink=0.2), 4.0)
_DAY_RIGHT = 26.0
_BELOW_LINE = 10.0
"""From the baseline of a row to its end, where an hour is written: its line is above the rule of the next row."""
NOT_SAID = UnitContact()


def participant_calendar(
    protocol: ProtocolVersion,
    calendar: Calendar,
    site_name: str,
    *,
    choices: Answers | None = None,
    head: str = "",
    contact: UnitContact | None = None,
    large: bool = False,
    language: str = "",
) -> bytes:
    """Return the PDF of the visits to come, for the participant: no diagnosis, no treatment and no code but their own.

    `head`, at most 40 characters: the state of the study file that the calendar is printed from. `contact`: whom to
    call, in the words of the unit; without it there are lines to write on. `large`: in large type. `language`: the code
    of another one than the unit's.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    unit = contact or NOT_SAID
    spoken = language or unit.calendar_language or SOURCE_LANGUAGE
    with in_language(spoken):
        rows = participant_rows(protocol, calendar, site_name, choices or {})
        document = _document(calendar, rows, head, unit, _LARGE if large else _USUAL)
        return render([document], f"{document.name} – {_('visits')}", spoken)


def _document(
    calendar: Calendar,
    rows: ParticipantCalendar,
    head: str = "",
    contact: UnitContact = NOT_SAID,
    sizes: _Sizes = _USUAL,
) -> Document:
    header, left_out = _header(rows)
    pages = paginate([*left_out, *_body(rows, contact, sizes)], body_height(header))
    name = printable(rows.participant, "participant code")
    thrown = foot_text(_("Throw it away when you get a newer one"), "label")
    said = _("Printed as of {day}; a printed copy may be out of date")
    as_of = said.replace("{day}", dates.day_of_month(calendar.today))
    return Document(name, header, tuple(map(tuple, pages)), thrown, as_of, head_text(head))


def _header(rows: ParticipantCalendar) -> tuple[Block, list[Block]]:
    own = fitting(rows.participant, CODE, _HALF - 90, "participant code")
    code, code_cut = fit(rows.participant, own, _HALF - 90, 1, "participant code")
    site, site_cut = fit(rows.site, LABEL, _HALF - 90, 1, "site name")
    left_out = paragraph(rows.participant, BODY, "participant code") if code_cut else []
    left_out += paragraph(rows.site, BODY, "site name") if site_cut else []
    title = _("Your visits")
    if rows.until is not None:
        title = _("Your visits until {day}").replace("{day}", dates.day_of_month(rows.until))
    room = WIDTH - max(text_width(code[0], own), text_width(site[0], LABEL)) - 12
    drawn = (
        TextLine(0, 20, title, fitting(title, TITLE, room, "title")),
        right_aligned(WIDTH, 14, code[0], own),
        right_aligned(WIDTH, 27, site[0], LABEL),
        Rule(0, 36, WIDTH, 36, 1.1, STRONG),
    )
    return Block(46, drawn), left_out


def _body(rows: ParticipantCalendar, contact: UnitContact, sizes: _Sizes) -> list[Block]:
    blocks = [*_telephone(contact, sizes), *_key(rows, sizes)]
    for month in rows.months:
        blocks += _month(month, sizes)
    if not rows.months:
        blocks += [gap(14), *paragraph(_("No visit has a date at the moment."), sizes.text, "label")]
    blocks += _date_to_come(rows, sizes)
    follows = _what_follows(rows, sizes)
    return [*blocks[:-1], *kept_together([blocks[-1], *follows])] if follows else blocks


def _key(rows: ParticipantCalendar, sizes: _Sizes) -> list[Block]:
    lines = [line for month in rows.months for line in month.lines]
    said = []
    if any(line.writes_hour for line in lines):
        said.append(_("A printed time is fixed. On a line the clinic writes the time with you."))
    if any(line.certainty is Certainty.ABOUT for line in lines):
        said.append(_("“About this day”: the clinic will tell you the exact day."))
    return [gap(6), *paragraph(" ".join(said), sizes.text, "label")] if said else []


def _telephone(contact: UnitContact, sizes: _Sizes) -> list[Block]:
    """Return whom to call and what to do in a fever, framed; lines to write on where the unit has not said it."""
    half = WIDTH / 2
    numbers = (
        _said(_("By day"), contact.day_phone, 12, half - 10, sizes),
        _said(_("At night, at weekends, on holidays"), contact.night_phone, half + 6, WIDTH - 12, sizes),
    )
    height = max(block.height for block in numbers)
    both = Block(height, tuple(one for block in numbers for one in block.drawn))
    return [gap(4), _framed([gap(4), both, gap(2), _said(_("Fever"), contact.fever_rule, 12, WIDTH - 12, sizes)])]


def _said(label: str, words: str, x: float, end: float, sizes: _Sizes) -> Block:
    """Return words of the unit under their label, or a line to write them on."""
    bold = replace(sizes.text, bold=True)
    small = fitting(label, sizes.small, end - x, "label")
    drawn: list[Drawing] = [TextLine(x, sizes.small.size, label, small)]
    top = sizes.small.leading
    if not words:
        return Block(top + 26, (*drawn, Rule(x, top + 21, end, top + 21)))
    lines = wrap(words, bold, end - x, label)
    drawn += [TextLine(x, top + bold.size + number * bold.leading, line, bold) for number, line in enumerate(lines)]
    return Block(top + len(lines) * bold.leading + 2, tuple(drawn))


def _framed(blocks: Sequence[Block]) -> Block:
    """Return the blocks as one, in a frame."""
    whole = Block(4)
    for block in blocks:
        whole = stacked(whole, block)
    height = whole.height + 6
    frame = (
        Rule(0, 0, WIDTH, 0, 1.0, STRONG),
        Rule(0, height, WIDTH, height, 1.0, STRONG),
        Rule(0, 0, 0, height, 1.0, STRONG),
        Rule(WIDTH, 0, WIDTH, height, 1.0, STRONG),
    )
    return Block(height, (*whole.drawn, *frame))


def _what_follows(rows: ParticipantCalendar, sizes: _Sizes) -> list[Block]:
    if rows.until is None:
        return []
    said = _("What follows is decided on {day}. You get a new calendar then.")
    bold = replace(sizes.text, bold=True)
    lines = wrap(said.replace("{day}", dates.day_of_month(rows.until)), bold, WIDTH - 24, "label")
    return [gap(10), _framed([Block(bold.leading + 1, (TextLine(12, bold.size, line, bold),)) for line in lines])]


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
    """Return one line: a block with day and hour, and further blocks for text that is too long for it."""
    room = WIDTH - sizes.what
    bold = replace(sizes.text, bold=True)
    texts = [(text, bold) for text in wrap(line.what, bold, room, "visit name")]
    for said, place in ((line.where, "place"), *((one, "preparation") for one in line.prepare)):
        texts += [(text, sizes.small) for text in wrap(said, sizes.small, room, place)] if said else []
    baseline = sizes.padding + sizes.number.size * 0.8
    words, bottom = _texts_of_day(texts[:_LINES_TOGETHER], baseline, sizes)
    beside, lowest = _day_and_hour(line, sizes, baseline, first)
    rule = Rule(0 if first else sizes.hour, 0, WIDTH, 0, 0.35)
    rest = [
        Block(style.leading, (TextLine(sizes.what, style.size, text, style),), head=head)
        for text, style in texts[_LINES_TOGETHER:]
    ]
    return [Block(max(bottom, lowest) + sizes.padding, (rule, *beside, *words), head=head), *rest]


def _texts_of_day(texts: Sequence[tuple[str, Style]], baseline: float, sizes: _Sizes) -> tuple[list[Drawing], float]:
    """Return the lines of text next to a day, and the baseline of the last one."""
    drawn: list[Drawing] = []
    for number, (text, style) in enumerate(texts):
        baseline += style.leading if number else 0
        drawn.append(TextLine(sizes.what, baseline, text, style))
    return drawn, baseline


def _day_and_hour(line: CalendarLine, sizes: _Sizes, baseline: float, first: bool) -> tuple[list[Drawing], float]:
    """Return the day, whether it is only about then, and the hour or a line for it; and the lowest of their lines."""
    drawn: list[Drawing] = []
    lowest = baseline
    if first:
        drawn.append(right_aligned(_DAY_RIGHT, baseline, str(line.on.day), sizes.number))
        drawn.append(TextLine(sizes.weekday, baseline, dates.weekday(line.on), sizes.text))
    if line.certainty is Certainty.ABOUT:
        lowest = baseline + sizes.text.leading
        drawn.append(TextLine(sizes.weekday, lowest, _("about this day"), sizes.small))
    if line.at:
        drawn.append(TextLine(sizes.hour, baseline, printable(line.at, "time"), replace(sizes.text, bold=True)))
    elif line.writes_hour:
        drawn.append(Rule(sizes.hour, baseline + 4, sizes.what - 14, baseline + 4))
        lowest = max(lowest, baseline + _BELOW_LINE)
    if line.ends:
        lowest = baseline + sizes.text.leading
        drawn.append(TextLine(sizes.hour, lowest, _("to {hour}").replace("{hour}", line.ends), sizes.small))
    return drawn, lowest


def _date_to_come(rows: ParticipantCalendar, sizes: _Sizes) -> list[Block]:
    if not rows.date_to_come:
        return []
    head = _title(_("Date to come"))
    blocks = [block for name in rows.date_to_come for block in paragraph(name, sizes.text, "visit name")]
    return [gap(9), *kept_together([head, gap(4), blocks[0]]), *blocks[1:]]
