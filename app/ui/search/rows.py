"""A row of what was found: its words, a note next to them, and what is done when it is chosen."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Something that can be chosen.

    `group`: the heading that it is under; `strong`: what the eye looks for, such as a code; `text`: the rest.
    `note`: at the right, such as a day or a key. `choose`: None for a sentence that cannot be chosen. `why_not`: why it
    cannot be done now, empty where it can. `said`: what the status bar says once it is chosen.
    """

    group: str
    text: str
    note: str = ""
    strong: str = ""
    choose: Callable[[], object] | None = None
    why_not: str = ""
    said: str = ""

    @property
    def line(self) -> str:
        """The row in one line, for a screen reader."""
        named = " ".join(filter(None, (self.strong, self.text)))
        return ", ".join(filter(None, (named, self.why_not or self.note)))

    @property
    def same(self) -> tuple[str, str, str]:
        """What makes it the same row at the next search."""
        return (self.group, self.strong, self.text)
