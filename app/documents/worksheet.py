"""Draws the sheet of a visit that has a form: the values of the form, each with its place to write."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import dropwhile

from app.documents.drawings import TextLine
from app.documents.form_blocks import bulleted, bulleted_close
from app.documents.marks import Shape
from app.documents.page_layout import (
    BODY_BOLD,
    MILLIMETRE,
    Block,
    Document,
    Frame,
    body_height,
    foot_text,
    free_height,
    gap,
    head_text,
    kept_together,
    paginate,
    paragraph,
    right_aligned,
)
from app.documents.sheet_rows import NextVisit
from app.documents.text import printable, text_width, wrap
from app.documents.worksheet_cells import BOLD, HINT, ROW, TEXT, WIDTH, rule
from app.documents.worksheet_header import page_header
from app.documents.worksheet_headings import heading
from app.documents.worksheet_rows import PrintedSection, PrintedTable, PrintedValue, Worksheet
from app.documents.worksheet_tables import section_blocks
from app.domain.protocol.forms import (
    ChoiceValue,
    DateValue,
    Option,
    PersonValue,
    ReferenceValue,
    RowsValue,
    TextValue,
    TimeValue,
)
from app.wording import dates
from app.wording.language import gettext as _

FRAME = Frame(18 * MILLIMETRE, 8 * MILLIMETRE, 6.5 * MILLIMETRE, WIDTH)
NOTES_AT_LEAST = 3 * ROW
NOTE_LINE = 33.0
"""The height of a line for notes with its label."""
CLOSEST = 0.2
"""How much of the space between its parts a sheet has at least."""


def document(sheet: Worksheet, today: date, head: str = "") -> Document:
    """Return the pages of a sheet with a form."""
    content = sheet.sheet
    plan = content.plan
    cells = ((plan.day_label, plan.day), (_("Window"), plan.window), (_("Target"), plan.target))
    header, left_out = page_header(
        content.identity, cells, plan, content.identity.visit, content.identity.key, reason_line(sheet)
    )
    tried: list[tuple[Worksheet, list[Block]]] = []
    for shown in _shorter(sheet):
        tried.append((shown, [*left_out, *_body(shown)]))
        if fits(*tried[-1], header):
            return closed(*_with_notes(*tried[-1], left_out, header), header, today, head)
    longest, shortest = (closed(*one, header, today, head) for one in (tried[0], tried[-1]))
    return shortest if len(shortest.pages) < len(longest.pages) else longest


def _body(sheet: Worksheet) -> list[Block]:
    sections = [block for section in sheet.sections for block in section_blocks(section)]
    return [*problems_and_notes([("", sheet)]), *_as_it_happened(sheet), *sections, *_rest(sheet)]


def _with_notes(
    sheet: Worksheet, body: list[Block], left_out: Sequence[Block], header: Block
) -> tuple[Worksheet, list[Block]]:
    """Return a sheet of one page, set closer where that gives it two lines for notes, or else one.

    What is left out for that is the protocol's note alone.
    """
    found = [(sheet, body)]
    spare = [_spare(sheet, body, header)]
    content = replace(sheet.sheet, note="")
    for space in (1.0, 0.5, CLOSEST):
        if spare[-1] < NOTE_LINE + ROW and space <= sheet.space:
            shown = replace(sheet, sheet=content, space=space)
            found.append((shown, [*left_out, *_body(shown)]))
            spare.append(_spare(*found[-1], header))
    for wanted in (NOTE_LINE + ROW, NOTE_LINE):
        for one, room in zip(found, spare, strict=True):
            if room >= wanted:
                return one
    return found[0]


def _shorter(sheet: Worksheet) -> Iterator[Worksheet]:
    """Yield the sheet, then what may be left out or set closer where that saves a page.

    That is first the protocol's note, which is for whoever reads its file; then what is on the next visit's own sheet
    and what the table of drugs says as well; then half of the space between the parts; then short values are two to a
    row. No row that is written on is ever lower.
    """
    yield sheet
    content = replace(sheet.sheet, note="")
    if content != sheet.sheet:
        yield replace(sheet, sheet=content)
    following, dose = content.next_visit, content.dose
    shorter = replace(
        content,
        next_visit=replace(following, notes=()) if following is not None else None,
        dose=replace(dose, what="") if dose is not None and sheet.has_drugs else dose,
    )
    if shorter != content:
        yield replace(sheet, sheet=shorter)
    yield replace(sheet, sheet=shorter, space=0.5)
    close = tuple(replace(one, close=True) for one in sheet.sections)
    yield replace(sheet, sheet=shorter, sections=close, space=CLOSEST)


def fits(sheet: Worksheet, body: Sequence[Block], header: Block) -> bool:
    """Return whether a sheet is one page with its signatures. The space above its first block is dropped."""
    return _spare(sheet, body, header) >= 0


def _spare(sheet: Worksheet, body: Sequence[Block], header: Block) -> float:
    """Return the height that is left where a sheet is one page; negative where it is not."""
    blocks = dropwhile(lambda block: not block.drawn, (*_set_closer(sheet, body), *signatures()))
    return body_height(header, FRAME) - sum(block.height for block in blocks)


def _set_closer(sheet: Worksheet, body: Sequence[Block]) -> list[Block]:
    """Return the blocks with as much space between them as the sheet leaves."""
    if sheet.space == 1.0:
        return list(body)
    return [block if block.drawn else replace(block, height=block.height * sheet.space) for block in body]


def closed(sheet: Worksheet, body: Sequence[Block], header: Block, today: date, head: str) -> Document:
    """Return the document with the signatures at the foot of its last page."""
    identity, form = sheet.sheet.identity, sheet.form
    height = body_height(header, FRAME)
    closing = kept_together(signatures())
    pages = paginate([*_set_closer(sheet, body), *closing], height)
    if closing[1] in pages[-1]:
        at = pages[-1].index(closing[1])
        pages[-1][at:at] = _room_for_notes(free_height(pages[-1], height))
    version = _("{registry}, protocol version {version}").replace("{registry}", identity.registry)
    left = foot_text(version.replace("{version}", identity.version), "protocol version")
    said = _("Form {id} version {version}").replace("{id}", form.id).replace("{version}", form.version)
    name = printable(f"{identity.key} {identity.visit}", "visit name")
    as_of = _("Printed as of {day}; a printed copy may be out of date").replace(
        "{day}", dates.two_figures(dates.day(today))
    )
    return Document(
        name,
        header,
        tuple(tuple(page) for page in pages),
        left,
        as_of,
        head_text(head),
        (printable(said, "form"), _("worksheet; source where signed")),
        FRAME,
    )


def reason_line(sheet: Worksheet) -> str:
    """Return why the day is this one, and what nobody has confirmed."""
    content = sheet.sheet
    unconfirmed = content.plan.unconfirmed
    if sheet.is_assumed:
        values = _("form")
        unconfirmed = (
            f"{unconfirmed}, {values}" if unconfirmed else _("Not confirmed against the site's protocol: ") + values
        )
    said = filter(None, (*content.why, unconfirmed))
    return " ".join(one if one.endswith(".") else f"{one}." for one in said)


def problems_and_notes(sheets: Sequence[tuple[str, Worksheet]]) -> list[Block]:
    """Return what a person should look at, and the notes on the visits.

    What is not the same for all visits of a page has the words above the visit's column before it. Short problems are
    next to each other where the sheet is set as close as it can be.
    """
    blocks: list[Block] = []
    problems = _of_columns([(words, sheet.sheet.problems) for words, sheet in sheets])
    if problems:
        said = [dates.two_figures(one) for one in problems]
        lines = bulleted_close if sheets[0][1].space <= CLOSEST else bulleted
        blocks += [gap(3), *lines(said, Shape.TRIANGLE, "problem", BODY_BOLD, WIDTH)]
    notes = _of_columns([(words, sheet.sheet.notes) for words, sheet in sheets])
    if notes:
        blocks += [*heading(_("Notes on this visit"), ()), *bulleted(notes, Shape.DOT, "note", width=WIDTH)]
    return blocks


def _of_columns(columns: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Return each text once; one that not every column has, after the words above its columns."""
    having: dict[str, list[str]] = {}
    for words, texts in columns:
        for text in dict.fromkeys(texts):
            having.setdefault(text, []).append(words)
    return [text if len(of) == len(columns) else f"{', '.join(of)}: {text}" for text, of in having.items()]


