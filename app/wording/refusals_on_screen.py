"""The words of refusals in the window, where those of the terminal name a command."""

from collections.abc import Mapping

from app.domain.refusal import RefusalKind
from app.wording.language import marked

ON_SCREEN: Mapping[RefusalKind, str] = {
    "not_ordinary": marked("this is no ordinary file but a folder, a pipe, a socket or a device. Choose a file"),
    "no_study": marked("{path} does not exist. Open another file, or set up a new study"),
    "nothing_to_read": marked("nothing of {path} can be read. Open a backup of it, which is in the folder next to it"),
    "other_backup": marked("{path} cannot be restored: it is no study file, or damaged. Use another backup"),
    "empty_file": marked(
        "{path} is empty: its content was lost. Open a backup of it, which lies in the folder next to it"
    ),
    "not_a_study": marked("{path} is no study file. Open another one"),
    "damaged": marked(
        "{path} is damaged. Leave it as it is and open a backup of it, which is in the folder next to it. “Rescue what "
        "can be read…” in the menu File takes what can still be read into a new study"
    ),
    "enrolment_unreadable": marked("the enrolment of {code} cannot be read, so nothing can be planned"),
    "protocol_unreadable": marked(
        "the protocol that this participant is on cannot be read in {path}, so nothing can be planned"
    ),
    "strange_schema": marked(
        "{path} holds something that does not belong there ({name}). Leave it as it is and open a backup of it"
    ),
    "doubtful_place": marked(
        "{path} would lie in “{folder}”, which is synchronised or on a network, where a study file can be lost. "
        "Choose a folder on this computer"
    ),
    "is_backup": marked("{path} is a backup, so nothing can be recorded in it"),
    "chain_broken": marked(
        "{path} was changed from outside at fact {seq}, so nothing may be added. Open a backup of it, and tell the "
        "person who looks after the computer"
    ),
    "backup_none": marked("the study has no good backup yet. Press “Back up now”"),
    "second_gone": marked(
        "the second place for backups, {path}, is not there. Plug it in, or choose another one under Study, Backups"
    ),
    "second_none": marked("there is no second place for backups"),
    "backup_of_broken": marked("{path} was changed from outside at fact {seq}, so it is not backed up"),
    "over_file": marked("{path} exists already"),
    "off_path": marked(
        "this participant's path does not have the visit “{visit}” here.{near} Record first what leads to it"
    ),
    "no_participant": marked("there is no participant “{code}”.{near} Choose one of the list of participants"),
    "code_near": marked(
        "“{code}” differs from “{known}”, which is another participant's, by blanks, dashes or zeros alone. Type "
        "“{known}” if that one is meant, or say that it is somebody else"
    ),
    "code_personal": marked(
        "the study code looks like {looks}, and a code holds nothing personal. Choose another code, or say that it is "
        "none"
    ),
    "text_personal": marked(
        "“{name}” has what looks like a personal number, and a study file holds none. Take it out, or say that it is "
        "none"
    ),
    "not_listed": marked(
        "“{value}” is on no list of the protocol or the study.{near} Known: {known}. Correct it, or say that it is "
        "right"
    ),
    "plan_in_past": marked("{on} lies before {today}, the day of entry. Correct the day, or say that it is right"),
    "day_far_off": marked(
        "{on} is years from every other day of the participant; the nearest is {nearest}. Correct the day, or say that "
        "it is right"
    ),
    "day_far_from_visit": marked(
        "{on} is more than a year from the window of the visit, {earliest} to {latest}. Correct the day, or say that "
        "it is right"
    ),
    "sets_choice": marked(
        "what was done at {visit} answers “{question}” with {answer}, and the calendar follows. Say that it is right"
    ),
    "no_operation": marked(
        "{event} follows an operation, and none is recorded as done. Record that first, or say that it is right"
    ),
    "operation_open": marked(
        "{visit} follows {other}, which is not recorded as done. Record that first, or say that the day is right"
    ),
    "out_of_order": marked(
        "{visit} on {on} is not after {other} on {held}, which comes before it. Correct the day that is wrong, or say "
        "that it is right"
    ),
    "day_before_other": marked(
        "{on} lies before {held}, {follows}. Correct the day that is wrong, or say that both are right"
    ),
    "end_before_told": marked(
        "{ended} lies before {visit} on {on}, which is recorded. Correct the day that is wrong, or say that both are "
        "right"
    ),
    "before_undated": marked(
        "{visit} on {on} comes after {other}, which has no day yet. Record that first, or say that it is right"
    ),
    "enrolled_long_ago": marked(
        "{on} is more than a year before today, {today}. Correct the day, or say that it is right"
    ),
    "age_unlikely": marked(
        "born in {year}, the participant would be {age} years old. Correct the year, or say that it is right"
    ),
    "site_day_far": marked(
        "{on} is years from every day of the study; the nearest is {nearest}. Correct the day, or say that it is right"
    ),
    "site_year_far": marked("{year} is years from the study, {first} to {last}. Correct the year, or say it is right"),
    "eligible_against": marked("eligible, although {what}. Correct one of them, or say that it is meant"),
    "age_outside": marked("{what}. Correct the year of birth, or say that it is right"),
    "no_protocol": marked("the study has no protocol yet. Enrol a participant, and its protocol is added"),
    "which_protocol": marked("“{key}” can be of more than one protocol: {known}"),
    "not_own": marked("{what}: recorded by {who} on {on}, so it is not your own of today"),
    "repeats": marked("the same was recorded on {on} by {who} (fact {seq}): {what}"),
    "planning_not_accepted": marked(
        "this program plans visits otherwise than they were planned (visits: {visits}, of participants: "
        "{participants}), and nobody has accepted that. See them with “Planning rules…” in the menu File"
    ),
    "planning_moves": marked("visits that move: {visits}, of participants: {participants}"),
    "value_not_set": marked("the site has set no value for “{key}”"),
    "day_usual": marked("nothing was said of {on}"),
    "not_booked": marked("{visit} is not booked, so there is nothing to cancel"),
    "no_command": marked("there is no command {command}"),
    "undo_of_undo": marked("command {command} is itself an undo. Bring it back with Redo"),
    "lost_twice": marked("the participant is lost already. Record first that it was found again"),
    "no_fact": marked("there is no fact {seq}"),
    "alive_and_died": marked("a day of death belongs to a contact that tells of it. Choose alive: no, or leave it out"),
    "full_dose": marked("a whole dose is 100 percent. Choose reduced"),
    "nothing_to_correct": marked("nothing would change"),
    "still_needed": marked("the calendar needs “{name}”. Correct it first"),
}
"""The sentence of a kind; the other kinds have one sentence for both."""
