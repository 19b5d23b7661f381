"""Connections to study files: each with its own rows and every setting as it has to be."""

from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from app.domain.refusal import Refused
from app.storage.sqlite.connection import connect, transaction


def test_each_file_has_its_own_rows_and_settings(tmp_path: Path) -> None:
    first, second = (connect(tmp_path / name, True, creating=True) for name in ("first", "second"))
    for number, one in enumerate((first, second)):
        one.execute("CREATE TABLE mine (number)")
        one.execute("INSERT INTO mine VALUES (:number)", {"number": number})
    for number, one in enumerate((first, second)):
        assert one.execute("SELECT number FROM mine").fetchall() == [(number,)]
        assert one.execute("PRAGMA secure_delete").fetchone() == (1,)
        one.close()


def test_a_file_that_cannot_be_opened_leaves_the_next_one_as_it_would_be(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        connect(tmp_path / "nowhere" / "study", False)
    assert caught.value.kind == "cannot_open"
    one = connect(tmp_path / "study", True, creating=True)
    assert one.execute("PRAGMA locking_mode").fetchone() == ("exclusive",)
    one.close()


def test_a_statement_outside_a_transaction_is_kept_at_once(tmp_path: Path) -> None:
    one = connect(tmp_path / "study", True, creating=True)
    one.execute("CREATE TABLE mine (number)")
    one.execute("INSERT INTO mine VALUES (7)")
    assert not one.in_transaction
    one.close()
    again = connect(tmp_path / "study", False)
    assert again.execute("SELECT number FROM mine").fetchall() == [(7,)]
    again.close()


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "study"
    one = connect(path, True, creating=True)
    one.execute("CREATE TABLE mine (number UNIQUE)")
    with pytest.raises(IntegrityError), transaction(one, path):
        one.executemany("INSERT INTO mine VALUES (?)", [(1,), (2,), (1,)])
    assert not one.in_transaction
    assert one.execute("SELECT number FROM mine").fetchall() == []
    one.close()
