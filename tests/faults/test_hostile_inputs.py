"""More than a hundred hostile inputs of every kind: each is right or refused with a message, never a bug, never a hang.

Special files, broken and bottomless texts, names for output, arguments that are no text, terminals that cannot say what
they are told. Each is a process of its own, with little memory and a limit of time. It takes some minutes:
`.venv/bin/pytest -m slow -s tests/faults/test_hostile_inputs.py`.
"""

import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.faults.client import ROOT, environment
from tests.faults.stories import STUDY, TODAY
from tests.faults.studies import snapshot
from tests.protocols.tiny import TINY

MEMORY = 3 * 2**30
SECONDS = 40
Argument = str | bytes
STORY: dict[str, Any] = {
    "protocol": "scanpan",
    "today": "2026-12-20",
    "participant": {"code": "LI-\u00c5", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"},
    "facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-11-30"}],
}


@dataclass(frozen=True)
class Input:
    """A command line, what is made for it beforehand, and the surroundings in which it runs."""

    name: str
    arguments: tuple[Argument, ...]
    make: Callable[[Path], object] = lambda folder: None
    shell: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def told(**other: Any) -> str:
    return json.dumps({**STORY, **other})


def fact(**fields: Any) -> str:
    return told(facts=[{**STORY["facts"][0], **fields}])


def person(**fields: Any) -> str:
    return told(participant={**STORY["participant"], **fields})


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listener(path: Path) -> None:
    made = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        made.bind(path.name)
    finally:
        os.chdir(here)
        made.close()


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**40)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def to_zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


SPECIAL: dict[str, Callable[[Path], object]] = {
    "pipe": pipe,
    "socket": listener,
    "folder": Path.mkdir,
    "sparse": sparse,
    "loop": loop,
    "dangling": dangling,
    "link to zero": to_zero,
    "empty": Path.touch,
}
DEVICES = ("/dev/zero", "/dev/null", "/dev/full", "/dev/urandom", "/proc/self/mem", "/dev/tty")


def placed(make: Callable[[Path], object], name: str) -> Callable[[Path], object]:
    """Make it under that name in the folder."""
    return lambda folder: make(folder / name)


def special(verb: str, *before: str, after: Sequence[str] = (), name: str = "x") -> list[Input]:
    """A command line with each special file, and with each device, at one place."""
    found = [Input(f"{verb}: {kind}", (*before, name, *after), placed(make, name)) for kind, make in SPECIAL.items()]
    return found + [Input(f"{verb}: {device}", (*before, device, *after)) for device in DEVICES]


