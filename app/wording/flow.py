"""The words of the flow of participants."""

from app.wording.language import gettext as _


def all_centres() -> str:
    """Return the name of the row that adds up the centres."""
    return _("all centres")


def no_centre() -> str:
    """Return the name of the row of those without a centre."""
    return _("no centre")


def flow_notes() -> tuple[str, ...]:
    """Return what the steps mean."""
    return (
        _("Each participant is counted at every step that was reached, also who left later."),
        _("Started: a dose was given. Evaluated: something was decided, or the visit for that was held."),
        _("Followed: a visit of the follow-up was done. Progress: those included, of the target of the trial."),
    )
