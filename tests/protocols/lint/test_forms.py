from pathlib import Path

from tests.protocols.tiny import linted, write

ACTIVITY = ("    name: Check\n", "    name: Check\n    activities: [Weight]\n")
VALUE = "{key: a, type: text, activity: Weight}"


def test_a_section_that_no_form_has(tmp_path: Path) -> None:
    top = f"sections: {{s: {{values: [{VALUE}]}}}}\n"
    assert linted(write(tmp_path, ACTIVITY, top=top)) == [(21, 12, "unused-section")]


def test_an_activity_that_no_visit_of_the_form_has(tmp_path: Path) -> None:
    top = "forms: {F: {name: F, at: [V1], sections: [{values: [{key: a, type: text, activity: Wieght}]}]}}\n"
    assert linted(write(tmp_path, ACTIVITY, top=top)) == [(21, 1 + top.index("Wieght"), "never-printed")]
    assert linted(write(tmp_path, ACTIVITY, top=top.replace("Wieght", "[Wieght, Weight]"))) == []


def test_two_forms_at_once(tmp_path: Path) -> None:
    choice = "choices: {arm: {question: Q, default: a, values: [a, b]}}\n"

    def forms(*conditions: str) -> str:
        said = (f"name: F, at: [V1], when: {one}, sections: [{{values: [{VALUE}]}}]" for one in conditions)
        return choice + "forms:\n" + "".join(f"  {name}: {{{form}}}\n" for name, form in zip("FG", said, strict=True))

    # lines: 21 the choice, 22 `forms`, 23 and 24 the two
    assert linted(write(tmp_path, ACTIVITY, top=forms("{arm: a}", "{arm: [a, b]}"))) == [(24, 3, "two-forms")]
    assert linted(write(tmp_path, ACTIVITY, top=forms("{arm: a}", "{arm: b}"))) == []
