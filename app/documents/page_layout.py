"""Lays blocks out on pages of A4 or Letter: stacks them, breaks pages between them, with a header and a footer.

All lengths are in points; inside a block, `y` counts downwards from its top.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.drawings import Drawing, Rule, TextLine
from app.documents.page_writer import PageWriter
from app.documents.paper import A4, SIZES, paper_size
from app.documents.text import Style, fit, text_width, wrap
from app.wording.language import gettext as _

PAGE_WIDTH = SIZES[A4][0]
MILLIMETRE = 72 / 25.4
LEFT = 20 * MILLIMETRE
RIGHT = 15 * MILLIMETRE
TOP = 10 * MILLIMETRE
BOTTOM = 9 * MILLIMETRE
WIDTH = PAGE_WIDTH - LEFT - RIGHT
FOOTER_HEIGHT = 22.0

MUTED = 0.32
STRONG = 0.15

BODY = Style(10)
BODY_BOLD = Style(10, bold=True)
LABEL = Style(8.5, ink=MUTED)
SMALL = Style(8.5)
FOOT = Style(8, ink=MUTED)
_FOOT_SHARE = 0.36
_FOOT_APART = 4.0


@dataclass(frozen=True, slots=True)
class Block:
    """Drawings that the end of a page never separates. `head` is repeated above the block when it begins a page."""

    height: float
    drawn: tuple[Drawing, ...] = ()
    keep_with_next: bool = False
    head: "Block | None" = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The margins of a page, and the width between them."""

    left: float = LEFT
    top: float = TOP
    bottom: float = BOTTOM
    width: float = WIDTH


USUAL_FRAME = Frame()


@dataclass(frozen=True, slots=True)
class Document:
    """Pages that are numbered together.

    `head`: the state of the study file that they were printed from; without one the footer has a single line.
    `form`: the form and its version, with what paper of it is; the footer has two lines then.
    """

    name: str
    header: Block
    pages: tuple[tuple[Block, ...], ...]
    foot_left: str
    foot_middle: str
    head: str = ""
    form: tuple[str, str] = ("", "")
    frame: Frame = USUAL_FRAME


def right_aligned(x: float, y: float, text: str, style: Style) -> TextLine:
    """Return a line of text that ends at `x`."""
    return TextLine(x - text_width(text, style), y, text, style)


def lines_at(x: float, y: float, lines: Sequence[str], style: Style) -> list[TextLine]:
    """Return lines below one another, the first with its baseline at `y`."""
    return [TextLine(x, y + i * style.leading, line, style) for i, line in enumerate(lines)]


def gap(height: float) -> Block:
    """Return empty space, which is dropped at the beginning of a page."""
    return Block(height)


def paragraph(text: str, style: Style, place: str, x: float = 0.0, room: float = WIDTH) -> list[Block]:
    """Return a text of any length, one block for each line."""
    ascent = style.size
    return [Block(style.leading, (TextLine(x, ascent, line, style),)) for line in wrap(text, style, room, place)]


class HeaderTexts:
    """Fits the texts of a page's header into their rooms; `left_out` has those in full that were too long.

    `width`: that of the page, in points, for what was left out.
    """

    def __init__(self, width: float = WIDTH) -> None:
        self.left_out: list[Block] = []
        self._width = width

    def lines(self, text: str, style: Style, room: float, place: str, most: int = 1) -> list[str]:
        """Return at most `most` lines of a text, the last with an ellipsis if some of it was left out."""
        lines, cut = fit(text, style, room, most, place)
        if cut:
            self.left_out += paragraph(_("In full: ") + text, BODY, place, room=self._width)
        return lines

    def line(self, text: str, style: Style, room: float, place: str) -> str:
        """Return a text as one line."""
        return self.lines(text, style, room, place)[0]


def stacked(upper: Block, lower: Block) -> Block:
    """Return both as one block, the lower directly below the upper."""
    drawn = tuple(_lowered(one, upper.height) for one in lower.drawn)
    return replace(upper, height=upper.height + lower.height, drawn=(*upper.drawn, *drawn))


def _lowered(drawn: Drawing, by: float) -> Drawing:
    if isinstance(drawn, Rule):
        return replace(drawn, y1=drawn.y1 + by, y2=drawn.y2 + by)
    return replace(drawn, y=drawn.y + by)


def foot_text(text: str, place: str) -> str:
    """Return a text for the left of the footer, shortened to its share of the line."""
    return fit(text, FOOT, WIDTH * _FOOT_SHARE, 1, place)[0][0]


def head_text(head: str) -> str:
    """Return the state of the study file for the footer: it has a line of its own and is shortened to that."""
    return fit(head, FOOT, WIDTH, 1, "state of the study file")[0][0]


def body_height(header: Block, frame: Frame = USUAL_FRAME) -> float:
    """Return the height between header and footer on the paper in use."""
    return paper_size()[1] - frame.top - frame.bottom - FOOTER_HEIGHT - header.height


