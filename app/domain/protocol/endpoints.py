"""The endpoints that are a time to an event: what they count from and what ends them, as a protocol declares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from app.domain.protocol.version import ProtocolVersion

SurvivalEvent = Literal["death", "progression", "recurrence"]
SURVIVAL_EVENTS: tuple[SurvivalEvent, ...] = get_args(SurvivalEvent)


@dataclass(frozen=True, slots=True)
class TimeCount:
    """A time that is counted from the last performed one of the `starts` to the first event of the kinds `until`."""

    id: str
    text: str
    starts: tuple[str, ...]
    until: tuple[SurvivalEvent, ...]
    mark: str

    @property
    def is_of_disease(self) -> bool:
        """Whether the disease can end it, which only an imaging shows, and not death alone."""
        return self.until != ("death",)


def time_counts(protocol: ProtocolVersion) -> tuple[TimeCount, ...]:
    """Return the endpoints of a protocol that count a time, in its order."""
    return tuple(_counted(protocol))


def _counted(protocol: ProtocolVersion) -> Iterator[TimeCount]:
    for group in ("primary", "secondary"):
        for row in protocol.about_rows("endpoints", group):
            counts = row.get("counts")
            if isinstance(counts, Mapping):
                until = tuple(one for one in SURVIVAL_EVENTS if one in counts["until"])
                yield TimeCount(row["id"], row["text"], tuple(counts["from"]), until, str(counts.get("mark", "")))
