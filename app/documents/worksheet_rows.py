"""The content of a visit's sheet that has a form: which values are printed, and what is known of them already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.documents import protocol_details
from app.documents.protocol_details import Answers
from app.documents.sheet_rows import SheetSource, VisitSheet, disconnection, visit_sheet
from app.domain.calendar.entries import Entry
from app.domain.protocol import forms
from app.domain.protocol.forms import Asked, Cell, DateValue, Form, Layout, NumberValue, RowsValue, Section, TimeValue
from app.domain.protocol.regimens import DAY_KIND
from app.domain.protocol.settings import FORM
from app.wording import dates
from app.wording.language import gettext as _
from app.wording.numbers import plain_number

_FURTHER_SAMPLES = 2


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A value on paper; `hint`: small words next to its label; `known`: what is printed in its place already."""

    value: Cell
    hint: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table on paper: the label and hint of each row, and the values of a row; `numbered`: empty rows, counted."""

    value: RowsValue
    rows: tuple[tuple[str, str], ...]
    columns: tuple[PrintedValue, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A titled part of a sheet; `close`: its short values are two to a row, and no limit of a day adds a line."""

    title: str
    layout: Layout
    asks: tuple[Asked, ...]
    values: tuple[PrintedValue | PrintedTable, ...]
    legend: str = ""
    close: bool = False


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One visit on paper with a form: what every sheet has, without what the form has a place for.

    `has_hours`: the participant comes and goes, or is called. `has_drugs`: there is a table of the day's drugs.
    `space`: how much of the space between its parts there is.
    """

    sheet: VisitSheet
    form: Form
    sections: tuple[PrintedSection, ...]
    is_assumed: bool
    has_hours: bool
    has_drugs: bool
    space: float = 1.0


def form_of(source: SheetSource, entry: Entry) -> Form | None:
    """Return the first form of a visit whose condition holds; None without one."""
    found = [form for form in source.protocol.forms if form.is_of(entry.visit.id, entry.key)]
    if not found:
        return None
    asked = conditions(source, entry)
    return next((form for form in found if protocol_details.holds(form.when, asked)), None)


def conditions(source: SheetSource, entry: Entry) -> dict[str, str | bool]:
    """Return what conditions of forms may ask for: the answers for this visit, and the day of the regimen."""
    answers = protocol_details.answers_of(source.protocol, source.choices)
    row = protocol_details.regimen_day(source.protocol, entry)
    return {
        **protocol_details.answers_after(answers, source.calendar.operation_of(entry)),
        DAY_KIND: entry.day_kind,
        forms.REGIMEN: entry.regimen,
        forms.PUMP: row is not None and bool(row.pump_hours),
    }


def worksheet(source: SheetSource, entry: Entry, form: Form) -> Worksheet:
    """Return the content of the sheet of a visit with this form."""
    sections = tuple(_joined(_sections(source, entry, form)))
    sheet = visit_sheet(source, entry)
    values = [one.value for section in sections for one in section.values]
    answered = {text for value in values for text in value.activities}
    tables = {value.rows for value in values if isinstance(value, RowsValue)}
    sheet = replace(
        sheet,
        procedures=tuple(one for one in sheet.procedures if one.text not in answered),
        questionnaires=() if "questionnaires" in tables else sheet.questionnaires,
        specimens=() if "specimens" in tables else sheet.specimens,
    )
    return Worksheet(
        sheet=sheet,
        form=form,
        sections=sections,
        is_assumed=f"{FORM}{form.id}" not in source.confirmed and any(map(_assumed, sections)),
        has_hours=entry.visit.contact in ("clinic", "phone", "home") and entry.visit.sort != "bloods",
        has_drugs="drugs" in tables,
    )


def values_of(source: SheetSource, entry: Entry, section: Section) -> Iterator[forms.AnyValue]:
    """Yield the values of a section that a visit asks for."""
    asked = conditions(source, entry)
    if not protocol_details.holds(section.when, asked):
        return
    answers = protocol_details.answers_of(source.protocol, source.choices)
    done = source.calendar.operation_of(entry)
    here = {one.text for one in protocol_details.activities(entry, answers, done)}
    for value in section.values:
        if protocol_details.holds(value.when, asked) and (not value.activities or here & {*value.activities}):
            yield value


def _assumed(section: PrintedSection) -> bool:
    return any(one.value.mark == "assumed" for one in section.values)


def _sections(source: SheetSource, entry: Entry, form: Form) -> Iterator[PrintedSection]:
    asked = conditions(source, entry)
    for section in form.sections:
        values = list(values_of(source, entry, section))
        known = known_times(source, entry, values)
        printed = [_printed(source, entry, value, known, asked) for value in values]
        shown = tuple(one for one in printed if not isinstance(one, PrintedTable) or one.rows)
        if shown:
            yield PrintedSection(section.title, section.layout, section.asks, shown, section.legend)


def _joined(sections: Iterator[PrintedSection]) -> Iterator[PrintedSection]:
    """Yield the sections; one without a title or with the same goes on in the table before it with the same columns."""
    before: PrintedSection | None = None
    for section in sections:
        if before is not None and _continues(before, section):
            legend = " ".join(filter(None, (before.legend, section.legend)))
            before = replace(before, values=before.values + section.values, legend=legend)
            continue
        if before is not None:
            yield before
        before = section
    if before is not None:
        yield before


def _continues(before: PrintedSection, section: PrintedSection) -> bool:
    alike = (before.layout, before.asks) == (section.layout, section.asks)
    return section.title in ("", before.title) and alike and section.layout == "table"


def _printed(
    source: SheetSource, entry: Entry, value: forms.AnyValue, known: Mapping[str, str], asked: Answers
) -> PrintedValue | PrintedTable:
    if not isinstance(value, RowsValue):
        return printed_value(source, value, known)
    columns = tuple(
        printed_value(source, one, known) for one in value.columns if protocol_details.holds(one.when, asked)
    )
    rows = tuple(_rows(source, entry, value))
    return PrintedTable(value, rows, columns, numbered=value.rows == "blank")


def printed_value(source: SheetSource, value: Cell, known: Mapping[str, str]) -> PrintedValue:
    """Return a value with its hint and what is known of it. `known`: by key."""
    hint = ""
    given = known.get(value.key, "")
    if isinstance(value, NumberValue):
        hint = _number_hint(value)
    elif isinstance(value, DateValue):
        hint = _date_hint(source, value)
        done = _performed(source, value.prefilled)
        given = dates.two_figures(dates.day(done)) if done else given
    elif isinstance(value, TimeValue) and value.after and not given:
        hint = _("due {hours} h after").replace("{hours}", str(value.after.hours))
    return PrintedValue(value, hint, given)


def _number_hint(value: NumberValue) -> str:
    limits, said = value.limits, ""
    if limits is None:
        return ""
    low, high = (plain_number(one) if one is not None else "" for one in (limits.low, limits.high))
    if low and high:
        # A dash next to a minus could be read as either.
        said = _("{low} to {high}") if "-" in low + high else "{low} – {high}"
    elif low:
        said = _("at least {n}")
    elif high:
        said = _("at most {n}")
    return said.replace("{low}", low).replace("{high}", high).replace("{n}", low or high)


def _date_hint(source: SheetSource, value: DateValue) -> str:
    ends = (
        (_("not before {day}"), value.earliest),
        (_("not after {day}"), value.latest),
    )
    said = []
    for words, bound in ends:
        done = _performed(source, bound.visit) if bound is not None else None
        if bound is not None and done is not None:
            said.append(words.replace("{day}", dates.two_figures(dates.day(done + timedelta(bound.days)))))
    return ", ".join(said)


def _performed(source: SheetSource, visit: str) -> date | None:
    """Return the last day on which a visit was performed."""
    days = [one.performed for one in source.calendar.entries if one.visit.id == visit and one.performed is not None]
    return max(days, default=None)


def known_times(source: SheetSource, entry: Entry, values: Sequence[forms.AnyValue]) -> dict[str, str]:
    """Return when a pump was started and when it is due, by the keys of their values; empty without its start."""
    known: dict[str, str] = {}
    for value in values:
        if not isinstance(value, TimeValue) or value.after is None or entry.pump_hours != value.after.hours:
            continue
        off = disconnection(source.calendar, entry) or entry
        if off.due_at is not None:
            known[value.key] = dates.two_figures(dates.instant(off.due_at))
        if entry.pump_on is not None:
            known[value.after.value] = dates.two_figures(dates.day_at(entry.pump_on, entry.pump_at))
    return known


def _rows(source: SheetSource, entry: Entry, value: RowsValue) -> Iterator[tuple[str, str]]:
    """Yield the label and hint of each row."""
    protocol = source.protocol
    answers = protocol_details.answers_of(protocol, source.choices)
    match value.rows:
        case "labels":
            yield from ((label, "") for label in value.labels)
        case "blank":
            yield from ((str(number), "") for number in range(1, value.count + 1))
        case "drugs":
            row = protocol_details.regimen_day(protocol, entry)
            drugs = row.doses if row is not None else ()
            yield from ((drug.name, drug.dose) for drug in drugs)
            if not drugs and row is not None:
                yield from ((row.what, ""), ("", ""), ("", ""))
        case "criteria":
            yield from protocol_details.criteria(protocol)
        case "specimens":
            done = source.calendar.operation_of(entry)
            taken = list(protocol_details.specimens(protocol, entry.visit.id, answers, done))
            yield from ((one, "") for one in taken)
            if protocol_details.is_weighed(protocol, entry.visit.id):
                # Of tissue there may be several samples, each with its tube; which one it is of, is written.
                yield from [(_("further sample of"), "")] * _FURTHER_SAMPLES
        case "questionnaires":
            found = protocol_details.questionnaires(protocol, entry.visit.id, answers)
            yield from ((one, "") for one in found)
