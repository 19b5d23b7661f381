"""How soon a serious adverse event is to be reported."""

from dataclasses import dataclass

REPORT_HOURS = 24
"""The hours that trials of the European Union usually give the site, from the moment at which it was aware."""


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """The hours from awareness within which the first report is sent."""

    report_hours: int = REPORT_HOURS
    mark: str = "assumed"
    source: tuple[str, ...] = ()
