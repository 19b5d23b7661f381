"""The words of the log of survival."""

from collections.abc import Mapping

from app.domain.calendar.survival import Survival
from app.domain.protocol.endpoints import SurvivalEvent, TimeCount
from app.domain.protocol.version import ProtocolVersion
from app.wording.language import gettext as _
from app.wording.language import marked

EVENTS: Mapping[SurvivalEvent, str] = {
    "death": marked("death"),
    "progression": marked("progression"),
    "recurrence": marked("recurrence"),
}


def end_text(found: Survival) -> str:
    """Return what ended a count: the event, that it is censored and by what, or that it has not started."""
    if found.start is None:
        return _("not started")
    if found.event is not None:
        return _(EVENTS[found.event])
    if not found.count.is_of_disease:
        return _("censored: last known alive")
    return _("censored: last imaging") if found.days else _("censored at the start: no imaging since")


def counted_text(count: TimeCount, protocol: ProtocolVersion) -> str:
    """Return what an endpoint counts: ``ScanPan, OS (Overall survival): from Inclusion (SP-S06) to death; assumed.``"""
    starts = [f"{protocol.visits[one].name} ({one})" for one in count.starts if one in protocol.visits]
    text = _("{protocol}, {id} ({text}): from {starts} to {events}{assumed}.")
    return text.format(
        protocol=protocol.short_title,
        id=count.id.upper(),
        text=count.text,
        starts=_(" or, where performed, ").join(starts),
        events=_(" or ").join(_(EVENTS[one]) for one in count.until),
        assumed="" if count.mark == "verified" else _("; assumed"),
    )


def months_text() -> str:
    """Return how the times are counted, where there is an event and where there is none."""
    return _(
        "Without an event a time to death is censored on the day last known alive: of a visit, an operation, a dose, "
        "a specimen, a questionnaire, an event, a finding or a contact. A time to progression or recurrence is "
        "censored on the day of the last imaging, as only that shows the disease; without one since its start, at its "
        "start. A month is 30.4375 days."
    )
