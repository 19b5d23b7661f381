"""The guard of every path that is written; all commands are tried on it in `tests/faults/test_output_paths.py`."""

import os
from io import BytesIO
from pathlib import Path

import pypdf
import pypdf.annotations
import pytest
from reportlab.pdfgen.canvas import Canvas

from app.services.commands.print_documents import visit_list, write_pages
from app.services.study.output_path import (
    check_folder,
    check_new,
    check_output,
    is_own_pdf,
    must_be_visible,
    protocol_files,
    typed_folder,
    typed_path,
)
from tests.services.ward import Ward, refused


@pytest.fixture
def pages(ward: Ward) -> bytes:
    """A list of visits as this program prints it."""
    return visit_list(ward.study, ward.today).content


# A PDF of this program


def test_a_pdf_of_this_program_is_recognised(pages: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pages)
    assert is_own_pdf(tmp_path / "a.pdf")


@pytest.mark.parametrize("name", [".", "..", "/", "./.", "a/.."])
def test_a_path_without_a_name_of_its_own_is_a_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    (tmp_path / "a" / "a").mkdir()
    refused("over_folder", check_output, Path(name))


def annotated(pages: bytes) -> bytes:
    writer = pypdf.PdfWriter(BytesIO(pages), incremental=True)
    writer.add_annotation(0, pypdf.annotations.FreeText(text="called her", rect=(50, 550, 200, 650)))
    return saved(writer)


def saved_by_another_program(pages: bytes) -> bytes:
    return saved(pypdf.PdfWriter(clone_from=BytesIO(pages)))


def saved(writer: pypdf.PdfWriter) -> bytes:
    found = BytesIO()
    writer.write(found)
    return found.getvalue()


def of_another_program(_pages: bytes) -> bytes:
    found = BytesIO()
    canvas = Canvas(found)
    canvas.setTitle("/Creator (Studyday)")
    canvas.drawString(100, 100, "/Creator (Studyday)")
    canvas.save()
    return found.getvalue()


def with_something_added(pages: bytes) -> bytes:
    return pages + b"\nand a letter"


def cut_short(pages: bytes) -> bytes:
    return pages[:-10]


def empty(_pages: bytes) -> bytes:
    return b""


def text(_pages: bytes) -> bytes:
    return b"%PDF-1.3 /Creator (Studyday) /Producer (ReportLab PDF Library %%EOF"


OTHERS = (
    annotated, saved_by_another_program, of_another_program, with_something_added, cut_short, empty, text,
)  # fmt: skip


@pytest.mark.parametrize("made", OTHERS, ids=lambda one: one.__name__)
def test_what_somebody_has_changed_or_made_is_replaced_only_when_asked_for(
    pages: bytes, tmp_path: Path, made: object
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made(pages))  # type: ignore[operator]
    before = path.read_bytes()
    for replace in ("never", "own"):
        refused("over_file", write_pages, path, pages, replace)
        assert path.read_bytes() == before
    write_pages(path, pages, "any")
    assert path.read_bytes() == pages


