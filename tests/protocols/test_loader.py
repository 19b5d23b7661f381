from pathlib import Path

import pytest

from app.paths import resources
from app.protocols.findings import MAX_BYTES
from app.protocols.loader import load
from tests.protocols.tiny import INVENTED, REGIMENS, TINY, places, read, refused, write


def test_tiny_loads(tmp_path: Path) -> None:
    assert read(tmp_path).protocol.id == "tiny"


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TINY.replace("\n", "\r\n").encode())
    assert load(path).protocol.id == "tiny"
    path.write_bytes(b"\xef\xbb\xbf" + TINY.replace("id: tiny", "id: 2x").replace("\n", "\r\n").encode())
    assert places(refused(path)) == [(2, 5, "wrong-value")]


def test_missing_file(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path / "no.yaml")
    assert str(finding).endswith("no.yaml: There is no such file. Check its name and folder. [no-file]")


def test_folder(tmp_path: Path) -> None:
    assert [finding.kind for finding in refused(tmp_path)] == ["folder"]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, "utf-8")
    assert places(refused(path)) == [(1, 1, "empty")]


@pytest.mark.parametrize("text", ["# only words\n", "just text\n", "- a\n- b\n", "12\n"])
def test_no_mapping(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, "utf-8")
    assert places(refused(path)) == [(1, 1, "no-mapping")]


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes("studyday: 1\ntitle: Über".encode("latin-1"))
    assert places(refused(path)) == [(2, 8, "not-utf-8")]


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert [finding.kind for finding in refused(path)] == ["too-large"]


def test_regimen_file(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(REGIMENS, "utf-8")
    loaded = read(tmp_path, top="regimen_files: [r.yaml]\noffered: [S]\nsources: {P: The protocol}\n")
    assert loaded.protocol.regimens["S"].cycle_days == 14
    assert loaded.protocol.about["sources"] == {"M": "A manual", "P": "The protocol"}
    assert set(loaded.files) == {"", "r.yaml"}


@pytest.mark.parametrize("name", ["no.yaml", "../r.yaml", "/etc/passwd", "..", "."])
def test_regimen_file_that_is_not_beside(tmp_path: Path, name: str) -> None:
    assert places(refused(write(tmp_path, top=f"regimen_files: [{name}]\n"))) == [(20, 17, "regimen-file")]


def test_mistakes_in_regimen_files_stand_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(REGIMENS.replace("{day: 1", "{day: 2"), "utf-8")
    (finding,) = refused(write(tmp_path, top="regimen_files: [r.yaml]\n"))
    assert (Path(finding.file).name, finding.line, finding.column, finding.kind) == ("r.yaml", 8, 15, "day-one")
    (tmp_path / "r.yaml").write_text(REGIMENS.replace("what", "waht"), "utf-8")
    found = refused(write(tmp_path, ("id: tiny", "id: 2x"), top="regimen_files: [r.yaml]\n"))
    assert [(Path(f.file).name, f.line, f.kind) for f in found] == [
        ("r.yaml", 8, "unknown-field"), ("tiny.yaml", 2, "wrong-value"),
    ]  # fmt: skip


def test_a_regimen_in_two_files(tmp_path: Path) -> None:
    for name in ("r.yaml", "s.yaml"):
        (tmp_path / name).write_text(REGIMENS, "utf-8")
    (finding,) = refused(write(tmp_path, top="regimen_files: [r.yaml, s.yaml]\n"))
    assert (Path(finding.file).name, finding.line, finding.column, finding.kind) == ("s.yaml", 4, 3, "repeated-regimen")


def test_the_invented_protocol_says_everything() -> None:
    loaded = load(INVENTED)
    assert len(loaded.protocol.visits) == 43


FORMS = """\
studyday: 1
sections:
  s:
    values: [{key: a, type: text}]
forms:
  F: {name: F, at: [V1], sections: [s]}
"""


def test_form_file(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(FORMS, "utf-8")
    loaded = read(tmp_path, top="form_files: [f.yaml]\n")
    assert [form.id for form in loaded.protocol.forms] == ["F"]
    assert set(loaded.files) == {"", "f.yaml"}
    assert loaded.file.forms["F"].at == ["V1"]


def test_mistakes_in_form_files_stand_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(FORMS.replace("V1", "V9"), "utf-8")
    (finding,) = refused(write(tmp_path, top="form_files: [f.yaml]\n"))
    assert (Path(finding.file).name, finding.line, finding.kind) == ("f.yaml", 6, "unknown-visit")
    (tmp_path / "f.yaml").write_text(FORMS.replace("text", "txet"), "utf-8")
    found = refused(write(tmp_path, top="form_files: [f.yaml]\n"))
    assert [(Path(f.file).name, f.line, f.kind) for f in found] == [("f.yaml", 4, "wrong-value")]


@pytest.mark.parametrize("name", ["no.yaml", "../f.yaml", "/etc/passwd", ".."])
def test_form_file_that_is_nowhere(tmp_path: Path, name: str) -> None:
    assert places(refused(write(tmp_path, top=f"form_files: [{name}]\n"))) == [(20, 14, "form-file")]


def test_a_form_in_two_files(tmp_path: Path) -> None:
    for name in ("f.yaml", "g.yaml"):
        (tmp_path / name).write_text(FORMS, "utf-8")
    found = refused(write(tmp_path, top="form_files: [f.yaml, g.yaml]\n"))
    assert [(Path(f.file).name, f.line, f.kind) for f in found] == [
        ("g.yaml", 3, "repeated-section"), ("g.yaml", 6, "repeated-form"),
    ]  # fmt: skip
    own = "form_files: [f.yaml]\nforms: {F: {name: F, at: [V1], sections: [s]}}\n"
    found = refused(write(tmp_path, top=own))
    assert [(Path(f.file).name, f.line, f.kind) for f in found] == [("tiny.yaml", 21, "repeated-form")]


def test_a_copy_of_a_shipped_protocol_keeps_its_forms(tmp_path: Path) -> None:
    shelf = resources() / "protocols"
    for name in ("scanpan.yaml", "regimens.yaml"):
        (tmp_path / name).write_bytes((shelf / name).read_bytes())
    assert load(tmp_path / "scanpan.yaml").protocol == load(shelf / "scanpan.yaml").protocol
