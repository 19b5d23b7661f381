"""What the words for one kind of fact are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.wording.language import marked

Part = tuple[str, str]
"""The name of a field and what follows the sentence where the field has a ``{value}``."""


@dataclass(frozen=True, slots=True)
class DialogWords:
    """The words for a dialog. `again`: title and button where the visit is booked already."""

    title: str
    button: str
    again: str = ""


@dataclass(frozen=True, slots=True)
class CommandWords:
    """A command at the terminal and the help for it. `remark`: more help, after `purpose`."""

    name: str
    purpose: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words for one kind of fact.

    `name`: a short name within a sentence. `sentence`: what happened, with fields in its braces; then `parts`.
    `lacking`: another sentence where the field of that name is empty; `registered`: another one for somebody whose
    dates are only recorded.
    `menu`: with its mnemonic. `record_menu`: in the menu of events, with the
    mnemonic there. `menu_answers`: a line of that menu for each answer to the first question.
    `keys`: its shortcut. `labels`: own names of fields. `questions`: their labels in a form, where these differ.
    `hints`: shown under them in a form. `reasons`: those that are often given, which a form offers.
    """

    name: str
    sentence: str = ""
    parts: tuple[Part, ...] = ()
    dialog: DialogWords | None = None
    menu: str = ""
    record_menu: str = ""
    menu_answers: Mapping[str, str] = field(default_factory=dict)
    keys: str = ""
    command: CommandWords | None = None
    lacking: Mapping[str, str] = field(default_factory=dict)
    registered: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


REASON: Part = ("reason", marked(": {value}"))
AT: Part = ("at", marked(", {value}"))
PUMP_AT: Part = ("pump_at", marked(", pump started {value}"))
DETAIL: Part = ("detail", marked("; {value}"))
ENDED: Part = ("ended", marked(", ended on {value}"))
DONE_WITH_IT = "The visit is recorded as done with it, unless it was before."
