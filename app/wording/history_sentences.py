"""The lines of a history: a corrected fact with its old and new values, and what a correction changed."""

from app.domain.facts.past_facts import PastFact
from app.domain.facts.reassigned import takes_back
from app.domain.facts.records import Recorded, as_corrected
from app.wording.fact_sentences import changed_text, fact_text
from app.wording.fact_values import line_of
from app.wording.language import counted, numbered
from app.wording.language import gettext as _
from app.wording.protocol_names import NO_NAMES, Names


def past_text(past: PastFact, names: Names = NO_NAMES) -> str:
    """Return a fact with what became of it.

    Such as ``SP-C01 done on Mon 30 Nov 2026 -> Tue 1 Dec 2026 [the new value holds; corrected by 17: wrong day]``.
    `names`: those to say for ids.
    """
    record, marks = past.record, []
    if record.kind == "correction" and past.of is not None:
        text = correction_text(record, past.of, past.brings_back, names, past.belongs_to)
    else:
        text = changed_text(record, past.now, names) if past.corrections else fact_text(record, names)
    if past.corrections:
        by = ", ".join(f"{one.seq}{_reason(one)}" for one in past.corrections)
        marks.append(_("the new value holds; corrected by {facts}").format(facts=by))
    if past.taken_back_by is not None:
        by = f"{past.taken_back_by.seq}{_reason(past.taken_back_by)}"
        said = _("belongs to {code}, by {fact}") if past.belongs_to else _("taken back by {fact}")
        marks = [said.format(fact=by, code=names.of_person(past.belongs_to))]
    if past.came_from:
        said = _("recorded for {code} before, as fact {n}")
        marks.append(said.format(code=names.of_person(past.came_from), n=record.about))
    return text + "".join(f" [{mark}]" for mark in marks)


def correction_text(
    correction: Recorded, of: Recorded, brings_back: bool = False, names: Names = NO_NAMES, belongs_to: int = 0
) -> str:
    """Return what a correction did to a fact, with the old and the new value of each field that it changed.

    `of`: the fact before it. `brings_back`: it takes an undo of that fact back. `belongs_to`: the participant of whom
    the fact was recorded instead.
    """
    if belongs_to:
        said = numbered(_("fact {n} belongs to {code}: {fact}"), of.seq)
        return said.format(code=names.of_person(belongs_to), fact=fact_text(of, names)) + _reason(correction)
    if takes_back(correction):
        said = _("fact {n} counts again: {fact}") if brings_back else _("fact {n} taken back: {fact}")
        return numbered(said, of.seq).format(fact=fact_text(of, names)) + _reason(correction)
    text = numbered(_("fact {n} corrected: {fact}"), of.seq).format(
        fact=changed_text(of, as_corrected(of, [correction]), names)
    )
    reason = correction.text("reason")
    return text + (_("; reason: {value}").format(value=line_of(reason)) if reason else "")


def state_text(past: PastFact) -> str:
    """Return what became of a fact in two words: ``corrected``, ``taken back``; empty where it counts as recorded."""
    if past.taken_back_by is not None:
        return _("taken back")
    return _("corrected") if past.corrections else ""


def entered_text(days: int) -> str:
    """Return that a fact was recorded after its day: ``entered 3 days after``; empty where it was so on the day."""
    return counted("entered {n} day after", "entered {n} days after", days) if days > 0 else ""


def _reason(correction: Recorded) -> str:
    reason = line_of(correction.text("reason"))
    return f": {reason}" if reason else ""
