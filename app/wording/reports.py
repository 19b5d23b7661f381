"""The reports of mistakes and crashes: first what happened in plain words, then the places in the program."""

from collections.abc import Sequence

from app.wording.language import gettext as _


def bug_report(places: Sequence[str]) -> str:
    """Return the report of a mistake of the program. `places`: the technical lines; no value may be in them."""
    happened = _(
        "Studyday made a mistake. What was being done was not done, or is complete: the study file is never left with "
        "half of a change. Look in the history whether it is there, and do it again if it is not."
    )
    return _report(happened, places)


def crash_report(places: Sequence[str]) -> str:
    """Return the report of a run of the program that the system ended for a fault."""
    happened = _(
        "Studyday was ended by the computer because of a fault in the program or in one of its parts. All that was "
        "saved is in the study file. What was typed and not saved is lost: record it again."
    )
    return _report(happened, places)


def _report(happened: str, places: Sequence[str]) -> str:
    send = _(
        "Please send this file to the person who looks after this computer, or to the developers of Studyday. It names "
        "versions and places in the program. There is no participant, no date of a visit and nothing typed in it."
    )
    return "\n".join([happened, "", send, "", _("For the developers:"), *places, ""])


def unclean_end_text(has_report: bool) -> str:
    """Return what the next start says after the window has ended without being closed; one sentence or two."""
    said = _(
        "The last time, the window of Studyday ended without being closed. All that was saved is in the study; what "
        "was typed and not saved is lost."
    )
    return f"{said} {_('There is a report of it that you can send.')}" if has_report else said
