"""What the banner of the window says of the study file: why it is read only, what it lacks, what is odd about it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.widgets.notes import Banner, Remedy
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.overview import StudyView

_OPEN = "open"
"""The property of the banner that says that something is still to be settled."""


def tell_of_file(banner: Banner, view: "StudyView", command: Callable[[str], object]) -> None:
    """Say it, with buttons that give a command; what was to be settled is no longer said afterwards."""
    said = [_("To read only: {why}.").format(why=view.read_only)] if view.read_only else []
    said += [*view.lacking, *filter(None, [view.before, view.losses]), *view.warnings]
    was_open = bool(banner.property(_OPEN))
    banner.setProperty(_OPEN, bool(view.lacking or view.before or view.losses))
    if said:
        remedies: list[Remedy] = []
        if view.damaged:
            remedies.append((_("Rescue what can be read…"), lambda: command("rescue")))
        if view.lacking:
            remedies.append((_("Make a study from the backup…"), lambda: command("restore_lacking")))
            if not view.read_only:
                remedies.append((_("Go on with this file…"), lambda: command("accept_file")))
        if view.before:
            remedies.append((_("Show what moves…"), lambda: command("planning")))
        if view.losses and not view.read_only:
            remedies.append((_("What was lost is settled…"), lambda: command("settle_loss")))
        closable = not view.read_only and not view.lacking and not view.before
        banner.tell("\n".join(said), "notice", remedies, closable=closable)
    elif was_open:
        banner.hide()
