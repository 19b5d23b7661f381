"""The logs of a study: the facts of some kinds as they count, of all participants."""

from app.domain.facts.kind import Type
from app.domain.facts.kinds import KINDS, logs
from app.domain.facts.records import Recorded, current_facts
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused
from app.services.study.study import Study


def log(study: Study, name: str) -> list[tuple[str, Recorded]]:
    """Return the facts of one log that count, each with its participant's code, in the order of recording.

    Raises:
        Refused: there is no such log.
    """
    kinds = logs()[log_name(name)]
    codes = {number: code for code, number in study.subjects().items()}
    rows = [one for one in current_facts(study.store.facts(kinds=(*kinds, "correction"))) if one.kind in kinds]
    return [(codes.get(record.subject, ""), record) for record in rows]


def log_name(typed: str) -> str:
    """Return the name of a log, however it was typed.

    Raises:
        Refused: there is no such log.
    """
    known = logs()
    found = known_identifier(typed, known)
    if not found:
        near = nearest_identifier(typed, known)
        raise Refused("one_of", "log", value=typed[:40], known=", ".join(known), near=near)
    return found


def log_columns(name: str) -> list[str]:
    """Return the names of the fields that the rows of a log may have, in their order."""
    fields = [field for kind in logs()[name] for field in KINDS[kind].fields]
    shown = [field.name for field in fields if field.type is not Type.CODE and field.name != "hash"]
    return list(dict.fromkeys(shown))
