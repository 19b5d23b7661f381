"""What a protocol says beside its schedule and a sheet prints: registry number, sources, questionnaires, specimens."""

from collections.abc import Iterator, Mapping

from app.domain.calendar.entries import Entry
from app.domain.protocol.regimens import DAY_KIND
from app.domain.protocol.version import Activity, ProtocolVersion

Answers = Mapping[str, str | bool]


def registry(protocol: ProtocolVersion) -> str:
    """The trial's first registry number; its id when it names none."""
    return next((found for row in _rows(protocol, "registries") if (found := _text(row, "id"))), protocol.id)


def source_text(protocol: ProtocolVersion, key: str) -> str:
    """The full text of a source that the protocol names by a short key."""
    sources = protocol.about.get("sources")
    return _text(sources, key) or key if isinstance(sources, Mapping) else key


def questionnaires(protocol: ProtocolVersion, visit: str, answers: Answers) -> Iterator[str]:
    """The questionnaires of a visit, by name and version only: their text is not ours to print."""
    for row in _rows(protocol, "questionnaires"):
        at, when = row.get("visits"), row.get("when")
        if isinstance(at, list | tuple) and visit in at and (not isinstance(when, Mapping) or holds(when, answers)):
            yield " ".join(filter(None, (_text(row, "name"), _text(row, "version"))))


def specimens(protocol: ProtocolVersion, visit: str) -> Iterator[str]:
    """The specimens taken at a visit, each with its amount where the protocol states one."""
    for row in _rows(protocol, "specimens"):
        if row.get("visit") == visit:
            amount = row.get("amount_mg")
            stated = f"{amount:g} mg" if isinstance(amount, int | float) else ""
            yield ", ".join(filter(None, (_text(row, "name"), stated)))


def activities(entry: Entry, answers: Answers) -> Iterator[Activity]:
    """What is to be done at a visit, as these answers and its kind of day have it."""
    asked = {**answers, DAY_KIND: entry.day_kind}
    return (activity for activity in entry.visit.activities if holds(activity.when, asked))


def answers_of(protocol: ProtocolVersion, choices: Answers) -> dict[str, str | bool]:
    """The answer to each of the protocol's questions: as chosen, else its default."""
    return {choice.id: choice.default for choice in protocol.choices.values()} | dict(choices)


def holds(when: Mapping[str, object], answers: Answers) -> bool:
    """Whether the answers are those that something applies for; several may be allowed for one question."""
    return all(_allows(wanted, answers.get(choice)) for choice, wanted in when.items())


def _allows(wanted: object, answer: str | bool | None) -> bool:
    allowed = wanted if isinstance(wanted, list | tuple) else (wanted,)
    return any(type(one) is type(answer) and one == answer for one in allowed)


def _rows(protocol: ProtocolVersion, name: str) -> Iterator[Mapping[str, object]]:
    rows = protocol.about.get(name)
    if isinstance(rows, list | tuple):
        yield from (row for row in rows if isinstance(row, Mapping))


def _text(row: Mapping[str, object], key: str) -> str:
    found = row.get(key)
    return found if isinstance(found, str) else ""
