"""Visit sheets: one visit a sheet, on one page of A4 unless it must go on to a second."""

from collections.abc import Sequence

from app.documents import form
from app.documents.form import Cell, Column
from app.documents.marks import Shape
from app.documents.page import (
    BODY,
    BODY_BOLD,
    FOOT,
    LABEL,
    STRONG,
    WIDTH,
    Block,
    Document,
    Drawn,
    Mark,
    Rule,
    Words,
    body_height,
    free_height,
    gap,
    lines_at,
    paginate,
    paragraph,
    render,
    right,
    together,
)
from app.documents.sheet_rows import (
    DoseRows,
    Identity,
    Lines,
    NextVisit,
    Plan,
    Source,
    VisitSheet,
    visit_sheet,
)
from app.documents.text import Style, fit, printable, text_width, wrap
from app.domain.calendar import Calendar, Entry
from app.domain.protocol import ProtocolVersion
from app.wording import dates
from app.wording.language import gettext as _

CODE = Style(20, bold=True)
TRIAL = Style(11, bold=True)
VISIT = Style(14, bold=True)
VALUE = Style(10.5, bold=True)
ROOMY, TIGHT = 22.0, 18.0
NOTES_AT_LEAST = 52.0
_HALF = WIDTH * 0.52


def visit_sheets(
    protocol: ProtocolVersion,
    calendar: Calendar,
    entries: Sequence[Entry],
    site_name: str,
    *,
    why: Lines | None = None,
    problems: Lines | None = None,
    choices: dict[str, str | bool] | None = None,
) -> bytes:
    """The PDF of these visits' sheets.

    `why` and `problems` hold the sentences about each visit by its key; `choices` the participant's answers, where they
    differ from the protocol's defaults.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    source = Source(protocol, calendar, site_name, why or {}, problems or {}, choices or {})
    documents = [_document(visit_sheet(source, entry), calendar) for entry in entries]
    title = f"{printable(calendar.participant, 'participant code')} – {_('visit sheets')}"
    return render(documents, title)


def _document(sheet: VisitSheet, calendar: Calendar) -> Document:
    header, left_out = _header(sheet.identity, sheet.plan)
    height = body_height(header)
    pages = _pages(sheet, left_out, height, ROOMY)
    if len(pages) > 1:
        tighter = _pages(sheet, left_out, height, TIGHT)
        pages = tighter if len(tighter) < len(pages) else pages
    identity = sheet.identity
    version = _("{registry}, protocol version {version}").replace("{registry}", identity.registry)
    left, _cut = fit(version.replace("{version}", identity.version), FOOT, WIDTH * 0.4, 1, "protocol version")
    name = printable(f"{identity.key} {identity.visit}", "visit name")
    return Document(name, header, tuple(tuple(page) for page in pages), left[0], printed_as_of(calendar))


def printed_as_of(calendar: Calendar) -> str:
    """The day that the paper is true for, and that it may not be any longer."""
    return _("Printed as of {day}; may be out of date").replace("{day}", dates.day(calendar.today))


def _pages(sheet: VisitSheet, left_out: list[Block], height: float, row: float) -> list[list[Block]]:
    body = [*left_out, *_body(sheet, row)]
    closing = together(_closing())
    pages = paginate([*body, *closing], height)
    spare = free_height(pages[-1], height)
    if spare >= NOTES_AT_LEAST and closing[1] in pages[-1]:
        at = pages[-1].index(closing[1])
        pages[-1][at:at] = [*form.section(_("Notes")), form.writing_lines(spare - 27 - 1)]
    return pages


def _body(sheet: VisitSheet, row: float) -> list[Block]:
    blocks = _standing(sheet)
    blocks += _actual(sheet)
    if sheet.dose is not None:
        blocks += _dose(sheet.dose, sheet.asks_outcome)
    if sheet.procedures or sheet.note:
        blocks += _procedures(sheet, row)
    if sheet.specimens:
        blocks += _specimens(sheet.specimens, row)
    if sheet.questionnaires:
        blocks += _questionnaires(sheet.questionnaires, row)
    return blocks + _since_last() + _next(sheet.next_visit)


def _header(identity: Identity, plan: Plan) -> tuple[Block, list[Block]]:
    """The band on each page of the sheet, and in full what was too long for it."""
    left_out: list[Block] = []

    def one_line(text: str, style: Style, room: float, place: str, most: int = 1) -> list[str]:
        lines, cut = fit(text, style, room, most, place)
        if cut:
            left_out.extend(paragraph(text, BODY, place))
        return lines

    trial = WIDTH - _HALF
    known = f"{identity.registry} · " + _("protocol version") + f" {identity.version}"
    drawn: list[Drawn] = [
        Words(0, 19, one_line(identity.participant, CODE, _HALF - 12, "participant code")[0], CODE),
        right(WIDTH, 10, one_line(identity.trial, TRIAL, trial, "trial title")[0], TRIAL),
        right(WIDTH, 22, one_line(known, LABEL, trial, "protocol version")[0], LABEL),
        right(WIDTH, 33, one_line(identity.site, LABEL, trial, "site name")[0], LABEL),
        Rule(0, 39, WIDTH, 39, 1.1, STRONG),
    ]
    key = one_line(identity.key, VALUE, 140, "visit key")[0]
    visit = one_line(identity.visit, VISIT, WIDTH - text_width(key, VALUE) - 16, "visit name", 3)
    drawn += [*lines_at(0, 57, visit, VISIT), right(WIDTH, 57, key, VALUE)]
    y = 57 + (len(visit) - 1) * VISIT.leading + 13
    drawn.append(Words(0, y, one_line(identity.epoch, LABEL, WIDTH, "epoch")[0], LABEL))
    drawn += _plan(plan, y + 17)
    bottom = y + 17 + (33 if plan.unconfirmed else 21)
    drawn.append(Rule(0, bottom, WIDTH, bottom, 0.7, STRONG))
    return Block(bottom + 2, tuple(drawn)), left_out


def _plan(plan: Plan, y: float) -> list[Drawn]:
    cells = (
        (plan.day_label, plan.day, 0.0),
        (_("Window"), plan.window, 148.0),
        (_("Target"), plan.target, 300.0),
        (_("Status"), plan.status, 396.0),
    )
    drawn: list[Drawn] = []
    for label, value, x in cells:
        at = x + (13 if label == _("Status") else 0)
        drawn += [Words(x, y, label, LABEL), Words(at, y + 14, value, VALUE)]
    drawn.append(Mark(plan.mark, 400.5, y + 10.2, 8.5))
    if plan.unconfirmed:
        drawn.append(Words(148, y + 26, plan.unconfirmed, FOOT))
    return drawn


def _standing(sheet: VisitSheet) -> list[Block]:
    if not sheet.why and not sheet.problems:
        return []
    blocks = form.section(_("Why this day"))
    blocks += form.listed(sheet.why, Shape.DOT, "reason")
    return blocks + form.listed(sheet.problems, Shape.TRIANGLE, "problem", BODY_BOLD)


def _actual(sheet: VisitSheet) -> list[Block]:
    cells = [Cell(blank.label, blank.share, blank.value) for blank in sheet.blanks]
    ticked = None if sheet.inside is None else int(not sheet.inside)
    judged = (
        Cell(_("In window?"), 0.75, boxes=(_("yes"), _("no")), ticked=ticked),
        Cell(_("If not, reason"), 2.4),
        Cell(_("Deviation no."), 0.75),
    )
    title = _("Visit as it happened")
    return [*form.section(title), *together([form.fields(cells, title), form.fields(judged, title)])]


def _procedures(sheet: VisitSheet, row: float) -> list[Block]:
    columns = (
        Column(_("Procedure"), 218),
        Column(_("Done"), 30, box=True),
        Column(_("ND"), 26, box=True),
        Column(_("NA"), 26, box=True),
        Column(_("Time"), 46),
        Column(_("Initials"), 44),
        Column(_("Comment"), WIDTH - 390),
    )
    rows = [(procedure.text, _because(procedure.because)) for procedure in sheet.procedures]
    blocks = form.section(_("Procedures"))
    blocks += form.table(columns, rows, row, "procedure") if rows else []
    if sheet.note:
        blocks += [gap(3), *paragraph(_("Protocol note: ") + sheet.note, LABEL, "protocol note")]
    return blocks


def _because(answer: str) -> str:
    return _("Applies because: ") + answer if answer else ""


def _dose(dose: DoseRows, asks_outcome: bool) -> list[Block]:
    blocks = form.section(_("Treatment"))
    blocks += paragraph(dose.title, BODY_BOLD, "regimen")
    blocks += paragraph(dose.what, BODY, "regimen day")
    for day, what in dose.at_home:
        blocks += _at_home(day, what)
    if dose.reminder:
        blocks += [gap(3), *_beside_a_bar(dose.reminder)]
    if not asks_outcome:
        return blocks
    outcomes = (_("given"), _("delayed"), _("omitted"), _("reduced"))
    cells = (Cell(_("Treatment was"), 1.45, boxes=outcomes), Cell(_("If not as planned, reason"), 1))
    return [*blocks, form.fields(cells, "treatment")]


def _at_home(day: str, what: str) -> list[Block]:
    indent = 118.0
    lines = wrap(what, BODY, WIDTH - indent, "regimen day")
    first = (Words(0, BODY.size, day, BODY), Words(indent, BODY.size, lines[0], BODY))
    rest = [Block(BODY.leading, (Words(indent, BODY.size, line, BODY),)) for line in lines[1:]]
    return [Block(BODY.leading, first), *rest]


def _beside_a_bar(text: str) -> list[Block]:
    style = Style(9)
    lines = wrap(text, style, WIDTH - 10, "start condition")
    bar = Rule(1, 0, 1, style.leading, 2, 0.5)
    return [Block(style.leading, (bar, Words(10, style.size, line, style))) for line in lines]


def _specimens(specimens: Sequence[str], row: float) -> list[Block]:
    columns = (
        Column(_("Specimen"), 190),
        Column(_("Taken"), 34, box=True),
        Column(_("Number"), 80),
        Column(_("Time"), 50),
        Column(_("Processed"), 64),
        Column(_("Stored"), WIDTH - 418),
    )
    rows = [(specimen, "") for specimen in specimens]
    return [*form.section(_("Specimens")), *form.table(columns, rows, row, "specimen")]


def _questionnaires(questionnaires: Sequence[str], row: float) -> list[Block]:
    columns = (
        Column(_("Questionnaire"), 190),
        Column(_("Done"), 34, box=True),
        Column(_("Not done"), 46, box=True),
        Column(_("Language"), 64),
        Column(_("Reason if not done"), WIDTH - 334),
    )
    rows = [(name, "") for name in questionnaires]
    return [*form.section(_("Questionnaires")), *form.table(columns, rows, row, "questionnaire")]


def _since_last() -> list[Block]:
    yes_no = (_("no"), _("yes"))
    cells = (
        Cell(_("Adverse event"), 1, boxes=yes_no),
        Cell(_("Log lines"), 0.7),
        Cell(_("Highest grade"), 0.8),
        Cell(_("Serious"), 1, boxes=yes_no),
        Cell(_("Medication changed"), 1.05, boxes=yes_no),
        Cell(_("Log lines"), 0.7),
    )
    title = _("Since the last visit")
    return [*form.section(title), form.fields(cells, title)]


def _next(following: NextVisit | None) -> list[Block]:
    blocks = form.section(_("Next visit"))
    if following is None:
        return blocks + paragraph(_("No open visit with a date follows."), BODY, "next visit")
    blocks += paragraph(following.name, BODY_BOLD, "next visit")
    window = f"; {_('window')} {following.window}" if following.window else ""
    blocks += paragraph(following.day + window, BODY, "next visit")
    return blocks + form.listed(following.notes, Shape.DOT, "note on the next visit")


def _closing() -> list[Block]:
    rule = _(
        "Corrections: strike through once so that it can still be read, write the right value beside it, initial and "
        "date. Leave no field empty: ND not done, NA not applicable, NK not known."
    )
    return [
        gap(4),
        _signatures(_("Completed by")),
        _signatures(_("Investigator")),
        gap(5),
        *paragraph(rule, FOOT, "label"),
    ]


def _signatures(role: str) -> Block:
    cells = (Cell(f"{role}: " + _("name in print"), 1.3), Cell(_("Signature"), 1.3), Cell(_("Date"), 0.7))
    return form.fields(cells, role)
