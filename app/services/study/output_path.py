"""Where the program may write: the one guard for every path, given by a person or chosen by the program.

A study, its backups, notes and journals and the file that is being read are never written over, whatever name or link
leads to them; another file only when it is a PDF that this program made, or when somebody asked for it. Everything is
looked at before anything is done. A study that this process has open is recognised without opening it: to close it
again would drop the locks on it.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app import paths
from app.domain.refusal import Refused
from app.operating_system import unfit_name

Replace = Literal["never", "own", "any"]
"""Which file may be replaced: none, a PDF that this program made, or any that is not protected."""
STANDARD_INPUT = 0
"""Given among the files that are read, it means what standard input comes from."""

_NO_FILE = "-"
"""To read from it is to read standard input; nothing is written there."""
_STUDY_ENDING = ".studyday"
_SIDE_ENDINGS = ("-journal", "-wal", "-shm", ".open", ".json")
_BACKUP_NAME = re.compile(r".+-\d{8}T\d{6}Z-\d+\.studyday(\.json)?", re.ASCII)
_UNFINISHED_NAME = re.compile(r"\..+\.part(-journal|-wal|-shm)?|\..+\.(making|made)")
_STUDY_STARTS = (
    b"SQLite format 3\x00",
    b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",  # a journal
    b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83",  # a write-ahead log
    b'{\n "backup": ',  # the note next to a backup
    b'{"who": ',  # the note about who has a study open
)  # fmt: skip
_LONGEST_START = max(map(len, _STUDY_STARTS))
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")
_LARGEST_PDF = 1 << 28
"""Bytes of a PDF that is read to see whether it is one of this program; larger ones are not."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place that may be written: the file itself, where links lead to, and whether there is none yet."""

    path: Path
    is_new: bool


def typed_path(text: str) -> Path:
    """Return the path that a person typed for a file that is to be written.

    Raises:
        Refused: it is empty, or ``-``, names a folder, or has a sign in it that cannot be seen.
    """
    if text.strip() in ("", _NO_FILE):
        raise Refused("no_name")
    must_be_visible(text)
    if text.endswith(("/", os.sep)):
        raise Refused("over_folder", path=text)
    return Path(text)


def typed_folder(text: str) -> Path:
    """Return the path that a person typed for a folder that is to be written to.

    Raises:
        Refused: it is empty, or ``-``, or has a sign in it that cannot be seen.
    """
    if text.strip() in ("", _NO_FILE):
        raise Refused("no_folder_name")
    must_be_visible(text)
    return Path(text)


def must_be_visible(text: str) -> None:
    """Refuse a path that is not what it seems to be: with a line break, a control sign or a mark for another direction.

    So is on Windows the name of a device or of a stream inside a file.

    Raises:
        Refused: it is not.
    """
    if any(unicodedata.category(one) in _UNSEEN for one in text):
        shown = "".join(ascii(one)[1:-1] if unicodedata.category(one) in _UNSEEN else one for one in text)
        raise Refused("name_unseen", path=shown)
    unfit = unfit_name(Path(text))
    if unfit:
        raise Refused("name_unfit", path=text, name=unfit)


def check_output(
    path: Path, replace: Replace = "own", study: Path | None = None, reads: Iterable[Path | int] = ()
) -> Target:
    """Return where a file, mostly a PDF, may be written; nothing is written yet.

    `study`: the file of the study that it is made from. `reads`: the other files that it is made from.

    Raises:
        Refused: the path is protected, no ordinary file, has another file under it, or cannot be written.
    """
    must_be_visible(str(path))
    real, around_study = _without_links(path), _identities(_files_of(study))
    _must_not_belong_to_study(path, real, around_study)
    found = _status(path)
    if found is None:
        if _ends_like_study(real):
            raise Refused("study_ending", path=str(path))
        _must_take_files(real.parent)
        return Target(real, True)
    _must_be_file(path, found)
    identity = (found.st_dev, found.st_ino)
    if _ends_like_study(real) or identity in around_study:
        raise Refused("over_study", path=str(path))
    if identity in _identities([*reads, *_shipped()]) or real.is_relative_to(paths.resources()):
        raise Refused("over_input", path=str(path))
    if _begins_like_study(real):
        raise Refused("over_study", path=str(path))
    _must_take_files(real.parent)
    if not os.access(real, os.W_OK):
        raise Refused("unwritable", path=str(path), problem="permission denied")
    if replace == "never" or (replace == "own" and not is_own_pdf(real)):
        raise Refused("over_file", path=str(path))
    return Target(real, False)


def check_new(path: Path) -> None:
    """Refuse a path for a new study file where it must not be made.

    Raises:
        Refused: something has that name, even if only a link; it is kept for what belongs to a study; or it has a sign
            that cannot be seen.
    """
    must_be_visible(str(path))
    try:
        if os.path.lexists(path):
            raise Refused("exists", path=str(path))
        path.lstat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _unwritable(path, error) from None
    _must_not_belong_to_study(path, _without_links(path), set())


