"""The questions about a site, and the fields that the answers make."""

from collections.abc import Mapping

from app.domain.facts.kind import Field
from app.domain.facts.kinds import KINDS
from app.domain.facts.study_kinds import LANGUAGES, PAPERS
from app.domain.facts.study_record import WEEKEND, SiteRow
from app.ui.forms.questions import Question
from app.wording.countries import countries
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import gettext as _

_EDITED = tuple(field.name for field in KINDS["site_set"].typed_fields if field.name != "name")
"""What can be changed of a known site."""


def site_questions(site: SiteRow | None) -> tuple[Question, ...]:
    """Return the questions about a site, with what is known of it; of a new one also its name."""
    usual = {"closed_weekdays": sorted(WEEKEND), "calendar_language": LANGUAGES[0], "paper": PAPERS[0]}
    known = _known(site) if site is not None else usual
    papers = (("a4", _("A4")), ("letter", _("Letter, 8.5 × 11 in")))
    options: Mapping[str, tuple[tuple[object, str], ...]] = {
        "paper": papers,
        "country": tuple(countries()),
        "calendar_language": tuple((one, _(OPTION_WORDS[one])) for one in LANGUAGES),
    }
    labels: Mapping[str, tuple[str, str]] = {
        "name": (_("Name"), _("As it is printed, and as the centre of its participants is called.")),
        "country": (_("Country"), _("Its name or its two letters, as SE.")),
        "time_zone": (_("Time zone"), _("As Europe/Stockholm; empty: the protocol's or the country's own.")),
        "closed_weekdays": (_("Closed weekdays"), ""),
        "day_phone": (_("Telephone by day"), _("With its hours; printed on each participant's calendar.")),
        "night_phone": (_("At night, at weekends, on holidays"), ""),
        "fever_rule": (_("What to do in a fever"), _("In the words of the unit.")),
        "calendar_language": (_("Language of participants' calendars"), _("Have its words read by your unit first.")),
        "paper": (_("Paper of the printer"), ""),
    }
    return tuple(
        Question(
            _field(name),
            label,
            options.get(name, ()),
            known.get(name),
            hint,
            long=name == "fever_rule",
            free=name == "country",
        )
        for name, (label, hint) in labels.items()
        if name != "name" or site is None
    )


def site_fields(typed: Mapping[str, object], site: SiteRow | None) -> dict[str, object]:
    """Return the fields of what is typed; what was emptied is an empty text, and the usual weekend is left unsaid."""
    name = site.name if site is not None else typed.get("name")
    fields: dict[str, object] = {"name": name, **{one: typed.get(one) or "" for one in _EDITED}}
    weekdays = typed.get("closed_weekdays")
    is_usual = weekdays == sorted(WEEKEND) and (site is None or site.closed_weekdays is None)
    fields["closed_weekdays"] = None if is_usual else weekdays
    for name, first, known in (
        ("paper", PAPERS[0], site.paper if site is not None else ""),
        ("calendar_language", LANGUAGES[0], site.contact.calendar_language if site is not None else ""),
    ):
        if fields[name] == first and not known:
            fields[name] = None
    return {one: value for one, value in fields.items() if not (site is None and value == "")}


def _known(site: SiteRow) -> dict[str, object]:
    weekdays = site.closed_weekdays if site.closed_weekdays is not None else WEEKEND
    return {
        "country": site.country,
        "time_zone": site.time_zone or None,
        "closed_weekdays": sorted(weekdays),
        "day_phone": site.contact.day_phone or None,
        "night_phone": site.contact.night_phone or None,
        "fever_rule": site.contact.fever_rule or None,
        "calendar_language": site.contact.calendar_language or LANGUAGES[0],
        "paper": site.paper or PAPERS[0],
    }


def _field(name: str) -> Field:
    found = KINDS["site_set"].field(name)
    assert found is not None  # noqa: S101 - each of these is a field of a site
    return found
