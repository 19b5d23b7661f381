"""Draws the sheet of a visit that has a form: the values of the form, each with its place to write."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.documents.drawings import Drawing, Mark, TextLine
from app.documents.form_blocks import bulleted, wrap_after_dash
from app.documents.marks import Shape
from app.documents.page_layout import (
    BODY_BOLD,
    MILLIMETRE,
    Block,
    Document,
    Frame,
    HeaderTexts,
    body_height,
    foot_text,
    free_height,
    gap,
    head_text,
    kept_together,
    lines_at,
    paginate,
    paragraph,
    right_aligned,
)
from app.documents.sheet_rows import Identity, NextVisit, PlannedDay
from app.documents.text import Style, printable, text_width, wrap
from app.documents.worksheet_cells import BOLD, HINT, ROW, TEXT, WIDTH, rule
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
CODE = Style(18, bold=True)
TRIAL = Style(10, bold=True)
VISIT = Style(13, bold=True)
VALUE = Style(10, bold=True)
STRONG = 1.0
NOTES_AT_LEAST = 3 * ROW
_HALF = WIDTH * 0.5
_CELLS = (0.0, 136.0, 286.0, 391.0, WIDTH + 8)
Cells = Sequence[tuple[str, str]]
"""The label and value of each of the four cells below the visit's name."""


def document(sheet: Worksheet, today: date, head: str = "") -> Document:
    """Return the pages of a sheet with a form."""
    content = sheet.sheet
    plan = content.plan
    cells = ((plan.day_label, plan.day), (_("Window"), plan.window), (_("Target"), plan.target))
    header, left_out = page_header(
        content.identity, cells, plan, content.identity.visit, content.identity.key, reason_line(sheet)
    )
    body = [*left_out, *problems_and_notes(sheet), *_as_it_happened(sheet)]
    for section in sheet.sections:
        body += section_blocks(section)
    full = closed(sheet, header, [*body, *_rest(sheet)], today, head)
    if len(full.pages) == 1 or not content.note:
        return full
    # The protocol's note is for whoever reads the file: it is left out where that saves a page.
    bare = replace(sheet, sheet=replace(content, note=""))
    return min(full, closed(bare, header, [*body, *_rest(bare)], today, head), key=lambda one: len(one.pages))


def closed(sheet: Worksheet, header: Block, body: Sequence[Block], today: date, head: str) -> Document:
    """Return the document with the signatures at the foot of its last page."""
    identity, form = sheet.sheet.identity, sheet.form
    height = body_height(header, FRAME)
    closing = kept_together(signatures())
    pages = paginate([*body, *closing], height)
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


def page_header(
    identity: Identity, cells: Cells, plan: PlannedDay, name: str, key: str, reasons: str
) -> tuple[Block, list[Block]]:
    """Return the band on each page, and the texts in full that were too long for it."""
    texts = HeaderTexts(WIDTH)
    centre = f" · {_('centre')} {identity.site}" if identity.site else ""
    known = f"{identity.registry} · {_('protocol version')} {identity.version}{centre}"
    code = texts.line(identity.participant, CODE, _HALF - 60, "participant code")
    drawn: list[Drawing] = [
        TextLine(0, 18, code, CODE),
        *_cohort(texts, identity.cohort, text_width(code, CODE) + 10),
        right_aligned(WIDTH, 9, texts.line(identity.trial, TRIAL, _HALF + 40, "trial title"), TRIAL),
        right_aligned(WIDTH, 20, texts.line(known, HINT, _HALF + 40, "protocol version"), HINT),
        rule(0, 26, WIDTH, 26, STRONG),
    ]
    key_line = texts.line(key, VALUE, 150, "visit key")
    epoch = texts.line(identity.epoch, HINT, 140, "epoch")
    side = WIDTH - text_width(key_line, VALUE) - 8
    names = texts.lines(name, VISIT, side - text_width(epoch, HINT) - 12, "visit name", 3)
    drawn += [
        *lines_at(0, 41, names, VISIT),
        right_aligned(side, 41, epoch, HINT),
        right_aligned(WIDTH, 41, key_line, VALUE),
    ]
    planned, bottom = _cells(cells, plan, 41 + (len(names) - 1) * VISIT.leading + 13)
    drawn += [*planned, rule(0, bottom, WIDTH, bottom, STRONG)]
    if reasons:
        reasons = dates.two_figures(reasons)
        lines = texts.lines(reasons, HINT, WIDTH, "reason", 4)
        drawn += lines_at(0, bottom + 10, lines, HINT)
        bottom += 4 + len(lines) * HINT.leading
        drawn.append(rule(0, bottom, WIDTH, bottom))
    return Block(bottom + 2, tuple(drawn)), texts.left_out


