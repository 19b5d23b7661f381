"""The commands that work with a study file: what was typed goes to a service, what it answers is shown."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.cli import given
from app.cli import study_text as text
from app.cli.codes import Exit
from app.cli.progress import shown_progress
from app.cli.study_parser import CHANGES
from app.domain import reading as read
from app.domain.kinds import KINDS
from app.domain.preview import Change
from app.domain.records import NewFact
from app.domain.refusal import Refused
from app.services import changes, enrolment, opening, reading, settings, undoing
from app.services.changes import Asked, Saved
from app.services.circumstances import Circumstances
from app.services.study import Study
from app.wording.dates import day
from app.wording.language import gettext as _
from app.wording.refusals import broken_text, refusal_text

Options = argparse.Namespace
_MENDING = ("undo", "redo", "correct", "redact")
_SETTINGS = ("site", "closed", "value", "holidays")


@dataclass(frozen=True, slots=True)
class Ready:
    """A change that is ready to be saved: what it records, what it does, and how it is saved."""

    facts: Sequence[NewFact]
    changes: Mapping[str, Sequence[Change]]
    save: Callable[[], Saved]


def run_study(options: Options, circumstances: Circumstances, log: Callable[..., None]) -> Exit:
    """Run one command on a study file; what a killed process has left of its lock is told in the log.

    Raises:
        Refused: it cannot be done; nothing was changed.
    """
    path = Path(options.study) if options.study else opening.default_path()
    told = read.day(options.today, "--today") if options.today else None
    today = told or circumstances.today()
    if options.command == "new":
        return _new(options, path, circumstances, today)
    if options.command == "restore":
        return _restore(options, circumstances, today)
    with opening.session(path, circumstances, today) as study:
        if study.store.recovered:
            log("lock_taken_over", command=options.command)
        if study.store.broken is not None and options.command != "verify":
            broken = study.store.broken
            _warn(broken_text(broken.seq, broken.what, broken.field))
        done = _dispatch(study, options, told or _today_at_site(study, circumstances))
        sys.stdout.flush()
    for notice in study.notices:
        _warn(_("no backup was made: ") + refusal_text(notice))
    return done


def _today_at_site(study: Study, circumstances: Circumstances) -> date:
    """Today where the study is: by the site's time zone when all sites share one."""
    zones = {site.time_zone for site in study.facts.sites.values() if site.time_zone}
    return circumstances.today(zones.pop() if len(zones) == 1 else "")


def _dispatch(study: Study, options: Options, today: date) -> Exit:
    command = options.command
    if command == "preview":
        ready = _ready(study, options, options.previewed, today)
        return _show(study, options, ready, 0)
    if command in _SETTINGS and _asks_for_list(options):
        return _LISTS[command](study, options, today)
    if command in CHANGES or command in ("screen", "enrol", *_MENDING, *_SETTINGS):
        study.must_write()
        ready = _ready(study, options, command, today)
        saved = ready.save()
        return _show(study, options, ready, saved.command)
    return _OTHERS[command](study, options, today)


# Changes


def _ready(study: Study, options: Options, command: str, today: date) -> Ready:
    if command in _SETTINGS:
        return _ready_settings(study, options, command, today)
    if command in _MENDING:
        mending = _mending(study, options, command, today)
        return Ready(mending.facts, mending.changes, lambda: undoing.save_mending(study, mending))
    if command == "screen":
        proposal = enrolment.propose_screening(study, given.fields_of(options, KINDS["screened"]), today)
    elif command == "enrol":
        proposal = enrolment.propose_enrolment(study, given.fields_of(options, KINDS["enrolled"]), today)
    else:
        kind = KINDS[CHANGES[command].kind]
        fields = given.fields_of(options, kind)
        if command == "add":
            fields |= {name: getattr(options, f"field_{name}") for name in ("on", "at")}
        proposal = changes.propose(study, options.code, [Asked(kind.id, fields)], today)
    return Ready(proposal.facts, {proposal.code: proposal.changes}, lambda: changes.save(study, proposal))


def _mending(study: Study, options: Options, command: str, today: date) -> undoing.Mending:
    if command == "undo":
        return undoing.propose_undo(study, options.number, today)
    if command == "redo":
        return undoing.propose_redo(study, options.number, today)
    if command == "redact":
        return undoing.propose_redaction(study, options.fact, options.names, options.reason, today)
    fact = study.store.fact(options.fact)
    if fact is None:
        raise Refused("no_fact", seq=options.fact)
    pairs = given.settings(KINDS[fact.kind], options.settings)
    return undoing.propose_correction(study, options.fact, pairs, options.reason, today)


