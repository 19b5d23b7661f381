"""Going on with a study file although backups have facts that it lacks: a person says so, and that is a fact."""

from datetime import date

from app.domain.facts.chain_head import Head
from app.domain.facts.fields import read_reason
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.services.commands.backup import back_up_changes, back_up_quietly
from app.services.study.study import Study


def go_on(study: Study, reason: str, today: date) -> Head:
    """Record that the study goes on from its last fact; return the head that it went on from.

    Every backup is kept, also those with the facts that it goes on without.

    Raises:
        Refused: nothing may be added, or no backup has facts that it lacks.
    """
    study.must_write()
    why = read_reason(reason)
    left_out = study.backups.left_out()
    if not left_out:
        raise Refused("nothing_left_out", path=str(study.path))
    head = study.head()
    fields: dict[str, Json] = {"head": str(head), "facts": head.seq, "left_out": [*left_out], **why}
    with study.store.transaction():
        study.append(today, [NewFact("restored", fields)])
    study.forget()
    study.branches.clear()
    back_up_quietly(study, back_up_changes)
    return head
