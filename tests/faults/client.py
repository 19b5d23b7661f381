"""The other end of the forking server: command lines are given, and how their processes ended is told."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.stories import STUDY, TODAY

ROOT = Path(__file__).resolve().parents[2]
SIGKILLED = -9


@dataclass(frozen=True)
class Ended:
    """How a process ended; a negative code is the signal that ended it."""

    code: int
    out: str
    err: str
    seconds: float

    def acknowledged(self) -> bool:
        """Whether it said that it had done what it was asked for."""
        return self.code == 0 or "Saved as command" in self.out


def environment(home: Path) -> dict[str, str]:
    """A machine of its own: the home folder decides where the log, the cache and the reports lie."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PATH", "LD_", "SYSTEMROOT"))}
    return {
        **kept,
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TZ": "Europe/Stockholm",
        "LOGNAME": "nurse",
        # Each command backs up, so that each is tried with what may befall a backup.
        "STUDYDAY_BACKUP_MINUTES": "0",
    }


def state(home: Path) -> Path:
    """Where the log and the reports of bugs lie."""
    return home / ".local" / "state" / "studyday"


class Server:
    """A process that forks one for each command line."""

    def __init__(self) -> None:
        self.scratch = tempfile.TemporaryDirectory()
        self.home = Path(self.scratch.name) / "home"
        self.home.mkdir()
        Path(self.scratch.name).chmod(0o777)
        self.home.chmod(0o777)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment(self.home),
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"
        self.number = 0

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.scratch.cleanup()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line.endswith("\n"):
            raise RuntimeError(f"the server has ended with the code {self.process.wait(timeout=30)}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def run(
        self,
        folder: Path,
        *arguments: str,
        file: str = STUDY,
        today: str = TODAY.isoformat(),
        kill_after: float | None = None,
        home: Path | None = None,
        out: str = "",
        err: str = "",
        **hooks: Any,
    ) -> Ended:
        """Give a command line on the study of that folder, to its end or until it is killed."""
        line = [*(["-f", file] if file else []), *(["--today", today] if today else []), *arguments]
        told = [Path(self.scratch.name) / "out", Path(self.scratch.name) / "err"]
        for path in told:
            path.write_bytes(b"")  # a process that dies at once does not get that far
            path.chmod(0o666)
        answer = self._ask(
            {
                "do": "start",
                "wait": True,
                "arguments": line,
                "folder": str(folder),
                "environment": environment(home or self.home),
                "out": out or str(told[0]),
                "err": err or str(told[1]),
                "kill_after": kill_after,
                "hooks": hooks,
            }
        )
        said = [
            "" if other else path.read_text("utf-8", "replace") for path, other in zip(told, (out, err), strict=True)
        ]
        return Ended(answer["code"], said[0], said[1], answer["seconds"])

    def hold(self, folder: Path) -> int:
        """A process that has the study of that folder open until it is killed; its number."""
        out = folder / "held"
        request = {
            "do": "start",
            "wait": False,
            "arguments": ["(hold)"],
            "folder": str(folder),
            "environment": environment(self.home),
            "out": str(out),
            "err": os.devnull,
            "kill_after": None,
            "hooks": {},
        }
        pid: int = self._ask(request)["pid"]
        while not (out.exists() and out.read_text() == "held\n"):
            os.sched_yield()
        out.unlink()
        return pid

    def kill(self, pid: int) -> None:
        """Kill a process that was started before."""
        assert self._ask({"do": "end", "pid": pid, "kill": True})["code"] == SIGKILLED
