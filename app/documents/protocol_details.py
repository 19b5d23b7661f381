"""The details of a protocol that documents print: registry number, sources, questionnaires, specimens, activities."""

from collections.abc import Collection, Iterator, Mapping

from app.domain.calendar.entries import Entry, OperationDone
from app.domain.protocol.regimens import DAY_KIND, DayKind, RegimenDay
from app.domain.protocol.version import Activity, ProtocolVersion
from app.wording.numbers import plain_number

Answers = Mapping[str, str | bool]
_OF_REGIMEN = frozenset(kind.value for kind in DayKind)


def registry_number(protocol: ProtocolVersion) -> str:
    """Return the trial's first registry number; its id when it has none."""
    return next((found for row in protocol.about_rows("registries") if (found := _text(row, "id"))), protocol.id)


def source_text(protocol: ProtocolVersion, key: str) -> str:
    """Return the full text of a source that the protocol names by a short key."""
    sources = protocol.about.get("sources")
    return _text(sources, key) or key if isinstance(sources, Mapping) else key


def questionnaires(protocol: ProtocolVersion, visit: str, answers: Answers) -> Iterator[str]:
    """Yield the questionnaires of a visit, by name and version only: their text is under licence."""
    for row in protocol.about_rows("questionnaires"):
        at, when = row.get("visits"), row.get("when")
        if isinstance(at, list | tuple) and visit in at and (not isinstance(when, Mapping) or holds(when, answers)):
            yield " ".join(filter(None, (_text(row, "name"), _text(row, "version"))))


def specimens(
    protocol: ProtocolVersion, visit: str, answers: Answers, done: OperationDone | None = None
) -> Iterator[str]:
    """Yield the specimens taken at a visit, each with its amount if the protocol states one.

    `done`: what the operation was, where the visit is one or follows one.
    """
    for row in protocol.about_rows("specimens"):
        when, left_out_after = row.get("when"), row.get("left_out_after")
        condition = when if isinstance(when, Mapping) else {}
        left_after = left_out_after if isinstance(left_out_after, list | tuple) else ()
        if row.get("visit") == visit and asked_for(condition, left_after, answers, done):
            amount = row.get("amount_mg")
            stated = f"{plain_number(amount)} mg" if isinstance(amount, int | float) else ""
            yield ", ".join(filter(None, (_text(row, "name"), stated)))


def is_weighed(protocol: ProtocolVersion, visit: str) -> bool:
    """Return whether the protocol states the weight of a specimen of that visit."""
    rows = protocol.about_rows("specimens")
    return any(row.get("visit") == visit and isinstance(row.get("amount_mg"), int | float) for row in rows)


def cohort_name(protocol: ProtocolVersion, cohort: str) -> str:
    """Return what the protocol calls a cohort; its id where the protocol names none of that id."""
    names = {_text(row, "id"): _text(row, "name") for row in protocol.about_rows("cohorts")}
    return names.get(cohort) or cohort


def criteria(protocol: ProtocolVersion) -> Iterator[tuple[str, str]]:
    """Yield each criterion by its id and words, with the cohorts that it is for."""
    cohorts = {_text(row, "id"): _text(row, "name") for row in protocol.about_rows("cohorts")}
    for side in ("inclusion", "exclusion"):
        for row in protocol.about_rows("criteria", side):
            only = row.get("cohorts")
            names = [cohorts.get(str(one), str(one)) for one in only] if isinstance(only, list | tuple) else []
            yield f"{_text(row, 'id')}  {_text(row, 'text')}", "; ".join(names)


def regimen_day(protocol: ProtocolVersion, entry: Entry) -> RegimenDay | None:
    """Return the row of the regimen for a visit on a day of a cycle; None for another visit."""
    regimen = protocol.regimens.get(entry.regimen)
    return regimen.day(entry.day) if regimen is not None and entry.day_kind in _OF_REGIMEN else None


def activities(entry: Entry, answers: Answers, done: OperationDone | None = None) -> Iterator[Activity]:
    """Return the activities of a visit that apply with these answers and on its kind of day.

    `done`: what the operation was, where the visit is one or follows one.
    """
    asked = {**answers, DAY_KIND: entry.day_kind}
    return (one for one in entry.visit.activities if asked_for(one.when, one.left_out_after, asked, done))


def asked_for(
    when: Mapping[str, object], left_after: Collection[object], answers: Answers, done: OperationDone | None
) -> bool:
    """Return whether one of the operations of `done` asks for what has this condition, and is not left out after it."""
    operations = (done, *done.others) if done is not None else (None,)
    return any(
        holds(when, answers_after(answers, one)) and not (one is not None and {*left_after} & {*one.procedures})
        for one in operations
    )


def answers_after(answers: Answers, done: OperationDone | None) -> Answers:
    """Return the answers for what an operation is or is followed by; `done`: None without one."""
    return {**answers, **done.answers} if done is not None else answers


def answers_of(protocol: ProtocolVersion, choices: Answers) -> dict[str, str | bool]:
    """Return the answer to each of the protocol's questions: the chosen one, else the default."""
    return {choice.id: choice.default for choice in protocol.choices.values()} | dict(choices)


def holds(when: Mapping[str, object], answers: Answers) -> bool:
    """Return whether the answers meet a condition, which may allow several answers to one question."""
    return all(_allows(wanted, answers.get(choice)) for choice, wanted in when.items())


def _allows(wanted: object, answer: str | bool | None) -> bool:
    allowed = wanted if isinstance(wanted, list | tuple) else (wanted,)
    return any(type(one) is type(answer) and one == answer for one in allowed)


def _text(row: Mapping[str, object], key: str) -> str:
    found = row.get(key)
    return found if isinstance(found, str) else ""
