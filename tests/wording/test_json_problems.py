from app.wording.json_problems import json_problem, json_problem_of


def test_a_fault_is_said_in_plain_words() -> None:
    assert json_problem("no_number", "NaN") == "NaN is no number"
    assert json_problem_of("Expecting ',' delimiter") == "a comma is missing, or a double quote is too many or too few"
    assert json_problem_of("Invalid \\uXXXX escape") == "the backslash means nothing there; two of them mean one"


def test_a_message_that_is_not_known_says_no_word_of_python() -> None:
    assert json_problem_of("Something of a later Python") == json_problem("value")
