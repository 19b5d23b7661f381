"""The state of the study file at the terminal: what is said of it at each command, and what settles it."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.cli.answers import answer
from app.cli.exit_codes import Exit
from app.cli.planning_command import planning_command
from app.domain.planning.planning_rules import PLANNING_RULES
from app.domain.refusal import Refused
from app.services.commands.go_on import go_on
from app.services.commands.settle_loss import settle_loss
from app.services.queries.damage import damage_of, losses_of, said_of
from app.services.study.study import Study
from app.wording.branches import branch_text, lacking_text
from app.wording.damage import NEXT_AT_TERMINAL, losses_text, settled_text
from app.wording.language import gettext as _
from app.wording.planning import before_text
from app.wording.refusals import refusal_text


def opening_lines(study: Study, command: str) -> list[str]:
    """Return what is said of the file before a command, each without its last full stop."""
    lines = lacking_lines(study) if command not in ("verify", "go-on") else []
    damage = damage_of(study) if command != "verify" else None
    if damage is not None:
        lines.append(said_of(damage, NEXT_AT_TERMINAL))
    if study.before is not None and command != "planning":
        lines.append(before_text(study.before, PLANNING_RULES, not study.store.read_only))
    losses = losses_of(study) if command != "settle" else None
    if losses is not None:
        lines.append(losses_text(losses.lost, losses.participants, losses.left_out))
    return lines


def unbacked_lines(notices: Sequence[Refused]) -> list[str]:
    """Return what kept a backup from being made, each reason once; a second place that is away keeps none."""
    told = [("" if one.kind == "second_gone" else _("no backup was made: ")) + refusal_text(one) for one in notices]
    return list(dict.fromkeys(told))


def lacking_lines(study: Study) -> list[str]:
    """Return what backups have and the file lacks."""
    return [branch_text(one, str(study.path), study.store.backup) for one in study.branches]


def _go_on(study: Study, options: argparse.Namespace, today: date) -> Exit:
    lacking = [lacking_text(one) for one in study.branches]
    head = go_on(study, options.reason, today)
    document = {"from": str(head), "facts": head.seq, "head": str(study.head()), "without": lacking}
    said = _("{path} goes on from fact {n}, without {what}.")
    return answer(
        options, lambda: document, lambda: [said.format(path=study.path, n=head.seq, what="; ".join(lacking))]
    )


def _settle(study: Study, options: argparse.Namespace, today: date) -> Exit:
    done = settle_loss(study, options.code, options.reason, today)
    document = {"settled": [*done.numbers], "participants": [*done.participants], "head": str(study.head())}
    return answer(options, lambda: document, lambda: [settled_text(done.numbers, done.participants)])


FILE_STATE_COMMANDS: Mapping[str, Callable[[Study, argparse.Namespace, date], Exit]] = {
    "go-on": _go_on,
    "planning": planning_command,
    "settle": _settle,
}
"""The commands that settle what is said of a file, by their names."""
