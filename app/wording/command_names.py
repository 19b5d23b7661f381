"""The words for a command: what it recorded, of which participant and visit, and on which day."""

from collections.abc import Sequence
from datetime import date

from app.domain.facts.kinds import KINDS
from app.domain.facts.reassigned import hands_over
from app.domain.facts.records import Recorded
from app.wording.dates import day
from app.wording.fact_sentences import fact_text, kind_name
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.visible import shortened

_LONGEST = 90


def main_fact(facts: Sequence[Recorded]) -> Recorded:
    """Return the fact that a command was given for: not the visit that was done with it."""
    return next((one for one in facts if one.kind != "performed"), facts[0])


def command_text(facts: Sequence[Recorded], code: str, visit: str, corrected: Recorded | None = None) -> str:
    """Return a command as ``LI-001, Cycle 1 day 1 (SP-C01): visit done, Mon 30 Nov 2026 and 2 more``.

    `visit`: its name with its key, empty where it is about none. `corrected`: the fact that it is a correction of.
    """
    main = main_fact(facts)
    whose = ", ".join(filter(None, (code, visit)))
    said = _what(main, facts, corrected) if main.subject else shortened(fact_text(main), _LONGEST)
    if len(facts) > 1:
        said = f"{said} {counted('and {n} more', 'and {n} more', len(facts) - 1)}"
    return f"{whose}: {said}" if whose else said


def _what(main: Recorded, facts: Sequence[Recorded], corrected: Recorded | None) -> str:
    """Return kind and day; for a correction also the kind that it corrects."""
    name = kind_name(main.kind)
    if corrected is not None and hands_over(main):
        name = _("{kind}, of another participant").format(kind=kind_name(corrected.kind))
    elif corrected is not None:
        name = _("{correction} of {kind}").format(correction=name, kind=kind_name(corrected.kind))
    on = _day(corrected or main) or next(filter(None, map(_day, facts)), None)
    return f"{name}, {day(on)}" if on is not None else name


def _day(record: Recorded) -> date | None:
    return record.day(KINDS[record.kind].day_field)
