"""The floors of the study file leave nothing behind."""

import gc

import sqlalchemy

from tests.benchmarks.study_file import connection_of, new_study, sqlmodel_on


def test_a_floor_gives_the_file_back_before_it_is_closed() -> None:
    with new_study(0) as study, sqlmodel_on(connection_of(study)) as bare:
        assert bare.execute(sqlalchemy.text("SELECT count(*) FROM visit")).scalar() == 0
    del bare
    gc.collect()
