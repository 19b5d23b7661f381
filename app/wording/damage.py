"""The sentences about a damaged study file: what cannot be read, whom it concerns, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.facts.chain_head import Broken
from app.domain.facts.records import Recorded
from app.wording.broken_chain import broken_text
from app.wording.fact_sentences import fact_text
from app.wording.language import counted, marked, numbered, sentence_case
from app.wording.language import gettext as _

_MOST = 12
NEXT_AT_TERMINAL = marked("`rescue FILE NEW` makes a new study of what can be read, and lists what cannot")
NEXT_IN_WINDOW = marked("“Rescue what can be read…” in the menu File makes a new study, and lists what cannot be read")


@dataclass(frozen=True, slots=True)
class LostFact:
    """A fact that cannot be read, and its participant's code where that is known."""

    record: Recorded
    participant: str


def lost_facts(lost: Sequence[Recorded], codes: Mapping[int, str]) -> tuple[LostFact, ...]:
    """Return the facts that cannot be read, each with its participant's code, or number, where that is known."""
    return tuple(LostFact(one, codes.get(one.subject, f"({one.subject})") if one.subject else "") for one in lost)


def rescued_lines(path: str, facts: int, lost: Sequence[LostFact]) -> list[str]:
    """Return what a rescue made, and each fact that could not be read."""
    read = counted("one fact could be read", "{n} facts could be read", facts)
    lines = [_("{path} is a new study: {facts}.").format(path=path, facts=read)]
    if not lost:
        return [*lines, _("Every fact could be read.")]
    lines.append(counted("One fact could not be read:", "{n} facts could not be read:", len(lost)))
    lines += [f"  {lost_text(one)}" for one in lost]
    return [*lines, _("Record again what they said, from paper or the newest backup; the damaged file is as it was.")]


def lost_text(lost: LostFact) -> str:
    """Return a fact that cannot be read in one line: ``fact 34, LI-001: cannot be read: it is missing``."""
    text = numbered(_("fact {n}"), lost.record.seq)
    who = f", {lost.participant}" if lost.participant else ""
    return f"{text}{who}: {fact_text(lost.record)}"


def damage_text(
    broken: Broken,
    lost: Sequence[LostFact],
    participants: Sequence[str],
    left_out: Sequence[str],
    backup: str,
    what_next: str,
) -> str:
    """Return what is wrong with an open study, whom it concerns, and what to do; without the last full stop.

    `participants`: whose days are uncertain, empty for everybody's. `what_next`: one of the two `NEXT` texts.
    """
    said = [broken_text(broken)]
    if lost:
        more = len(lost) - _MOST
        listed = ", ".join(str(one.record.seq) for one in lost[:_MOST])
        if more > 0:
            listed += _(" and {n} more").format(n=more)
        said.append(
            counted(
                "one fact is left out of every answer: {facts}",
                "{n} facts are left out of every answer: {facts}",
                len(lost),
            ).format(facts=listed)
        )
        if participants:
            said.append(_("the days of {codes} are uncertain").format(codes=_some(participants)))
        else:
            said.append(_("the days of every participant are uncertain, as the fact may be about anyone"))
    if left_out:
        said.append(
            _("{codes} cannot be planned, as their enrolment or protocol cannot be read").format(codes=_some(left_out))
        )
    said.append(_("the study is open for reading alone"))
    if backup:
        said.append(_("the newest backup that is as it was written is {path}").format(path=backup))
    else:
        said.append(_("there is no backup that is as it was written"))
    return ". ".join((said[0], *(sentence_case(one) for one in (*said[1:], _(what_next)))))


def left_out_text(codes: Sequence[str]) -> str:
    """Return what a page about everybody says where some participants cannot be planned."""
    said = _("{codes} cannot be planned, as their enrolment or protocol cannot be read")
    return f"{said.format(codes=_some(codes))}: {_('what they need is missing here')}."


def cannot_be_planned_text(code: str) -> str:
    """Return why a participant has no calendar, and where what is recorded of them can be read."""
    said = _("{codes} cannot be planned, as their enrolment or protocol cannot be read")
    return f"{said.format(codes=code)}. {_('What is recorded of them is on the page Monitor, History.')}"


def losses_text(
    lost: Sequence[LostFact], participants: Sequence[str], left_out: Sequence[str], on_screen: bool = False
) -> str:
    """Return what a rescued study still misses and what to do; without the last full stop."""
    more = len(lost) - _MOST
    listed = "; ".join(map(lost_text, lost[:_MOST])) + (_(" and {n} more").format(n=more) if more > 0 else "")
    said = [
        _("This study was rescued from a damaged file, and not all of it could be read ({facts})").format(facts=listed)
    ]
    if participants:
        said.append(_("The days of {codes} are uncertain").format(codes=_some(participants)))
    else:
        said.append(_("The days of every participant are uncertain, as a fact may be about anyone"))
    if left_out:
        said.append(
            _("{codes} cannot be planned, as their enrolment or protocol could not be read").format(
                codes=_some(left_out)
            )
        )
    if on_screen:
        said.append(_("Record again what they said, from paper or a backup; then say that it is settled"))
    else:
        said.append(
            _("Record again what they said, from paper or a backup; then say `settle CODE`, or `settle` for all")
        )
    return ". ".join(said)


def settled_text(numbers: Sequence[int], participants: Sequence[str]) -> str:
    """Return that facts are settled, and whose days are certain by that."""
    text = counted(
        "Settled: one fact that could not be read ({facts}).",
        "Settled: {n} facts that could not be read ({facts}).",
        len(numbers),
    )
    said = text.format(facts=_some([*map(str, numbers)]))
    return (
        f"{said} {_('The days of {codes} are certain again.').format(codes=_some(participants))}"
        if participants
        else said
    )


def _some(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_MOST]) + (_(" and {n} more").format(n=len(codes) - _MOST) if len(codes) > _MOST else "")
