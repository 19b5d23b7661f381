"""What a command says first when the window has ended without being closed."""

import sys

from app.run_marks import take_unclean_ends
from app.services.study.environment import Environment
from app.wording.reports import unclean_end_text
from app.wording.visible import visible_line


def tell_of_unclean_end(environment: Environment) -> None:
    """Say once, on standard error, that the window has ended without being closed, and where the reports are."""
    found = take_unclean_ends(environment.clock())
    reports = [str(one.report) for one in found if one.report is not None]
    if found:
        said = " ".join([unclean_end_text(bool(reports)), *reports])
        print(f"studyday: {visible_line(said)}", file=sys.stderr)
