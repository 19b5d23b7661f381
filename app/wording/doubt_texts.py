"""What a person is asked about before it is recorded: the reason and the remedy, as at the terminal."""

from collections.abc import Mapping

from app.domain.refusal import RefusalKind
from app.wording.language import marked

LIKENESSES: Mapping[str, str] = {
    "birth": marked("a day of birth"),
    "hospital": marked("a hospital's number"),
    "identity": marked("a national identity number"),
    "name": marked("a name or initials"),
}
"""What a study code can look like instead of a code."""
FOLLOWED: Mapping[str, str] = {
    "aware": marked("when the site knew of it"),
    "began": marked("when it began"),
    "died": marked("the day of death"),
    "found": marked("when it was found"),
    "happened": marked("when the deviation happened"),
}
"""What a day lies before and cannot."""
DOUBT_TEXTS: Mapping[RefusalKind, str] = {
    "age_unlikely": marked(
        "born in {year}, the participant would be {age} years old. Correct the year, or say --sure if it is right"
    ),
    "site_day_far": marked(
        "{on} is years from every day of the study; the nearest is {nearest}. Correct the day, or say --sure if it is "
        "right"
    ),
    "site_year_far": marked(
        "{year} is years from the study, {first} to {last}. Correct the year, or say --sure if it is right"
    ),
    "plan_in_past": marked("{on} lies before {today}, the day of entry. Correct the day, or say --sure if it is right"),
    "day_far_off": marked(
        "{on} is years from every other day of the participant; the nearest is {nearest}. Correct the day, or say "
        "--sure if it is right"
    ),
    "day_far_from_visit": marked(
        "{on} is more than a year from the window of the visit, {earliest} to {latest}. Correct the day, or say --sure "
        "if it is right"
    ),
    "out_of_order": marked(
        "{visit} on {on} is not after {other} on {held}, which comes before it. Correct the day that is wrong, or say "
        "--sure if both are right"
    ),
    "day_before_other": marked(
        "{on} lies before {held}, {follows}. Correct the day that is wrong, or say --sure if both are right"
    ),
    "end_before_told": marked(
        "{ended} lies before {visit} on {on}, which is recorded. Correct the day that is wrong, or say --sure if both "
        "are right"
    ),
    "before_undated": marked(
        "{visit} on {on} comes after {other}, which has no day yet. Record that first, or say --sure if it is right"
    ),
    "enrolled_long_ago": marked(
        "{on} is more than a year before today, {today}. Correct the day, or say --sure if it is right"
    ),
    "age_outside": marked("{what}. Correct the year of birth, or say --sure if it is right"),
    "consent_other_day": marked(
        "the consent of {on} is not the first one, which was on {consent}. Correct one of the days, or say --sure if "
        "both are right"
    ),
    "consent_version": marked(
        "the study has no version “{value}” of the consent form. Known: {known}. Correct it, or say --sure if it is "
        "right"
    ),
    "pump_off_early": marked(
        "the pump came off {hours} h {minutes} min before its {of} h were over: it was due on {due}, {at}"
    ),
    "not_screened": marked("no eligible screening is recorded before this enrolment, and the protocol has criteria"),
    "eligible_unsigned": marked(
        "something speaks against eligibility, and no investigator is named who judged it. Name one, or say --sure"
    ),
    "screening_differs": marked("{what}. Correct one of them, or say --sure if both are right"),
    "eligible_against": marked("eligible, although {what}. Correct one of them, or say --sure if it is meant"),
    "not_own": marked(
        "{what}: command {command}, by {who} on {on}. It is not your own of today; with --sure it is done all the same"
    ),
    "planning_moves": marked(
        "visits that move: {visits}, of participants: {participants}. See them with `planning`; with --sure it is "
        "accepted"
    ),
    "code_near": marked(
        "“{code}” differs from “{known}”, which is another participant's, by blanks, dashes or zeros alone. Type "
        "“{known}” if that one is meant, or say --sure if it is somebody else"
    ),
    "code_personal": marked(
        "the study code looks like {looks}, and a code holds nothing personal. Choose another code, or say --sure if "
        "it is none"
    ),
    "text_personal": marked(
        "there is what looks like a personal number, and a study file holds none. Take it out, or say --sure if it is "
        "none"
    ),
    "not_listed": marked(
        "“{value}” is on no list of the protocol or the study.{near} Known: {known}. Correct it, or say --sure if it "
        "is right"
    ),
    "repeats": marked(
        "the same was recorded on {on} by {who} (fact {seq}): {what}. With --sure it is recorded once more"
    ),
}
