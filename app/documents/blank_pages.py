"""Draws pages of logs that are kept by hand: adverse events, medication, and who may do what in the study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.drawings import Drawing, TextLine
from app.documents.page_layout import (
    Block,
    Document,
    HeaderTexts,
    body_height,
    foot_text,
    gap,
    head_text,
    kept_together,
    paragraph,
    render,
    right_aligned,
)
from app.documents.text import Style, fitting
from app.documents.worksheet import FRAME
from app.documents.worksheet_cells import HINT, WIDTH, rule
from app.documents.worksheet_header import CODE, STRONG, TRIAL, VISIT
from app.documents.worksheet_rows import PrintedSection, PrintedTable, PrintedValue
from app.documents.worksheet_tables import section_blocks
from app.domain.facts.blank_pages import OF_STUDY, BlankPage
from app.domain.protocol.forms import (
    Cell,
    ChoiceValue,
    DateValue,
    Option,
    PersonValue,
    ReferenceValue,
    RowsValue,
    TextValue,
)
from app.wording import dates
from app.wording.language import gettext as _
from app.wording.language import marked

TITLES: Mapping[BlankPage, str] = {
    "adverse-events": marked("Adverse event log"),
    "medication": marked("Concomitant medication log"),
    "delegation": marked("Delegation log"),
}
_SMALL = Style(8.5)


@dataclass(frozen=True, slots=True)
class PageOwner:
    """Whose page it is: the study, the centre, and the participant where it is one's own."""

    trial: str
    registry: str
    version: str
    site: str
    participant: str = ""


