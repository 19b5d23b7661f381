"""The user, the workstation and the clock, read from the machine in one place and passed to every use case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from app import __version__
from app.domain.facts.records import Stamp

BACKUP_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Environment:
    """The user, the workstation, the computer's time zone (an IANA name) and the clock.

    `backup_minutes`: the least minutes between two backups that commands at the terminal make by themselves.
    """

    who: str
    workstation: str
    zone: str
    clock: Callable[[], datetime]
    backup_minutes: int = BACKUP_MINUTES

    def stamp(self, today: date) -> Stamp:
        """Return the stamp of a command that is given now."""
        return Stamp(self.clock(), self.zone, today, self.who, self.workstation, f"studyday {__version__}")

    def moment(self, zone: str = "") -> datetime:
        """Return the wall-clock time now, in that time zone or in the computer's."""
        return self.clock().astimezone(_zone(zone or self.zone))

    def today(self, zone: str = "") -> date:
        """Return the civil date now, in that time zone or in the computer's."""
        return self.moment(zone).date()


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC
