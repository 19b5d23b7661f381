"""The command `backup`: make one, list them, say how they are, or try whether one can be restored."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app.cli.answers import answer
from app.cli.exit_codes import Exit
from app.cli.progress import shown_progress
from app.domain.dates import iso
from app.progress import Progress
from app.services.commands.backup import back_up
from app.services.commands.second_backup import back_up_now, set_second_place, stop_second_place
from app.services.commands.try_restore import try_restore
from app.services.queries.backup_state import BackupState, Checked, backup_state, state_rows, trouble_text
from app.services.queries.second_place import SecondPlace
from app.services.study.ports import Backup
from app.services.study.study import Study
from app.wording.backup_words import backup_line, tried_lines
from app.wording.file_warnings import problem_text
from app.wording.language import gettext as _

Options = argparse.Namespace


def backup_command(study: Study, options: Options, today: date) -> Exit:
    """Make a backup, or answer a question about the backups."""
    if options.list:
        return _list(study, options)
    if options.state:
        return _state(study, options)
    if options.test is not None:
        return _test(study, options, today)
    if options.no_second:
        return _no_second(study, options)
    with shown_progress(_("backing up")) as progress:
        made = _made(study, options, progress)
    document = {"backup": str(made.path), "facts": made.seq, "head": made.digest, "sha256": made.sha256}
    return answer(options, lambda: document, lambda: [backup_line(made.path, made.seq)])


def _made(study: Study, options: Options, progress: Progress) -> Backup:
    if options.second is not None:
        return set_second_place(study, Path(options.second), progress)
    if options.to is not None:
        return back_up(study, Path(options.to), progress)
    made, kept = back_up_now(study, progress)
    study.notices += [kept] if kept is not None else []
    return made


def _no_second(study: Study, options: Options) -> Exit:
    folder = stop_second_place(study)
    said = _("No backup is made in {path} any more; those that are there stay.").format(path=folder)
    return answer(options, lambda: {"second": None, "was": str(folder)}, lambda: [said])


def _list(study: Study, options: Options) -> Exit:
    found = study.backups.listed()
    wrong = {one.path: study.backups.problem(one.path) for one in found}
    rows = [
        {
            "backup": str(one.path), "made_at": one.at.isoformat(), "facts": one.seq,
            "problem": wrong[one.path].removeprefix("backup_") or None,
        }
        for one in found
    ]  # fmt: skip
    lines = [f"{one.at:%Y-%m-%d %H:%M} UTC  {one.seq:>7}  {one.path}{problem_text(wrong[one.path])}" for one in found]
    return answer(options, lambda: rows, lambda: lines or [_("No backup yet.")])


def _state(study: Study, options: Options) -> Exit:
    state = backup_state(study)
    trouble = trouble_text(state)
    lines = [f"{name:<16} {text}" for name, text in state_rows(state)]
    return answer(options, lambda: _document(state), lambda: [*lines, *filter(None, [trouble])])


def _document(state: BackupState) -> dict[str, Any]:
    return {
        "folder": str(state.folder),
        "last": str(state.path) if state.path is not None else None,
        "made_at": iso(state.made),
        "bytes": state.size,
        "facts": state.facts,
        "recorded_since": state.since,
        "kept": state.kept,
        "overdue": state.overdue or None,
        "second": _second(state.second),
        "restore_tried": _checked(state.tried),
        "study_verified": _checked(state.verified),
    }


def _second(found: SecondPlace | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "folder": str(found.folder),
        "there": found.there,
        "made_at": iso(found.made),
        "recorded_since": found.since,
        "same_disk": found.same_disk,
        "trouble": found.trouble or None,
    }


def _checked(found: Checked | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"at": found.at.isoformat(), "by": found.who, "facts": found.facts, "participants": found.participants}


def _test(study: Study, options: Options, today: date) -> Exit:
    with shown_progress(_("restoring")) as progress:
        found = try_restore(study, Path(options.test) if options.test else None, today, progress)
    document = {
        "backup": str(found.backup),
        "made_at": iso(found.made_at),
        "facts": found.facts,
        "head": found.head,
        "participants": found.participants,
        "equal": found.is_of_study,
        "recorded_since": found.since if found.is_of_study else None,
    }
    said = tried_lines(found.backup, found.made_at, found.facts, found.participants, found.is_of_study, found.since)
    done = answer(options, lambda: document, lambda: said)
    return done if found.is_of_study else Exit.NOT_SO
