"""A new folder of files, complete or not at all: made under a hidden name, and named when everything is in it."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.atomic_write import name_new_file
from app.domain.refusal import Refused
from app.operating_system import hold_folder, is_abandoned, release
from app.private_files import make_folder
from app.services.study.output_path import check_folder

_MAKING, _MADE = ".making", ".made"


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a hidden folder to fill; at the end its files are in `folder`, which is new or was empty.

    What a killed process has left of the same folder is removed first. Without hard links a process that is killed
    while it names the files in an empty folder leaves those that have their name.

    What is refused in the block about a file of the hidden folder names the file as it would have been.

    Raises:
        Refused: something else has that name, the folder is not empty, or it cannot be written; nothing is left.
    """
    place = _place(folder)
    try:
        there = place.is_dir()
        host = place if there else place.parent
        make_folder(host)
        _clear_abandoned(host, place)
        if there and any(place.iterdir()):
            raise Refused("folder_not_empty", path=str(folder))
        making = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=_MAKING, dir=host))
    except OSError as error:
        raise _unwritable(folder, error) from None
    lock = hold_folder(making)
    try:
        yield making
        _name(making, place, there)
    except Refused as refused:
        path = Path(str(refused.values.get("path", "")))
        if not path.is_relative_to(making):
            raise
        shown = str(folder / path.relative_to(making))
        raise Refused(refused.kind, refused.place, **{**refused.values, "path": shown}) from refused
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        release(lock)
        shutil.rmtree(making, ignore_errors=True)


def _place(folder: Path) -> Path:
    """Return where the folder really is.

    Raises:
        Refused: something else has that name.
    """
    check_folder(folder)
    return Path(os.path.realpath(folder))


def _unwritable(folder: Path, error: OSError) -> Refused:
    return Refused("unwritable", path=str(folder), problem=(error.strerror or "an error").lower())


def _name(making: Path, place: Path, there: bool) -> None:
    """Give the finished files their final names: with their folder, or one by one in an empty folder."""
    if not there:
        making.rename(place)
        return
    for file in sorted(making.iterdir()):
        try:
            os.link(file, place / file.name)
        except FileExistsError:
            raise
        except OSError:
            name_new_file(file, place / file.name)
    making.rename(making.with_suffix(_MADE))
    shutil.rmtree(making.with_suffix(_MADE), ignore_errors=True)


def _clear_abandoned(host: Path, place: Path) -> None:
    """Remove what killed processes have left, with the final names that they had given before they were done."""
    left = re.compile(rf"\.{re.escape(place.name)}\.[a-z0-9_]{{8}}(\.making|\.made)", re.ASCII)
    for found in [one for one in host.iterdir() if left.fullmatch(one.name)]:
        if found.is_symlink() or not found.is_dir() or not is_abandoned(found):
            continue
        if found.suffix == _MAKING and host == place:
            for file in found.iterdir():
                with suppress(FileNotFoundError):
                    if file.samefile(place / file.name):
                        (place / file.name).unlink()
        shutil.rmtree(found, ignore_errors=True)
