"""The sentences about visits that were planned by other planning rules than those of the program."""

from datetime import date

from app.domain.calendar.visits_before import PlannedBefore
from app.wording.dates import day
from app.wording.language import counted
from app.wording.language import gettext as _


def before_text(before: PlannedBefore, rules: int, writable: bool = True, on_screen: bool = False) -> str:
    """Return that the visits are those of earlier rules and what to do; without the last full stop."""
    said = _("The days shown were planned by the planning rules {before} of an earlier release").format(
        before=before.rules
    )
    if not before.visits:
        return said + _("; those of this program are {rules}, and a visit that they plan otherwise says so").format(
            rules=rules
        )
    said += _("; by the rules {rules} of this program, {what} otherwise").format(
        rules=rules, what=visits_text(before.visits, before.participants)
    )
    if not writable:
        return said
    if on_screen:
        return said + ". " + _("Until you have seen and accepted that, they stay, and no change is planned")
    return said + ". " + _("See them with `planning`, then say `planning accept`; until then no change is planned")


def visits_text(visits: int, participants: int) -> str:
    """Return ``3 visits of 2 participants are``."""
    of = counted("of {n} participant", "of {n} participants", participants)
    return f"{counted('{n} visit', '{n} visits', visits)} {of} {_('is') if visits == 1 else _('are')}"


def today_text(rules: int) -> str:
    """Return that nothing is to be accepted."""
    return _(
        "The visits are planned by the planning rules {rules} of this program; there is nothing to accept."
    ).format(rules=rules)


def proposal_text(before: int, planned_on: date, rules: int, visits: int, participants: int) -> str:
    """Return what accepting does to how many visits, over their list."""
    if not visits:
        return _("Planning rules {before} -> {rules}: no visit moves.").format(before=before, rules=rules)
    text = _("Planning rules {before} -> {rules}: {what} otherwise. They were planned on {day}.")
    return text.format(before=before, rules=rules, what=visits_text(visits, participants), day=day(planned_on))


def accepted_text(before: int, rules: int, visits: int, participants: int) -> str:
    """Return that the rules were accepted."""
    text = _("Accepted: planning rules {before} -> {rules}; {what} planned otherwise from now on.")
    return text.format(before=before, rules=rules, what=visits_text(visits, participants))


def offer_text(protocol: str, known: str, version: str, on_screen: bool = False) -> str:
    """Return that the program ships another text of a protocol than the study has."""
    if version == known:
        said = _("{protocol}: this program has another text of the version {known} than the study.")
    else:
        said = _("{protocol}: this program has the version {version}, the study {known}.")
    said = said.format(protocol=protocol, version=version, known=known)
    more = _("Who is enrolled stays on the text of the enrolment.")
    if on_screen:
        return f"{said} {more}"
    add = _("`protocol take {protocol}` adds it for those who are enrolled from then on.").format(protocol=protocol)
    return f"{said} {more} {add}"
