"""Loads a protocol file: YAML text in, a checked document out, or every finding with its line and column."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from app import paths
from app.bounded_read import NotOrdinaryError, TooLargeError, read_file
from app.domain.protocol.version import ProtocolVersion
from app.protocols.builder.version import build
from app.protocols.findings import MAX_BYTES, Fault, FaultyDocument, Finding, FindingKind, Level, ProtocolRefused
from app.protocols.schema.base import Model
from app.protocols.schema.forms import FormFile, FormModel, SectionModel
from app.protocols.schema.messages import schema_findings
from app.protocols.schema.protocol_file import ProtocolFile
from app.protocols.schema.regimens import RegimenFile, RegimenModel
from app.protocols.yaml_tree import YamlTree, read_yaml

FileModel = TypeVar("FileModel", bound=Model)
FilePart = Literal["regimen_files", "form_files"]
SharedPart = Literal["regimens", "sections", "forms"]
_MODELS: Mapping[FilePart, type[RegimenFile] | type[FormFile]] = {"regimen_files": RegimenFile, "form_files": FormFile}
_REPEATED: Mapping[SharedPart, FindingKind] = {
    "regimens": "repeated-regimen", "sections": "repeated-section", "forms": "repeated-form",
}  # fmt: skip


@dataclass(frozen=True)
class LoadedProtocol:
    """A protocol whose parts fit together, with the models that it was built from and the places of their parts.

    `regimens`: those of the regimen files that the file names; its forms and sections are complete. `files`: the bytes
    of every file by name, its own under the empty name. `shared_trees`: the file of each regimen, section and form that
    another file has.
    """

    protocol: ProtocolVersion
    file: ProtocolFile
    regimens: Mapping[str, RegimenModel]
    files: Mapping[str, bytes]
    tree: YamlTree
    shared_trees: "SharedTrees"

    def finding(self, fault: Fault, level: Level = "error") -> Finding:
        """Return the fault with its place."""
        return _placed(self.tree, self.shared_trees, fault, level)


SharedTrees = Mapping[tuple[str, str], YamlTree]
"""The file of each part that another file has, by the part's kind (``regimens``, ``sections``, ``forms``) and name."""


@dataclass
class _SharedFiles:
    """What the regimen files and form files of one protocol hold, gathered file by file."""

    regimens: dict[str, RegimenModel] = field(default_factory=dict)
    sections: dict[str, SectionModel] = field(default_factory=dict)
    forms: dict[str, FormModel] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    trees: dict[tuple[str, str], YamlTree] = field(default_factory=dict)

    def add(self, tree: YamlTree, file: RegimenFile | FormFile) -> Iterator[Finding]:
        """Add one file; a part that an earlier file has as well is a finding."""
        if isinstance(file, RegimenFile):
            yield from self._names(tree, "regimens", file.regimens)
            self.regimens |= file.regimens
        else:
            yield from self._names(tree, "sections", file.sections)
            yield from self._names(tree, "forms", file.forms)
            self.sections |= file.sections
            self.forms |= file.forms
        self.sources |= file.sources

    def _names(self, tree: YamlTree, part: SharedPart, names: Iterable[str]) -> Iterator[Finding]:
        for name in names:
            other = self.trees.get((part, name))
            if other is not None:
                yield self._repeated(tree, part, name, other.file)
            self.trees[part, name] = tree

    def own(self, tree: YamlTree, file: ProtocolFile) -> Iterator[Finding]:
        """Find sections and forms that the protocol file has as well as a form file."""
        own: tuple[tuple[SharedPart, Iterable[str]], ...] = (("sections", file.sections), ("forms", file.forms))
        for part, names in own:
            for name in names:
                if (part, name) in self.trees:
                    yield self._repeated(tree, part, name, self.trees[part, name].file)

    def _repeated(self, tree: YamlTree, part: SharedPart, name: str, other: str) -> Finding:
        line, column = tree.place((part, name), key=True)
        return Finding(tree.file, line, column, _REPEATED[part], f"`{name}` is in {other} too", "Remove one of them")


def load(path: Path) -> LoadedProtocol:
    """Read and check a protocol file with the regimen files that it names.

    Raises:
        ProtocolRefused: with every finding.
    """
    tree = read_yaml(str(path), _text(path, raw := _bytes(path)))
    findings: list[Finding] = []
    file = _checked(tree, ProtocolFile, findings)
    files = {"": raw}
    shared = _SharedFiles()
    for part, index, name in _neighbours(tree.document):
        try:
            inner, files[name] = _read_neighbour(path, tree, part, index, name)
        except ProtocolRefused as refused:
            findings += refused.findings
            continue
        neighbour = _checked(inner, _MODELS[part], findings)
        if neighbour is not None:
            findings += shared.add(inner, neighbour)
    if file is not None:
        findings += shared.own(tree, file)
    if file is None or findings:
        raise ProtocolRefused(findings)
    file = file.model_copy(
        update={
            "sources": shared.sources | file.sources,
            "sections": shared.sections | file.sections,
            "forms": shared.forms | file.forms,
        }
    )
    protocol = _built(tree, shared, file)
    return LoadedProtocol(protocol, file, shared.regimens, files, tree, shared.trees)


def _built(tree: YamlTree, shared: _SharedFiles, file: ProtocolFile) -> ProtocolVersion:
    try:
        return build(file, shared.regimens)
    except FaultyDocument as faulty:
        raise ProtocolRefused(_placed(tree, shared.trees, fault) for fault in faulty.faults) from None


def _placed(tree: YamlTree, shared: SharedTrees, fault: Fault, level: Level = "error") -> Finding:
    """Return the fault with its place, which may be in a regimen file or a form file."""
    of = tree
    if len(fault.path) > 1 and fault.path not in tree.keys:
        of = shared.get((str(fault.path[0]), str(fault.path[1])), tree)
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


def _neighbours(document: Any) -> Iterator[tuple[FilePart, int, str]]:
    """Yield the files that a protocol file names: the word under which, the place in its list, and the name."""
    for part in _MODELS:
        named = document.get(part, []) if isinstance(document, dict) else []
        for index, name in enumerate(named) if isinstance(named, list) else ():
            if isinstance(name, str) and name:
                yield part, index, name


def _read_neighbour(path: Path, tree: YamlTree, part: FilePart, index: int, name: str) -> tuple[YamlTree, bytes]:
    """Read a file from the folder of the protocol file; a form file that is not there, from those of the program.

    So a copy of a shipped protocol keeps its forms.

    Raises:
        ProtocolRefused: the file is in another folder or missing, found where it is named; or it cannot be read.
    """
    neighbour = path.with_name(name) if Path(name).name == name and name not in (".", "..") else None
    if neighbour is not None and part == "form_files" and not neighbour.is_file():
        neighbour = paths.resources() / "protocols" / name
    if neighbour is None or not neighbour.is_file():
        line, column = tree.place((part, index))
        if neighbour is None:
            says, remedy = f"`{name}` lies in another folder", "Name a file in the folder of this one"
        else:
            says, remedy = f"There is no file `{name}` here", "Put it into the folder of this one, or correct the name"
        kind: FindingKind = "regimen-file" if part == "regimen_files" else "form-file"
        raise ProtocolRefused([Finding(tree.file, line, column, kind, says, remedy)])
    raw = _bytes(neighbour)
    return read_yaml(str(neighbour), _text(neighbour, raw)), raw
