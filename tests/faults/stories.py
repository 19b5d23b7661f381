"""A study to hurt, and one command line of every kind that writes."""

from dataclasses import dataclass
from datetime import date

STUDY = "s.studyday"
BACKUPS = "s-backups"
TODAY = date(2027, 2, 10)
# Facts that the commands below name by their number.
NOTE_FACT, BOOKED_FACT = 20, 19


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STORY: tuple[tuple[str, ...], ...] = (
    ("new", "--name", "ScanPan"),
    ("site", "Solna", "--country", "SE", "--zone", "Europe/Stockholm"),
    _words("enrol --protocol scanpan --code LI-001 --on 2026-11-23 --country SE --regimen AG"),
    _words("enrol --protocol scanpan --code LI-002 --on 2027-02-08 --country SE --regimen MFFX"),
    ("record", "LI-001", "SP-C01", "--on", "2026-11-30"),
    ("book", "LI-001", "SP-C02#2", "--on", "2026-12-29", "--at", "09:30", "--sure"),
    ("note", "LI-001", "SP-C01", "a first note"),
    ("correct", str(NOTE_FACT), "--set", "text=a better note", "--reason", "a name stood there"),
    ("closed", "add", "2027-03-01", "--to", "2027-03-05", "--reason", "rebuilding"),
    ("note", "LI-002", "SP-C01", "taken back"),
    ("undo",),
)
"""The study's past; its last command can be brought back."""


@dataclass(frozen=True)
class Line:
    """A command line that writes, and what it makes beside the facts: `pdf`, `study` or `backup`."""

    arguments: tuple[str, ...]
    makes: str = ""
    file: str = STUDY
    clock: str = ""

    @property
    def name(self) -> str:
        command, *rest = self.arguments
        return f"{command} {rest[0]}" if command in ("print", "closed", "value", "protocol") else command


def _line(text: str, *more: str, makes: str = "", file: str = STUDY, clock: str = "") -> Line:
    return Line((*text.split(), *more), makes, file, clock)


LINES: tuple[Line, ...] = (
    _line("new --name Another", makes="study", file="other.studyday"),
    _line("enrol --protocol scanpan --code LI-003 --on 2027-02-01 --country SE --regimen AG"),
    _line("screen LI-004 --protocol nct06873178 --on 2027-02-01 --outcome eligible"),
    _line("record LI-001 SP-C02#2 --on 2026-12-29"),
    _line("book LI-002 SP-C01 --on 2027-02-12 --at 10:00"),
    _line("move LI-001 SP-P01 --to 2027-04-19 --reason", "holiday abroad"),
    _line("decide LI-001 SP-R01 response --on 2027-02-01"),
    _line("note LI-001 SP-C01", "another note " * 20),
    _line("adverse-event LI-001 Nausea --grade 2 --on 2026-12-02 --no-serious"),
    _line("undo"),
    _line("redo"),
    _line(f"correct {BOOKED_FACT} --set on=2026-12-30 --sure --reason", "typed wrongly"),
    _line(f"reassign {NOTE_FACT} LI-002 --sure --reason", "another patient"),
    _line(f"redact {NOTE_FACT} text --reason", "a name stood there"),
    _line("site Huddinge --country SE"),
    _line("closed add 2027-04-12 --to 2027-04-16 --reason", "no staff"),
    _line("value set SP-R01.after P21D --reason agreed"),
    _line("protocol take nct06873178"),
    _line("backup", makes="backup"),
    _line(f"restore {STUDY} restored.studyday", makes="study"),
    _line("print sheet LI-001 SP-P01 SP-R01 -o out.pdf", makes="pdf"),
    _line("print calendar LI-002 -o out.pdf", makes="pdf"),
    _line("print agenda --to 2027-03-31 -o out.pdf", makes="pdf"),
    _line("print day --on 2026-12-29 -o out.pdf", makes="pdf"),
    # At the first opening of another day the study is backed up before anything else.
    _line("note LI-001 SP-C01", "on another day", clock="2031-02-10T08:00:00+00:00"),
)
