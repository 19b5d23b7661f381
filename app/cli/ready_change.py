"""What a command line asks to be changed, proposed by a service and ready to be shown and saved."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.cli import tables as text
from app.cli import typed_options
from app.cli.consent_settings import form_facts, identified_facts
from app.cli.corrections import CORRECTIONS, proposed_correction
from app.cli.progress import shown_progress
from app.cli.queries import fault_lines
from app.cli.understood import understood_lines
from app.domain.calendar.difference import Change
from app.domain.facts.kinds import KINDS
from app.domain.facts.past_facts import PastFact
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.typed_values import site_value
from app.domain.refusal import Doubted, Refused
from app.services.commands import configure_site, correct, enrol, record
from app.services.commands.record import Asked, Proposal, Saved
from app.services.commands.sign_deviations import must_be_signed, propose_signatures, save_signatures, unsigned
from app.services.queries.command_name import command_name, new_command_name
from app.services.queries.fact_names import FactNames
from app.services.study.study import Study
from app.wording.doubts import remark_text
from app.wording.fact_catalogue import commands
from app.wording.fact_sentences import repeat_text
from app.wording.language import gettext as _
from app.wording.problems import raised_texts
from app.wording.protocol_names import names_in
from app.wording.typed_days import twice_text

Options = argparse.Namespace
SETTINGS = ("site", "closed", "value", "consent-form", "identified", "holidays")
"""The commands that change what concerns the entire study."""


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


def ready_change(study: Study, options: Options, command: str, today: date) -> ReadyChange:
    """Return the change that a command line asks for.

    Raises:
        Refused: it is wrong or contradicts the study.
    """
    if command in SETTINGS:
        return _ready_settings_change(study, options, command, today)
    if command in CORRECTIONS:
        return _ready_correction(study, options, command, today)
    if command == "sign":
        return _ready_signatures(study, options, today)
    if command == "screen":
        fields = typed_options.fields_of(options, KINDS["screened"])
        return _ready_proposal(study, options, enrol.propose_screening(study, fields, today))
    if command == "enrol":
        fields = typed_options.fields_of(options, KINDS["enrolled"])
        proposal = enrol.propose_enrolment(study, fields, today)
        return _ready_proposal(study, options, proposal, fault_lines(str(options.field_protocol or "")))
    return _ready_record(study, options, command, today)


def _ready_record(study: Study, options: Options, command: str, today: date) -> ReadyChange:
    """Return a fact of an enrolled participant, with what was understood of its days and times."""
    kind, _words = commands()[command]
    fields = typed_options.fields_of(options, kind)
    reason = str(fields.get("reason", ""))
    proposal = record.propose(study, options.code, [Asked(kind.id, fields)], today, options.hold, reason)
    visit = next((one.fields["visit"] for one in proposal.facts if "visit" in one.fields), "")
    entry = proposal.before.by_key.get(str(visit)) if proposal.before is not None else None
    said = understood_lines(options, kind, today, entry.assumed if entry is not None else None)
    return _ready_proposal(study, options, proposal, [*said, *map(twice_text, proposal.twice)])


def _ready_proposal(study: Study, options: Options, proposal: Proposal, said: Sequence[str] = ()) -> ReadyChange:
    return ReadyChange(
        proposal.facts,
        {proposal.code: proposal.changes},
        lambda: record.save(study, proposal, options.sure),
        said,
        proposal.doubt,
        new_command_name(proposal.facts, proposal.code, proposal.after or proposal.before),
        remarks=[*filter(None, [remark_text(proposal.remark)])],
        notes=raised_texts(proposal.before, proposal.after),
        names=lambda _subject: names_in(proposal.after, proposal.protocol).with_keys(),
    )


def _ready_correction(study: Study, options: Options, command: str, today: date) -> ReadyChange:
    correction = proposed_correction(study, options, command, today)
    after = [one for _old, one in correction.calendars.values() if one]
    return ReadyChange(
        correction.facts,
        correction.changes,
        lambda: correct.save_correction(study, correction, options.sure),
        doubt=correction.doubt,
        title=command_name(study, correction.of, today, after),
        corrections=correction.past,
        notes=[one for pair in correction.calendars.values() for one in raised_texts(*pair)],
        names=FactNames(study, today, calendars=correction.calendars).typed,
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
    facts = _FACTS[command](study, options, today)
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


_FACTS: Mapping[str, Callable[[Study, Options, date], list[NewFact]]] = {
    "site": _site_facts,
    "closed": _closed_facts,
    "value": _value_facts,
    "consent-form": form_facts,
    "identified": identified_facts,
    "holidays": _holiday_facts,
}


def asks_for_list(options: Options) -> bool:
    """Return whether a command about the study is to list what there is, rather than to change it."""
    if options.command == "site":
        if not options.name and any(getattr(options, one) is not None for one in _SITE_FIELDS):
            raise Refused("field_missing", "site", name="NAME")
        return not options.name
    if options.command == "holidays":
        return bool(options.list)
    return options.action in (("list", "open") if options.command == "value" else ("list",))
