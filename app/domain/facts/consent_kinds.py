"""The kinds of facts about informed consent: what a participant answered, and the versions of the form of the study."""

from collections.abc import Mapping

from app.domain.facts.kind import (
    DayRule,
    Field,
    FirstDay,
    Json,
    Kind,
    Menu,
    Offer,
    Subject,
    Type,
    When,
    day_field,
    reason_field,
    time_field,
)

GIVEN, NOT_NEEDED = "given", "not_needed"
ANSWERS = (GIVEN, "declined", NOT_NEEDED)
EVERYBODY, TREATED, FOLLOWED = "everybody", "those_treated", "those_followed"
"""Whom a new version of the form concerns: all, those with doses to come, those in follow-up."""
_GIVEN = When("answer", GIVEN)


def _was_asked(fields: Mapping[str, Json]) -> bool:
    """Return whether the participant answered, and so lived on that day."""
    return fields.get("answer") != NOT_NEEDED


CONSENT_KINDS = (
    Kind(
        "consent",
        Subject.PARTICIPANT,
        (
            Field("answer", Type.ONE_OF, options=ANSWERS, help="of the participant, or that none is needed"),
            day_field("the day"),
            time_field(),
            Field("version", Type.TEXT, help="of the form, as it is printed on it"),
            Field("language", Type.TEXT, False, help="of the form", required_when=_GIVEN),
            Field("copy", Type.YES_NO, False, help="whether the participant got a copy", required_when=_GIVEN),
            Field("biobank", Type.YES_NO, False, help="whether samples may be kept in a biobank"),
            Field("informed_by", Type.TEXT, False, help="who informed, as in the delegation log"),
            reason_field(False, what="why none is needed", needed_when=When("answer", NOT_NEEDED)),
        ),
        requires_participation=True,
        came_to_nothing=When("answer", NOT_NEEDED),
        first_day=FirstDay.TODAY,
        log="consents",
        offers=(Offer(Menu.PARTICIPANT, 1), Offer(Menu.PLAN, 1)),
        positional=("answer",),
        same=("answer", "on", "version"),
        sign_of_life=_was_asked,
    ),
)

NOT_SCREENED_FOR = ("not_eligible", "declined", "unfit", "other_trial", "not_asked", "other")
IDENTIFIED_KINDS = (
    Kind(
        "identified",
        Subject.STUDY,
        (
            Field("protocol", Type.TEXT, help="the protocol's id"),
            day_field("the day of the conference", rule=DayRule.ENTRY),
            Field("count", Type.WHOLE, low=1, high=9999, help="how many were identified and not screened"),
            Field("failed_for", Type.ONE_OF, options=NOT_SCREENED_FOR, help="why they were not screened"),
            Field("centre", Type.TEXT, False, help="the centre"),
            reason_field(False, what="more about it, and nothing about a person"),
        ),
        log="identified",
        same=("protocol", "on", "count", "failed_for", "centre"),
        thing=("protocol", "on", "count", "failed_for", "centre"),
    ),
)
FORM_KINDS = (
    *IDENTIFIED_KINDS,
    Kind(
        "consent_form",
        Subject.STUDY,
        (
            Field("protocol", Type.TEXT, help="the protocol's id"),
            Field("version", Type.TEXT, help="of the form, as it is printed on it"),
            day_field("the day from which it applies", may_be_future=True, rule=DayRule.SITE),
            Field("concerns", Type.ONE_OF, options=(EVERYBODY, TREATED, FOLLOWED), help="who is to consent to it"),
            reason_field(False, what="what is new in it"),
        ),
        same=("protocol", "version", "on", "concerns"),
        thing=("protocol", "version"),
    ),
)
