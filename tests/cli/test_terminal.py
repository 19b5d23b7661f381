"""What a terminal gets."""

import io
import json
import sys

import pytest

from app.cli.parser import make_parser
from app.cli.terminal import Terminal, open_terminal


def opened(monkeypatch: pytest.MonkeyPatch) -> tuple[io.BytesIO, io.BytesIO]:
    """Return the bytes below standard output and standard error."""
    below = io.BytesIO(), io.BytesIO()
    for name, one in zip(("stdout", "stderr"), below, strict=True):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(one, encoding="latin-1", write_through=True))
    open_terminal()
    return below


def test_hidden_signs_are_written_out_on_both_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = opened(monkeypatch)
    print("Åsa\x1b[2J\u202e\n\ud800")
    print("no\x07", file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    assert out.getvalue() == "Åsa\\u001b[2J\\u202e\n\\ud800\n".encode()
    assert err.getvalue() == b"no\\u0007\n"


def test_json_stays_json(monkeypatch: pytest.MonkeyPatch) -> None:
    out, _err = opened(monkeypatch)
    document = {"who\u202e": "a\x9b\U000e0041\u200f北京"}
    print(json.dumps(document, ensure_ascii=False))
    sys.stdout.flush()
    assert json.loads(out.getvalue()) == document
    assert "\u202e" not in out.getvalue().decode()


def test_the_program_itself_can_move_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    _out, err = opened(monkeypatch)
    assert isinstance(sys.stderr, Terminal)
    sys.stderr.steer("\rplanning: 1/2\x1b[K")
    assert err.getvalue() == b"\rplanning: 1/2\x1b[K"


def test_a_terminal_is_opened_once_and_a_missing_stream_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    first = sys.stdout
    monkeypatch.setattr(sys, "stderr", None)
    open_terminal()
    assert sys.stdout is first
    assert sys.stderr.fileno() == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["agend"], "Did you mean “agenda”?"),
        (["value", "sett", "x"], "Did you mean “set”?"),
        (["agenda", "\x1b[31m\u202e\n"], r"\u001b[31m\u202e\u000a"),
    ],
)
def test_a_wrong_word_is_answered_with_a_near_one_and_nothing_raw(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(arguments)
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in told
    assert not set("\x1b\u202e") & set(told)


def test_an_action_is_known_in_another_letter_case() -> None:
    assert make_parser().parse_args(["closed", "ADD", "t"]).action == "add"
