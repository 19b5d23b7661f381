"""Draws the sheet on which a sponsor confirms what a protocol file assumes, and answers what its sources leave open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.drawings import Drawing, TextLine
from app.documents.page_layout import (
    Block,
    Document,
    HeaderTexts,
    body_height,
    foot_text,
    head_text,
    kept_together,
    lines_at,
    paginate,
    paragraph,
    render,
    right_aligned,
)
from app.documents.text import Style, fit, printable, wrap
from app.documents.worksheet import FRAME
from app.documents.worksheet_cells import HINT, ROW, SMALL, TEXT, WIDTH, choice, rule
from app.documents.worksheet_header import STRONG, TRIAL, VISIT
from app.documents.worksheet_headings import Heading, heading
from app.documents.worksheet_rows import PrintedSection, PrintedValue
from app.documents.worksheet_tables import section_blocks
from app.domain.protocol.forms import DateValue, Option, PersonValue
from app.wording import dates
from app.wording.language import gettext as _

KEY = Style(9, bold=True)
WORDS = Style(9)
_VALUE, _SOURCE, _ANSWER, _SIGN = 186.0, 274.0, 316.0, WIDTH - 62
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class AssumedRow:
    """One value: its key, what it is, its value and sources.

    `confirmed`: who has confirmed it, in words; `overtaken`: that it was changed after somebody had.
    """

    key: str
    what: str
    value: str
    source: str
    confirmed: str = ""
    overtaken: str = ""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One open question: its key, the answers it offers, and what the file takes until it is answered.

    `confirmed` and `overtaken`: as of a value.
    """

    key: str
    question: str
    options: tuple[str, ...]
    until_then: str
    concerns: str
    confirmed: str = ""
    overtaken: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmationSheet:
    """All that is to be confirmed of one protocol version. `sources`: each by its short name, in full."""

    trial: str
    registry: str
    version: str
    title: str
    questions: Sequence[QuestionRow]
    values: Sequence[AssumedRow]
    sources: Sequence[tuple[str, str]]


