"""Who is to be asked for consent to a version of the form, of the study or of one participant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import natural
from app.domain.planning.consents import ConsentDue, consents_due
from app.progress import Progress
from app.services.study.study import Study
from app.wording.names import visit_name


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One participant and one version; `due`: with the visit at which to ask, `name`: that visit's name."""

    participant: str
    due: ConsentDue
    day: date | None
    name: str = ""


def consents_to_ask(study: Study, today: date, code: str = "", progress: Progress | None = None) -> list[ConsentRow]:
    """Return who is to be asked, by code, the earliest version first.

    Raises:
        Refused: there is no participant of that code, or it is not enrolled.
    """
    only = study.enrolled(code).subject if code else 0
    return sorted(_rows(study, today, only, progress), key=lambda row: (natural(row.participant), row.due.form.on))


def _rows(study: Study, today: date, only: int, progress: Progress | None) -> Iterator[ConsentRow]:
    if not study.facts.forms:
        return
    for case in study.each_case([only] if only else None, progress):
        forms = study.facts.consent_forms(study.protocol(case).id)
        calendar = study.calendar(case, today)
        for due in consents_due(calendar, case.records, forms, study.participant(case).first_day):
            entry = calendar.by_key.get(due.visit)
            found = (entry.assumed, visit_name(entry)) if entry is not None else (None, "")
            yield ConsentRow(case.code, due, *found)
