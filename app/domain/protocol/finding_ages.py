"""How old a finding may be at a visit, such as the scan at the first dose."""

from dataclasses import dataclass

from app.domain.dates import Period


@dataclass(frozen=True, slots=True)
class FindingAge:
    """The youngest finding of the visits `of` is at most `at_most` old on the day of the visit `at`."""

    id: str
    of: tuple[str, ...]
    at: str
    at_most: Period
    mark: str = "assumed"
    source: tuple[str, ...] = ()
