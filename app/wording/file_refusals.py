"""The sentences of refusals about study files and what else is written; `refusals` has the others."""

from collections.abc import Mapping

from app.domain.refusal import RefusalKind
from app.wording.language import marked

FILE_SENTENCES: Mapping[RefusalKind, str] = {
    # A study file
    "no_study": marked("{path} does not exist. Make a study with `new`, or restore a backup with `restore`"),
    "file_missing": marked("{path} does not exist. See its name and its folder"),
    "study_unreadable": marked("{path} cannot be read: {problem}. See its name, its folder and who may read it"),
    "name_too_long": marked(
        "the name {path} is too long for a study with its journal and backups. Choose a shorter name, or a folder with "
        "a shorter path"
    ),
    "no_room_for_backups": marked(
        "{path} is no folder, and its name is needed for the backups of the study. Move it away, then do it again"
    ),
    "no_room_for_journal": marked(
        "{path} is no ordinary file, and its name is needed for what is not saved yet. Move it away, then do it again"
    ),
    "nothing_to_read": marked("nothing of {path} can be read. Restore a backup with `restore`"),
    "other_backup": marked(
        "{path} cannot be restored: it is no study file, or damaged. Use another backup; `backup --list` lists those "
        "of the open study"
    ),
    "empty_file": marked("{path} is empty: its content was lost. Restore a backup with `restore`"),
    "not_a_study": marked("{path} is no study file. Name the right one with -f"),
    "damaged": marked(
        "{path} is damaged. Leave it as it is and restore a backup with `restore`; `rescue` takes what can still be "
        "read into a new study"
    ),
    "enrolment_unreadable": marked(
        "the enrolment of {code} cannot be read, so nothing can be planned. `history` shows what can be read"
    ),
    "protocol_unreadable": marked(
        "the protocol that this participant is on cannot be read in {path}, so nothing can be planned. `history` shows "
        "what can be read"
    ),
    "strange_schema": marked(
        "{path} holds something that does not belong there ({name}). Leave it as it is and restore a backup with "
        "`restore`"
    ),
    "newer": marked(
        "{path} was written by a newer version of Studyday (schema {version}, here {ours}). Nothing was changed in it. "
        "Have the newer version installed on this computer, then open it"
    ),
    "old_read_only": marked(
        "{path} is of an older program (schema {version}, here {ours}) and cannot be written, so it cannot be brought "
        "up to date. See who may write it"
    ),
    "no_study_open": marked("no study is open. Open one first"),
    "no_window": marked("no window can be opened from here. Name a command; `studyday --help` lists them"),
    "no_display": marked("there is no display to open the window on. Name a command; `studyday --help` lists them"),
    "demo_alone": marked("--demo opens the window with the demo study, so it goes without a command and without -f"),
    "exists": marked("{path} exists already and is left as it is. Choose another name"),
    "doubtful_place": marked(
        "{path} would lie in “{folder}”, which is synchronised or on a network, where a study file can be lost. "
        "Choose a folder on this computer, or say --anywhere"
    ),
    "in_use": marked("{path} is open in another program. Close it there first"),
    "in_use_by": marked("{path} is open: by {who} on {workstation} since {since}. Close it there first"),
    "read_only": marked("{path} cannot be written, so nothing is recorded. See who may write it and its folder"),
    "print_read_only": marked(
        "{path} cannot be written, and what is printed is recorded there, so nothing is printed. See who may write it "
        "and its folder"
    ),
    "opened_to_read": marked(
        "{path} was opened to be read only, so nothing is recorded or printed. Open it once more to work in it"
    ),
    "file_gone": marked(
        "not saved: {path} was moved or deleted while it was open. Put it back where it was and save again, or back up "
        "now and go on with the backup"
    ),
    "folder_read_only": marked(
        "{folder} cannot be written, and the file in it was not closed properly. Copy both files to another folder"
    ),
    "cannot_open": marked("{path} cannot be opened. See who may read and write it and its folder"),
    "disk_full": marked("not saved: the disk is full ({path}). Free some space, then do it again"),
    "disk_error": marked(
        "not saved: the disk did not take it ({path}). See if it is full or damaged, then do it again"
    ),
    "is_backup": marked("{path} is a backup, to be read only. Make a study file from it with `restore`"),
    "chain_broken": marked(
        "{path} was changed from outside at fact {seq}, so nothing may be added. See `verify`; go on with a backup "
        "(`restore`) or with what can be read (`rescue`), and leave the file as it is"
    ),
    "backup_of_broken": marked("{path} was changed from outside at fact {seq}, so it is not backed up. See `verify`"),
    "backup_none": marked("{path} has no good backup yet. Make one with `backup`"),
    "backup_failed": marked("the backup in {path} did not verify and was removed. Back up to another folder"),
    "backup_changed": marked("{path} is not what the note next to it says. Use another backup"),
    "second_gone": marked(
        "the second place for backups, {path}, is not there. Plug it in, or name another with `backup --second FOLDER`"
    ),
    "second_is_first": marked("the backups are in {path} already. Choose a folder on another disk"),
    "second_none": marked("there is no second place for backups. Name one with `backup --second FOLDER`"),
    "nothing_left_out": marked("no backup has facts that {path} lacks, so there is nothing to go on without"),
    "nothing_lost": marked("no fact that could not be read is left to settle{of}"),
    "nothing_to_accept": marked("the visits are planned by the rules of this program, so there is nothing to accept"),
    "planning_not_accepted": marked(
        "this program plans visits otherwise than they were planned (visits: {visits}, of participants: "
        "{participants}), and nobody has accepted that. See them with `planning`, then say `planning accept`"
    ),
    "head_form": marked("“{value}” is no head. Write the number and the digits as they are printed"),
    "changed_meanwhile": marked("the study has changed since this was worked out. Look at it again"),
    # What is written
    "no_name": marked("no file is named to write to. Give its name"),
    "no_folder_name": marked("no folder is named to write to. Give its name"),
    "name_unfit": marked("Windows keeps the name “{name}” for itself or leaves a part of it out. Choose another name"),
    "name_unseen": marked("“{path}” has a sign in it that cannot be seen. Type the name again"),
    "no_folder": marked("the folder {path} does not exist. Make it first, or choose another"),
    "not_folder": marked("{path} is no folder. Choose another name"),
    "folder_not_empty": marked("{path} is not empty and is left as it is. Name a new folder"),
    "over_study": marked(
        "{path} is a study file or a backup, or belongs to one, and is never written over. Choose another name"
    ),
    "over_input": marked("{path} is read by this command and is never written over. Choose another name"),
    "over_folder": marked("{path} names a folder. Give the name of a file"),
    "over_special": marked("{path} is no ordinary file but a device, a pipe or a link to nothing. Choose another name"),
    "over_file": marked("{path} exists already and is left as it is. Choose another name, or replace it with --force"),
    "study_ending": marked("{path} has the ending of a study file. Let the name of a PDF end with .pdf"),
}
"""The sentence of each kind."""
