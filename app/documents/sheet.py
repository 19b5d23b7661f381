"""Draws visit sheets: one visit a sheet, on one page of A4 unless its content needs a second."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.documents import form_blocks
from app.documents.drawings import Drawing, Mark, Rule, TextLine
from app.documents.form_blocks import DENSITIES, Column, Density, FormField
from app.documents.marks import Shape
from app.documents.page_layout import (
    BODY,
    BODY_BOLD,
    FOOT,
    LABEL,
    STRONG,
    WIDTH,
    Block,
    Document,
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
    render,
    right_aligned,
)
from app.documents.printable_form import printable_form
from app.documents.protocol_details import Answers
from app.documents.sheet_rows import (
    DoseRows,
    Identity,
    Lines,
    NextVisit,
    PlannedDay,
    SheetSource,
    VisitSheet,
    visit_sheet,
)
from app.documents.text import Style, fit, fitting, printable, text_width, wrap
from app.documents.ward_page import same_page, ward_document
from app.documents.worksheet import document as worksheet_document
from app.documents.worksheet import rules_of_writing
from app.documents.worksheet_rows import form_of, worksheet
from app.domain.calendar.entries import Calendar, Entry
from app.domain.protocol.forms import Form
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates
from app.wording.language import gettext as _

CODE = Style(20, bold=True)
TRIAL = Style(11, bold=True)
VISIT = Style(14, bold=True)
VALUE = Style(10.5, bold=True)
NOTES_AT_LEAST = 52.0
_HALF = WIDTH * 0.52
_PLAN = (0.0, 142.0, 296.0, 392.0, WIDTH + 8)


def visit_sheets(
    protocol: ProtocolVersion,
    calendar: Calendar,
    entries: Sequence[Entry],
    site_name: str,
    *,
    why: Lines | None = None,
    problems: Lines | None = None,
    choices: Answers | None = None,
    notes: Lines | None = None,
    head: str = "",
) -> bytes:
    """Return the PDF of the sheets of these visits.

    `why`, `problems` and `notes`: sentences about each visit by its key. `choices`: the participant's answers where
    they differ from the protocol's defaults. `head`, at most 40 characters: the state of the study file that they are
    printed from.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    source = SheetSource(protocol, calendar, site_name, why or {}, problems or {}, choices or {}, notes or {})
    return sheets_of(source, entries, head)


def sheets_of(source: SheetSource, entries: Sequence[Entry], head: str = "") -> bytes:
    """Return the PDF of the sheets of these visits of one participant (see `visit_sheets`).

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    title = f"{printable(source.calendar.participant, 'participant code')} – {_('visit sheets')}"
    return render(list(documents_of(source, entries, head)), title)


def printed_entries(
    protocol: ProtocolVersion, calendar: Calendar, entries: Sequence[Entry], choices: Answers
) -> list[Entry]:
    """Return these visits, and those that are on a page with one of them."""
    found = {entry.key: entry for entry in entries}
    source = SheetSource(protocol, calendar, "", choices=choices)
    for entry in entries:
        form = form_of(source, entry)
        if form is not None and form.day_columns:
            found |= {one.key: one for page in same_page(calendar, form, entry) for one in page}
    return list(found.values())


def documents_of(source: SheetSource, entries: Sequence[Entry], head: str = "") -> Iterator[Document]:
    """Yield the sheets; a page that several visits share is printed once."""
    forms: dict[str, Form] = {}
    shared: set[str] = set()
    for entry in entries:
        form = form_of(source, entry)
        if form is not None:
            form = forms.setdefault(form.id, forms.get(form.id) or printable_form(form))
        if form is None or not form.day_columns:
            yield _document_of(source, entry, head, form)
        elif entry.key not in shared:
            for page in same_page(source.calendar, form, entry):
                shared |= {one.key for one in page}
                yield ward_document(source, form, page, head)


def _document_of(source: SheetSource, entry: Entry, head: str = "", form: Form | None = None) -> Document:
    """Return the sheet of one visit, with its form where it has one of its own."""
    if form is None:
        return _document(visit_sheet(source, entry), source.calendar, head)
    return worksheet_document(worksheet(source, entry, form), source.calendar.today, head)


def _document(sheet: VisitSheet, calendar: Calendar, head: str = "") -> Document:
    header, left_out = _header(sheet.identity, sheet.plan)
    height = body_height(header)
    pages = _pages(sheet, left_out, height, DENSITIES[0])
    for density in DENSITIES[1:]:
        tighter = _pages(sheet, left_out, height, density) if len(pages) > 1 else pages
        pages = min(pages, tighter, key=len)
    identity = sheet.identity
    version = _("{registry}, protocol version {version}").replace("{registry}", identity.registry)
    left = foot_text(version.replace("{version}", identity.version), "protocol version")
    name = printable(f"{identity.key} {identity.visit}", "visit name")
    as_of = dates.two_figures(printed_as_of(calendar.today))
    form = (_("Visit sheet"), _("worksheet; source where signed"))
    return Document(name, header, tuple(tuple(page) for page in pages), left, as_of, head_text(head), form)


def printed_as_of(today: date) -> str:
    """Return the footer's sentence: the day of printing, and that a printed copy may be out of date."""
    return _("Printed as of {day}; a printed copy may be out of date").replace("{day}", dates.day(today))


