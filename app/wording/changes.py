"""What becomes of a visit when something changes, in words."""

from collections.abc import Mapping

from app.domain.preview import Kind
from app.wording.language import gettext as _
from app.wording.language import marked

_KINDS: Mapping[Kind, str] = {
    Kind.MOVES: marked("moves"),
    Kind.STAYS_PERFORMED: marked("stays: done"),
    Kind.STAYS_BOOKED: marked("stays: booked"),
    Kind.STAYS_MOVED: marked("stays: set by hand"),
    Kind.APPEARS: marked("appears"),
    Kind.DISAPPEARS: marked("disappears"),
    Kind.CANCELLED: marked("cancelled"),
    Kind.REVIVED: marked("planned again"),
    Kind.CHANGES: marked("changes"),
}


def change_kind(kind: Kind) -> str:
    """What becomes of the visit."""
    return _(_KINDS[kind])
