"""The sentences about facts that a study file lacks and a backup of it has, with what to do."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.facts.branch import Branch, BranchKind
from app.wording.backup_words import facts_text
from app.wording.dates import day
from app.wording.language import counted, marked, numbered
from app.wording.language import gettext as _
from app.wording.visible import visible_line

MOST_CODES = 8
_WHAT: Mapping[BranchKind, str] = {
    "behind": marked(
        "{path} ends at fact {ours}, and lacks {facts} of the backup {backup}{about}. An older copy "
        "was put in its place, or its last facts were cut off"
    ),
    "forked": marked(
        "{path} lacks {facts} of the backup {backup}{about}. An older copy was put in its place after "
        "fact {common} and worked in, up to fact {ours}; the backup lacks what was recorded in it since"
    ),
    "other_study": marked(
        "{path} is another study than the one that the backup {backup} is of: it has none of the backup's {held}"
        "{about}. Another file was put in its place, or a new study was made under its name"
    ),
    "witnessed": marked(
        "{path} ends at fact {ours} and lacks fact {last} that the note of the backup {backup} knows. The backup "
        "itself is not what was written, so it cannot say what it is about"
    ),
}
_IN_PLACE = marked(
    "{path} is a backup that was put in the place of the study. It ends at fact {ours}, and lacks {facts} of the "
    "backup {backup}{about}"
)
_REMEDY: Mapping[BranchKind, str] = {
    "behind": marked(
        "Make a study with `restore {backup} NEW_FILE` and go on with that one, or say with `go-on` that this file is "
        "the right one; both keep every backup"
    ),
    "forked": marked(
        "Keep both. See with `-f {backup} history` what the file lacks, and record it here again; then say with "
        "`go-on` that this file is the right one. Every backup is kept"
    ),
    "other_study": marked(
        "Make the other study with `restore {backup} NEW_FILE`, or say with `go-on` that this file is the right one; "
        "both keep every backup"
    ),
    "witnessed": marked(
        "Look for another copy with these facts (`backup --list`), or say with `go-on` that this file is the right "
        "one; every backup is kept"
    ),
}
_ON_SCREEN: Mapping[BranchKind, str] = {
    "behind": marked(
        "Make a study from that backup and go on with it, or go on with this file; both keep every backup"
    ),
    "forked": marked(
        "Keep both. Make a study from the backup to see what is missing here, and record it here again; then go on "
        "with this file. Every backup is kept"
    ),
    "other_study": marked("Make the other study from its backup, or go on with this file; both keep every backup"),
    "witnessed": marked("Look for another copy with these facts, or go on with this file; every backup is kept"),
}


def branch_text(branch: Branch, path: str, in_place: bool = False, on_screen: bool = False) -> str:
    """Return what a study file at that path lacks, and what to do, without the last full stop.

    `in_place`: the file itself is a backup. `on_screen`: for the window, where the remedies are buttons.
    """
    text = _IN_PLACE if in_place and branch.kind == "behind" else _WHAT[branch.kind]
    remedy = (_ON_SCREEN if on_screen else _REMEDY)[branch.kind]
    values = {
        "path": path, "backup": branch.backup, "ours": branch.ours, "facts": _facts(branch), "last": branch.last,
        "common": branch.common, "about": _about(branch), "held": facts_text(branch.last),
    }  # fmt: skip
    return f"{_(text).format(**values)}. {_(remedy).format(**values)}"


def lacking_text(branch: Branch) -> str:
    """Return in short which facts are lacking: ``facts 7 to 9 (recorded Mon 23 Nov 2026; LI-001)``."""
    return _facts(branch) + ("" if branch.kind == "witnessed" else _about(branch))


def _facts(branch: Branch) -> str:
    if branch.kind == "witnessed" or branch.common + 1 == branch.last:
        return numbered(_("fact {n}"), branch.last)
    return _("facts {first} to {last}").format(first=branch.common + 1, last=branch.last)


def _about(branch: Branch) -> str:
    """Return when the facts were recorded and whom they are about, in brackets after a space; empty when unknown."""
    days = list(dict.fromkeys(filter(None, (_day(branch.since), _day(branch.until)))))
    parts = [_("recorded {days}").format(days=_(" to ").join(days))] if days else []
    about = _codes(branch.codes)
    if branch.of_study:
        about.append(counted("{n} about the study", "{n} about the study", branch.of_study))
    parts += [", ".join(about)] if about else []
    return f" ({'; '.join(parts)})" if parts else ""


def _codes(codes: Sequence[str]) -> list[str]:
    shown = [visible_line(code) for code in codes[:MOST_CODES]]
    more = len(codes) - len(shown)
    return shown + ([counted("{n} more participant", "{n} more participants", more)] if more else [])


def _day(moment: str) -> str:
    try:
        return day(datetime.fromisoformat(moment).date())
    except ValueError:
        return visible_line(moment[:40])