def _ready_settings(study: Study, options: Options, command: str, today: date) -> Ready:
    facts = _SETTING_FACTS[command](study, options, today)
    if not facts:
        raise Refused("nothing_changes")
    with shown_progress(_("planning")) as progress:
        proposal = settings.propose_study(study, facts, today, progress)
    return Ready(proposal.facts, proposal.changes, lambda: settings.save_study(study, proposal))


def _site_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    fields: dict[str, object] = {"name": options.name, "country": options.country, "time_zone": options.time_zone}
    if options.closed_weekdays is not None:
        fields["closed_weekdays"] = given.weekdays(options.closed_weekdays)
    return settings.site_facts(study, fields, today)


def _closed_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    on = given.a_day(options.on, "DAY")
    if on is None:
        raise Refused("field_missing", f"closed {options.action}", name="DAY")
    if options.action == "clear":
        return settings.usual_day_facts(study, on)
    kind = "day_closed" if options.action == "add" else "day_opened"
    return settings.day_facts(study, kind, on, given.a_day(options.last, "--to"), options.reason, options.site, today)


def _value_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    if not options.key:
        raise Refused("field_missing", f"value {options.action}", name="KEY")
    if options.action == "clear":
        return settings.clear_value_facts(study, options.protocol, options.key)
    if options.action == "confirm":
        return settings.confirm_facts(study, options.protocol, options.key, options.reason, today)
    if not options.value:
        raise Refused("field_missing", "value set", name="VALUE")
    value = given.number(options.value) if options.key.startswith("cycles.") else given.answer(options.value)
    return settings.value_facts(study, options.protocol, options.key, value, options.reason, today)


def _holiday_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    return settings.holiday_facts(study, options.country, options.year)


_SETTING_FACTS: Mapping[str, Callable[[Study, Options, date], list[NewFact]]] = {
    "site": _site_facts,
    "closed": _closed_facts,
    "value": _value_facts,
    "holidays": _holiday_facts,
}


def _show(study: Study, options: Options, ready: Ready, command: int) -> Exit:
    head = str(study.head())
    if options.json:
        _print_json(text.changes_document(ready.facts, ready.changes, command, head))
        return Exit.DONE
    if command:
        print(_("Saved as command {n}.").format(n=command))
    else:
        print(_("Preview; nothing is saved."))
    print("\n".join(text.changes_text(ready.changes, not command)))
    return Exit.DONE


# The file


def _new(options: Options, path: Path, circumstances: Circumstances, today: date) -> Exit:
    study = opening.new(path, circumstances, today, options.name, options.anywhere)
    head = str(study.head())
    study.close()
    if options.json:
        _print_json({"file": str(path), "head": head})
    else:
        print(_("{path} is a new study file.").format(path=path))
    return Exit.DONE


def _restore(options: Options, circumstances: Circumstances, today: date) -> Exit:
    target = Path(options.target)
    head = opening.restore(Path(options.backup), target, circumstances, today)
    if options.json:
        _print_json({"file": str(target), "head": str(head), "facts": head.seq})
    else:
        print(_("{path} was restored: {n} facts, head {head}.").format(path=target, n=head.seq, head=head))
    return Exit.DONE


def _verify(study: Study, options: Options, today: date) -> Exit:
    with shown_progress(_("verifying")) as progress:
        found = opening.verify(study, options.head, progress)
    broken = None if found.holds else {"fact": found.seq, "what": found.what, "field": found.field or None}
    if options.json:
        _print_json({"holds": found.holds, "facts": found.facts, "head": found.head, "broken": broken})
    elif found.holds:
        print(_("Every fact is as it was recorded: {n} facts, head {head}.").format(n=found.facts, head=found.head))
    else:
        print(broken_text(found.seq, found.what, found.field) + ".")
    return Exit.DONE if found.holds else Exit.NOT_SO


def _history(study: Study, options: Options, today: date) -> Exit:
    rows = reading.history(study, options.code)
    return _answer(options, lambda: text.history_document(rows), lambda: text.history_text(rows))


def _backup(study: Study, options: Options, today: date) -> Exit:
    if options.list:
        found = opening.backups_of(study.path)
        rows = [{"backup": str(one.path), "made_at": one.at.isoformat(), "facts": one.seq} for one in found]
        lines = [f"{one.at:%Y-%m-%d %H:%M} UTC  {one.seq:>7}  {one.path}" for one in found]
        return _answer(options, lambda: rows, lambda: lines or [_("No backup yet.")])
    with shown_progress(_("backing up")) as progress:
        made = opening.back_up(study, Path(options.to) if options.to else None, progress)
    document = {"backup": str(made.path), "facts": made.seq, "head": made.digest, "sha256": made.sha256}
    return _answer(options, lambda: document, lambda: [_("{path}: {n} facts.").format(path=made.path, n=made.seq)])


