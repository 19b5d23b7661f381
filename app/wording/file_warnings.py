"""The sentences about a study file and the folder around it, each with its remedy."""

from collections.abc import Mapping

from app.domain.facts.file_warning import BackupProblem, FileWarning, FileWarningKind
from app.wording.language import gettext as _
from app.wording.language import marked

_WARNINGS: Mapping[FileWarningKind, str] = {
    "not_closed": marked(
        "The last time, the program ended before it had closed this study. All that was saved is there; there is "
        "nothing to do"
    ),
    "change_taken_back": marked(
        "The last time, the program ended while it was changing this study. The change was not finished and was taken "
        "back; all that was saved before is there. Look in the history for what you did last, and do it again if it is "
        "not there"
    ),
    "visits_made_again": marked(
        "The table of planned visits differed from the facts and was made again from them; no date is lost"
    ),
    "pages_made_again": marked(
        "Pages of {path} were damaged. No fact was on them: the planned visits and indexes were made again from the "
        "facts. Have the disk looked at"
    ),
    "planned_before_unknown": marked(
        "The visits were planned by the rules of an earlier release, and what was planned then is not in the file. "
        "They are planned by the rules of this program now; which of them moved cannot be said"
    ),
    "planned_before_unseen": marked(
        "An earlier release planned the visits of this file. It is open for reading alone, so they are shown as the "
        "rules of this program plan them, and which of them that moves is not said. Open it where it can be written, "
        "or make a study from the backup, to see what moves"
    ),
    "closed_to_others": marked(
        "Other users of this computer could read {path}. It is closed to them now; there is nothing to do"
    ),
    "second_name": marked(
        "{path} has a second name on this disk (a hard link). What is interrupted under one name is not put right "
        "under the other, so facts can be lost. Remove the second name"
    ),
    "file_open_to_others": marked(
        "Other users of this computer can read {path}, and it belongs to somebody else, so it stays so. Ask its owner "
        "to close it to them (chmod go= on that file)"
    ),
    "folder_open_to_others": marked(
        "Other users of this computer can look into the folder {path}. What is in the study stays closed to them, but "
        "they see its name and size. Close the folder to them (chmod go= on it), or keep the study in a folder of its "
        "own"
    ),
    "backup_no_note": marked(
        "There is no note next to {path} that says what was written, so it does not count as a backup. Leave it where "
        "it is; a new backup is made"
    ),
    "backup_changed": marked(
        "The backup {path} is no longer what was written, so it does not count as a backup. Leave it where it is; a "
        "new backup is made"
    ),
    "restored_from_changed": marked(
        "The backup {path} is no longer, byte for byte, what was written; every fact in it is as it was recorded, so "
        "the study made from it is complete"
    ),
    "backup_unreadable": marked(
        "The backup {path} cannot be read, so it does not count as a backup. Leave it where it is; a new backup is made"
    ),
}


def file_warning_text(warning: FileWarning) -> str:
    """Return the sentence, without its last full stop."""
    return _(_WARNINGS[warning.kind]).format(**warning.values)


_PROBLEMS: Mapping[BackupProblem, str] = {
    "": "",
    "backup_no_note": marked("does not count: no note next to it"),
    "backup_changed": marked("does not count: no longer what was written"),
    "backup_unreadable": marked("does not count: cannot be read"),
}


def problem_text(problem: BackupProblem) -> str:
    """Return why a backup of a list does not count, after two spaces; empty where it does."""
    return f"  {_(_PROBLEMS[problem])}" if problem else ""