def confirmation_pages(sheets: Sequence[ConfirmationSheet], today: date, *, head: str = "") -> bytes:
    """Return the PDF of the sheets of these protocols. `head`, at most 40 characters: the state of the study file.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    return render([_document(one, today, head) for one in sheets], _("To be confirmed"))


def _document(sheet: ConfirmationSheet, today: date, head: str) -> Document:
    header, left_out = _header(sheet)
    blocks = [*left_out, *_questions(sheet.questions), *_values(sheet.values), *_sources(sheet.sources), *_signatures()]
    pages = tuple(map(tuple, paginate(blocks, body_height(header, FRAME))))
    version = _("{registry}, protocol version {version}").replace("{registry}", sheet.registry)
    as_of = _("Printed as of {day}; a printed copy may be out of date").replace(
        "{day}", dates.two_figures(dates.day(today))
    )
    return Document(
        fit(f"{_('To be confirmed')} – {sheet.trial}", TEXT, WIDTH, 1, "trial title")[0][0],
        header,
        pages,
        foot_text(version.replace("{version}", sheet.version), "protocol version"),
        as_of,
        head_text(head),
        (_("To be confirmed"), _("worksheet; source where signed")),
        FRAME,
    )


def _header(sheet: ConfirmationSheet) -> tuple[Block, list[Block]]:
    texts = HeaderTexts(WIDTH)
    known = f"{sheet.registry} · {_('protocol version')} {sheet.version}"
    asked = sum(not one.confirmed for one in sheet.questions) + sum(not one.confirmed for one in sheet.values)
    drawn: list[Drawing] = [
        TextLine(0, 16, _("To be confirmed against the protocol"), VISIT),
        right_aligned(WIDTH, 9, texts.line(sheet.trial, TRIAL, WIDTH / 2 - 20, "trial title"), TRIAL),
        right_aligned(WIDTH, 20, texts.line(known, HINT, WIDTH / 2 - 20, "protocol version"), HINT),
        rule(0, 26, WIDTH, 26, STRONG),
        TextLine(0, 37, texts.line(sheet.title, HINT, WIDTH - 130, "title"), HINT),
        right_aligned(WIDTH, 37, _("{n} to be confirmed").replace("{n}", str(asked)), HINT),
    ]
    return Block(42, tuple(drawn)), texts.left_out


def _values(rows: Sequence[AssumedRow]) -> list[Block]:
    if not rows:
        return []
    columns = (
        Heading(_VALUE, _("Value now"), _SOURCE - _VALUE - 4),
        Heading(_SOURCE, _("Source"), _ANSWER - _SOURCE - 4),
        Heading(_ANSWER, _("The protocol says"), _SIGN - _ANSWER - 4),
        Heading(_SIGN + 3, _("Date, initials"), WIDTH - _SIGN - 3),
    )
    top = heading(_("Assumed values"), columns)
    drawn = [_value(one, top[-1]) for one in rows]
    return [*top[:-1], *kept_together([top[-1], drawn[0]]), *drawn[1:]]


def _value(row: AssumedRow, head: Block) -> Block:
    drawn: list[Drawing] = []
    heights = [ROW]
    for x, end, parts in (
        (0.0, _VALUE, ((row.key, KEY, "key"), (row.what, HINT, "setting"), (row.overtaken, HINT, "confirmation"))),
        (_VALUE, _SOURCE, ((row.value, WORDS, "value"),)),
        (_SOURCE, _ANSWER, ((row.source, HINT, "source"),)),
    ):
        y = 10.0
        for text, style, place in parts:
            lines = fit(text, style, end - x - 6, _LONGEST, place)[0] if text else []
            drawn += lines_at(x, y, lines, style)
            y += len(lines) * style.leading
        heights.append(y)
    answer, height = _answer(row.confirmed)
    height = max(*heights, height) + 1
    border = [] if row.confirmed else [rule(_SIGN, 0, _SIGN, height)]
    return _ruled([*drawn, *answer, *border], height, head)


def _answer(confirmed: str) -> tuple[list[Drawing], float]:
    """Return who confirmed it, or boxes to tick and a line for another value."""
    if confirmed:
        lines = fit(confirmed, HINT, WIDTH - _ANSWER, 4, "confirmation")[0]
        return [*lines_at(_ANSWER, 10, lines, HINT)], 10 + len(lines) * HINT.leading
    boxes, last = choice((Option(_("as it is")), Option("")), _ANSWER, _SIGN - _ANSWER, 12, SMALL)
    start = _ANSWER + 62
    return [*boxes, rule(start, 14, _SIGN - 4, 14)], last + 6


def _ruled(drawn: Sequence[Drawing], height: float, head: Block) -> Block:
    return Block(height, (*drawn, rule(0, height, WIDTH, height)), head=head)


def _questions(rows: Sequence[QuestionRow]) -> list[Block]:
    if not rows:
        return []
    top = heading(_("Open questions"), ())
    drawn = [_question(one, top[-1]) for one in rows]
    return [*top[:-1], *kept_together([top[-1], drawn[0]]), *drawn[1:]]


def _question(row: QuestionRow, head: Block) -> Block:
    """Return a question with the answers it offers, and a line for another one."""
    drawn: list[Drawing] = []
    y = 11.0
    lines = fit(row.question, TEXT, _SIGN - 8, _LONGEST, "question")[0]
    drawn += lines_at(0, y, lines, TEXT)
    y += len(lines) * TEXT.leading
    said = [
        row.key,
        _("until then: {answer}").replace("{answer}", row.until_then) if row.until_then else "",
        _("concerns {keys}").replace("{keys}", row.concerns) if row.concerns else "",
        row.overtaken,
    ]
    small = fit("; ".join(filter(None, said)), HINT, _SIGN - 8, _LONGEST, "question")[0]
    drawn += lines_at(0, y - 2, small, HINT)
    y += len(small) * HINT.leading
    if row.confirmed:
        lines = wrap(row.confirmed, HINT, _SIGN - 8, "confirmation")[:4]
        return _ruled([*drawn, *lines_at(0, y, lines, HINT)], y + len(lines) * HINT.leading, head)
    options = [Option(" ".join(printable(one, "answer").split("\n"))) for one in row.options] or [
        Option(_("as assumed"))
    ]
    boxes, last = choice((*options, Option(_("other"), "text")), 0, _SIGN - 8, y + 4, SMALL)
    height = last + 8
    return _ruled([*drawn, *boxes, rule(_SIGN, 0, _SIGN, height)], height, head)


def _sources(sources: Sequence[tuple[str, str]]) -> list[Block]:
    blocks = [block for name, text in sources for block in paragraph(f"{name}: {text}", HINT, "source", room=WIDTH)]
    return [*heading(_("Sources"), ()), *blocks] if blocks else []


def _signatures() -> list[Block]:
    cells = (
        PersonValue(key="name", label=_("Confirmed by: name in print, function"), share=9),
        PersonValue(key="signature", label=_("Signature"), share=10),
        DateValue(key="date", label=_("Date")),
    )
    return list(section_blocks(PrintedSection("", "line", (), tuple(PrintedValue(one) for one in cells))))
