"""The words of what a protocol assumes and asks."""

from collections.abc import Sequence
from typing import Literal

from app.wording.language import gettext as _
from app.wording.language import marked

OpenMark = Literal["assumed", "own", "asked"]
_MARKS = {"assumed": marked("assumed"), "own": marked("the site's own"), "asked": marked("open question")}


def mark_text(mark: OpenMark) -> str:
    """Return whose a value is: ``assumed``, ``the site's own``; or that it is an ``open question``."""
    return _(_MARKS[mark])


def question_default(answer: str) -> str:
    """Return what is taken until a question is answered: ``until then: 14 days``."""
    return _("until then: {answer}").format(answer=answer)


def sources_text(sources: Sequence[str]) -> str:
    """Return the short names of the sources in a row."""
    return ", ".join(sources)