def paginate(blocks: Sequence[Block], height: float) -> list[list[Block]]:
    """Break the blocks into pages of this height; blocks to be kept together are on one page if they fit on one."""
    pages: list[list[Block]] = [[]]
    used = 0.0
    for group in _groups(blocks):
        needed = sum(block.height for block in group)
        if pages[-1] and used + needed > height:
            pages.append([])
            used = 0.0
        for block in group:
            if pages[-1] and used + block.height > height:
                pages.append([])
                used = 0.0
            used += _put(pages[-1], block)
    return pages


def _put(page: list[Block], block: Block) -> float:
    """Add the block, with its head if it begins the page, and return the height that was used."""
    if not page and not block.drawn:
        return 0.0
    head = [block.head] if not page and block.head is not None else []
    page += [*head, block]
    return sum(placed.height for placed in (*head, block))


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = [[]]
    for block in blocks:
        groups[-1].append(block)
        if not block.keep_with_next:
            groups.append([])
    return [group for group in groups if group]


def free_height(page: Sequence[Block], height: float) -> float:
    """Return the height that is left of a page of this height."""
    return height - sum(block.height for block in page)


def kept_together(blocks: Sequence[Block]) -> list[Block]:
    """Return the same blocks, none separated from the next by the end of a page."""
    return [replace(block, keep_with_next=True) for block in blocks[:-1]] + list(blocks[-1:])


def render(documents: Sequence[Document], title: str, language: str = "en") -> bytes:
    """Return the PDF of these documents, the same bytes for the same input."""
    writer = PageWriter(title, language)
    for number, document in enumerate(documents):
        writer.begin_document(document.name, number)
        for page_number, page in enumerate(document.pages, start=1):
            _draw_page(writer, document, page, page_number)
    return writer.finished()


def _draw_page(writer: PageWriter, document: Document, page: Sequence[Block], number: int) -> None:
    frame, (width, height) = document.frame, paper_size()
    left = frame.left + (width - PAGE_WIDTH) / 2
    y = frame.top
    for block in (document.header, *page):
        writer.draw(block.drawn, left, height - y)
        y += block.height
    of = _("Page {x} of {y}").replace("{x}", str(number)).replace("{y}", str(len(document.pages)))
    foot = _form_footer(document, of) if document.form[0] else _footer(document, of)
    writer.draw(foot.drawn, left, frame.bottom + FOOTER_HEIGHT)
    writer.end_page()


def _form_footer(document: Document, page_of: str) -> Block:
    """Return two lines: form and protocol, then the day of printing, the state of the study file and the page."""
    width = document.frame.width
    bold = replace(FOOT, bold=True, ink=0.0)
    form, says = document.form
    left = _shortened(document.foot_left, width * _FOOT_SHARE)
    room = width - text_width(left, FOOT) - _FOOT_APART
    form = fit(form, bold, room, 1, "form")[0][0]
    after = text_width(form, bold)
    below = width - text_width(page_of, FOOT) - _FOOT_APART
    # The state of the file is complete, as it may say that the days are uncertain; what is before it gives way.
    state = f" · {document.head}" if document.head else ""
    lower = _shortened(document.foot_middle, below - text_width(state, FOOT)) + state
    drawn = (
        Rule(0, 1.5, width, 1.5),
        TextLine(0, 10.5, form, bold),
        TextLine(after, 10.5, _shortened(f" · {says}", room - after), FOOT),
        right_aligned(width, 10.5, left, FOOT),
        TextLine(0, 20.5, _shortened(lower.removeprefix(" · "), below), FOOT),
        right_aligned(width, 20.5, page_of, FOOT),
    )
    return Block(FOOTER_HEIGHT, drawn)


def _footer(document: Document, page_of: str) -> Block:
    """Return one line, or two with a head; both have the same height, so a head moves nothing to another page."""
    rule, baseline = (2.5, 11.5) if document.head else (8, FOOTER_HEIGHT - 3)
    middle = WIDTH - text_width(page_of, FOOT) - 14
    as_of = _shortened(document.foot_middle, middle)
    left = _shortened(document.foot_left, middle - text_width(as_of, FOOT) - _FOOT_APART)
    drawn = (
        Rule(0, rule, WIDTH, rule),
        TextLine(0, baseline, left, FOOT),
        right_aligned(middle, baseline, as_of, FOOT),
        right_aligned(WIDTH, baseline, page_of, FOOT),
    )
    head = (TextLine(0, FOOTER_HEIGHT - 1.5, document.head, FOOT),) if document.head else ()
    return Block(FOOTER_HEIGHT, (*drawn, *head))


def _shortened(text: str, room: float) -> str:
    """Return one line of the footer's text; empty where there is no room for even a few characters."""
    if text_width(text, FOOT) <= room:
        return text
    return fit(text, FOOT, room, 1, "footer")[0][0] if room > FOOT.size * 3 else ""
