"""The user, the workstation and the clock, read from the machine in one place and passed to every use case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from app import __version__
from app.domain.facts.records import Stamp
from app.domain.folding import plain_line

BACKUP_MINUTES = 10
"""How old the last backup is when a change makes the next one."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The user, the workstation, the computer's time zone (an IANA name) and the clock.

    `backup_minutes`: the least minutes between two backups that the program makes by itself.
    User and workstation are as facts keep them, so that one's own facts are known as one's own.
    """

    who: str
    workstation: str
    zone: str
    clock: Callable[[], datetime]
    backup_minutes: int = BACKUP_MINUTES

    def __post_init__(self) -> None:
        """Write out what shows nothing in the names that the machine gives."""
        object.__setattr__(self, "who", plain_line(self.who))
        object.__setattr__(self, "workstation", plain_line(self.workstation))

    def stamp(self, today: date) -> Stamp:
        """Return the stamp of a command that is given now."""
        return Stamp(self.clock(), self.zone, today, self.who, self.workstation, f"studyday {__version__}")

    def moment(self, zone: str = "") -> datetime:
        """Return the wall-clock time now, in that time zone or in the computer's."""
        return self.clock().astimezone(_zone(zone or self.zone))

    def wall(self, moment: datetime, zone: str = "") -> datetime:
        """Return a moment by the clocks there: of that time zone or the computer's."""
        return moment.astimezone(_zone(zone or self.zone))

    def at_the_wall(self, moment: str, zone: str = "") -> str:
        """Return a recorded moment (ISO, with its offset from UTC) by the clocks there; another text as it is."""
        try:
            found = datetime.fromisoformat(moment)
            return found.astimezone(_zone(zone or self.zone)).isoformat() if found.tzinfo else moment
        except (ValueError, OverflowError):
            return moment

    def today(self, zone: str = "") -> date:
        """Return the civil date now, in that time zone or in the computer's."""
        return self.moment(zone).date()


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC
