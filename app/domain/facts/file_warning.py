"""What a person should know about a study file and the folder around it, although the work goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.domain.dates import Value

FileWarningKind = Literal[
    "closed_to_others", "second_name", "file_open_to_others", "folder_open_to_others",
    "backup_no_note", "backup_changed",
    "backup_unreadable", "pages_made_again", "planned_before_unknown",
    "planned_before_unseen", "visits_made_again",
    "restored_from_changed", "not_closed", "change_taken_back",
]  # fmt: skip
BackupProblem = Literal["", "backup_no_note", "backup_changed", "backup_unreadable"]
"""What keeps a backup from counting as one; empty where it holds."""


@dataclass(frozen=True, slots=True)
class FileWarning:
    """One such thing: its kind, and the parameters of its sentence."""

    kind: FileWarningKind
    values: Mapping[str, Value] = field(default_factory=dict)
