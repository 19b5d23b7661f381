"""What the program says about itself, for a report or a question on the telephone: the same lines everywhere."""

from dataclasses import dataclass

from app.wording.language import gettext as _

SOUND_SQLITE = (3, 51, 3)
"""The first release without the fault in the write-ahead log that older ones have."""


@dataclass(frozen=True, slots=True)
class ProgramDetails:
    """Versions and places. `commit` and `built_on` (a day) are empty in a checkout; the user's name is in no path."""

    version: str
    commit: str
    built_on: str
    python: str
    qt: str
    sqlite: str
    system: str
    study: str
    backups: str
    settings: str
    log: str


def detail_lines(details: ProgramDetails) -> list[str]:
    """Return the lines, each with its name."""
    built = _("{day}, from commit {commit}").format(day=details.built_on, commit=details.commit or "?")
    pairs = [
        (_("Version"), details.version),
        (_("Built on"), built if details.built_on else _("not built: it runs from its source")),
        (_("Python"), details.python),
        (_("Qt for Python"), details.qt or _("unknown")),
        (_("SQLite"), f"{details.sqlite} ({_fitness(details.sqlite)})"),
        (_("System"), details.system),
        (_("Study file"), details.study),
        (_("Backups"), details.backups),
        (_("Settings"), details.settings),
        (_("Log and reports"), details.log),
    ]
    return [f"{name}: {value}" for name, value in pairs]


def _fitness(version: str) -> str:
    """Return why that release keeps a study safely."""
    numbers = tuple(int(one) for one in version.split(".") if one.isdecimal())
    if numbers >= SOUND_SQLITE:
        return _("fit, with the rollback journal")
    return _("fit, as the rollback journal is used; only the write-ahead log of this release has a fault")
