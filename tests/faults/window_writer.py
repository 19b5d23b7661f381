"""The window's process without a display: it saves note after note of one participant until it is killed.

Each note goes from the form's own job through the session and its worker into the file; once the window has been told
that it is saved, its number is printed.
"""

import sys
from pathlib import Path

from app import bootstrap
from app.private_files import set_mask
from app.ui.session.proposal_jobs import ChangeRequest, SaveJob
from app.ui.session.session import StudySession
from app.ui.shell.application import assemble, make_application
from app.ui.shell.preferences import Preferences
from tests.faults.stories import STUDY, TODAY

CODE = "LI-001"


def write(folder: Path, prefix: str) -> int:
    """Open the study of that folder in a window and write until killed; the notes are numbered after the prefix."""
    set_mask()
    preferences = Preferences(folder / "settings" / "desktop.ini")
    app = make_application(preferences)
    session = StudySession(bootstrap.environment(), TODAY)
    window, _files = assemble(session, preferences)
    window.show()
    saving = SaveJob(session, window)
    numbers = iter(range(1, 1_000_000))
    saved: list[int] = []

    def save(*_rest: object) -> None:
        if saved:
            print(f"saved {saved[-1]}", flush=True)
        saved.append(next(numbers))
        saving.save(ChangeRequest(CODE, "note", {"visit": "SP-C01", "text": f"{prefix} {saved[-1]}"}), None)

    saving.saved.connect(save)
    saving.failed.connect(lambda error: app.exit(3))
    session.opened.connect(save)
    session.open(folder / STUDY)
    return app.exec()


if __name__ == "__main__":
    sys.exit(write(Path(sys.argv[1]), sys.argv[2]))
