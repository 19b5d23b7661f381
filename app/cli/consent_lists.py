"""The lists about consent at the terminal: the versions of the form, and who is to be asked."""

import argparse
from datetime import date
from typing import Any

from app.cli.progress import shown_progress
from app.domain.dates import iso
from app.services.queries.consents import ConsentRow, consents_to_ask
from app.services.queries.identified import identified, identified_text
from app.services.study.study import Study
from app.wording.dates import day
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import gettext as _

Lines = tuple[list[dict[str, Any]], list[str]]
"""A list as plain data and as lines."""


def forms_list(study: Study, _options: argparse.Namespace, _today: date) -> Lines:
    """Return the versions of the form that were recorded, in their order."""
    rows: list[dict[str, Any]] = [
        {"protocol": one.protocol, "version": one.version, "from": one.on.isoformat(), "concerns": one.concerns}
        for one in study.facts.forms
    ]
    lines = [
        f"{one.protocol:<14} {one.version:<16} {day(one.on):<18} {_(OPTION_WORDS[one.concerns])}"
        for one in study.facts.forms
    ]
    return rows, lines or [_("No version of the consent form was recorded.")]


def asked_list(study: Study, options: argparse.Namespace, today: date) -> Lines:
    """Return who is to be asked for consent, and at which visit."""
    with shown_progress(_("planning")) as progress:
        found = consents_to_ask(study, today, options.code, progress)
    return [_document(one) for one in found], [*map(_line, found)] or [_("Nobody is to be asked for consent.")]


def identified_list(study: Study, _options: argparse.Namespace, _today: date) -> Lines:
    """Return how many were identified: not screened by reason, screened, failed, in screening and enrolled."""
    found = identified(study)
    rows = [{"protocol": one.protocol, "what": one.what, "why": one.why or None, "count": one.count} for one in found]
    lines = [f"{one.protocol:<14} {identified_text(one)}  {one.count}" for one in found]
    return rows, lines or [_("Nobody was identified yet.")]


def _document(row: ConsentRow) -> dict[str, Any]:
    return {
        "participant": row.participant,
        "version": row.due.form.version,
        "from": row.due.form.on.isoformat(),
        "visit": row.due.visit or None,
        "on": iso(row.day),
        "declined": iso(row.due.declined),
    }


def _line(row: ConsentRow) -> str:
    at = _("at {visit}, {day}").format(visit=row.due.visit, day=day(row.day)) if row.day is not None else ""
    declined = _("declined on {day}").format(day=day(row.due.declined)) if row.due.declined is not None else ""
    since = _("version {version}, from {day}").format(version=row.due.form.version, day=day(row.due.form.on))
    return "  ".join(filter(None, (f"{row.participant:<16}", since, at, declined)))
