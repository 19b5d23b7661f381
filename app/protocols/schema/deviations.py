"""The model of the rule by which the deviation log proposes a class."""

from app.domain.deviation_rule import IMPORTANT, MINOR_DAYS, DeviationKind
from app.protocols.schema.base import Days, Sourced


class DeviationsModel(Sourced):
    """The rule that proposes a class for a deviation, on which a person decides."""

    minor_days: Days = MINOR_DAYS
    important: list[DeviationKind] = list(IMPORTANT)
