"""Loads a protocol file: YAML text in, a checked document out, or every finding with its line and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from app.bounded_read import NotOrdinaryError, TooLargeError, read_file
from app.domain.protocol.version import ProtocolVersion
from app.protocols.builder.version import build
from app.protocols.findings import MAX_BYTES, Fault, FaultyDocument, Finding, FindingKind, Level, ProtocolRefused
from app.protocols.schema.base import Model
from app.protocols.schema.messages import schema_findings
from app.protocols.schema.protocol_file import ProtocolFile
from app.protocols.schema.regimens import RegimenFile, RegimenModel
from app.protocols.yaml_tree import YamlTree, read_yaml

FileModel = TypeVar("FileModel", bound=Model)


@dataclass(frozen=True)
class LoadedProtocol:
    """A protocol whose parts fit together, with the models that it was built from and the places of their parts.

    `regimens`: those of the regimen files that the file names. `files`: the bytes of every file by name, its own under
    the empty name. `regimen_trees`: the regimen file of each shared regimen.
    """

    protocol: ProtocolVersion
    file: ProtocolFile
    regimens: Mapping[str, RegimenModel]
    files: Mapping[str, bytes]
    tree: YamlTree
    regimen_trees: Mapping[str, YamlTree]

    def finding(self, fault: Fault, level: Level = "error") -> Finding:
        """Return the fault with its place."""
        return _placed(self.tree, self.regimen_trees, fault, level)


@dataclass
class _RegimenFiles:
    """What the regimen files of one protocol hold, gathered file by file."""

    regimens: dict[str, RegimenModel] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    trees: dict[str, YamlTree] = field(default_factory=dict)

    def add(self, tree: YamlTree, file: RegimenFile) -> Iterator[Finding]:
        """Add one file; a regimen that an earlier file has as well is a finding."""
        for name in file.regimens:
            if name in self.trees:
                line, column = tree.place(("regimens", name), key=True)
                says = f"`{name}` is in {self.trees[name].file} too"
                yield Finding(tree.file, line, column, "repeated-regimen", says, "Remove one of them")
        self.regimens |= file.regimens
        self.sources |= file.sources
        self.trees |= dict.fromkeys(file.regimens, tree)


def load(path: Path) -> LoadedProtocol:
    """Read and check a protocol file with the regimen files that it names.

    Raises:
        ProtocolRefused: with every finding.
    """
    tree = read_yaml(str(path), _text(path, raw := _bytes(path)))
    findings: list[Finding] = []
    file = _checked(tree, ProtocolFile, findings)
    files = {"": raw}
    shared = _RegimenFiles()
    for index, name in enumerate(_regimen_file_names(tree.document)):
        try:
            inner, files[name] = _read_regimen_file(path, tree, index, name)
        except ProtocolRefused as refused:
            findings += refused.findings
            continue
        regimen_file = _checked(inner, RegimenFile, findings)
        if regimen_file is not None:
            findings += shared.add(inner, regimen_file)
    if file is None or findings:
        raise ProtocolRefused(findings)
    file = file.model_copy(update={"sources": shared.sources | file.sources})
    protocol = _built(tree, shared, file)
    return LoadedProtocol(protocol, file, shared.regimens, files, tree, shared.trees)


def _built(tree: YamlTree, shared: _RegimenFiles, file: ProtocolFile) -> ProtocolVersion:
    try:
        return build(file, shared.regimens)
    except FaultyDocument as faulty:
        raise ProtocolRefused(_placed(tree, shared.trees, fault) for fault in faulty.faults) from None


def _placed(tree: YamlTree, regimen_trees: Mapping[str, YamlTree], fault: Fault, level: Level = "error") -> Finding:
    """Return the fault with its place; the place of a fault in a regimen may be in a regimen file."""
    of = tree
    if fault.path[:1] == ("regimens",) and len(fault.path) > 1 and fault.path not in tree.keys:
        of = regimen_trees.get(str(fault.path[1]), tree)
    line, column = of.place(fault.path, fault.key)
    return Finding(of.file, line, column, fault.kind, fault.message, fault.remedy, level)


def _bytes(path: Path) -> bytes:
    """Return the file's bytes.

    Raises:
        ProtocolRefused: there is no such file, or it cannot be read.
    """
    try:
        if path.is_dir():
            raise _refused(path, "folder", "This is a folder, not a protocol file", "Name a .yaml file in it")
        return read_file(path, MAX_BYTES)
    except TooLargeError:
        raise _refused(
            path, "too-large", "The file is larger than 2 MB", "A protocol file is text of some 100 kB"
        ) from None
    except NotOrdinaryError:
        raise _refused(path, "special-file", "This is a pipe, a socket or a device", "Name an ordinary file") from None
    except FileNotFoundError:
        raise _refused(path, "no-file", "There is no such file", "Check its name and folder") from None
    except OSError as error:
        raise _refused(
            path, "unreadable", f"The file cannot be read ({error.strerror})", "Check who may read it"
        ) from None


def _text(path: Path, raw: bytes) -> str:
    """Return the file's bytes as text.

    Raises:
        ProtocolRefused: the file is empty, or not UTF-8 from some place on.
    """
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


def _refused(
    path: Path, kind: FindingKind, message: str, remedy: str, line: int = 0, column: int = 0
) -> ProtocolRefused:
    return ProtocolRefused([Finding(str(path), line, column, kind, message, remedy)])


def _checked(tree: YamlTree, model: type[FileModel], findings: list[Finding]) -> FileModel | None:
    """Return the document as a model and add everything that is wrong with it to `findings`; then None is returned."""
    findings += tree.findings
    if tree.is_broken(()):
        return None
    if not isinstance(tree.document, dict):
        line, column = tree.place(())
        says, remedy = "The file holds no `name: value` lines", "A protocol file begins with `studyday: 1`"
        findings.append(Finding(tree.file, line, column, "no-mapping", says, remedy))
        return None
    try:
        found = model.model_validate(tree.document)
    except ValidationError as error:
        findings += schema_findings(tree, error.errors(include_url=False), model)
        return None
    return None if tree.findings else found


def _regimen_file_names(document: Any) -> list[str]:
    named = document.get("regimen_files", []) if isinstance(document, dict) else []
    return [name for name in named if isinstance(name, str) and name] if isinstance(named, list) else []


def _read_regimen_file(path: Path, tree: YamlTree, index: int, name: str) -> tuple[YamlTree, bytes]:
    """Read a regimen file from the folder of the protocol file.

    Raises:
        ProtocolRefused: the file is in another folder or missing, found where it is named; or it cannot be read.
    """
    neighbour = path.with_name(name) if Path(name).name == name and name not in (".", "..") else None
    if neighbour is None or not neighbour.is_file():
        line, column = tree.place(("regimen_files", index))
        if neighbour is None:
            says, remedy = f"`{name}` lies in another folder", "Name a file in the folder of this one"
        else:
            says, remedy = f"There is no file `{name}` here", "Put it into the folder of this one, or correct the name"
        raise ProtocolRefused([Finding(tree.file, line, column, "regimen-file", says, remedy)])
    raw = _bytes(neighbour)
    return read_yaml(str(neighbour), _text(neighbour, raw)), raw
