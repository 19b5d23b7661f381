"""Files of stories: a participant as a story, and what the rehearsal of one says, each as the terminal has it."""

import json
from datetime import date
from pathlib import Path
from typing import Literal

from app.progress import Progress
from app.services.commands.print_documents import print_rehearsal
from app.services.commands.written_file import write_file
from app.services.queries.scenario import scenario
from app.services.queries.tried_story import TriedStory, rehearsal_json
from app.services.study.output_path import Replace
from app.services.study.study import Study

StoryForm = Literal["text", "json", "sheets", "calendar"]
"""As lines, for other programs, or on paper: a sheet for each open visit, the participant's own calendar."""


def save_story(
    study: Study, code: str, path: Path, today: date, replace: Replace = "own", progress: Progress | None = None
) -> None:
    """Write a participant of the study as a story that a rehearsal reads.

    Raises:
        Refused: there is no such participant, or the file cannot be written or replaced.
    """
    text = json.dumps(scenario(study, code, today, progress), ensure_ascii=False, indent=1)
    write_file(path, f"{text}\n".encode(), replace, study.path)


def save_tried(
    tried: TriedStory, form: StoryForm, path: Path, replace: Replace = "own", study: Path | None = None
) -> None:
    """Write what a rehearsal says. `study`: the study that is open, over which nothing is written.

    Raises:
        Refused: there is nothing to print, or the file cannot be written or replaced.
    """
    if form == "sheets" or form == "calendar":
        print_rehearsal(tried.rehearsal, form, path, replace, tried.reads, study=study)
        return
    text = tried.text if form == "text" else rehearsal_json(tried.rehearsal)
    write_file(path, f"{text}\n".encode(), replace, study, tried.reads)
