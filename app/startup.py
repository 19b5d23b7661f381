"""What makes the program start sooner: every trick, with its reason and its gain, in this module alone.

Importing this module changes nothing; the bootstrap and the window call what they need. The gains are milliseconds of
processor time, medians of fresh processes. `python -m tests.benchmarks startup` measures them again, with each trick
and without it, and a test of the night fails when one of them no longer pays.
"""

import builtins
import gc
from typing import NamedTuple


class Trick(NamedTuple):
    """One trick: where it is done, why it helps, and what it gains until a moment or at that moment."""

    name: str
    reason: str
    moment: str
    gain_ms: int


class DelayedImport(NamedTuple):
    """Own modules that others import inside functions, so that they are loaded when they are needed first.

    A name covers the module and, where it is a package, everything in it. The test of the architecture lets no other
    import of an own module be inside a function.
    """

    importer: str
    imported: tuple[str, ...]
    reason: str
    moment: str
    gain_ms: int


IMPORT_HOOK = Trick(
    "import hook",
    "PySide6 replaces the import function by one that reads the source of every module loaded after it, to see "
    "whether the module switches Qt's names to another spelling. No module of the program does.",
    "Today is filled",
    60,
)
COLLECTION_PAUSED = Trick(
    "collection paused",
    "What is loaded at the start stays in use. To search it for garbage again and again would only delay the window.",
    "Today is filled",
    20,
)
START_FROZEN = Trick(
    "start frozen",
    "When the search for garbage begins again, it passes over what was made at the start, so that none of its pauses "
    "is long enough to be felt.",
    "each complete collection",
    24,
)
PRELOADING = Trick(
    "preloading",
    "The modules that the first click is likely to need are loaded while the window rests, a few at a time.",
    "the first click",
    70,
)
PAGE_AHEAD = Trick(
    "page ahead",
    "While SQLite checks the file, which holds up nothing else, the window's thread makes the page that comes first.",
    "Today is filled, by the window's thread since the file was opened",
    40,
)
COLLECTION_SELDOM = Trick(
    "collection seldom",
    "A command at the terminal makes hardly any garbage that only a search finds, and ends soon.",
    "a note is saved",
    25,
)
TRICKS = (IMPORT_HOOK, COLLECTION_PAUSED, START_FROZEN, PRELOADING, PAGE_AHEAD, COLLECTION_SELDOM)

MADE_AHEAD = ("today",)
"""The pages that are made while the worker begins to read the file (see `PAGE_AHEAD`)."""
PRELOADED = (
    "app.ui.visit.participant_header",
    "app.ui.pages.participant.calendar_view",
    "app.ui.timeline.frame",
    "app.ui.timeline.timeline",
    "app.ui.pages.participant.page",
    "app.ui.forms.day_edit",
    "app.ui.forms.choice_editors",
    "app.ui.forms.editor_factory",
    "app.ui.forms.fact_form",
    "app.ui.dialogs.impact.table",
    "app.ui.dialogs.change.frame",
    "app.ui.dialogs.booking.day_grid",
    "app.ui.dialogs.change.dialog",
    "app.ui.pages.participants.page",
)
"""The modules to preload, each after those that it imports, so that no step alone keeps the window from answering."""