def _pages(sheet: VisitSheet, left_out: list[Block], height: float, density: Density) -> list[list[Block]]:
    body = [*left_out, *_body(sheet, density)]
    closing = kept_together(_closing(density))
    pages = paginate([*body, *closing], height)
    signature = closing[1]
    if signature in pages[-1]:
        at = pages[-1].index(signature)
        pages[-1][at:at] = _room_for_notes(free_height(pages[-1], height), density)
    return pages


def _room_for_notes(spare: float, density: Density) -> list[Block]:
    """Return blocks that fill the last page, so that the signatures are at its foot."""
    if spare < NOTES_AT_LEAST:
        return [gap(spare)]
    return [*form_blocks.section_title(_("Notes"), density), form_blocks.writing_lines(spare - density.above - 18)]


def _body(sheet: VisitSheet, density: Density) -> list[Block]:
    blocks = _reasons_and_problems(sheet, density)
    if sheet.notes:
        blocks += form_blocks.section_title(_("Notes on this visit"), density)
        blocks += form_blocks.bulleted(sheet.notes, Shape.DOT, "note")
    blocks += _actual(sheet, density)
    if sheet.dose is not None:
        blocks += _dose(sheet.dose, sheet.asks_outcome, density)
    if sheet.procedures or sheet.note:
        blocks += _procedures(sheet, density)
    if sheet.specimens:
        blocks += _specimens(sheet.specimens, density)
    if sheet.questionnaires:
        blocks += _questionnaires(sheet.questionnaires, density)
    return blocks + _since_last(density) + _next(sheet.next_visit, density)


def _header(identity: Identity, plan: PlannedDay) -> tuple[Block, list[Block]]:
    """Return the band on each page of the sheet, and the texts in full that were too long for it."""
    texts = HeaderTexts()
    own = fitting(identity.participant, CODE, _HALF - 12, "participant code")
    trial = WIDTH - _HALF
    known = f"{identity.registry} · " + _("protocol version") + f" {identity.version}"
    cohort = _("Cohort: {cohort}").replace("{cohort}", identity.cohort) if identity.cohort else ""
    drawn: list[Drawing] = [
        TextLine(0, 19, texts.line(identity.participant, own, _HALF - 12, "participant code"), own),
        TextLine(0, 33, texts.line(cohort, LABEL, _HALF - 12, "cohort"), LABEL),
        right_aligned(WIDTH, 10, texts.line(identity.trial, TRIAL, trial, "trial title"), TRIAL),
        right_aligned(WIDTH, 22, texts.line(known, LABEL, trial, "protocol version"), LABEL),
        right_aligned(WIDTH, 33, texts.line(identity.site, LABEL, trial, "site name"), LABEL),
        Rule(0, 39, WIDTH, 39, 1.1, STRONG),
    ]
    key = texts.line(identity.key, VALUE, 140, "visit key")
    epoch = texts.line(identity.epoch, LABEL, 150, "epoch")
    side = WIDTH - text_width(key, VALUE) - 10
    visit = texts.lines(identity.visit, VISIT, side - text_width(epoch, LABEL) - 14, "visit name", 3)
    drawn += [
        *lines_at(0, 57, visit, VISIT),
        right_aligned(side, 57, epoch, LABEL),
        right_aligned(WIDTH, 57, key, VALUE),
    ]
    planned, bottom = _plan(plan, 57 + (len(visit) - 1) * VISIT.leading + 18)
    return Block(bottom + 7, (*drawn, *planned, Rule(0, bottom, WIDTH, bottom, 0.7, STRONG))), texts.left_out