def test_a_pdf_of_this_program_is_replaced_unless_nothing_may_be(pages: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pages(path, pages, "never")
    refused("over_file", write_pages, path, pages, "never")
    write_pages(path, pages, "own")
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_through_a_link_the_file_itself_is_written(pages: bytes, tmp_path: Path) -> None:
    write_pages(tmp_path / "a.pdf", pages)
    (tmp_path / "link.pdf").symlink_to("a.pdf")
    target = check_output(tmp_path / "link.pdf")
    assert (target.path, target.is_new) == (tmp_path / "a.pdf", False)
    write_pages(tmp_path / "link.pdf", pages)
    assert (tmp_path / "link.pdf").is_symlink()


def test_what_was_left_unfinished_goes_with_the_next_print(pages: bytes, tmp_path: Path) -> None:
    (tmp_path / ".a.pdf.abcd_123.part").write_bytes(b"half")
    write_pages(tmp_path / "a.pdf", pages)
    assert not (tmp_path / ".a.pdf.abcd_123.part").exists()


def test_a_file_that_appears_meanwhile_is_left(pages: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    real = os.fsync

    def late(handle: int) -> None:
        path.write_bytes(b"theirs")
        real(handle)

    monkeypatch.setattr(os, "fsync", late)
    refused("over_file", write_pages, path, pages)
    assert path.read_bytes() == b"theirs"


# An open study


SIDES = ("", "-journal", "-wal", "-shm", ".open", ".json")


@pytest.mark.parametrize("name", ["s.studyday", "study.db", "study"])
@pytest.mark.parametrize("side", SIDES)
def test_the_open_study_is_known_without_being_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, side: str
) -> None:
    study = tmp_path / name
    study.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    opened: list[Path] = []
    real = Path.open

    def note(path: Path, *given: object, **more: object) -> object:
        opened.append(path)
        return real(path, *given, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", note)
    refused("over_study", check_output, study.with_name(name + side), "any", study)
    assert opened == []


def test_notes_and_backups_of_the_study_are_known_under_other_names(tmp_path: Path) -> None:
    folder = tmp_path / "s-backups"
    folder.mkdir()
    for name in ("s-20270101T080000Z-7.studyday", "s-20270101T080000Z-7.studyday.json", "list.txt"):
        (folder / name).write_bytes(b"damaged")
        os.link(folder / name, tmp_path / f"{name[-4:]}.pdf")
        refused("over_study", check_output, tmp_path / f"{name[-4:]}.pdf", "any", tmp_path / "s.studyday")


# Names


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\t", "\x00", "\x1b", "\x7f", "\u200b", "\u202e", "\u2028", "\u00ad", "\ufeff"]
)
def test_a_sign_that_cannot_be_seen_is_shown(sign: str) -> None:
    found = refused("name_unseen", must_be_visible, f"a{sign}b.pdf")
    assert sign not in str(found.values["path"])
    assert str(found.values["path"]).startswith("a\\")
    refused("name_unseen", typed_folder, f"a{sign}b")
    refused("name_unseen", check_new, Path(f"a{sign}b"))


@pytest.mark.parametrize(
    "name", ["Besök Åsa 2.pdf", "日历.pdf", "a\u00a0b.pdf", "a’b.pdf", "-.pdf", "./-", "a b/ü.pdf"]
)
def test_usual_names_are_taken(name: str) -> None:
    assert typed_path(name) == Path(name)
    assert typed_folder(name) == Path(name)


@pytest.mark.parametrize("name", ["-", " - ", "", " ", "\u3000"])
def test_no_name_is_refused(name: str) -> None:
    refused("no_name", typed_path, name)
    refused("no_folder_name", typed_folder, name)


def test_a_name_that_is_taken_is_not_new(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nothing")
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder"):
        refused("exists", check_new, tmp_path / name)
    check_new(tmp_path / "s.studyday")
    refused("unwritable", check_new, tmp_path / ("x" * 300))


def test_a_folder_for_backups_is_a_folder_or_new(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("nothing")
    check_folder(tmp_path)
    check_folder(tmp_path / "new" / "er")
    for name in ("file", "link"):
        refused("not_folder", check_folder, tmp_path / name)
    refused("unwritable", check_folder, tmp_path / ("x" * 300))


def test_a_protocol_and_those_next_to_it_are_read(tmp_path: Path) -> None:
    for name in ("own.yaml", "regimens.yml", "letter.txt"):
        (tmp_path / name).write_text("x")
    assert {path.name for path in protocol_files(tmp_path / "own.yaml")} == {"own.yaml", "regimens.yml"}
    assert protocol_files(tmp_path / "none" / "own.yaml") == [tmp_path / "none" / "own.yaml"]


def test_a_study_may_have_the_name_of_its_backup_in_another_folder(tmp_path: Path) -> None:
    name = "s-20270101T080000Z-7.studyday"
    check_new(tmp_path / name)
    for folder in ("s-backups", "other-backups"):
        (tmp_path / folder).mkdir()
        refused("over_study", check_new, tmp_path / folder / name)
        refused("over_study", check_output, tmp_path / folder / f"{name}.json", "any")
    (tmp_path / "linked").symlink_to("s-backups")
    refused("over_study", check_new, tmp_path / "linked" / name)


@pytest.mark.parametrize("name", ["s.studyday.", "s.studyday ", "s.STUDYDAY. .", "s.studyday\u00a0"])
def test_a_name_that_some_systems_read_as_a_study_is_one(tmp_path: Path, name: str) -> None:
    refused("study_ending", check_output, tmp_path / name)
    (tmp_path / name).write_bytes(b"")
    refused("over_study", check_output, tmp_path / name, "any")