def _as_it_happened(sheet: Worksheet) -> Sequence[Block]:
    """Return the line of the visit itself: its day and hours, and whether it is inside its window."""
    content = sheet.sheet
    day, *others = content.blanks
    printed = [PrintedValue(DateValue(key="visit_date", label=_("Date of visit")), known=dates.two_figures(day.value))]
    by_the_clock = (_("Arrived"), _("Left"), _("Call began"), _("Call ended")) if sheet.has_hours else ()
    for blank in others:
        if blank.label in by_the_clock:
            hour = TimeValue(key=f"hour{len(printed)}", label=blank.label)
            printed.append(PrintedValue(hour, known=blank.value))
    judged = ChoiceValue(key="in_window", label=_("In window"), options=(Option(_("yes")), Option(_("no"))))
    known = {None: "", True: _("yes"), False: _("no")}[content.inside]
    printed += [
        PrintedValue(judged, known=known),
        PrintedValue(TextValue(key="why_not", label=_("If not, reason"), share=5)),
        PrintedValue(ReferenceValue(key="deviation", label=_("Deviation no."))),
    ]
    return section_blocks(PrintedSection("", "line", (), tuple(printed)))


def _rest(sheet: Worksheet) -> list[Block]:
    """Return what every sheet has after the values of its form."""
    content = sheet.sheet
    blocks: list[Block] = []
    if content.procedures:
        blocks += section_blocks(
            to_tick(_("Also planned"), [(one.text, one.because_text) for one in content.procedures])
        )
    if content.specimens:
        blocks += section_blocks(_specimens(content.specimens))
    if content.questionnaires:
        blocks += section_blocks(to_tick(_("Questionnaires"), [(one, "") for one in content.questionnaires]))
    return [*blocks, *_remarks(sheet), *_next(content.next_visit)]


