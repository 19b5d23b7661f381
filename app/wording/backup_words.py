"""The backups of a study in words: the last one, what a trial of a restore found, and what somebody should see to."""

from datetime import datetime
from pathlib import Path

from app.wording.dates import instant
from app.wording.language import counted
from app.wording.language import gettext as _

_STEP = 1024


def size_text(size: int) -> str:
    """Return a number of bytes: ``4.2 MB``, ``312 kB``."""
    if size < _STEP * _STEP:
        return f"{max(round(size / _STEP), 1)} kB"
    return f"{size / _STEP / _STEP:.1f} MB"


def facts_text(facts: int) -> str:
    """Return ``905 facts``."""
    return counted("{n} fact", "{n} facts", facts)


def backup_line(path: Path, facts: int) -> str:
    """Return what was made: ``/media/stick/lund-20261123T080000Z-905.studyday: 905 facts.``."""
    return _("{path}: {facts}.").format(path=path, facts=facts_text(facts))


def restored_line(path: Path, facts: int, head: object) -> str:
    """Return what was made of a backup: ``lund.studyday was restored: 905 facts, head 905 · 3f2a 90b1 77c4 0d1e.``."""
    return _("{path} was restored: {facts}, head {head}.").format(path=path, facts=facts_text(facts), head=head)


def people_text(participants: int) -> str:
    """Return ``22 participants``."""
    return counted("{n} participant", "{n} participants", participants)


def since_text(since: int) -> str:
    """Return what the study has that its last backup lacks: ``3 facts were recorded since``."""
    if not since:
        return _("nothing was recorded since")
    return counted("{n} fact was recorded since", "{n} facts were recorded since", since)


def checked_text(at: datetime, who: str, facts: int, participants: int) -> str:
    """Return when something was checked, by whom, and what it held."""
    said = _("{when} by {who}: {people}, {facts}, as recorded")
    return said.format(when=instant(at), who=who, people=people_text(participants), facts=facts_text(facts))


def tried_lines(
    backup: Path, made: datetime | None, facts: int, participants: int, is_of_study: bool, since: int
) -> list[str]:
    """Return what a trial of a restore found: what the backup holds, and what it is equal to."""
    what = _("The backup of {when} can be restored").format(when=instant(made)) if made is not None else ""
    what = what or _("{path} can be restored").format(path=backup)
    holds = _("{what}: {people}, {facts}, each as it was recorded.")
    said = [holds.format(what=what, people=people_text(participants), facts=facts_text(facts))]
    if not is_of_study:
        said.append(_("It is not equal to this study: its last fact is none of this study's."))
    elif since:
        said.append(_("It is equal to this study up to fact {n}; {since}.").format(n=facts, since=since_text(since)))
    else:
        said.append(_("It is equal to this study."))
    return said


def second_text(folder: Path | None, there: bool, made: datetime | None, since: int, same_disk: bool) -> str:
    """Return how the second place for backups is; without a `folder` none was chosen."""
    if folder is None:
        return _("none; a broken disk would take the study and its backups together")
    last = _("last {when}, {since}").format(when=instant(made), since=since_text(since)) if made is not None else ""
    parts = [str(folder), "" if there else _("not there now"), last]
    return ", ".join(filter(None, [*parts, _("on the same disk as the study") if same_disk else ""]))


def second_trouble_text(why: str, folder: Path, made: datetime | None, since: int) -> str:
    """Return what somebody should know of the second place; `why`: ``gone``, ``none``, ``old`` or empty."""
    if not why:
        return ""
    if why == "none":
        return _("There is no good backup in the second place, {path}.").format(path=folder)
    said = _("The second place for backups, {path}, is not there.").format(path=folder) if why == "gone" else ""
    if made is None:
        return said
    last = _("The last good backup in the second place is of {when}; {since}.")
    return f"{said} {last.format(when=instant(made), since=since_text(since))}".strip()


def overdue_text(why: str, folder: Path, made: datetime | None, since: int) -> str:
    """Return what somebody should know of the backups; `why`: ``folder``, ``none``, ``old`` or empty."""
    if why == "folder":
        return _("The folder of the backups, {path}, is not there.").format(path=folder)
    if why == "none":
        return _("There is no good backup in {path}.").format(path=folder)
    if why == "old" and made is not None:
        said = _("The last good backup is of {when}; {since}.")
        return said.format(when=instant(made), since=since_text(since))
    return ""