def _plan(plan: PlannedDay, y: float) -> tuple[list[Drawing], float]:
    """Return the planned day, window, target and status, and the height at which they end."""
    cells = ((plan.day_label, plan.day), (_("Window"), plan.window), (_("Target"), plan.target))
    drawn: list[Drawing] = [Mark(plan.mark, _PLAN[3] + 4.5, y + 10.4, 8.5)]
    most = 1
    for (label, value), x, end in zip((*cells, (_("Status"), plan.status)), _PLAN, _PLAN[1:], strict=False):
        indent = 13 if x == _PLAN[3] else 0
        lines = form_blocks.wrap_after_dash(dates.two_figures(value), VALUE, end - x - indent - 8, label)
        drawn += [TextLine(x, y, label, LABEL), *lines_at(x + indent, y + 14, lines, VALUE)]
        most = max(most, len(lines))
    bottom = y + 14 + (most - 1) * VALUE.leading + 7
    if not plan.unconfirmed:
        return drawn, bottom
    small, _cut = fit(plan.unconfirmed, FOOT, WIDTH, 1, "marks")
    return [*drawn, TextLine(0, bottom + 5, small[0], FOOT)], bottom + 11


def _reasons_and_problems(sheet: VisitSheet, density: Density) -> list[Block]:
    if not sheet.why and not sheet.problems:
        return []
    blocks = form_blocks.section_title(_("Why this day") if sheet.why else _("To look at"), density)
    why, problems = (list(map(dates.two_figures, lines)) for lines in (sheet.why, sheet.problems))
    blocks += form_blocks.bulleted(why, Shape.DOT, "reason")
    return blocks + form_blocks.bulleted(problems, Shape.TRIANGLE, "problem", BODY_BOLD)


def _actual(sheet: VisitSheet, density: Density) -> list[Block]:
    cells = [FormField(blank.label, blank.share, dates.two_figures(blank.value)) for blank in sheet.blanks]
    ticked = None if sheet.inside is None else int(not sheet.inside)
    judged = (
        FormField(_("In window?"), 0.75, boxes=(_("yes"), _("no")), ticked=ticked),
        FormField(_("If not, reason"), 2.4),
        FormField(_("Deviation no."), 0.75),
    )
    title = _("Visit as it happened")
    return [
        *form_blocks.section_title(title, density),
        *kept_together([form_blocks.field_row(cells, title, density), form_blocks.field_row(judged, title, density)]),
    ]


def _procedures(sheet: VisitSheet, density: Density) -> list[Block]:
    columns = (
        Column(_("Procedure"), 232),
        Column(_("Done"), 30, box=True),
        Column(_("ND"), 26, box=True),
        Column(_("NA"), 26, box=True),
        Column(_("Time"), 42),
        Column(_("Initials"), 42),
        Column(_("Comment, reason if ND"), WIDTH - 398),
    )
    rows = [(procedure.text, procedure.because_text) for procedure in sheet.procedures]
    blocks = form_blocks.section_title(_("Procedures"), density)
    blocks += form_blocks.table(columns, rows, density.row, "procedure") if rows else []
    if sheet.note:
        blocks += [gap(3), *paragraph(_("Protocol note: ") + sheet.note, LABEL, "protocol note")]
    return blocks


def _dose(dose: DoseRows, asks_outcome: bool, density: Density) -> list[Block]:
    blocks = form_blocks.section_title(_("Treatment"), density)
    blocks += paragraph(dose.title, BODY_BOLD, "regimen")
    blocks += paragraph(dose.what, BODY, "regimen day")
    for day, what in dose.at_home:
        blocks += _at_home(dates.two_figures(day), what)
    if dose.reminder:
        blocks += [gap(3), *_with_side_bar(dose.reminder)]
    if not asks_outcome:
        return blocks
    outcomes = (_("given"), _("delayed"), _("omitted"), _("reduced"))
    cells = (FormField(_("Treatment was"), 1.45, boxes=outcomes), FormField(_("If not as planned, reason"), 1))
    return [*blocks, gap(3), form_blocks.field_row(cells, "treatment", density)]