def to_tick(title: str, rows: Sequence[tuple[str, str]]) -> PrintedSection:
    """Return activities for which the form has no value: done or not, when, by whom."""
    done = ChoiceValue(key="done", label="", options=(Option(_("done")), Option(_("ND")), Option(_("NA"))))
    columns = (
        PrintedValue(done),
        PrintedValue(TimeValue(key="time", label=_("Time"))),
        PrintedValue(PersonValue(key="by", label=_("Initials"), initials=True)),
        PrintedValue(TextValue(key="comment", label=_("Comment, reason if ND"))),
    )
    table = PrintedTable(RowsValue(key="activities", reason=False), tuple(rows), columns)
    return PrintedSection(title, "table", (), (table,))


def _specimens(specimens: Sequence[str]) -> PrintedSection:
    columns = tuple(
        PrintedValue(value)
        for value in (
            ChoiceValue(key="taken", label=_("Taken"), options=(Option(_("yes")), Option(_("ND")))),
            TextValue(key="number", label=_("Number")),
            TimeValue(key="time", label=_("Time")),
            TextValue(key="processed", label=_("Processed, stored")),
        )
    )
    table = PrintedTable(RowsValue(key="specimens", reason=False), tuple((one, "") for one in specimens), columns)
    return PrintedSection(_("Specimens"), "table", (), (table,))


