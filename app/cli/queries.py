"""The commands that only read a study file: typed options go to a service, and its answer is printed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.cli import tables as text
from app.cli import typed_options
from app.cli.agenda_tables import agenda_document, agenda_text
from app.cli.answers import Options, answer, pages_line, print_json
from app.cli.backup_commands import backup_command
from app.cli.consent_lists import Lines, asked_list, forms_list, identified_list
from app.cli.exit_codes import Exit
from app.cli.found_list import found_list
from app.cli.log_queries import answer_with_file, print_log, show_history, show_log
from app.cli.open_tables import open_document, open_text
from app.cli.people_list import people_lines, standing_document
from app.cli.progress import shown_progress
from app.cli.site_lists import day_list, holiday_list, site_list, value_list
from app.domain.dates import iso
from app.domain.facts.log_names import HISTORY
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document, entry_document
from app.services.commands import print_blanks, print_confirmation, print_day, print_visits
from app.services.commands import print_documents as printing
from app.services.commands.print_visits import write_visits
from app.services.commands.protocols import take_protocol
from app.services.commands.verify import repair_cached_visits, verified_lines, verify
from app.services.queries import booking_days
from app.services.queries.after_surgery import review_text
from app.services.queries.agenda import agenda, with_named_visits
from app.services.queries.agenda_filter import Filter, checked_filter, filtered
from app.services.queries.calendar import calendar_of, entry_for
from app.services.queries.fact_names import FactNames
from app.services.queries.history import visit_history
from app.services.queries.open_values import open_values
from app.services.queries.participant_notices import differences_from_screening
from app.services.queries.people import people
from app.services.queries.print_days import print_days
from app.services.queries.protocols import faults_of_days
from app.services.queries.scenario import scenario
from app.services.queries.standing import standings
from app.services.study.study import Study
from app.wording.calendar_text import calendar_text, entry_lines
from app.wording.language import gettext as _
from app.wording.visible import visible_line
from app.wording.visit_details import open_pump_due_text


def _verify(study: Study, options: Options, today: date) -> Exit:
    with shown_progress(_("verifying")) as progress:
        found = verify(study, options.head, progress)
        broken = found.broken
        mended = broken is None and repair_cached_visits(study, today, progress)
    if options.json:
        place = None if broken is None else {"fact": broken.seq, "what": broken.what, "field": broken.field or None}
        holds = broken is None and not study.branches
        known_in = str(found.known_in) if found.known_in is not None else None
        document = {"holds": holds, "facts": found.facts, "head": found.head, "broken": place, "mended": mended}
        print_json({**document, "known_in": known_in, "lacking": [*map(text.branch_document, study.branches)]})
    else:
        print("\n".join(map(visible_line, verified_lines(study, found, mended))))
    return Exit.DONE if broken is None and not study.branches else Exit.NOT_SO


def fault_lines(name: str) -> list[str]:
    """Return what the check of a protocol file finds that changes days; nothing for the id of a protocol."""
    return [f"! {finding}" for finding in faults_of_days(name)]


def _protocol(study: Study, options: Options, today: date) -> Exit:
    if options.action == "take":
        taken, head = take_protocol(study, options.name, today)
        document = {"protocol": taken.id, "version": taken.version, "head": str(head)}
        return answer(options, lambda: document, lambda: [f"{taken.id} {taken.version}", *fault_lines(options.name)])
    known = list(study.facts.protocols.values())
    if options.action == "list":
        rows = [{"protocol": p.id, "version": p.version, "title": p.title, "hash": p.hash} for p in known]
        lines = [f"{p.id}  {p.version}  {p.hash[:12]}  {p.title}" for p in known]
        return answer(options, lambda: rows, lambda: lines or [_("The study has no protocol yet.")])
    ids = list(dict.fromkeys(p.id for p in known))
    if not ids:
        raise Refused("no_protocol")
    found = study.facts.latest(known_identifier(options.name, ids))
    if found is None:
        near = nearest_identifier(options.name, ids)
        raise Refused("protocol_not_taken", value=options.name[:60], known=", ".join(ids), near=near)
    shown = [line for name, body in found.files.items() for line in (f"# {name}", *body.split("\n"))]
    return answer(options, lambda: {"files": dict(found.files), "hash": found.hash}, lambda: shown)


def _participants(study: Study, options: Options, today: date) -> Exit:
    with shown_progress(_("planning")) as progress:
        persons, found = people(study), standings(study, today, progress)
    rows = [
        {
            "participant": row.code,
            "protocol": row.protocol,
            "stage": row.stage,
            "enrolled_on": iso(row.enrolled_on),
            "regimen": row.regimen or None,
            "centre": row.centre or None,
            **standing_document(found.of(row.code)),
        }
        for row in persons
    ]
    return answer(options, lambda: rows, lambda: people_lines(persons, found) or [_("No participant yet.")])


def _first_and_last(options: Options, today: date) -> tuple[date | None, date | None]:
    first = typed_options.optional_day(options.first, "--from", today)
    return first, typed_options.optional_day(options.last, "--to", today)


def _days_to_print(
    study: Study, options: Options, today: date, typed: Mapping[str, str]
) -> tuple[date | None, date | None]:
    """Return the first and the last of the days that are asked for by a word, or typed after these options."""
    if options.days:
        if twice := next((name for name, text in typed.items() if text), ""):
            raise Refused("days_twice", "--days", name=twice)
        return print_days(study, options.days, today)
    found = [typed_options.optional_day(text, name, today) for name, text in typed.items()]
    return found[0], found[-1]


# Questions


def _calendar(study: Study, options: Options, today: date) -> Exit:
    protocol, calendar = calendar_of(study, options.code, today)
    differing = differences_from_screening(study.enrolled(options.code), protocol)
    noticed = [(one.about, one.text) for one in differing]
    return answer(
        options,
        lambda: calendar_document(calendar),
        lambda: calendar_text(protocol, calendar, not options.all, noticed).split("\n"),
    )


def _chosen(study: Study, options: Options) -> Filter:
    chosen = Filter(options.protocol, options.category, options.text, options.participant, booked=options.booked)
    return checked_filter(study, chosen)


_DAYS_AHEAD = 14


def _agenda(study: Study, options: Options, today: date) -> Exit:
    first, last = _first_and_last(options, today)
    if options.csv:
        days, chosen = (first or today, last or today + timedelta(_DAYS_AHEAD)), _chosen(study, options)
        return answer_with_file(
            options,
            lambda path, replace, progress: write_visits(study, path, today, *days, chosen, replace, progress),
        )
    with shown_progress(_("planning")) as progress:
        found = filtered(agenda(study, today, first, last, progress), _chosen(study, options))
    if not options.json:
        found = with_named_visits(study, found)
    return answer(options, lambda: agenda_document(found), lambda: agenda_text(found, folded=not options.all))


def _why(study: Study, options: Options, today: date) -> Exit:
    protocol, calendar = calendar_of(study, options.code, today)
    entry = entry_for(calendar, options.visit, protocol.visits)
    rows = visit_history(study, options.code, entry.key)
    outcome = review_text(calendar, study.enrolled(options.code), entry)
    document: dict[str, Any] = {**entry_document(entry, calendar), "facts": text.history_document(rows)}
    document |= {"outcome": outcome} if outcome else {}
    due = open_pump_due_text(entry)
    more = [*([_("Due at: {when}").format(when=due)] if due else []), *([outcome] if outcome else [])]
    said = [*entry_lines(entry, calendar), *more, *text.history_text(rows, FactNames(study, today).typed)]
    return answer(options, lambda: document, lambda: said)


def _days_for(study: Study, options: Options, today: date) -> Exit:
    first, last = _first_and_last(options, today)
    found = booking_days.booking_days(study, options.code, options.visit, today, first, last)
    return answer(options, lambda: text.days_document(found), lambda: text.days_text(found))


def _find(study: Study, options: Options, today: date) -> Exit:
    with shown_progress(_("reading")) as progress:
        document, lines = found_list(study, options, today, progress)
    return answer(options, lambda: document, lambda: lines)


def _scenario(study: Study, options: Options, today: date) -> Exit:
    print_json(scenario(study, options.code, today))
    return Exit.DONE


def _print(study: Study, options: Options, today: date) -> Exit:
    path, replace = Path(options.output), options.replace
    if options.what == "sheet":
        pages = printing.print_sheets(study, options.code, options.visits, path, today, replace)
    elif options.what == "calendar":
        pages = printing.print_calendar(study, options.code, path, today, replace, options.large, options.language)
    elif options.what == "confirmation":
        pages = print_confirmation.print_confirmation(study, path, today, options.protocol, replace)
    elif options.what == "blank":
        pages = print_blanks.print_blank(study, options.name, path, today, options.code, replace)
    elif options.what in ("log", HISTORY):
        pages = print_log(study, options, path, today, replace)
    elif options.what == "day":
        first, _last = _days_to_print(study, options, today, {"--on": options.first})
        pages = print_day.print_day(study, path, today, first, replace, _chosen(study, options))
    else:
        first, last = _days_to_print(study, options, today, {"--from": options.first, "--to": options.last})
        chosen = _chosen(study, options)
        if options.done:
            start = first or today
            pages = print_visits.print_visits(study, path, today, start, last or start, replace, chosen)
        else:
            pages = printing.print_agenda(study, path, today, first, last, replace, chosen)
    document = {"file": str(path), "pages": pages, "head": str(study.head())}
    return answer(options, lambda: document, lambda: [pages_line(path, pages)])


# Lists


def _listed(read: Callable[[Study, Options, date], Lines]) -> Callable[[Study, Options, date], Exit]:
    """Return the command that prints a list, as lines or as JSON."""

    def run(study: Study, options: Options, today: date) -> Exit:
        rows, lines = read(study, options, today)
        return answer(options, lambda: rows, lambda: lines)

    return run


def _values(study: Study, options: Options, today: date) -> Exit:
    if options.action == "open":
        asked = open_values(study, options.protocol)
        return answer(options, lambda: open_document(asked), lambda: open_text(asked))
    return _listed(value_list)(study, options, today)


LIST_QUERIES: Mapping[str, Callable[[Study, Options, date], Exit]] = {
    "site": _listed(site_list),
    "closed": _listed(day_list),
    "value": _values,
    "holidays": _listed(holiday_list),
    "consent-form": _listed(forms_list),
    "identified": _listed(identified_list),
}
"""The queries of commands that change something as well, by the command's name."""


QUERIES: Mapping[str, Callable[[Study, Options, date], Exit]] = {
    "verify": _verify,
    "history": show_history,
    "backup": backup_command,
    "protocol": _protocol,
    "participants": _participants,
    "calendar": _calendar,
    "agenda": _agenda,
    "find": _find,
    "why": _why,
    "days": _days_for,
    "consents": _listed(asked_list),
    "log": show_log,
    "scenario": _scenario,
    "print": _print,
}