def _protocol(study: Study, options: Options, today: date) -> Exit:
    if options.action == "take":
        taken, head = enrolment.take_protocol(study, options.name, today)
        document = {"protocol": taken.id, "version": taken.version, "head": str(head)}
        return _answer(options, lambda: document, lambda: [f"{taken.id} {taken.version}"])
    known = list(study.facts.protocols.values())
    if options.action == "list":
        rows = [{"protocol": p.id, "version": p.version, "title": p.title, "hash": p.hash} for p in known]
        lines = [f"{p.id}  {p.version}  {p.hash[:12]}  {p.title}" for p in known]
        return _answer(options, lambda: rows, lambda: lines or [_("No protocol was taken in yet.")])
    found = study.facts.latest(options.name)
    if found is None:
        raise Refused("protocol_not_taken", value=options.name[:60], known=", ".join(p.id for p in known))
    shown = [line for name, body in found.files.items() for line in (f"# {name}", body)]
    return _answer(options, lambda: {"files": dict(found.files), "hash": found.hash}, lambda: shown)


def _participants(study: Study, options: Options, today: date) -> Exit:
    from app.wording.facts import stage_text

    people = reading.people(study)
    rows = [
        {
            "participant": row.code,
            "protocol": row.protocol,
            "stage": row.stage,
            "enrolled_on": row.enrolled_on.isoformat() if row.enrolled_on is not None else None,
            "regimen": row.regimen or None,
            "centre": row.centre or None,
        }
        for row in people
    ]
    lines = [
        f"{row.code:<16} {row.protocol:<14} {stage_text(row.stage):<24} "
        f"{day(row.enrolled_on) if row.enrolled_on is not None else '-':<18} {row.regimen}".rstrip()
        for row in people
    ]
    return _answer(options, lambda: rows, lambda: lines or [_("No participant yet.")])


# Questions


def _calendar(study: Study, options: Options, today: date) -> Exit:
    from app.cli.calendar_text import calendar_text
    from app.exchange.calendar_json import calendar_document

    protocol, calendar = reading.calendar_of(study, options.code, today)
    return _answer(options, lambda: calendar_document(calendar), lambda: [calendar_text(protocol, calendar)])


def _agenda(study: Study, options: Options, today: date) -> Exit:
    first, last = given.a_day(options.first, "--from"), given.a_day(options.last, "--to")
    with shown_progress(_("planning")) as progress:
        found = reading.agenda(study, today, first, last, progress)
    return _answer(options, lambda: text.agenda_document(found), lambda: text.agenda_text(found))


def _why(study: Study, options: Options, today: date) -> Exit:
    from app.cli.calendar_text import entry_lines
    from app.exchange.calendar_json import entry_document

    _protocol_version, calendar = reading.calendar_of(study, options.code, today)
    entry = reading.entry_for(calendar, options.visit)
    rows = reading.facts_of_visit(study, options.code, options.visit)
    document: dict[str, Any] = {**entry_document(entry, calendar), "facts": text.history_document(rows)}
    return _answer(options, lambda: document, lambda: [*entry_lines(entry, calendar), *text.history_text(rows)])


def _deviations(study: Study, options: Options, today: date) -> Exit:
    with shown_progress(_("planning")) as progress:
        rows = reading.deviations(study, today, options.code, progress)
    return _answer(options, lambda: [*map(text.deviation_document, rows)], lambda: text.deviations_text(rows))


def _log(study: Study, options: Options, today: date) -> Exit:
    rows = reading.log(study, options.name)
    documents = [{"participant": code or None, **text.record_document(record)} for code, record in rows]
    return _answer(options, lambda: documents, lambda: text.log_text(rows, reading.log_columns(options.name)))


def _scenario(study: Study, options: Options, today: date) -> Exit:
    _print_json(reading.scenario(study, options.code, today))
    return Exit.DONE


def _print(study: Study, options: Options, today: date) -> Exit:
    from app.services import study_printing as printing

    path = Path(options.output)
    opening.clear_unfinished(path)
    if options.what == "sheet":
        pages = printing.print_sheets(study, options.code, options.visits, path, today)
    elif options.what == "calendar":
        pages = printing.print_calendar(study, options.code, path, today)
    else:
        first, last = given.a_day(options.first, "--from"), given.a_day(options.last, "--to")
        pages = printing.print_agenda(study, path, today, first, last)
    document = {"file": str(path), "pages": pages, "head": str(study.head())}
    return _answer(options, lambda: document, lambda: [_("{path}: {n} page(s)").format(path=path, n=pages)])


