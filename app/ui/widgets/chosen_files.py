"""Files that a person chooses: their kinds as file dialogs offer them, and the name under which one is written."""

from pathlib import Path

from app.services.study.output_path import Replace

YAML = "YAML (*.yaml *.yml);;* (*)"
"""A protocol."""
JSON = "JSON (*.json);;* (*)"
"""A story."""


def named_file(path: Path, ending: str, asked: bool) -> tuple[Path, Replace]:
    """Return the path with its ending, such as ``pdf``, and which file may be replaced there.

    `asked`: somebody has agreed that a file of that name is replaced. Where the ending has to be added, nobody has.
    """
    if path.suffix.casefold() == f".{ending}":
        return path, "any" if asked else "never"
    return path.with_name(f"{path.name}.{ending}"), "never"
