"""Signatures on deviations that have a class: one or many, of several participants, as one command."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.facts.chain_head import Head
from app.domain.facts.records import NewFact
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.folding import known_identifier
from app.domain.refusal import Doubted, Refused, joined
from app.progress import Progress, counted
from app.services.commands.may_save import check_may_save
from app.services.commands.record import Asked, Proposal, Saved, propose
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import deviations
from app.services.study.study import Study
from app.services.study.visit_cache import update_visits


@dataclass(frozen=True, slots=True)
class SignProposal:
    """The decisions that are recorded again, with the signature: those of each participant."""

    head: Head
    today: date
    proposals: tuple[Proposal, ...]

    @property
    def facts(self) -> tuple[NewFact, ...]:
        """What is recorded, in the order of the participants."""
        return tuple(fact for one in self.proposals for fact in one.facts)

    @property
    def doubt(self) -> Doubted | None:
        """Why a person is asked before it is saved; None where there is no reason."""
        return joined(one.doubt for one in self.proposals)


def unsigned(
    study: Study, today: date, code: str = "", visit: str = "", progress: Progress | None = None
) -> list[Deviation]:
    """Return the deviations with a class and without a signature; of all, of one participant, or of one visit.

    Raises:
        Refused: there is no such participant, or the visit has no row in the deviation log.
    """
    found = deviations(study, today, code, progress)
    wanted = known_identifier(visit, {row.visit for row in found}) if visit else ""
    if visit and not wanted:
        raise Refused("no_deviation", "visit", visit=visit[:60])
    return [row for row in found if row.decided is not None and not row.is_signed and wanted in ("", row.visit)]


def must_be_signed(by: object, on: object) -> None:
    """Refuse a signature without a name or a day.

    Raises:
        Refused: one of them is missing.
    """
    for name, value in (("signed_by", by), ("signed_on", on)):
        if value is None or not str(value).strip():
            raise Refused("field_missing", CLASS_KIND, name=name)


def propose_signatures(
    study: Study, rows: Iterable[Deviation], by: object, on: object, today: date, progress: Progress | None = None
) -> SignProposal:
    """Return the decisions on these deviations with a name and a day of signature.

    Raises:
        Refused: there is none, the name is missing, or the day is to come.
    """
    must_be_signed(by, on)
    lines: dict[str, list[Asked]] = {}
    for row in rows:
        lines.setdefault(row.participant, []).append(Asked(CLASS_KIND, _signed(row, by, on)))
    if not lines:
        raise Refused("nothing_to_sign")
    proposals = tuple(propose(study, code, asked, today) for code, asked in counted([*lines.items()], progress))
    return SignProposal(study.head(), today, proposals)


def save_signatures(study: Study, proposal: SignProposal, sure: bool = False) -> Saved:
    """Record the signatures: all of them in one transaction, or none. `sure`: a person has confirmed it.

    Raises:
        Doubted: there is a doubt about it, and nobody has confirmed it.
        Refused: the file has changed since, is open for reading only, or cannot be written.
    """
    check_may_save(study, proposal.head, proposal.doubt, sure)
    with study.store.transaction():
        [number] = study.append(proposal.today, [*proposal.facts])
        for one in proposal.proposals:
            update_visits(study, one.subject, one.before, one.after)
    for one in proposal.proposals:
        if one.after is not None:
            study.keep_calendar(one.subject, one.after)
    return Saved(number, proposal.facts, (), study.head())


def _signed(row: Deviation, by: object, on: object) -> Mapping[str, object]:
    """Return the fields of the decision that holds, with the signature; what was told before stays without them."""
    decided = row.decided
    fields: dict[str, object] = {"visit": row.visit, "deviation": row.what, "class": row.class_}
    if decided is not None and decided.text("comment"):
        fields["comment"] = decided.text("comment")
    return {**fields, "signed_by": by, "signed_on": on}
