"""The names of the blank pages that sheets refer to: logs that are kept by hand."""

from typing import Literal, get_args

from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused

BlankPage = Literal["adverse-events", "medication", "delegation"]
BLANK_PAGES: tuple[BlankPage, ...] = get_args(BlankPage)
OF_STUDY: frozenset[BlankPage] = frozenset({"delegation"})
"""The pages that belong to the study and to no participant."""


def blank_page(typed: str) -> BlankPage:
    """Return the name of a blank page, however it was typed.

    Raises:
        Refused: there is no such page.
    """
    found = known_identifier(typed, BLANK_PAGES)
    for name in BLANK_PAGES:
        if name == found:
            return name
    near = nearest_identifier(typed, BLANK_PAGES)
    raise Refused("one_of", "page", value=typed[:40], known=", ".join(BLANK_PAGES), near=near)
