"""The commands that change a study file: typed options go to a service, and its result is printed."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from app import paths
from app.cli import tables as text
from app.cli.answers import answer, print_json
from app.cli.corrections import CORRECTIONS
from app.cli.exit_codes import Exit
from app.cli.file_state import FILE_STATE_COMMANDS, lacking_lines, opening_lines, unbacked_lines
from app.cli.progress import shown_progress
from app.cli.queries import LIST_QUERIES, QUERIES
from app.cli.ready_change import SETTINGS, ReadyChange, asks_for_list, ready_change
from app.domain.facts.typed_days import typed_day
from app.domain.refusal import Refused
from app.services.commands import study_file
from app.services.commands.about import program_details
from app.services.commands.demo import make_demo
from app.services.study import output_path
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.wording.backup_words import restored_line
from app.wording.branches import lacking_text
from app.wording.damage import rescued_lines
from app.wording.fact_catalogue import commands
from app.wording.file_warnings import file_warning_text
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.program_details import detail_lines
from app.wording.refusals import refusal_text
from app.wording.visible import visible_line

Options = argparse.Namespace


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
        ready = ready_change(study, options, options.previewed, today)
        return _show(study, options, ready, 0)
    if command in FILE_STATE_COMMANDS:
        return FILE_STATE_COMMANDS[command](study, options, today)
    if command in SETTINGS and asks_for_list(options):
        return LIST_QUERIES[command](study, options, today)
    if command in commands() or command in ("screen", "enrol", "sign", *CORRECTIONS, *SETTINGS):
        study.must_write()
        ready = ready_change(study, options, command, today)
        saved = ready.save()
        return _show(study, options, ready, saved.command)
    return QUERIES[command](study, options, today)


# Changes


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


def _warn_of_file(study: Study) -> None:
    for warning in study.warnings:
        _warn(file_warning_text(warning))
    study.warnings.clear()


def _warn(message: str) -> None:
    print(f"studyday: {visible_line(message)}.", file=sys.stderr)
