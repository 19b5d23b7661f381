"""How the terminal answers: in lines for people, or as JSON for other programs."""

import argparse
import json
from collections.abc import Callable, Sequence
from typing import Any

from app.cli.exit_codes import Exit
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.visible import visible_line

Options = argparse.Namespace


def answer(options: Options, document: Callable[[], Any], lines: Callable[[], Sequence[str]]) -> Exit:
    """Print an answer, as lines or as JSON."""
    if options.json:
        print_json(document())
    else:
        print("\n".join(map(visible_line, lines())))
    return Exit.DONE


def pages_line(path: object, pages: int) -> str:
    """Return what was printed: ``sheets.pdf: 2 pages``."""
    return _("{path}: {pages}").format(path=path, pages=counted("one page", "{n} pages", pages))


def print_json(document: Any) -> None:
    """Print plain data as JSON."""
    print(json.dumps(document, ensure_ascii=False, indent=1))
