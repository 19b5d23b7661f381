"""The commands that change a study file: typed options go to a service, and its result is printed."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path

from app import paths
from app.cli import tables as text
from app.cli import typed_options
from app.cli.answers import answer, print_json
from app.cli.consent_settings import form_facts, identified_facts
from app.cli.corrections import CORRECTIONS, proposed_correction
from app.cli.exit_codes import Exit
from app.cli.file_state import FILE_STATE_COMMANDS, lacking_lines, opening_lines, unbacked_lines
from app.cli.progress import shown_progress
from app.cli.queries import LIST_QUERIES, QUERIES, fault_lines
from app.cli.understood import understood_lines
from app.domain.calendar.difference import Change
from app.domain.facts.kinds import KINDS
from app.domain.facts.past_facts import PastFact
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.typed_days import typed_day
from app.domain.facts.typed_values import site_value
from app.domain.refusal import Doubted, Refused
from app.services.commands import configure_site, correct, enrol, record, study_file
from app.services.commands.about import program_details
from app.services.commands.demo import make_demo
from app.services.commands.record import Asked, Saved
from app.services.commands.sign_deviations import must_be_signed, propose_signatures, save_signatures, unsigned
from app.services.queries.command_name import command_name, new_command_name
from app.services.queries.fact_names import FactNames
from app.services.study import output_path
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.wording.backup_words import restored_line
from app.wording.branches import lacking_text
from app.wording.damage import rescued_lines
from app.wording.doubts import remark_text
from app.wording.fact_catalogue import commands
from app.wording.fact_sentences import repeat_text
from app.wording.file_warnings import file_warning_text
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.problems import raised_texts
from app.wording.program_details import detail_lines
from app.wording.protocol_names import names_in
from app.wording.refusals import refusal_text
from app.wording.typed_days import twice_text
from app.wording.visible import visible_line

Options = argparse.Namespace
_SETTINGS = ("site", "closed", "value", "consent-form", "identified", "holidays")


@dataclass(frozen=True, slots=True)
class ReadyChange:
    """A change that is ready to be saved: its facts, its effect on visits by participant, and how it is saved.

    `said`: what was understood of typed days, where it could have been meant otherwise. `doubt`: why `--sure` is
    needed. `title`: the command in words, or the one that it takes back or changes. `corrections`: the facts as the
    history shows them, where they are about others. `remarks`: what is worth knowing and hinders nothing. `notes`: what
    speaks against the days of performed visits since this change. `names`: those for the facts of a participant.
    """

    facts: Sequence[NewFact]
    changes: Mapping[str, Sequence[Change]]
    save: Callable[[], Saved]
    said: Sequence[str] = ()
    doubt: Doubted | None = None
    title: str = ""
    corrections: Sequence[PastFact] = ()
    remarks: Sequence[str] = ()
    notes: Sequence[str] = ()
    names: text.NamesOf = text.no_names


def run_study(options: Options, environment: Environment, log: Callable[..., None]) -> Exit:
    """Run one command on a study file; taking over the lock of a killed process is noted in the log.

    Raises:
        Refused: the command cannot be carried out; nothing was changed.
    """
    if getattr(options, "without_effect", ""):
        raise Refused("no_effect", options.without_effect, word=options.action)
    path = Path(options.study) if options.study else paths.default_study()
    given = typed_day(options.today, "--today", environment.today()) if options.today else None
    today = given or environment.today()
    _check_paths(options, path)
    if options.command == "new":
        return _new(options, path, environment, today)
    if options.command == "about":
        return _about(options, path, environment)
    if options.command == "restore":
        return _restore(options, environment, today)
    if options.command == "rescue":
        return _rescue(options, environment, today)
    with shown_progress(_("opening")) as progress, study_file.session(path, environment, today, progress) as study:
        if study.store.recovered:
            log("lock_taken_over", command=options.command)
        _warn_of_file(study)
        for line in opening_lines(study, options.command):
            _warn(line)
        done = _dispatch(study, options, given or study.today())
        sys.stdout.flush()
    for warning in study.warnings:
        log(warning.kind, command=options.command)
    _warn_of_file(study)
    for line in unbacked_lines(study.notices):
        _warn(line)
    return done


def _check_paths(options: Options, study: Path) -> None:
    """Refuse a path that is to be written before anything is done, even before the study is opened."""
    command = options.command
    if command == "print":
        output_path.check_output(output_path.typed_path(options.output), options.replace, study)
    elif command in ("log", "history", "agenda") and options.csv:
        output_path.check_output(output_path.typed_path(options.csv), "any" if options.force else "never", study)
    elif command in ("restore", "rescue"):
        output_path.check_new(output_path.typed_path(options.target))
    elif command == "new" and options.study:
        output_path.check_new(output_path.typed_path(options.study))
    elif command == "backup":
        for typed in [one for one in (options.to, options.second) if one is not None]:
            output_path.check_folder(output_path.typed_folder(typed))


def _dispatch(study: Study, options: Options, today: date) -> Exit:
    command = options.command
    if command == "preview":
        ready = _ready_change(study, options, options.previewed, today)
        return _show(study, options, ready, 0)
    if command in FILE_STATE_COMMANDS:
        return FILE_STATE_COMMANDS[command](study, options, today)
    if command in _SETTINGS and _asks_for_list(options):
        return LIST_QUERIES[command](study, options, today)
    if command in commands() or command in ("screen", "enrol", "sign", *CORRECTIONS, *_SETTINGS):
        study.must_write()
        ready = _ready_change(study, options, command, today)
        saved = ready.save()
        return _show(study, options, ready, saved.command)
    return QUERIES[command](study, options, today)


# Changes


def _ready_change(study: Study, options: Options, command: str, today: date) -> ReadyChange:
    """Return the change that a command line asks for, ready to be shown and saved."""
    if command in _SETTINGS:
        return _ready_settings_change(study, options, command, today)
    if command in CORRECTIONS:
        correction = proposed_correction(study, options, command, today)
        return ReadyChange(
            correction.facts,
            correction.changes,
            lambda: correct.save_correction(study, correction, options.sure),
            doubt=correction.doubt,
            title=command_name(
                study, correction.of, today, [one for _old, one in correction.calendars.values() if one]
            ),
            corrections=correction.past,
            notes=[one for pair in correction.calendars.values() for one in raised_texts(*pair)],
            names=FactNames(study, today, calendars=correction.calendars).typed,
        )
    if command == "sign":
        return _ready_signatures(study, options, today)
    said: list[str] = []
    if command == "screen":
        proposal = enrol.propose_screening(study, typed_options.fields_of(options, KINDS["screened"]), today)
    elif command == "enrol":
        proposal = enrol.propose_enrolment(study, typed_options.fields_of(options, KINDS["enrolled"]), today)
        said = fault_lines(str(getattr(options, "field_protocol", None) or ""))
    else:
        kind, _words = commands()[command]
        fields = typed_options.fields_of(options, kind)
        reason = str(fields.get("reason", ""))
        proposal = record.propose(study, options.code, [Asked(kind.id, fields)], today, options.hold, reason)
        visit = next((one.fields["visit"] for one in proposal.facts if "visit" in one.fields), "")
        entry = proposal.before.by_key.get(str(visit)) if proposal.before is not None else None
        said = [*understood_lines(options, kind, today, entry.assumed if entry is not None else None)]
        said += map(twice_text, proposal.twice)
    changes = {proposal.code: proposal.changes}
    return ReadyChange(
        proposal.facts,
        changes,
        lambda: record.save(study, proposal, options.sure),
        said,
        proposal.doubt,
        new_command_name(proposal.facts, proposal.code, proposal.after or proposal.before),
        remarks=[*filter(None, [remark_text(proposal.remark)])],
        notes=raised_texts(proposal.before, proposal.after),
        names=lambda _subject: names_in(proposal.after, proposal.protocol).with_keys(),
    )


def _ready_signatures(study: Study, options: Options, today: date) -> ReadyChange:
    on = typed_options.optional_day(options.signed_on, "--on", today)
    must_be_signed(options.by, on)  # before the deviations of everybody are worked out
    with shown_progress(_("planning")) as progress:
        rows = unsigned(study, today, options.code, options.visit, progress)
        proposal = propose_signatures(study, rows, options.by, on, today, progress)
    names = FactNames(study, today, (provisional(one, 0) for one in proposal.facts)).typed
    save = partial(save_signatures, study, proposal, options.sure)
    return ReadyChange(proposal.facts, {}, save, doubt=proposal.doubt, names=names)


def _ready_settings_change(study: Study, options: Options, command: str, today: date) -> ReadyChange:
    facts = _SETTINGS_FACTS[command](study, options, today)
    if not facts:
        raise Refused("nothing_changes")
    with shown_progress(_("planning")) as progress:
        proposal = configure_site.propose_study(study, facts, today, progress)
    return ReadyChange(
        proposal.facts,
        proposal.changes,
        lambda: configure_site.save_study(study, proposal, options.sure),
        doubt=proposal.doubt,
        corrections=proposal.past,
        remarks=tuple(map(repeat_text, proposal.repeats[: text.SHOWN])),
        names=FactNames(study, today, _said_of(proposal)).typed,
    )


def _said_of(proposal: configure_site.StudyProposal) -> list[Recorded]:
    """Return the facts that an answer names: the new ones, and those that they change."""
    return [*(provisional(one, 0) for one in proposal.facts), *(one.of for one in proposal.past if one.of is not None)]


_SITE_FIELDS = tuple(field.name for field in KINDS["site_set"].fields if field.name != "name")


def _site_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    fields: dict[str, object] = {name: getattr(options, name) for name in ("name", *_SITE_FIELDS)}
    if options.closed_weekdays is not None:
        fields["closed_weekdays"] = typed_options.weekdays(options.closed_weekdays)
    return configure_site.site_facts(study, fields, today)


def _closed_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    on = typed_options.optional_day(options.on, "DAY", today)
    if on is None:
        raise Refused("field_missing", f"closed {options.action}", name="DAY")
    last = typed_options.optional_day(options.last, "--to", today)
    if options.action == "clear":
        return configure_site.usual_day_facts(study, on, last, options.site or None, options.reason)
    kind = "day_closed" if options.action == "add" else "day_opened"
    return configure_site.day_facts(study, kind, on, last, options.reason, options.site, today)


def _value_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    if not options.key:
        raise Refused("field_missing", f"value {options.action}", name="KEY")
    if options.action == "clear":
        return configure_site.clear_value_facts(study, options.protocol, options.key, options.reason)
    if options.action == "confirm":
        keys = [options.key, *options.value]
        by, on = options.by or "", options.on or ""
        return configure_site.confirm_facts(study, options.protocol, keys, options.reason, today, by, on)
    if len(options.value) != 1:
        raise Refused("field_missing", "value set", name="VALUE")
    value = site_value(options.key, options.value[0])
    return configure_site.value_facts(study, options.protocol, options.key, value, options.reason, today)


def _holiday_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    return configure_site.holiday_facts(study, options.country, options.year)


_SETTINGS_FACTS: Mapping[str, Callable[[Study, Options, date], list[NewFact]]] = {
    "site": _site_facts,
    "closed": _closed_facts,
    "value": _value_facts,
    "consent-form": form_facts,
    "identified": identified_facts,
    "holidays": _holiday_facts,
}


def _show(study: Study, options: Options, ready: ReadyChange, command: int) -> Exit:
    head = str(study.head())
    if options.json:
        asked = None if command or ready.doubt is None else refusal_text(ready.doubt)
        print_json(
            {
                **text.changes_document(ready.facts, ready.changes, command, head),
                "asked": asked,
                "remarks": [*ready.remarks],
                "title": ready.title or None,
                "problems": [f"{note}." for note in ready.notes],
            }
        )
        return Exit.DONE
    if command:
        print(_("Saved as command {n}.").format(n=command))
    else:
        print(_("Preview; nothing is saved."))
        if ready.doubt is not None:
            print(sentence_case(refusal_text(ready.doubt)) + ".")
    facts = text.corrections_text(ready.corrections, ready.names) or text.facts_text(ready.facts, ready.names)
    said = [ready.title] if ready.title else []
    said += [*ready.said, *facts, *ready.remarks, *text.changes_text(ready.changes, not command)]
    said += [f"  ! {note}" for note in ready.notes]
    print("\n".join(map(visible_line, said)))
    return Exit.DONE


# The file


def _new(options: Options, path: Path, environment: Environment, today: date) -> Exit:
    study = study_file.new(path, environment, today, options.name, options.anywhere)
    head = str(study.head())
    study.close()
    _warn_of_file(study)
    for line in lacking_lines(study):
        _warn(line)
    if options.json:
        print_json({"file": str(path), "head": head})
    else:
        print(visible_line(_("{path} is a new study file.").format(path=path)))
    return Exit.DONE


def _about(options: Options, path: Path, environment: Environment) -> Exit:
    details = program_details(path, environment)
    return answer(options, lambda: asdict(details), lambda: detail_lines(details))


def _restore(options: Options, environment: Environment, today: date) -> Exit:
    target = Path(options.target)
    restored = study_file.restore(Path(options.backup), target, environment, today)
    head = restored.head
    for warning in restored.warnings:
        _warn(file_warning_text(warning))
    without = [lacking_text(one) for one in restored.without]
    for branch, what in zip(restored.without, without, strict=True):
        _warn(_("it goes on without {what} of {backup}").format(what=what, backup=branch.backup))
    if options.json:
        print_json({"file": str(target), "head": str(head), "facts": head.seq, "without": without})
    else:
        print(visible_line(restored_line(target, head.seq, head)))
    return Exit.DONE


def _rescue(options: Options, environment: Environment, today: date) -> Exit:
    made = study_file.rescue(Path(options.damaged), Path(options.target), environment, today)
    lost = [
        {
            "fact": one.record.seq,
            "participant": one.participant or None,
            **{name: one.record.fields.get(name) for name in ("why", "kind", "field")},
        }
        for one in made.lost
    ]
    document = {"file": str(made.path), "head": str(made.head), "facts": made.facts, "lost": lost}
    return answer(options, lambda: document, lambda: rescued_lines(str(made.path), made.facts, made.lost))


def _demo(options: Options, environment: Environment, today: date) -> Exit:
    with shown_progress(_("making")) as progress:
        made = make_demo(output_path.typed_folder(options.folder), environment, today, progress)
    return answer(options, lambda: [str(path) for path in made], lambda: [str(path) for path in made])


def run_demo(options: Options, environment: Environment) -> Exit:
    """Make the demo study.

    Raises:
        Refused: the folder is not empty, or cannot be written.
    """
    clock = environment.today()
    today = typed_day(options.today, "--today", clock) if options.today else clock
    return _demo(options, environment, today)


def _asks_for_list(options: Options) -> bool:
    if options.command == "site":
        if not options.name and any(getattr(options, one) is not None for one in _SITE_FIELDS):
            raise Refused("field_missing", "site", name="NAME")
        return not options.name
    if options.command == "holidays":
        return bool(options.list)
    return options.action in (("list", "open") if options.command == "value" else ("list",))


def _warn_of_file(study: Study) -> None:
    for warning in study.warnings:
        _warn(file_warning_text(warning))
    study.warnings.clear()


def _warn(message: str) -> None:
    print(f"studyday: {visible_line(message)}.", file=sys.stderr)
