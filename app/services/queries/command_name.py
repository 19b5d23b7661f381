"""A command of the history in a few words, with its participant, visit and day: what undo takes back."""

from collections.abc import Sequence
from datetime import date

from app.domain.calendar.entries import Calendar
from app.domain.facts.records import NewFact, Recorded, provisional
from app.services.study.study import Study
from app.wording.command_names import command_text, main_fact
from app.wording.names import visit_name


def new_command_name(facts: Sequence[NewFact], code: str, calendar: Calendar | None) -> str:
    """Return a command that is given now in the same words; `calendar`: that of the participant with its facts."""
    if not facts:
        return ""
    given = [provisional(one, number) for number, one in enumerate(facts, start=1)]
    key = main_fact(given).text("visit")
    entry = calendar.by_key.get(key) if calendar is not None and key else None
    return command_text(given, code, f"{visit_name(entry)} ({key})" if entry is not None else key, None)


def command_name(
    study: Study, facts: Sequence[Recorded], today: date, after: Sequence[Calendar] = (), with_key: bool = True
) -> str:
    """Return a command in words: ``LI-001, Cycle 1 day 1 (SP-C01): visit done, Mon 30 Nov 2026``.

    `facts`: those of the command; the text is empty where there is none. `after`: calendars that will be, which name a
    visit that the present one does not have. `with_key`: the visit's key follows its name, as it is typed at the
    terminal.
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
    known = [study.calendar(case, today)] if key and case.enrolled is not None else []
    entry = next((one.by_key[key] for one in [*known, *after] if key in one.by_key), None)
    name = f"{visit_name(entry)} ({key})" if entry is not None and with_key else visit_name(entry) if entry else key
    return command_text(facts, code, name, corrected)
