"""The window on a study of years next to the window on the demo study: from the start to the filled Today."""

import shutil
import tempfile
from pathlib import Path

from app.services.commands.demo import FILE
from tests.benchmarks.big_study import grow
from tests.benchmarks.installed import SOURCE, InstalledHome
from tests.benchmarks.study_file import TODAY, Tell

STARTS = 5
PARTICIPANTS = 5000
"""305,000 facts, a large study after years."""
REACH = 2.0


def run(participants: int, tell: Tell) -> None:
    """Start both in turns, each checked before on the same day; print the shortest of each."""
    with tempfile.TemporaryDirectory() as folder:
        home = InstalledHome(Path(folder) / "home")
        day = ["--today", TODAY.isoformat()]
        home.seconds([*SOURCE, *day, "demo", str(home.folder / "demo")])
        demo, large = home.folder / "demo" / FILE, home.folder / "large.studyday"
        shutil.copyfile(demo, large)
        grow(large, participants)
        for study in (demo, large):
            # The first opening of a day, which checks everything, and the planned visits.
            home.seconds([*SOURCE, "-f", str(study), *day, "agenda"])
        best = {study: float("inf") for study in (demo, large)}
        painted = dict(best)
        for _turn in range(STARTS):
            for study in (demo, large):
                with home.window(SOURCE, study) as (first, filled, _process):
                    best[study], painted[study] = min(best[study], filled), min(painted[study], first)
        said = f"Today filled with {participants:,} participants, over that of the demo study"
        tell(said, best[large], best[demo], best[large] / best[demo], REACH)
        tell("its first painted window", painted[large], painted[demo], painted[large] / painted[demo], 1.1)