DEEP = 200_000
MOVED = {"kind": "moved", "visit": "SP-C01", "to": "2026-12-24"}
YEAR = {"country": "SE", "closed": {}, "working": [], "official": True, "source": "x"}
TEXTS: dict[str, str | bytes] = {
    "nothing": "",
    "blank": " \n\t",
    "null": "null",
    "a list": "[]",
    "a word": '"x"',
    "cut": told()[:-5],
    "more behind": told() + "x",
    "twice": told() + told(),
    "a BOM": b"\xef\xbb\xbf" + told().encode(),
    "UTF-16": told().encode("utf-16"),
    "Latin-1": told().replace("\\u00c5", "\u00c5").encode("latin-1"),
    "NUL": told().encode() + b"\x00",
    "bytes": bytes(range(256)) * 40,
    "deep lists": "[" * DEEP + "]" * DEEP,
    "deep objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "deep in a field": told(facts=0)[:-2] + "[" * DEEP + "]" * DEEP + "}",
    "a long number": told()[:-1] + ', "x": ' + "9" * 500_000 + "}",
    "a long number as a day": fact(on=0)[:-1].replace('"on": 0', '"on": ' + "9" * 4000) + "}",
    "infinity": fact(on=float("inf")),
    "no number": fact(on=float("nan")),
    "minus nothing": fact(on=-0.0),
    "a key twice": told()[:-1] + ', "today": "2026-12-21"}',
    "a long text": person(code="x" * 3_000_000),
    "a long key": told()[:-1] + ', "' + "k" * 3_000_000 + '": 1}',
    "half a sign": person(code="\ud800"),
    "half a sign in a key": told(**{"\udfff": 1}),
    "control signs in the code": person(code="LI\x1b[2J\u202e001"),
    "control signs in a visit": fact(visit="SP\x1b]0;x\x07\u2028-C01"),
    "control signs in a kind": fact(kind="\x9b31m\u200f"),
    "control signs in a field": fact(**{"\x1b[2J": 1}),
    "control signs in a reason": told(facts=[MOVED | {"reason": "\x1b[2J\r"}]),
    "too many facts": told(facts=STORY["facts"] * 20_001),
    "many equal facts": told(facts=STORY["facts"] * 5_000),
    "many closed days": told(site={"closed": ["2026-12-24"] * 200_000}),
    "everything closed": told(site={"closed_weekdays": [0, 1, 2, 3, 4, 5, 6]}),
    "a year of holidays": told(site={"holidays": [YEAR | {"year": 10**30}]}),
    "a long window": told(site={"values": {"SP-R01.after": "P" + "9" * 30 + "D"}}),
    "a million cycles": told(site={"values": {"cycles.preop_chemo": 10**6}}),
    "a visit without end": fact(visit="SP-C02#" + "9" * 5000, kept=True),
    "a visit of nobody": fact(visit="SP-C02#x", kept=True),
    "a window upside down": fact(judged={"earliest": "2026-12-09", "latest": "2026-12-01"}),
    "the year 1": fact(on="0001-01-01"),
    "the year 9999": fact(on="9999-12-31"),
    "a far country": person(country="\U0001f1f8\U0001f1ea"),
    "a time zone outside": told(site={"time_zone": "../../../../etc/passwd"}),
    "a protocol outside": told(protocol="../../../../dev/zero"),
}  # fmt: skip
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
PROTOCOLS: dict[str, str | bytes] = {
    "nothing": "",
    "bytes": bytes(range(256)) * 40,
    "UTF-16": TINY.encode("utf-16"),
    "a BOM": b"\xef\xbb\xbf" + TINY.encode(),
    "NUL": TINY.encode() + b"\x00",
    "flow lists": "x: " + "[" * 20_000 + "]" * 20_000,
    "flow maps": "x: " + "{a: " * 20_000 + "1" + "}" * 20_000,
    "deep blocks": "".join(" " * level + "a:\n" for level in range(2_000)),
    "aliases of aliases": TINY + BOMB,
    "an alias of itself": TINY + "x: &x [*x]\n",
    "an object": TINY + "x: !!python/object/apply:os.system ['touch owned']\n",
    "another YAML": "%YAML 9.9\n---\n" + TINY,
    "two documents": TINY + "---\n" + TINY,
    "tabs": TINY.replace("  ", "\t"),
    "a key twice": TINY + "id: other\n",
    "a long text": TINY.replace("A tiny trial", "x" * 3_000_000),
    "a long number": TINY.replace("studyday: 1", "studyday: " + "9" * 100_000),
    "a long offset": TINY.replace("P7D", "P" + "9" * 5_000 + "D"),
    "a century": TINY.replace("P7D", "P99Y"),
    "control signs": TINY.replace("Check", '"\\e[2J\\u202e"'),
    "raw control signs": TINY.replace("Check", "\x1b[2J"),
    "a name outside": TINY.replace("id: tiny", "id: ../../../etc/passwd"),
    "regimens of the system": TINY + "regimen_files: [/etc/passwd]\n",
    "regimens of a device": TINY + "regimen_files: [/dev/zero]\n",
    "regimens in itself": TINY + "regimen_files: [p.yaml]\n",
    "a series without end": TINY.rstrip() + "\n    repeat: {series: [{every: P0D}]}\n",
    "a million visits": TINY.rstrip() + "\n    repeat: {series: [{every: P1D, count: 1000000}]}\n",
}  # fmt: skip
NAMES: tuple[Argument, ...] = (
    "", " ", ".", "..", "/", "-", "--", "~", "x/y/z.pdf", "\x1b[2J.pdf", "\u202efdp.x", "a\nb.pdf", "n" * 300 + ".pdf",
    "a" * 5000, b"\xff\xfe.pdf", "\u00e5.pdf", "story.json", "out.studyday", "/dev/full", "/dev/null", "/dev/stdout",
    "/proc/x.pdf",
)  # fmt: skip
WORDS: tuple[Argument, ...] = (
    b"\xff\xfe", b"LI\xc3", "\x1b[2J", "\u202e", "x" * 100_000, "\ufdfa" * 100, "$(id)", "--", "-", "\n", "9" * 5000,
)  # fmt: skip
REHEARSED = ("rehearse", "story.json")
ENROL = ("enrol", "--protocol", "scanpan", "--on", "t", "--country", "SE", "--regimen", "AG")
SURROUNDINGS: tuple[Input, ...] = (
    Input("plain C", REHEARSED, environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    Input("an ASCII terminal", REHEARSED, environment={"PYTHONIOENCODING": "ascii"}),
    Input("a Latin-1 terminal", REHEARSED, environment={"PYTHONIOENCODING": "latin-1"}),
    Input("an ASCII terminal, refused", ("rehearse", "\u00e5.json"), environment={"PYTHONIOENCODING": "ascii"}),
    Input("an ASCII terminal, a study", ("agenda",), environment={"PYTHONIOENCODING": "ascii"}),
    Input("a UTF-16 terminal", REHEARSED, environment={"PYTHONIOENCODING": "utf-16"}),
    Input("no such locale", REHEARSED, environment={"LC_ALL": "xx_XX.UTF-99"}),
    Input("no such language", REHEARSED, environment={"LANGUAGE": "../../x", "LANG": "zz"}),
    Input("no such zone", REHEARSED, environment={"TZ": "../../etc/passwd"}),
    Input("no such zone, a study", ("note", "LI-001", "SP-C01", "x"), environment={"TZ": "Nowhere/City"}),
    Input("no width", ("agenda",), environment={"COLUMNS": "0"}),
    Input("a width of words", ("agenda",), environment={"COLUMNS": "wide"}),
    Input("a wide terminal", ("--help",), environment={"COLUMNS": "99999999"}),
    Input("a narrow terminal", ("--help",), environment={"COLUMNS": "-5"}),
    Input("no home", REHEARSED, environment={"HOME": "/nonexistent"}),
    Input("home is a device", ("agenda",), environment={"HOME": "/dev/null"}),
    Input("no home, a new study", ("note", "LI-001", "SP-C01", "x"), environment={"HOME": "/proc/1/nowhere"}),
    Input("state is a device", ("agenda",), environment={"XDG_STATE_HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/full"}),
    Input("no place for passing files", ("print", "agenda", "-o", "a.pdf"), environment={"TMPDIR": "/nonexistent"}),
    Input("input closed", ("rehearse", "-"), shell="<&-"),
    Input("input without end", ("rehearse", "-"), shell="</dev/zero"),
    Input("input of a folder", ("rehearse", "-"), shell="</"),
    Input("output closed", REHEARSED, shell=">&-"),
    Input("output closed, a study", ("agenda",), shell=">&-"),
    Input("errors closed", ("rehearse", "nowhere"), shell="2>&-"),
    Input("all closed", ("agenda",), shell="<&- >&- 2>&-"),
    Input("output full", REHEARSED, shell=">/dev/full"),
    Input("output full, JSON", (*REHEARSED, "--json"), shell=">/dev/full"),
    Input("output full, a study", ("agenda",), shell=">/dev/full"),
    Input("output full, a note", ("note", "LI-001", "SP-C01", "x"), shell=">/dev/full"),
    Input("output full, help", ("--help",), shell=">/dev/full"),
    Input("errors full", ("rehearse", "nowhere"), shell="2>/dev/full"),
    Input("nobody reads", (*REHEARSED, "--json"), shell="| :"),
    Input("nobody reads a study", ("history",), shell="| :"),
)  # fmt: skip


def written(name: str, text: str | bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


INPUTS: tuple[Input, ...] = (
    *special("story", "rehearse"),
    *special("protocol", "check"),
    *special("protocol of a story", *REHEARSED, "--protocol"),
    *special("study", "-f", after=("agenda",), name="x.studyday"),
    *special("output", *REHEARSED, "--print", "calendar", "-o"),
    *special("backup to restore", "restore", after=("other.studyday",)),
    *(Input(f"story, {name}", ("rehearse", "s"), written("s", text)) for name, text in TEXTS.items()),
    *(Input(f"protocol, {name}", ("check", "p.yaml"), written("p.yaml", text)) for name, text in PROTOCOLS.items()),
    *(Input(f"output named {name[:12]!r}", (*REHEARSED, "--print", "calendar", "-o", name)) for name in NAMES),
    *(Input(f"participant {word[:12]!r}", ("calendar", word)) for word in WORDS),
    *(Input(f"note {word[:12]!r}", ("note", "LI-001", "SP-C01", word)) for word in WORDS),
    *(Input(f"enrolled {word[:12]!r}", (*ENROL, "--code", word)) for word in WORDS),
    *(Input(f"today {word[:12]!r}", ("--today", word, "agenda")) for word in WORDS),
    *SURROUNDINGS,
)  # fmt: skip


def named(one: Input) -> Any:
    """The input under its name in the report."""
    return pytest.param(one, id=one.name.encode("ascii", "backslashreplace").decode())


@dataclass(frozen=True)
class Ended:
    """How it ended; a code of 124 means that it had to be killed."""

    code: int
    out: bytes
    err: bytes


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(one: Input, folder: Path, home: Path) -> Ended:
    """Give the command line in a process of its own."""
    line: list[Argument] = [sys.executable, "-m", "app"]
    if "-f" not in one.arguments and "--today" not in one.arguments:
        line += ["-f", STUDY, "--today", TODAY.isoformat()]
    elif "--today" in one.arguments:
        line += ["-f", STUDY]
    surroundings = {**environment(home), "PYTHONPATH": str(ROOT), **one.environment}
    command = [*line, *one.arguments]
    if one.shell:
        # What is closed or full is so for the program alone.
        command = ["bash", "-c", f'set -o pipefail; "$@" {one.shell}', "bash", *command]
    try:
        ended = subprocess.run(
            command, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
            preexec_fn=limit, check=False, start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Ended(124, b"", b"it had to be killed")
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def wrong(one: Input, ended: Ended) -> str:
    """What is wrong with the end of a process; empty where it is right or refused."""
    said = ended.err.decode("utf-8", "replace")
    if ended.code not in (0, 1, 2):
        return f"ended with {ended.code}: {said[-300:]!r}"
    if "Traceback" in said or "Exception ignored" in said:
        return f"a trace: {said[-300:]!r}"
    if ended.code == 2 and not said.strip() and "2>" not in one.shell:
        return "refused without a word"
    if b"\x1b" in ended.err or b"\x1b" in ended.out:
        return f"a raw control sign: {said[-300:]!r}"
    return ""


def test_there_are_more_than_a_hundred_of_them() -> None:
    print(f"\n{len(INPUTS)} hostile inputs")
    assert len({one.name for one in INPUTS}) == len(INPUTS) >= 100


@pytest.mark.slow
@pytest.mark.parametrize("one", [named(one) for one in INPUTS])
def test_it_is_right_or_refused(one: Input, folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (folder / "story.json").write_text(json.dumps(deepcopy(STORY)))
    one.make(folder)
    before = snapshot(folder, ()) if one.name.startswith(("story, ", "protocol, ")) else None
    ended = run(one, folder, home)
    assert not wrong(one, ended), one.arguments
    assert not (folder / "owned").exists()
    if before is not None:
        assert snapshot(folder, ()) == before, "what only reads writes nothing"
