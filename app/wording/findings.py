"""The findings about a protocol file in words for the window, where the name of the file is shown once."""

from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.visible import visible_line


def finding_text(line: int, column: int, is_error: bool, message: str, remedy: str) -> str:
    """Return a finding as ``Error in line 12, column 3: message. Remedy.``; `line` 0: about the file in general."""
    place = _("line {line}, column {column}").format(line=line, column=column) if line else _("the file")
    head = (_("Error in {place}") if is_error else _("Warning about {place}")).format(place=place)
    said = " ".join(_sentence(part) for part in (message, remedy) if part)
    return visible_line(f"{head}: {said}")


def _sentence(text: str) -> str:
    found = sentence_case(text)
    return found if found[-1] in ".?!" else found + "."