def check_folder(path: Path) -> None:
    """Refuse a path for a folder of backups where it is something else.

    Raises:
        Refused: it is no folder, or has a sign that cannot be seen.
    """
    must_be_visible(str(path))
    try:
        if not path.is_dir() and os.path.lexists(path):
            raise Refused("not_folder", path=str(path))
        path.parent.is_dir()
    except OSError as error:
        raise _unwritable(path, error) from None


def is_own_pdf(path: Path) -> bool:
    """Whether a file is a PDF just as this program made it: with its name as the creator, and nothing added since."""
    try:
        if path.stat().st_size > _LARGEST_PDF:
            return False
        content = path.read_bytes()
    except OSError:
        return False
    if not content.startswith(b"%PDF-") or content.count(b"%%EOF") != 1 or not content.rstrip().endswith(b"%%EOF"):
        return False
    trailer = content[content.rfind(b"trailer") :]
    info = re.search(rb"/Info (\d+) 0 R", trailer)
    if info is None or b"\n% ReportLab generated PDF document" not in trailer:
        return False  # another program that saves the file leaves this comment out
    start = content.find(b"\n" + info[1] + b" 0 obj")
    described = content[start : content.find(b"endobj", start)] if start >= 0 else b""
    return b"/Creator (Studyday)" in described and b"/Producer (ReportLab PDF Library" in described


def protocol_files(protocol: Path) -> list[Path]:
    """Return a protocol file and those in its folder that may belong to it."""
    try:
        return [protocol, *(one for one in protocol.parent.iterdir() if one.suffix in (".yaml", ".yml"))]
    except OSError:
        return [protocol]


def _unwritable(path: Path, error: OSError) -> Refused:
    return Refused("unwritable", path=str(path), problem=(error.strerror or "an error").lower())


def _without_links(path: Path) -> Path:
    """Return the path of the file itself.

    Raises:
        Refused: it is a link that leads nowhere.
    """
    try:
        if path.is_symlink() and not path.exists():
            raise Refused("over_special", path=str(path))
        return Path(os.path.realpath(path))
    except OSError as error:
        raise _unwritable(path, error) from None


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unwritable(path, error) from None


def _must_be_file(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise Refused("over_folder", path=str(path))
    if not stat.S_ISREG(found.st_mode):
        raise Refused("over_special", path=str(path))


def _must_take_files(folder: Path) -> None:
    try:
        if not folder.exists():
            raise Refused("no_folder", path=str(folder))
        if not folder.is_dir():
            raise Refused("not_folder", path=str(folder))
    except OSError as error:
        raise _unwritable(folder, error) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused("unwritable", path=str(folder), problem="permission denied")


def _must_not_belong_to_study(path: Path, real: Path, open_files: set[tuple[int, int]]) -> None:
    """Refuse names that SQLite and this program give to what belongs to a study, there or not yet."""
    for one in {path, real}:
        name = one.name
        among_backups = one.parent.name.endswith("-backups")
        if _UNFINISHED_NAME.fullmatch(name) or (among_backups and _BACKUP_NAME.fullmatch(name)):
            raise Refused("over_study", path=str(path))
        for ending in _SIDE_ENDINGS:
            rest = name.removesuffix(ending)
            if rest in ("", name):
                continue
            owner = one.with_name(rest)
            if _ends_like_study(owner) or _identities([owner]) & open_files or _begins_like_study(owner):
                raise Refused("over_study", path=str(path))


def _ends_like_study(path: Path) -> bool:
    """Whether a name has the ending of a study, also to systems that leave out dots and blanks at its end."""
    return path.name.rstrip(". \u00a0").casefold().endswith(_STUDY_ENDING)


def _begins_like_study(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(_LONGEST_START).startswith(_STUDY_STARTS)
    except OSError:
        return False


def _files_of(study: Path | None) -> Iterator[Path]:
    """Yield a study file and all that lies around it."""
    if study is None:
        return
    real = Path(os.path.realpath(study))
    yield real
    yield from (real.with_name(real.name + ending) for ending in _SIDE_ENDINGS)
    yield real.with_name(f".{real.name}.part")
    try:
        yield from real.with_name(f"{real.stem}-backups").iterdir()
    except OSError:
        return


def _shipped() -> Iterable[Path]:
    return (paths.resources() / "protocols").glob("*.yaml")


def _identities(files: Iterable[Path | int]) -> set[tuple[int, int]]:
    found = set()
    for one in files:
        try:
            status = os.fstat(one) if isinstance(one, int) else one.stat()
        except OSError:
            continue
        found.add((status.st_dev, status.st_ino))
    return found
