"""A small study for the journey: two in treatment, one before the first dose."""

from datetime import UTC, date, datetime
from pathlib import Path

from app.services.commands import enrol, record, study_file
from app.services.commands.record import Asked
from app.services.study.environment import Environment

TODAY = date(2026, 11, 23)
NURSE = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: datetime(2026, 11, 23, 6, 45, tzinfo=UTC))
_BEFORE = ("SP-S01", "SP-S02", "SP-S03", "SP-S04", "SP-S05", "SP-S07", "SP-S08", "SP-C04#1.1")
_ENROLLED = {"LI-001": date(2026, 11, 16), "LI-002": date(2026, 11, 9), "LI-003": date(2026, 11, 16)}
_FIRST_DOSE = {"LI-002": date(2026, 11, 18)}


def make_ward(path: Path) -> None:
    """Make the study: all is recorded but today's first doses, of LI-001 and LI-003."""
    study = study_file.new(path, NURSE, TODAY, "Ward 3")
    try:
        common = {"protocol": "scanpan", "country": "SE", "regimen": "MFFX"}
        enrol.enrol_many(study, [{"code": code, "on": on, **common} for code, on in _ENROLLED.items()], TODAY)
        for code, on in _ENROLLED.items():
            done = [Asked("performed", {"visit": visit, "on": on}) for visit in _BEFORE]
            first = _FIRST_DOSE.get(code)
            if first is not None:
                done.append(Asked("performed", {"visit": "SP-C01", "on": first}))
                done.append(Asked("performed", {"visit": "SP-C03#1.3", "on": date(2026, 11, 20)}))
            record.save(study, record.propose(study, code, done, TODAY))
    finally:
        study.close()
