"""Read a protocol file: YAML in, a checked document out, or every finding with its line and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from app.domain.protocol.version import ProtocolVersion
from app.protocols.build.version import build
from app.protocols.findings import Fault, Faulty, Finding, Level, ProtocolRefused
from app.protocols.schema import messages
from app.protocols.schema.protocol_file import ProtocolFile
from app.protocols.schema.regimens import RegimenFile
from app.protocols.yaml_tree import Tree, grow

LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True)
class Loaded:
    """A protocol file that fits together: its plain document, the regimens of its files, and where all of it stands."""

    protocol: ProtocolVersion
    document: Mapping[str, Any]
    regimens: Mapping[str, Any]
    files: Mapping[str, bytes]
    tree: Tree
    shared: Mapping[str, Tree]

    def finding(self, fault: Fault, level: Level = "error") -> Finding:
        """The fault with its place."""
        return _placed(self.tree, self.shared, fault, level)


def load(path: Path) -> Loaded:
    """Read and check a protocol file with the regimen files that it names.

    Raises:
        ProtocolRefused: with every finding.
    """
    tree = grow(str(path), _text(path, raw := _bytes(path)))
    found = list(_check(tree, ProtocolFile))
    files = {"": raw}
    shared: dict[str, Tree] = {}
    regimens: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for index, name in enumerate(_named_files(tree.document)):
        try:
            inner, files[name] = _regimen_file(path, tree, index, name)
        except ProtocolRefused as refused:
            found += refused.findings
            continue
        problems = list(_check(inner, RegimenFile))
        found += problems
        if not problems:
            shared |= _take(inner, regimens, sources, shared, found)
    if found:
        raise ProtocolRefused(found)
    document = _plain(ProtocolFile, tree.document)
    document["sources"] = {**sources, **document["sources"]}
    return Loaded(_built(tree, shared, document, regimens), document, regimens, files, tree, shared)


def _built(
    tree: Tree, shared: Mapping[str, Tree], document: dict[str, Any], regimens: dict[str, Any]
) -> ProtocolVersion:
    try:
        return build(document, regimens)
    except Faulty as faulty:
        raise ProtocolRefused(_placed(tree, shared, fault) for fault in faulty.faults) from None


def _placed(tree: Tree, shared: Mapping[str, Tree], fault: Fault, level: Level = "error") -> Finding:
    """A fault in a regimen may stand in another file."""
    of = tree
    if fault.path[:1] == ("regimens",) and len(fault.path) > 1 and fault.path not in tree.keys:
        of = shared.get(str(fault.path[1]), tree)
    line, column = of.place(fault.path, fault.key)
    return Finding(of.file, line, column, fault.kind, fault.message, fault.remedy, level)


def _bytes(path: Path) -> bytes:
    """The file's bytes, or a plain word about why there are none."""
    try:
        if path.is_dir():
            raise _refused(path, "folder", "This is a folder, not a protocol file", "Name a .yaml file in it")
        if path.stat().st_size > LARGEST:
            raise _refused(path, "too-large", "The file is larger than 2 MB", "A protocol file is text of some 100 kB")
        return path.read_bytes()
    except FileNotFoundError:
        raise _refused(path, "no-file", "There is no such file", "Check its name and folder") from None
    except OSError as error:
        raise _refused(
            path, "unreadable", f"The file cannot be read ({error.strerror})", "Check who may read it"
        ) from None


def _text(path: Path, raw: bytes) -> str:
    """The file as text, or where it stops being UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")) + 1
        raise _refused(
            path, "not-utf-8", "The file is not UTF-8 from here on", "Save it as UTF-8", line, column
        ) from None
    if not text.strip():
        raise _refused(path, "empty", "The file is empty", "A protocol file begins with `studyday: 1`", 1, 1)
    return text.replace("\r\n", "\n")


def _refused(path: Path, kind: str, message: str, remedy: str, line: int = 0, column: int = 0) -> ProtocolRefused:
    return ProtocolRefused([Finding(str(path), line, column, kind, message, remedy)])


def _check(tree: Tree, model: type[BaseModel]) -> Iterator[Finding]:
    """What YAML and the schema have against the document."""
    yield from tree.findings
    if tree.is_broken(()):
        return
    if not isinstance(tree.document, dict):
        line, column = tree.place(())
        yield Finding(
            tree.file,
            line,
            column,
            "no-mapping",
            "The file holds no `name: value` lines",
            "A protocol file begins with `studyday: 1`",
        )
        return
    try:
        model.model_validate(tree.document)
    except ValidationError as error:
        yield from messages.findings(tree, error.errors(include_url=False), model)


def _plain(model: type[BaseModel], document: Any) -> dict[str, Any]:
    return model.model_validate(document).model_dump(mode="json", by_alias=True)


def _named_files(document: Any) -> list[str]:
    named = document.get("regimen_files", []) if isinstance(document, dict) else []
    return [name for name in named if isinstance(name, str)] if isinstance(named, list) else []


def _regimen_file(path: Path, tree: Tree, index: int, name: str) -> tuple[Tree, bytes]:
    """A regimen file of the same folder; a file that is not there is a finding where it is named."""
    line, column = tree.place(("regimen_files", index))
    if Path(name).name != name or name in (".", ".."):
        raise ProtocolRefused(
            [
                Finding(
                    tree.file,
                    line,
                    column,
                    "regimen-file",
                    f"`{name}` lies in another folder",
                    "Name a file that stands beside this one",
                )
            ]
        )
    beside = path.with_name(name)
    if not beside.is_file():
        raise ProtocolRefused(
            [
                Finding(
                    tree.file,
                    line,
                    column,
                    "regimen-file",
                    f"There is no file `{name}` here",
                    "Put it beside this one or correct the name",
                )
            ]
        )
    raw = _bytes(beside)
    return grow(str(beside), _text(beside, raw)), raw


def _take(
    inner: Tree, regimens: dict[str, Any], sources: dict[str, str], shared: Mapping[str, Tree], found: list[Finding]
) -> dict[str, Tree]:
    """Add a file's regimens and sources; a regimen that another file has too is a finding."""
    plain = _plain(RegimenFile, inner.document)
    for name in plain["regimens"]:
        if name in shared:
            line, column = inner.place(("regimens", name), key=True)
            found.append(
                Finding(
                    inner.file,
                    line,
                    column,
                    "repeated-regimen",
                    f"`{name}` stands in {shared[name].file} too",
                    "Remove one of them",
                )
            )
    regimens.update(plain["regimens"])
    sources.update(plain["sources"])
    return dict.fromkeys(plain["regimens"], inner)
