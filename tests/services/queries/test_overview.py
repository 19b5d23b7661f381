"""The study as a whole, as the window shows it."""

from app.services.queries.overview import study_view
from tests.services.ward import TODAY, Ward


def test_a_backup_tells_why_nothing_can_be_recorded(file_ward: Ward) -> None:
    from app.services.commands import study_file
    from app.services.commands.backup import back_up

    made = back_up(file_ward.study, None)
    file_ward.study.close()
    file_ward.study = study_file.open_file(made.path, file_ward.environment, TODAY)
    why = study_view(file_ward.study, TODAY).read_only
    assert why == f"{made.path} is a backup, so nothing can be recorded in it"
