"""Errors in words: a known failure says what to do, a bug says only that nothing was lost."""

from typing import TYPE_CHECKING

from app.domain.refusal import Refused
from app.ui.session.worker import Stopped
from app.wording.language import gettext as _
from app.wording.language import sentence_case

if TYPE_CHECKING:
    from app.wording.protocol_names import Names


def is_known(error: BaseException) -> bool:
    """Whether a person can do something about the failure; every other error is a bug."""
    from app.protocols.findings import ProtocolRefused

    return isinstance(error, Refused | ProtocolRefused | Stopped)


def known_text(error: BaseException, names: "Names | None" = None) -> str | None:
    """Return a known failure in words; None for a bug. `names`: those to say for ids."""
    from app.protocols.findings import ProtocolRefused
    from app.wording.refusals import refusal_text

    if isinstance(error, Refused):
        known = {} if names is None else {"names": names}
        return full_sentence(refusal_text(error, on_screen=True, **known))
    if isinstance(error, Stopped):
        return _("Stopped before it was done; nothing was changed.")
    if isinstance(error, ProtocolRefused):
        return "\n".join(str(finding) for finding in error.findings)
    return None


def error_text(error: BaseException, names: "Names | None" = None) -> str:
    """Return the words for a page or dialog that asked for something and got this error instead."""
    known = known_text(error, names)
    return _("The program made a mistake; nothing was saved. What you typed is still here.") if known is None else known


def story_error_text(error: BaseException) -> str:
    """Return the words for the error of a story: what is wrong in the file is mended there, as the terminal says."""
    from app.wording.refusals import refusal_text

    if isinstance(error, Refused) and error.place:
        return full_sentence(refusal_text(error))
    return error_text(error)


def full_sentence(text: str) -> str:
    """Return the text with a capital and a full stop; a path at its beginning keeps its letters."""
    begins_with_path = bool(set("/\\.") & set(text.split(" ", 1)[0]))
    return (text if begins_with_path else sentence_case(text)) + "."
