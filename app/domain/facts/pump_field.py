"""The field for the start of a pump, at every fact that may say it."""

from app.domain.facts.kind import DayRule, Field, Type, VisitScope


def pump_field(planned: bool = False) -> Field:
    """Return the field for the start of a pump; the arrival of the participant starts none."""
    what = "the time at which the pump was started"
    return Field("pump_at", Type.TIME, False, planned=planned, help=what, rule=DayRule.HOUR, asked_at=VisitScope.PUMPS)
