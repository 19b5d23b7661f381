"""What is typed at the terminal about consent forms and about those identified and not screened, as facts."""

import argparse
from datetime import date

from app.cli import typed_options
from app.domain.facts.records import NewFact
from app.domain.facts.typed_values import number
from app.domain.refusal import Refused
from app.services.commands.consent_forms import consent_form_facts, identified_not_screened
from app.services.study.study import Study

Options = argparse.Namespace


def form_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    """Return the fact that a version of the consent form applies.

    Raises:
        Refused: a part is missing or wrong.
    """
    if not options.version:
        raise Refused("field_missing", "consent-form add", name="VERSION")
    on = typed_options.optional_day(options.first, "--from", today)
    if on is None:
        raise Refused("field_missing", "consent-form add", name="--from")
    return consent_form_facts(
        study, options.version, on, options.protocol, options.concerns or "", options.reason, today
    )


def identified_facts(study: Study, options: Options, today: date) -> list[NewFact]:
    """Return the fact that so many were identified and not screened.

    Raises:
        Refused: a part is missing or wrong.
    """
    on = typed_options.optional_day(options.on, "--on", today)
    if not options.count or on is None or not options.why:
        name = "COUNT" if not options.count else "--on" if on is None else "--why"
        raise Refused("field_missing", "identified add", name=name)
    fields = {"on": on, "count": number(options.count), "failed_for": options.why}
    return identified_not_screened(
        study, {**fields, "centre": options.centre, "reason": options.reason}, options.protocol, today
    )
