"""What tells the demo study from a real one: who made it and its name, which are in the file itself."""

from app.services.study.study import Study

DEMO_WHO, DEMO_NAME = "demo", "Invented patients"


def is_demo(study: Study) -> bool:
    """Return whether a study is the demo study or a copy of it, wherever it is and however its file is named."""
    made = study.store.fact(1)
    return made is not None and (made.kind, made.who, made.text("name")) == ("study_made", DEMO_WHO, DEMO_NAME)
