from pathlib import Path

import pytest

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
