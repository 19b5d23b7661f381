"""What a person should know about a study file and the folder around it, although the work goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.domain.dates import Value

FileWarningKind = Literal[
    "closed_to_others", "file_open_to_others", "folder_open_to_others", "backup_not_proved", "visits_made_again"
]


@dataclass(frozen=True, slots=True)
class FileWarning:
    """One such thing: its kind, and the parameters of its sentence."""

    kind: FileWarningKind
    values: Mapping[str, Value] = field(default_factory=dict)
