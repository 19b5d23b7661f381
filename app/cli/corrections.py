"""The commands that change recorded facts: undo, redo, correct, reassign and redact."""

import argparse
from datetime import date

from app.cli import typed_options
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused
from app.services.commands import correct, reassign
from app.services.study.study import Study

Options = argparse.Namespace
CORRECTIONS = ("undo", "redo", "correct", "reassign", "redact")


def proposed_correction(study: Study, options: Options, command: str, today: date) -> correct.CorrectionProposal:
    """Return what such a command does, from its options.

    Raises:
        Refused: the fact or command cannot be changed so.
    """
    if command == "undo":
        return correct.propose_undo(study, options.number, today, options.reason)
    if command == "redo":
        return correct.propose_redo(study, options.number, today)
    if command == "reassign":
        return reassign.propose_reassignment(study, options.fact, options.code, options.reason, today)
    if command == "redact":
        return correct.propose_redaction(study, options.fact, options.names, options.reason, today)
    fact = study.store.fact(options.fact)
    if fact is None:
        raise Refused("no_fact", seq=options.fact)
    pairs = typed_options.settings(KINDS[fact.kind], options.settings)
    return correct.propose_correction(study, options.fact, pairs, options.reason, today)
