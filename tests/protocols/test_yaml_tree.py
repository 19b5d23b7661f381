import pytest

from app.protocols.yaml_tree import plain_scalar, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0012", 12),
        ("0x1F", 31),
        ("0o17", 15),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        ("true", True),
        ("no", "no"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("2025-07-19", "2025-07-19"),
        ("1_000", "1_000"),
        ("~", None),
        ("", None),
        ("9" * 5000, "9" * 5000),
        (".", "."),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object) -> None:
    found = plain_scalar(text)
    assert found == value
    assert type(found) is type(value)


def test_quoted_scalars_are_text() -> None:
    assert read_yaml("f", "a: '12'\nb: \"true\"\nc: |\n  3\n").document == {"a": "12", "b": "true", "c": "3\n"}


def test_places_of_keys_and_values() -> None:
    tree = read_yaml("f", "a:\n  bb: [x, yy]\n")
    assert tree.place(("a", "bb"), key=True) == (2, 3)
    assert tree.place(("a", "bb")) == (2, 7)
    assert tree.place(("a", "bb", 1)) == (2, 11)
    assert tree.place(("a", "zz"), key=True) == (1, 1)
    assert tree.place(("zz",)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "line", "column", "kind"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "repeated-key"),
        ("a: &x [1]\nb: *x\n", 2, 4, "alias"),
        ("a: !!python/object:os.system x\n", 1, 4, "tag"),
        ("a: !own x\n", 1, 4, "tag"),
        ("a:\n\tb: 1\n", 2, 1, "tab"),
        ("a:\n  b: 1\n\tc: 2\n", 3, 1, "tab"),
        ("a: [1\nb: 2\n", 1, 4, "syntax"),
        ("a: b: c\n", 1, 5, "syntax"),
        ("a: 1\nb: \"x\n", 2, 4, "syntax"),
        ("a: @x\n", 1, 4, "syntax"),
        ("a: x\x07y\n", 1, 5, "character"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second-document"),
        ('a: "x\\ud800"\n', 1, 4, "character"),
        ('"\\ud800": x\n', 1, 1, "key"),
        ("? [a]\n: b\n", 1, 3, "key"),
        ("a: " + "[" * 60 + "]" * 60, 1, 43, "too-deep"),
    ],
)  # fmt: skip
def test_what_is_refused_and_where(text: str, line: int, column: int, kind: str) -> None:
    found = [(f.line, f.column, f.kind) for f in read_yaml("f", text).findings]
    assert found == [(line, column, kind)]


def test_a_repeated_name_says_where_the_first_is() -> None:
    assert "line 1" in read_yaml("f", "a: 1\na: 2\n").findings[0].message


def test_all_structural_mistakes_are_told_at_once() -> None:
    tree = read_yaml("f", "a: 1\na: {x: [1]}\nb: &q 1\nc: *q\nd: !t 1\ne: 5\n")
    assert [(f.line, f.kind) for f in tree.findings] == [(2, "repeated-key"), (4, "alias"), (5, "tag")]
    assert tree.document["e"] == 5


def test_aliases_cannot_grow_a_small_file() -> None:
    lines = ["a0: &a0 [x, x, x, x]"] + [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 12)]
    tree = read_yaml("f", "\n".join(lines))
    assert {finding.kind for finding in tree.findings} == {"alias"}
    assert len(str(tree.document)) < 2000
