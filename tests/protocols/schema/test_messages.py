from pathlib import Path

import pytest

from app.protocols.loader import load
from tests.protocols.tiny import MARKS, places, refused, write


def form_of(answers: int) -> str:
    """A form at the only visit with a choice of so many answers."""
    options = ", ".join(f"A{number}" for number in range(answers))
    value = f"{{key: c, label: C, type: choice, options: [{options}]}}"
    return f"forms: {{F: {{name: F, at: [V1], sections: [{{title: T, values: [{value}]}}]}}}}"


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "kind", "says"),
    [
        ("id: tiny\n", "", 1, 1, "missing-field", "`id` is missing here. Add it, as `id: trial-1`."),
        ('version: "1"', "version: 1.10", 3, 10, "wrong-kind", 'Put it in quotes: "1.10".'),
        ('version: "1"', "version: 2025-07-19", 0, 0, "", ""),
        ('version: "1"', "version: true", 3, 10, "wrong-kind", "true is written here, where text is wanted"),
        ('version: "1"', "version:", 3, 1, "wrong-kind", "Nothing is written here, where text is wanted"),
        ('version: "1"', 'version: ""', 3, 10, "wrong-value", "The text is empty"),
        ("studyday: 1", "studyday: 2", 1, 11, "wrong-kind", "The number 2 is written here, where `1` is wanted"),
        ("title: A", "tilte: A", 4, 1, "unknown-field", "`tilte` is no field here. Did you mean `title`?"),
        ("name: Check", "nmae: Check", 16, 5, "unknown-field", "Did you mean `name`?"),
        ("window: {before: P2D", "window: {befor: P2D", 18, 53, "unknown-field", "Did you mean `before`?"),
        ("name: Check", "name: [Check]", 16, 11, "wrong-kind", "A list is written here, where text or a mapping"),
        ("offset: P7D", "offset: 7", 18, 39, "wrong-kind", "Write a number of days as P7D."),
        ("offset: P7D", "offset: 7 days", 18, 39, "wrong-value", "`7 days` cannot be read here. Write `P7D`."),
        ("before: P2D", "before: -P2D", 18, 61, "wrong-value", "A length is not negative. Write `P2D`."),
        ("before: P2D", "before: -2", 18, 61, "wrong-kind", "Write a number of days as P2D."),
        ("offset: P7D", "offset: P400Y", 18, 39, "wrong-value", "It is longer than a century."),
        ("name: Check\n", "name: Check\n    repeat: {on_demand: yes}\n", 17, 25, "wrong-kind", "Write true."),
        ("name: Check\n", "name: Check\n    repeat: {each: P4W}\n", 17, 20, "wrong-kind", "Known here: true."),
        ("window: {before: P2D, after: P2D}", "window: {before: P2D}", 18, 44, "missing-field", "`after` is missing"),
        ("window: {before: P2D, after: P2D}", "window: none", 0, 0, "", ""),
        ("window: {before: P2D, after: P2D}", "window: non", 18, 52, "wrong-kind", "`none`"),
        ("window: {before: P2D, after: P2D}", "window: [P2D]", 18, 52, "wrong-kind", "a mapping"),
        (", window: {before: P2D, after: P2D}", "", 18, 13, "wrong-value", "A timing has a window"),
        ("roll: none", "roll: fowrard", 13, 72, "wrong-kind", "Did you mean `forward`?"),
        (
            "  V1:\n",
            "  1V:\n",
            15,
            3,
            "wrong-value",
            "`1V` is no id. An id begins with a letter; then come letters, digits, `-` and `_`. Write `V1V`.",
        ),
        ("{id: only, name: Only}", "{id: only, name: Only, palin: x}", 7, 28, "unknown-field", "`plain`"),
        ("  - {id: only, name: Only}", "  []", 7, 3, "wrong-value", "The list is empty. Give at least 1."),
        ("studyday: 1\n", f"studyday: 1\n{form_of(61)}\n", 2, 105, "wrong-value", "61 entries. Give at most 60."),
        ("studyday: 1\n", f"studyday: 1\n{form_of(60)}\n", 0, 0, "", ""),
    ],
)
def test_each_mistake_has_its_place_and_plain_words(
    tmp_path: Path, old: str, new: str, line: int, column: int, kind: str, says: str
) -> None:
    path = write(tmp_path, (old, new))
    if not kind:
        load(path)
        return
    found = [finding for finding in refused(path) if finding.kind != "missing-field" or kind == "missing-field"]
    assert places(found) == [(line, column, kind)]
    assert says in str(found[0])
    assert "nput" not in str(found[0])
    assert "nvalid" not in str(found[0])


def test_a_misspelt_field_is_not_also_missing(tmp_path: Path) -> None:
    path = write(tmp_path, ("title: A", "tilte: A"))
    assert places(refused(path)) == [(4, 1, "unknown-field")]
    path = write(tmp_path, ("title: A", "colour: A"))
    assert places(refused(path)) == [(1, 1, "missing-field"), (4, 1, "unknown-field")]


def test_python_names_of_fields_are_no_fields(tmp_path: Path) -> None:
    path = write(tmp_path, ("{from: enrolment, offset", "{from_: enrolment, offset"))
    assert places(refused(path)) == [(18, 14, "unknown-field")]


def test_yes_is_a_word_and_the_remedy_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, visits="    renew: yes\n")
    (finding,) = refused(path)
    assert (finding.line, finding.column) == (20, 12)
    assert finding.remedy == "Write true"


def test_numbers_out_of_range(tmp_path: Path) -> None:
    path = write(tmp_path, top="target_enrolment: 0\n")
    (finding,) = refused(path)
    assert (finding.line, finding.column, finding.remedy) == (20, 19, "Write at least 1")


def test_dates_that_do_not_exist(tmp_path: Path) -> None:
    path = write(tmp_path, top="registries:\n  - {name: R, id: X, updated: 2026-02-30}\n")
    (finding,) = refused(path)
    assert (finding.line, finding.column) == (21, 31)
    assert str(finding).endswith(
        "`2026-02-30` cannot be read here. Write a date that exists, as 2026-11-23. [wrong-value]"
    )


def test_all_mistakes_at_once_in_order(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        ("id: tiny", "id: 2x"),
        ("offset: P7D", "offset: x"),
        top=f"id: again\nevents: {{E: {{name: F, {MARKS}, x: 1}}}}\n",
    )
    found = refused(path)
    assert [(f.line, f.kind) for f in found] == [
        (2, "wrong-value"), (18, "wrong-value"), (20, "repeated-key"), (21, "unknown-field"),
    ]  # fmt: skip


def test_nothing_is_said_twice_about_a_part_that_cannot_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, ("name: Check", "name: *x"), ("name: Enrolment", "name: &x Enrolment"))
    assert places(refused(path)) == [(16, 11, "alias")]
