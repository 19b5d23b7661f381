"""Printed text beside what it was when somebody last read it.

After a wanted change run the tests with STUDYDAY_GOLDEN=write, read the difference, and commit it.
"""

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def compare(name: str, text: str) -> None:
    """Fail with a readable difference unless the text is as it was."""
    path = FOLDER / f"{name}.txt"
    text = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    if os.environ.get("STUDYDAY_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    was = path.read_text("utf-8") if path.exists() else ""
    difference = difflib.unified_diff(was.splitlines(), text.splitlines(), "was", "is", lineterm="")
    assert was == text, f"{name} prints differently:\n" + "\n".join(difference)
