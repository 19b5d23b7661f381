"""Which values may be redacted while their fact still counts."""

from app.domain.facts.kind import Subject, Type
from app.domain.facts.kinds import KINDS


def chain_depends_on(kind: str, name: str) -> bool:
    """Return whether the chain itself needs a value: what a correction voids, which fields a redaction emptied."""
    field = KINDS[kind].field(name)
    return KINDS[kind].subject is Subject.FACT and field is not None and field.protected


def may_be_redacted(kind: str, name: str) -> bool:
    """Return whether a value may go while its fact counts: reasons and details may, what a calendar needs may not."""
    field = KINDS[kind].field(name)
    if field is None or field.protected:
        return False
    if name == "reason":
        return True
    return not field.required and not field.planned and not field.internal and field.type is not Type.VISIT
