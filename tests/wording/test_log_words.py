"""The titles of logs and of their columns."""

from app.domain.facts.log_names import log_names
from app.wording.log_words import LOG_TITLES, column_title, count_text, empty_text, log_title


def test_every_log_has_a_title_and_one_that_is_added_has_its_name() -> None:
    assert set(log_names()) <= LOG_TITLES.keys()
    assert log_title("adverse-events") == "Adverse-event log"
    assert log_title("blood-products") == "Blood products"


def test_a_column_without_words_has_its_name() -> None:
    assert (column_title("recorded"), column_title("blood_group")) == ("recorded on", "blood group")


def test_how_many_and_none() -> None:
    assert (count_text("deviations", 1), count_text("notes", 2)) == ("1 deviation", "2 lines")
    assert (empty_text("deviations"), empty_text("notes")) == ("No deviation.", "Nothing was recorded.")
    assert "every visit" not in empty_text("open", narrowed=True)
    assert {empty_text(name, narrowed=True) for name in ("open", "surgery", "survival", "deviations")} == {
        "Nothing is in the part that was chosen."
    }
