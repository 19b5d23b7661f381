"""Rules about the parts of the file itself: conditions that allow no answer, sources that are not listed."""

from collections.abc import Iterator

from app.protocols.findings import Fault, did_you_mean
from app.protocols.schema.base import Cited, Conditional, parts_of
from app.protocols.schema.protocol_file import ProtocolFile


def conditions(file: ProtocolFile) -> Iterator[Fault]:
    """Find conditions that allow no answer at all."""
    for path, part in parts_of(file):
        for choice, allowed in part.when.items() if isinstance(part, Conditional) else ():
            if allowed == []:
                says = f"No answer to `{choice}` is allowed here, so this never applies"
                yield Fault((*path, "when", choice), "never-applies", says, "Name the answers")


def sources(file: ProtocolFile) -> Iterator[Fault]:
    """Find sources that the file names and does not list; a file that lists none is not checked."""
    known = file.sources
    for path, part in parts_of(file) if known else ():
        for index, source in enumerate(part.source) if isinstance(part, Cited) else ():
            if source not in known:
                says = f"`{source}` is not listed in `sources`"
                yield Fault((*path, "source", index), "unknown-source", says, did_you_mean(source, known))
