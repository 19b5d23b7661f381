"""What the banner of the window says of the study file: why it is read only, what it lacks, what is odd about it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.widgets.notes import Banner, Remedy
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.overview import StudyView

_LACKING = "lacking"


def tell_of_file(banner: Banner, view: "StudyView", command: Callable[[str], object]) -> None:
    """Say it, with buttons that give a command; what the file lacked is no longer said once it is settled."""
    said = [_("To read only: {why}.").format(why=view.read_only)] if view.read_only else []
    said += [*view.lacking, *view.warnings]
    was_lacking = bool(banner.property(_LACKING))
    banner.setProperty(_LACKING, bool(view.lacking))
    if said:
        remedies: list[Remedy] = []
        if view.damaged:
            remedies.append((_("Rescue what can be read…"), lambda: command("rescue")))
        if view.lacking:
            remedies.append((_("Make a study from the backup…"), lambda: command("restore_lacking")))
            if not view.read_only:
                remedies.append((_("Go on with this file…"), lambda: command("accept_file")))
        banner.tell("\n".join(said), "notice", remedies, closable=not view.read_only and not view.lacking)
    elif was_lacking:
        banner.hide()