DELAYED_IMPORTS = (
    DelayedImport(
        "app.bootstrap",
        ("app.ui.shell.application",),
        "The terminal loads no window.",
        "a story is rehearsed",
        110,
    ),
    DelayedImport(
        "app.bootstrap",
        ("app.program_log",),
        "Nothing is logged before a command or the window has ended, and a story is not logged at all.",
        "a story is rehearsed",
        4,
    ),
    DelayedImport(
        "app.cli.main",
        ("app.cli", "app.protocols.findings", "app.wording.refusals"),
        "The window is painted before any command of the terminal is loaded.",
        "the window is painted",
        130,
    ),
    DelayedImport(
        "app.cli.main",
        ("app.cli.commands",),
        "A command without a study loads nothing of the study file.",
        "a story is rehearsed",
        60,
    ),
    DelayedImport(
        "app.cli.protocol_commands",
        ("app.services.commands.print_documents",),
        "A story that is not printed needs none of the services that print.",
        "a story is rehearsed",
        7,
    ),
    DelayedImport(
        "app.services.commands.print_documents",
        ("app.documents",),
        "Only a command that prints loads the PDF library.",
        "a note is saved",
        50,
    ),
    DelayedImport(
        "app.services.commands.print_day",
        ("app.documents",),
        "Only a day that is printed loads the PDF library.",
        "a note is saved",
        50,
    ),
    DelayedImport(
        "app.services.commands.print_confirmation",
        ("app.documents.confirmation_pages",),
        "Only a sheet that is printed loads the PDF library.",
        "a note is saved",
        50,
    ),
    DelayedImport(
        "app.services.commands.print_blanks",
        ("app.documents.blank_pages",),
        "Only a page that is printed loads the PDF library.",
        "a note is saved",
        50,
    ),
    DelayedImport(
        "app.services.commands.print_logs",
        ("app.documents.log_pages",),
        "Only a log that is printed loads the PDF library.",
        "a note is saved",
        50,
    ),
    DelayedImport(
        "app.services.commands.print_visits",
        ("app.documents.log_pages",),
        "Only a list that is printed loads the PDF library.",
        "a note is saved",
        50,
    ),
    DelayedImport(
        "app.services.queries.protocols",
        ("app.protocols.lint.run", "app.protocols.schema"),
        "Only `check` and the page of the language need the rules for protocol files, the YAML reader and the models.",
        "a story is rehearsed",
        90,
    ),
    DelayedImport(
        "app.protocols.library",
        ("app.protocols.loader",),
        "A shipped protocol that was read before comes from the cache, without the YAML reader and the models.",
        "a story is rehearsed",
        80,
    ),
    DelayedImport(
        "app.storage.sqlite.schema",
        ("app.storage.sqlite.rows",),
        "A file is compared with its schema by digests; only what makes a table loads SQLModel and SQLAlchemy.",
        "Today is filled",
        200,
    ),
    DelayedImport(
        "app.ui.search",
        ("app.services",),
        "The window is painted before anything that reads the study file is loaded; nobody has searched yet.",
        "the window is painted",
        45,
    ),
    DelayedImport(
        "app.ui.session",
        ("app.services", "app.protocols.findings", "app.wording.refusals"),
        "The window is painted before anything that reads the study file is loaded; the worker loads it.",
        "the window is painted",
        75,
    ),
    DelayedImport(
        "app.ui.shell",
        (
            "app.services",
            "app.ui.dialogs",
            "app.ui.pages",
            "app.ui.shell.stall_log",
            "app.ui.shell.study_pipe",
            "app.wording.damage",
            "app.wording.search_words",
        ),
        "The window is painted before the pages and dialogs that it does not show yet are loaded.",
        "the window is painted",
        150,
    ),
)


_SELDOM = 200_000
"""Objects that are made before garbage is searched for: what a command keeps at most, some 20 MB, if it is garbage."""
_USUAL = 700
"""The same as Python itself has it, for the window, which goes on for days and whose garbage may not pile up."""


def before_command() -> None:
    """Prepare this process for a command at the terminal (see `COLLECTION_SELDOM`)."""
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])


def before_window() -> None:
    """Prepare this process for the window, before anything of the window is imported."""
    gc.set_threshold(_USUAL, *gc.get_threshold()[1:])
    pause_collection()
    restore_import()


def restore_import() -> None:
    """Put back the import function that PySide6 replaces by one that reads sources (see `IMPORT_HOOK`)."""
    import PySide6.QtCore  # noqa: F401 - it replaces the function when it is imported first

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def pause_collection() -> None:
    """Stop the search for garbage until `resume_collection` (see `COLLECTION_PAUSED`)."""
    gc.disable()


def resume_collection() -> None:
    """Search for garbage again, but not among what was made so far and stays (see `START_FROZEN`)."""
    gc.freeze()
    gc.enable()
