"""The departures from a protocol that its log keeps, and the rule by which a class is proposed for each.

A person decides on the class; the rule only proposes one.
"""

from dataclasses import dataclass
from typing import Literal, get_args

DeviationKind = Literal[
    "early", "late", "missed", "omitted", "unrecorded", "unrecorded_before_end",
    "performed_closed", "performed_too_near", "performed_before", "performed_after", "performed_before_result",
    "performed_before_consent", "ineligible", "not_eligible_yet", "screened_late",
]  # fmt: skip
"""`unrecorded`: no result, and the window has passed; `unrecorded_before_end`: so at the end of participation.

Of a visit that was performed, whatever its window: `performed_closed`: on a closed day; `performed_too_near`: to the
last dose; `performed_before`, `performed_after`: a visit that the protocol puts before or after it;
`performed_before_result`: a dose before the result of an assessment that was due; `performed_before_consent`: a
procedure of the study before the informed consent. Of the screening:
`ineligible`: eligible against a criterion or a limit of age; `not_eligible_yet`: enrolled with a screening that was not
eligible; `screened_late`: screened after the enrolment.
"""
DEVIATION_KINDS: tuple[DeviationKind, ...] = get_args(DeviationKind)
DeviationClass = Literal["allowed", "minor", "important"]
"""`allowed`: the protocol's own rule permits it, or a closed clinic made it."""
DEVIATION_CLASSES: tuple[DeviationClass, ...] = get_args(DeviationClass)
IMPORTANT: tuple[DeviationKind, ...] = (
    "performed_too_near", "performed_before", "performed_after", "performed_before_result",
    "performed_before_consent", "ineligible", "not_eligible_yet", "screened_late",
)  # fmt: skip
MINOR_DAYS = 7
"""A week outside the window is proposed as minor where a protocol says no other number; no public source has one."""


@dataclass(frozen=True, slots=True)
class DeviationRule:
    """The rule that proposes a class: `important` for these kinds and for more than `minor_days` outside the window.

    A visit 5 days late is proposed as minor by a rule of 7 days, one 8 days late as important.
    """

    minor_days: int = MINOR_DAYS
    important: tuple[DeviationKind, ...] = IMPORTANT
    mark: str = "assumed"

    def proposed(self, what: DeviationKind, days: int) -> DeviationClass:
        """Return the class to propose for a departure that no rule of the protocol permits."""
        if what in self.important or abs(days) > self.minor_days:
            return "important"
        return "allowed" if what == "performed_closed" else "minor"
