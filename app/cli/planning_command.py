"""The command that shows what the planning rules of this program would change, and accepts it."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.cli import tables as text
from app.cli.answers import answer
from app.cli.exit_codes import Exit
from app.cli.progress import shown_progress
from app.domain.calendar.difference import Change
from app.services.commands.accept_planning import accept_planning
from app.services.queries.planning import Planning, PlanningProposal, planning
from app.services.study.study import Study
from app.wording import planning as words
from app.wording.language import gettext as _
from app.wording.reasons import reason_texts


def planning_command(study: Study, options: argparse.Namespace, today: date) -> Exit:
    """Show by which rules the visits are planned and what today's would change, or accept that.

    Raises:
        Refused: it is not to be accepted, or nobody has confirmed it.
    """
    with shown_progress(_("planning")) as progress:
        found = planning(study, today, progress)
        if options.action == "accept":
            accept_planning(study, found.proposal, options.sure, progress)
    done = options.action == "accept"
    return answer(options, lambda: _document(study, found, done), lambda: _lines(found, done))


def _document(study: Study, found: Planning, done: bool) -> dict[str, Any]:
    proposal = found.proposal
    changes = proposal.changes if proposal is not None else {}
    rows = [
        {**text.change_document(code, change), "why": why_new(proposal, code, change)}
        for code, every in changes.items()
        for change in every
    ]
    return {
        "rules": {"before": proposal.rules if proposal is not None else found.rules, "now": found.rules},
        "planned_on": proposal.planned_on.isoformat() if proposal is not None else None,
        "accepted": done or proposal is None,
        "visits": len(rows),
        "participants": len(changes),
        "changes": rows,
        "protocols": [{"protocol": one.protocol, "version": one.known, "shipped": one.version} for one in found.offers],
        "head": str(study.head()),
    }


def _lines(found: Planning, done: bool) -> list[str]:
    proposal = found.proposal
    offers = [words.offer_text(one.protocol, one.known, one.version) for one in found.offers]
    if proposal is None:
        return [words.today_text(found.rules), *offers]
    counts = (proposal.visits, len(proposal.changes))
    if done:
        return [words.accepted_text(proposal.rules, found.rules, *counts), *offers]
    head = words.proposal_text(proposal.rules, proposal.planned_on, found.rules, *counts)
    return [head, *_changes(proposal), *offers]


def _changes(proposal: PlanningProposal) -> Iterator[str]:
    changes: Mapping[str, tuple[Change, ...]] = proposal.changes
    for code, every in changes.items():
        yield from text.changes_text({code: every}, all_of_them=True)


def why_new(proposal: PlanningProposal | None, code: str, change: Change) -> list[str]:
    """Return why a visit has its new day; nothing for one that the new rules leave out."""
    if proposal is None or change.new is None:
        return []
    return reason_texts(change.new, proposal.calendars[code][1])
