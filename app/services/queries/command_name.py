"""A command of the history in a few words, with its participant, visit and day: what undo takes back."""

from collections.abc import Sequence
from datetime import date

from app.domain.facts.records import Recorded
from app.services.study.study import Study
from app.wording.command_names import command_text, main_fact
from app.wording.names import visit_name


def command_name(study: Study, facts: Sequence[Recorded], today: date) -> str:
    """Return a command in words: ``LI-001, Cycle 1 day 1 (SP-C01): visit done, Mon 30 Nov 2026``.

    `facts`: those of the command; the text is empty where there is none.
    """
    if not facts:
        return ""
    main = main_fact(facts)
    corrected = study.store.fact(main.about) if main.about else None
    if not main.subject:
        return command_text(facts, "", "", corrected)
    case = study.case(main.subject)
    current = {one.seq: one for one in case.records}
    facts = [current.get(one.seq, one) for one in facts]
    key = (corrected or main).text("visit")
    code = (case.code if case.records else "") or main.text("code")
    entry = study.calendar(case, today).by_key.get(key) if key and case.enrolled is not None else None
    return command_text(facts, code, f"{visit_name(entry)} ({key})" if entry is not None else key, corrected)