def _cohort(texts: HeaderTexts, cohort: str, x: float) -> list[Drawing]:
    """Return the participant's cohort to the right of the code, or in full below the header for a long code."""
    if not cohort:
        return []
    said = _("Cohort: {cohort}").replace("{cohort}", cohort)
    return [TextLine(x, 18, texts.line(said, HINT, max(_HALF - 44 - x, 30), "cohort"), HINT)]


def _cells(cells: Cells, plan: PlannedDay, y: float) -> tuple[list[Drawing], float]:
    """Return the planned day, window, target and status, and the height at which they end."""
    drawn: list[Drawing] = [Mark(plan.mark, _CELLS[3] + 4.5, y + 8.6, 8)]
    most = 1
    for (label, value), x, end in zip((*cells, (_("Status"), plan.status)), _CELLS, _CELLS[1:], strict=False):
        indent = 12 if x == _CELLS[3] else 0
        lines = wrap_after_dash(dates.two_figures(value), VALUE, end - x - indent - 8, label)
        drawn += [
            *lines_at(x, y, wrap(label, HINT, end - x - 8, label)[:1], HINT),
            *lines_at(x + indent, y + 12, lines, VALUE),
        ]
        most = max(most, len(lines))
    return drawn, y + 12 + (most - 1) * VALUE.leading + 6


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


def problems_and_notes(sheet: Worksheet) -> list[Block]:
    """Return what a person should look at, and the notes on the visit."""
    content = sheet.sheet
    blocks: list[Block] = []
    if content.problems:
        blocks += [gap(3), *bulleted(content.problems, Shape.TRIANGLE, "problem", BODY_BOLD)]
    if content.notes:
        blocks += [*heading(_("Notes on this visit"), ()), *bulleted(content.notes, Shape.DOT, "note")]
    return blocks


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
            to_tick(_("Also planned"), [(one.text, _because(one.because)) for one in content.procedures])
        )
    if content.specimens:
        blocks += section_blocks(_specimens(content.specimens))
    if content.questionnaires:
        blocks += section_blocks(to_tick(_("Questionnaires"), [(one, "") for one in content.questionnaires]))
    return [*blocks, *_remarks(sheet), *_next(content.next_visit)]


def _because(answer: str) -> str:
    return _("Applies because: ") + answer if answer else ""


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
        small.append(f"{dose.title}." if sheet.has_drugs else f"{dose.title}: {dose.what}.")
        for day, what in dose.at_home:
            blocks += paragraph(f"{day}: {what}", TEXT, "regimen day", room=WIDTH)
        if dose.reminder:
            blocks += paragraph(dose.reminder, HINT, "start condition", room=WIDTH)
    if content.note:
        small.append(_("Protocol note: ") + content.note)
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
        for line in wrap(note, HINT, WIDTH, "note on the next visit")
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


def signatures() -> list[Block]:
    """Return the end of a sheet: two signatures, the rule for corrections and how things are written."""
    rules = _(
        "To correct: strike through once, write next to it, initial, date. Leave nothing empty: ND not done (give the "
        "reason), NA not applicable, NK not known. Dates dd Mmm yyyy, times 24 h. Initials as in the delegation log."
    )
    return [
        gap(0.5),
        _signature(_("Completed by")),
        _signature(_("Investigator")),
        gap(1.5),
        *paragraph(rules, HINT, "label", room=WIDTH),
    ]


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
    if spare < NOTES_AT_LEAST:
        return [gap(spare)]
    top = heading(_("Notes"), ())
    room = spare - sum(block.height for block in top)
    lines = tuple(rule(0, number * ROW, WIDTH, number * ROW) for number in range(1, int(room // ROW) + 1))
    return [*top, replace(Block(room), drawn=lines)]