def _remarks(sheet: Worksheet) -> list[Block]:
    """Return the regimen, the days at home that follow, the reminder and the protocol's note."""
    content, dose = sheet.sheet, sheet.sheet.dose
    small = []
    blocks: list[Block] = []
    if dose is not None:
        small.append(f"{dose.title}: {dose.what}." if dose.what else f"{dose.title}.")
        for day, what in (*(dose.beyond if sheet.has_drugs else ()), *dose.at_home):
            blocks += paragraph(f"{dates.two_figures(day)}: {what}", TEXT, "regimen day", room=WIDTH)
    if content.note:
        small.append(_("Protocol note: ") + content.note)
    reminder = dose.reminder if dose is not None else ""
    if reminder and not blocks:
        small.append(reminder)
    elif reminder:
        blocks += paragraph(reminder, HINT, "start condition", room=WIDTH)
    if small:
        blocks = [*paragraph(" ".join(small), HINT, "protocol note", room=WIDTH), *blocks]
    return [gap(3), *blocks] if blocks else []


def _next(following: NextVisit | None) -> list[Block]:
    """Return the line that names the next visit, and what is to be known about it."""
    if following is None:
        return []
    window = f"; {_('window')} {following.window}" if following.window and following.window not in following.day else ""
    day = dates.two_figures(following.day + window)
    title = _("Next visit")
    room = WIDTH - text_width(title, BOLD) - text_width(day, HINT) - 24
    notes = [
        Block(HINT.leading, (TextLine(0, HINT.size, line, HINT),))
        for note in following.notes
        for line in wrap(dates.two_figures(note), HINT, WIDTH, "note on the next visit")
    ]
    names = wrap(following.name, BOLD, max(room, 60), "next visit")
    if room < 60 or len(names) > 1:
        return [
            gap(5),
            *paragraph(f"{title}: {following.name}", BOLD, "next visit", room=WIDTH),
            *paragraph(day, HINT, "next visit", room=WIDTH),
            *notes,
        ]
    drawn = (
        TextLine(0, 10, title, BOLD),
        TextLine(text_width(title, BOLD) + 12, 10, names[0], TEXT),
        right_aligned(WIDTH, 10, day, HINT),
        rule(0, 15, WIDTH, 15),
    )
    return [gap(5), Block(16, drawn), *notes]


def rules_of_writing() -> str:
    """Return how something is corrected, what is written where nothing is, and how days and hours are written."""
    return _(
        "To correct: strike through once, write next to it, initial, date. Leave nothing empty: ND not done (give the "
        "reason), NA not applicable, NK not known. Dates dd Mmm yyyy, times 24 h. Initials as in the delegation log."
    )


@lru_cache(maxsize=1)
def signatures() -> tuple[Block, ...]:
    """Return the end of a sheet: two signatures, the rule for corrections and how things are written."""
    return (
        gap(0.5),
        _signature(_("Completed by")),
        _signature(_("Investigator")),
        gap(1.5),
        *paragraph(rules_of_writing(), HINT, "label", room=WIDTH),
    )


def _signature(role: str) -> Block:
    cells = (
        PersonValue(key="name", label=f"{role}: {_('name in print')}", share=9),
        PersonValue(key="signature", label=_("Signature"), share=10),
        DateValue(key="date", label=_("Date")),
    )
    (block,) = section_blocks(PrintedSection("", "line", (), tuple(PrintedValue(one) for one in cells)))
    return block


def _room_for_notes(spare: float) -> list[Block]:
    """Return blocks that fill the last page, so that the signatures are at its foot."""
    if spare < NOTE_LINE:
        return [gap(spare)]
    if spare < NOTES_AT_LEAST:
        written = TextValue(key="notes", label=_("Notes"), width="full", lines=1 + int((spare - NOTE_LINE) // ROW))
        (block,) = section_blocks(PrintedSection("", "line", (), (PrintedValue(written),)))
        return [gap(spare - block.height), block]
    top = heading(_("Notes"), ())
    room = spare - sum(block.height for block in top)
    lines = tuple(rule(0, number * ROW, WIDTH, number * ROW) for number in range(1, int(room // ROW) + 1))
    return [*top, replace(Block(room), drawn=lines)]