def blank_pages(name: BlankPage, owner: PageOwner, today: date, *, head: str = "") -> bytes:
    """Return the PDF of one page with empty lines. `head`, at most 40 characters: the state of the study file.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    document = _document(name, owner, today, head)
    return render([document], document.name)


def _document(name: BlankPage, owner: PageOwner, today: date, head: str) -> Document:
    header, left_out = _header(name, owner)
    height = body_height(header, FRAME) - sum(block.height for block in left_out)
    closing = _closing(name)
    rows = 1
    blocks = _table(name, rows)
    spare = height - sum(block.height for block in (*blocks, *closing))
    rows += max(0, int(spare // blocks[-1].height))
    while sum(block.height for block in (*_table(name, rows), *closing)) > height and rows > 1:
        rows -= 1
    table = _table(name, rows)
    spare = height - sum(block.height for block in (*table, *closing))
    page = (*left_out, *table, gap(max(spare, 0.0)), *closing)
    version = ", ".join(filter(None, (owner.registry, _version(owner))))
    said = _("Printed as of {day}").replace("{day}", dates.two_figures(dates.day(today)))
    form = _("Form {id} version {version}").replace("{id}", name.upper()).replace("{version}", "1")
    return Document(
        _(TITLES[name]),
        header,
        (page,),
        foot_text(version, "protocol version"),
        said,
        head_text(head),
        (form, _("worksheet; source where signed")),
        FRAME,
    )


def _version(owner: PageOwner) -> str:
    """Return the version of the protocol in words; of several protocols, or none, there is none."""
    return f"{_('protocol version')} {owner.version}" if owner.version else ""


def _header(name: BlankPage, owner: PageOwner) -> tuple[Block, list[Block]]:
    """Return the band of the page, and the texts in full that were too long for it."""
    texts = HeaderTexts(WIDTH)
    known = " · ".join(filter(None, (owner.registry, _version(owner))))
    drawn: list[Drawing] = [
        right_aligned(WIDTH, 9, texts.line(owner.trial, TRIAL, WIDTH / 2, "trial title"), TRIAL),
        right_aligned(WIDTH, 20, texts.line(known, HINT, WIDTH / 2, "protocol version"), HINT),
        rule(0, 26, WIDTH, 26, STRONG),
        TextLine(0, 41, _(TITLES[name]), VISIT),
        right_aligned(WIDTH, 41, _("Sheet ____ of ____"), _SMALL),
        TextLine(0, 54, _("Centre"), HINT),
    ]
    if owner.site:
        drawn.append(TextLine(34, 54, texts.line(owner.site, _SMALL, WIDTH - 40, "site name"), _SMALL))
    else:
        drawn.append(rule(34, 56, WIDTH / 2, 56))
    if owner.participant:
        own = fitting(owner.participant, CODE, WIDTH / 2 - 12, "participant code")
        drawn.append(TextLine(0, 18, texts.line(owner.participant, own, WIDTH / 2 - 12, "participant code"), own))
    elif name not in OF_STUDY:
        drawn += [TextLine(0, 20, _("Participant"), HINT), rule(50, 21, WIDTH / 2 - 20, 21)]
    return Block(60, tuple(drawn)), texts.left_out


def _table(name: BlankPage, rows: int) -> tuple[Block, ...]:
    columns = tuple(PrintedValue(one) for one in _COLUMNS[name]())
    table = PrintedTable(
        RowsValue(key="line", reason=False), tuple((str(number + 1), "") for number in range(rows)), columns, True
    )
    return section_blocks(PrintedSection("", "table", (), (table,)))


def _closing(name: BlankPage) -> list[Block]:
    blocks = paragraph(_LEGENDS[name](), HINT, "legend", room=WIDTH)
    signed = (
        PersonValue(key="name", label=_("Investigator: name in print"), share=9),
        PersonValue(key="signature", label=_("Signature"), share=10),
        DateValue(key="date", label=_("Date")),
    )
    line = section_blocks(PrintedSection("", "line", (), tuple(PrintedValue(one) for one in signed)))
    return kept_together([gap(2), *blocks, *line])


# What a line of each has


def _options(*words: str) -> tuple[Option, ...]:
    return tuple(Option(word) for word in words)


def _adverse_events() -> Sequence[Cell]:
    yes_no = _options(_("no"), _("yes"))
    return (
        TextValue(key="event", label=_("Event; below, CTCAE v5 grade"), share=7),
        DateValue(key="start", label=_("Start"), share=4),
        DateValue(key="end", label=_("End, or ongoing"), share=4),
        TextValue(key="action", label=_("Action, outcome"), share=4),
        DateValue(key="reported", label=_("Reported on"), share=4),
        ChoiceValue(key="grade", label="", options=_options("1", "2", "3", "4", "5"), line=2, share=5),
        ChoiceValue(key="serious", label=_("serious"), options=yes_no, line=2, share=5),
        ChoiceValue(key="expected", label=_("expected"), options=yes_no, line=2, share=5),
        ChoiceValue(key="related", label=_("related"), options=(*yes_no, Option("?")), line=2, share=6),
        PersonValue(key="by", label=_("initials"), initials=True, line=2, share=3),
    )


def _medication() -> Sequence[Cell]:
    return (
        TextValue(key="drug", label=_("Medication; below, dose, unit, how often"), share=9),
        TextValue(key="route", label=_("Route"), share=3),
        DateValue(key="start", label=_("Start"), share=4),
        DateValue(key="end", label=_("End, or ongoing"), share=4),
        PersonValue(key="by", label=_("Initials"), initials=True, share=3),
        TextValue(key="dose", label=_("dose"), line=2, share=9),
        TextValue(key="reason", label=_("reason"), line=2, share=10),
        ReferenceValue(key="event", label=_("event no."), to="adverse_events", line=2, share=4),
    )


def _delegation() -> Sequence[Cell]:
    return (
        PersonValue(key="name", label=_("Name in print; below, tasks"), share=8),
        TextValue(key="role", label=_("Role"), share=4),
        PersonValue(key="signature", label=_("Signature"), share=7),
        PersonValue(key="initials", label=_("Initials"), initials=True, share=4),
        TextValue(key="tasks", label=_("tasks"), line=2, share=8),
        DateValue(key="from", label=_("from"), line=2, share=5),
        DateValue(key="to", label=_("to"), line=2, share=5),
        PersonValue(key="by", label=_("investigator"), initials=True, line=2, share=5),
    )


def _adverse_legend() -> str:
    return _(
        "A change of grade is a new line with the same event. Serious: report within the time that the protocol gives. "
        "To correct: strike through once, write next to it, initial, date. Dates dd Mmm yyyy."
    )


def _medication_legend() -> str:
    return _(
        "A change of dose is a new line. NK where the day is not known. To correct: strike through once, write next to "
        "it, initial, date. Dates dd Mmm yyyy."
    )


def _delegation_legend() -> str:
    return _(
        "Tasks: 1 consent, 2 eligibility, 3 history and examination, 4 samples, 5 questionnaires, 6 study treatment, "
        "7 adverse events, 8 source documents, 9 case record form, 10 investigator's file, 11 storage and shipping, "
        "12 other: write it in. Each line is signed before the task begins."
    )


_COLUMNS = {"adverse-events": _adverse_events, "medication": _medication, "delegation": _delegation}
_LEGENDS = {
    "adverse-events": _adverse_legend, "medication": _medication_legend, "delegation": _delegation_legend,
}  # fmt: skip