def _at_home(day: str, what: str) -> list[Block]:
    indent = 134.0
    lines = wrap(what, BODY, WIDTH - indent, "regimen day")
    first = (TextLine(0, BODY.size, day, BODY), TextLine(indent, BODY.size, lines[0], BODY))
    rest = [Block(BODY.leading, (TextLine(indent, BODY.size, line, BODY),)) for line in lines[1:]]
    return [Block(BODY.leading, first), *rest]


def _with_side_bar(text: str) -> list[Block]:
    style = Style(9)
    lines = wrap(text, style, WIDTH - 10, "start condition")
    bar = Rule(1, 0, 1, style.leading, 2, 0.5)
    return [Block(style.leading, (bar, TextLine(10, style.size, line, style))) for line in lines]


def _specimens(specimens: Sequence[str], density: Density) -> list[Block]:
    columns = (
        Column(_("Specimen"), 190),
        Column(_("Taken"), 34, box=True),
        Column(_("Number"), 80),
        Column(_("Time"), 50),
        Column(_("Processed"), 64),
        Column(_("Stored"), WIDTH - 418),
    )
    rows = [(specimen, "") for specimen in specimens]
    return [
        *form_blocks.section_title(_("Specimens"), density),
        *form_blocks.table(columns, rows, density.row, "specimen"),
    ]


def _questionnaires(questionnaires: Sequence[str], density: Density) -> list[Block]:
    columns = (
        Column(_("Questionnaire"), 190),
        Column(_("Done"), 34, box=True),
        Column(_("Not done"), 46, box=True),
        Column(_("Language"), 64),
        Column(_("Reason if not done"), WIDTH - 334),
    )
    rows = [(name, "") for name in questionnaires]
    return [
        *form_blocks.section_title(_("Questionnaires"), density),
        *form_blocks.table(columns, rows, density.row, "questionnaire"),
    ]


def _since_last(density: Density) -> list[Block]:
    yes_no = (_("no"), _("yes"))
    cells = (
        FormField(_("Adverse event"), 1, boxes=yes_no),
        FormField(_("Log lines"), 0.7),
        FormField(_("Highest grade"), 0.8),
        FormField(_("Serious"), 1, boxes=yes_no),
        FormField(_("Medication changed"), 1.05, boxes=yes_no),
        FormField(_("Log lines"), 0.7),
    )
    title = _("Since the last visit")
    return [*form_blocks.section_title(title, density), form_blocks.field_row(cells, title, density)]


def _next(following: NextVisit | None, density: Density) -> list[Block]:
    blocks = form_blocks.section_title(_("Next visit"), density)
    if following is None:
        return blocks + paragraph(_("No open visit with a date follows."), BODY, "next visit")
    window = f"; {_('window')} {following.window}" if following.window else ""
    day = dates.two_figures(following.day + window)
    room = WIDTH - text_width(day, BODY) - 14
    if len(wrap(following.name, BODY_BOLD, room, "next visit")) > 1:
        blocks += paragraph(following.name, BODY_BOLD, "next visit") + paragraph(day, BODY, "next visit")
    else:
        name = TextLine(0, BODY.size, printable(following.name, "next visit"), BODY_BOLD)
        blocks.append(Block(BODY.leading, (name, right_aligned(WIDTH, BODY.size, day, BODY))))
    notes = list(map(dates.two_figures, following.notes))
    return blocks + form_blocks.bulleted(notes, Shape.DOT, "note on the next visit")


def _closing(density: Density) -> list[Block]:
    return [
        gap(7),
        _signatures(_("Completed by"), density),
        _signatures(_("Investigator"), density),
        gap(5),
        *paragraph(rules_of_writing(), FOOT, "label"),
    ]


def _signatures(role: str, density: Density) -> Block:
    cells = (
        FormField(f"{role}: " + _("name in print"), 1.3),
        FormField(_("Signature"), 1.3),
        FormField(_("Date"), 0.7),
    )
    return form_blocks.field_row(cells, role, density)