def _demo(options: Options, circumstances: Circumstances, today: date) -> Exit:
    from app.services.demo import make_demo

    with shown_progress(_("making")) as progress:
        made = make_demo(Path(options.folder), circumstances, today, progress)
    return _answer(options, lambda: [str(path) for path in made], lambda: [str(path) for path in made])


def run_demo(options: Options, circumstances: Circumstances) -> Exit:
    """Make the demo study.

    Raises:
        Refused: the folder holds something already, or cannot be written.
    """
    today = read.day(options.today, "--today") if options.today else circumstances.today()
    return _demo(options, circumstances, today)


_OTHERS: Mapping[str, Callable[[Study, Options, date], Exit]] = {
    "verify": _verify,
    "history": _history,
    "backup": _backup,
    "protocol": _protocol,
    "participants": _participants,
    "calendar": _calendar,
    "agenda": _agenda,
    "why": _why,
    "deviations": _deviations,
    "log": _log,
    "scenario": _scenario,
    "print": _print,
}
STUDY_COMMANDS = frozenset({*_OTHERS, *CHANGES, *_MENDING, *_SETTINGS, "new", "restore", "screen", "enrol", "preview"})


# Lists


def _asks_for_list(options: Options) -> bool:
    if options.command == "site":
        return not options.name
    return options.command != "holidays" and str(options.action) == "list"


def _sites(study: Study, options: Options, today: date) -> Exit:
    from app.wording.facts import value_text

    field = KINDS["site_set"].field("closed_weekdays")
    rows: list[dict[str, Any]] = [
        {
            "name": site.name,
            "country": site.country,
            "time_zone": site.time_zone or None,
            "closed_weekdays": None if site.closed_weekdays is None else sorted(site.closed_weekdays),
        }
        for site in study.facts.sites.values()
    ]
    lines = [
        f"{row['name']}  {row['country']}  {row['time_zone'] or '-'}  "
        + (_("closed: ") + value_text(field, row["closed_weekdays"]) if row["closed_weekdays"] else "")
        for row in rows
    ]
    return _answer(options, lambda: rows, lambda: [*map(str.rstrip, lines)] or [_("No site was described yet.")])


def _days(study: Study, options: Options, today: date) -> Exit:
    found = sorted(study.facts.days, key=lambda row: row.on)
    rows = [
        {"on": one.on.isoformat(), "open": one.is_open, "reason": one.reason or None, "site": one.site or None}
        for one in found
    ]
    lines = [
        f"{day(one.on):<16} {_('open') if one.is_open else _('closed'):<8} {one.site:<20} {one.reason}".rstrip()
        for one in found
    ]
    return _answer(options, lambda: rows, lambda: lines or [_("No day was closed or opened by the site.")])


def _values(study: Study, options: Options, today: date) -> Exit:
    rows: list[dict[str, Any]] = []
    for protocol, found in study.facts.values.items():
        for key, record in found.items():
            confirmed = study.facts.confirmed.get((protocol, key))
            rows.append(
                {
                    "protocol": protocol,
                    "key": key,
                    "value": record.fields.get("value"),
                    "set_by": record.who,
                    "confirmed_by": confirmed.who if confirmed is not None else None,
                }
            )
    for (protocol, key), record in study.facts.confirmed.items():
        if key not in study.facts.values.get(protocol, {}):
            rows.append({"protocol": protocol, "key": key, "value": None, "set_by": None, "confirmed_by": record.who})
    lines = [
        f"{row['protocol']:<14} {row['key']:<22} {'-' if row['value'] is None else row['value']!s:<8} "
        + (_("confirmed by {who}").format(who=row["confirmed_by"]) if row["confirmed_by"] else "")
        for row in rows
    ]
    return _answer(options, lambda: rows, lambda: [*map(str.rstrip, lines)] or [_("The site has set no value.")])


_LISTS: Mapping[str, Callable[[Study, Options, date], Exit]] = {"site": _sites, "closed": _days, "value": _values}


def _answer(options: Options, document: Callable[[], Any], lines: Callable[[], Sequence[str]]) -> Exit:
    if options.json:
        _print_json(document())
    else:
        print("\n".join(lines()))
    return Exit.DONE


def _print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def _warn(message: str) -> None:
    print(f"studyday: {message}.", file=sys.stderr)
