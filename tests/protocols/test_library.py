import os
import subprocess
import sys
import time
from pathlib import Path
from shutil import copyfile

import pytest

from app import paths
from app.cache import digest
from app.protocols import library
from app.protocols.findings import ProtocolRefused
from tests.protocols.tiny import INVENTED, REGIMENS, write

HERE = INVENTED.parent
CHECKOUT = HERE.parents[1]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(paths, "cache_dir", lambda: folder)
    return folder / "protocols"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read in full, not from the cache."""
    from app.protocols import loader

    found: list[Path] = []
    real = loader.load

    def noted(path: Path) -> loader.LoadedProtocol:
        found.append(path)
        return real(path)

    monkeypatch.setattr(loader, "load", noted)
    return found


def test_the_second_reading_comes_from_the_cache(tmp_path: Path, reads: list[Path]) -> None:
    path = write(tmp_path)
    first = library.read_protocol(path)
    assert library.read_protocol(path) == first
    assert reads == [path]


def test_a_changed_file_is_read_anew(tmp_path: Path, reads: list[Path]) -> None:
    library.read_protocol(write(tmp_path))
    path = write(tmp_path, ("A tiny trial", "A small trial"))
    assert library.read_protocol(path).title == "A small trial"
    assert len(reads) == 2


def test_a_changed_regimen_file_is_read_anew(tmp_path: Path, reads: list[Path]) -> None:
    shared = tmp_path / "r.yaml"
    shared.write_text(REGIMENS, "utf-8")
    path = write(tmp_path, top="regimen_files: [r.yaml]\n")
    library.read_protocol(path)
    shared.write_text(REGIMENS.replace("cycle_days: 14", "cycle_days: 21"), "utf-8")
    assert library.read_protocol(path).regimens["S"].cycle_days == 21
    assert library.read_protocol(path).regimens["S"].cycle_days == 21
    assert len(reads) == 2
    shared.unlink()
    with pytest.raises(ProtocolRefused):
        library.read_protocol(path)


def test_the_texts_of_a_file_that_was_read_before_are_those_of_today(tmp_path: Path, reads: list[Path]) -> None:
    shared = tmp_path / "r.yaml"
    shared.write_text(REGIMENS, "utf-8")
    path = write(tmp_path, top="regimen_files: [r.yaml]\n")
    first = library.texts_of(path)
    assert first == {path.name: path.read_text("utf-8"), "r.yaml": REGIMENS}
    assert len(reads) == 1
    library.read_protocol(path)
    assert list(library.texts_of(path).items()) == list(first.items())
    assert len(reads) == 2, "the cache knew the names"
    other = REGIMENS.replace("cycle_days: 14", "cycle_days: 21")
    shared.write_text(other, "utf-8")
    assert library.texts_of(path)["r.yaml"] == other
    assert len(reads) == 3
    shared.unlink()
    with pytest.raises(ProtocolRefused):
        library.texts_of(path)


def test_the_texts_of_a_file_with_a_form_file_of_the_program_are_read_again(tmp_path: Path, reads: list[Path]) -> None:
    """That one is not next to the file, so the cache is not asked."""
    path = tmp_path / "own.yaml"
    for name in ("scanpan.yaml", "regimens.yaml", "sections.yaml"):
        copyfile(paths.resources() / "protocols" / name, tmp_path / ("own.yaml" if name == "scanpan.yaml" else name))
    library.read_protocol(path)
    assert "scanpan-forms.yaml" in library.texts_of(path)
    assert reads == [path, path]


def test_texts_are_read_once_by_a_process_and_others_for_themselves(tmp_path: Path, reads: list[Path]) -> None:
    texts = library.texts_of(write(tmp_path))
    reads.clear()
    first = library.read_texts(texts)
    assert library.read_texts(dict(texts)) is first
    assert len(reads) <= 1
    (main,) = texts
    other = library.read_texts({main: texts[main].replace("A tiny trial", "A small trial")})
    assert (first.title, other.title) == ("A tiny trial", "A small trial")


def test_another_version_of_the_program_reads_anew(
    tmp_path: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path)
    library.read_protocol(path)
    monkeypatch.setattr(library, "__version__", "999")
    library.read_protocol(path)
    assert len(reads) == 2


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"\n", b"\xff" * 50, b"truncate", b"flip", b"shape"], ids=lambda damage: damage[:4].hex()
)
def test_a_damaged_entry_is_passed_over_and_written_anew(tmp_path: Path, cache: Path, damage: bytes) -> None:
    path = write(tmp_path)
    first = library.read_protocol(path)
    (entry,) = cache.iterdir()
    whole = entry.read_bytes()
    if damage == b"truncate":
        damage = whole[:-10]
    elif damage == b"flip":
        damage = whole.replace(b"tiny", b"tinx")
    elif damage == b"shape":
        body = b'{"files": {}, "document": {}, "regimens": {}}'
        damage = digest(body).encode() + b"\n" + body
    entry.write_bytes(damage)
    assert library.read_protocol(path) == first
    assert entry.read_bytes() == whole
    assert list(cache.iterdir()) == [entry]


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    paths.cache_dir().write_text("a file where a folder should be")
    path = write(tmp_path)
    assert library.read_protocol(path) == library.read_protocol(path)


def test_a_refused_file_leaves_no_entry(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(ProtocolRefused):
        library.read_protocol(write(tmp_path, ("id: tiny", "id: 2x")))
    assert not cache.exists()


def test_a_missing_file_is_a_known_failure(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRefused, match="no such file"):
        library.read_protocol(tmp_path / "no.yaml")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "resources" / "protocols"
    folder.mkdir(parents=True)
    for name in ("invented.yaml", "regimens.yaml"):
        copyfile(HERE / name, folder / name)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "resources")
    return folder


def test_shipped_protocols_and_their_names(shelf: Path) -> None:
    assert library.shipped() == [shelf / "invented.yaml"]
    assert library.shipped_protocol("invented").short_title == "Invented"


@pytest.mark.usefixtures("shelf")
def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ProtocolRefused, match="Did you mean `invented`"):
        library.shipped_protocol("invnted")


def test_every_shipped_protocol_loads() -> None:
    for path in library.shipped():
        assert library.read_protocol(path).visits, path.name


def test_a_cached_reading_imports_no_yaml_and_no_schema(tmp_path: Path) -> None:
    for name in ("invented.yaml", "regimens.yaml"):
        copyfile(HERE / name, tmp_path / name)
    code = (
        "import sys; from pathlib import Path; from app import paths; from app.protocols.library import read_protocol\n"
        f"paths.cache_dir = lambda: Path({str(tmp_path / 'c')!r})\n"
        f"read_protocol(Path({str(tmp_path / 'invented.yaml')!r}))\n"
        "print(any(name.split('.')[0] in ('pydantic', 'ruamel') for name in sys.modules))"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=CHECKOUT, env=dict(os.environ), capture_output=True, text=True, check=True
        )
        for _ in range(2)
    ]
    assert [answer.stdout.strip() for answer in answers] == ["True", "False"]


def test_a_cached_reading_is_fast() -> None:
    library.read_protocol(INVENTED)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        library.read_protocol(INVENTED)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.015


def test_the_cache_folder_follows_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert paths.cache_dir() == tmp_path / "studyday"
    assert (paths.resources() / "protocols").is_dir()
