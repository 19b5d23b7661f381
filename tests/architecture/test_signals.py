"""The session outlives the windows on it: what is connected to it goes with its own object, which a lambda has not."""

import re

from tests.architecture.imports import CHECKOUT

LASTING = re.compile(r"(?<![a-z])(session|worker|participants|keeper)\.\w+\.connect\(\s*lambda")
AS_LONG = {"app/ui/shell/application.py"}
"""It connects what lives as long as the program."""


def connected_by_lambda(sources: dict[str, str]) -> list[str]:
    """Return the lines that leave a lambda connected to what outlives the object that the lambda is about."""
    return [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1}"
        for name, text in sources.items()
        for found in LASTING.finditer(text)
    ]


def test_nothing_is_left_connected_to_the_session() -> None:
    files = (path for path in (CHECKOUT / "app" / "ui").rglob("*.py"))
    names = {path.relative_to(CHECKOUT).as_posix(): path.read_text("utf-8") for path in files}
    assert len(names) > 100
    assert connected_by_lambda({name: text for name, text in names.items() if name not in AS_LONG}) == []


def test_such_a_line_is_found() -> None:
    sources = {
        "a.py": "x = 1\nself._session.changed.connect(lambda _changed: self.look())\n",
        "b.py": "session.changed.connect(self._look)\nbutton.clicked.connect(lambda: session.undo())\n",
        "c.py": "session.worker.answered.connect(\n    lambda answer: self.take(answer)\n)\n",
    }
    assert connected_by_lambda(sources) == ["a.py:2", "c.py:1"]
