"""Whether what was confirmed of a protocol's values still holds: the site may have set another value since."""

from collections.abc import Sequence

from app.domain.facts.study_record import StudyRecord

QUESTION = "questions."
"""How the key of an open question begins, by which it is confirmed."""


def changed_since_confirmed(study: StudyRecord, protocol: str, key: str, concerns: Sequence[str] = ()) -> bool:
    """Return whether a value was set, corrected or cleared after it was confirmed; false for one never confirmed.

    `concerns`: of an open question, the keys of the values that it concerns; one of them is enough.
    """
    said = study.last_confirmed.get((protocol, key))
    if said is None:
        return False
    own = study.values.get(protocol, {})
    set_since = any(found.seq > said.seq for one in (key, *concerns) if (found := own.get(one)) is not None)
    # A question has no value of the site: it is confirmed with those that it concerns, each with its value as it was.
    of = concerns if key.startswith(QUESTION) else (key,)
    return set_since or any(_differs(study, protocol, one) for one in of)


def _differs(study: StudyRecord, protocol: str, key: str) -> bool:
    """Return whether the site's own value is another one than was confirmed; None is the protocol's own."""
    said, own = study.last_confirmed.get((protocol, key)), study.values.get(protocol, {}).get(key)
    if said is None:
        return False
    return (own.fields.get("value") if own is not None else None) != said.fields.get("value")
