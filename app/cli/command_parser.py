"""Parsers that know their words in any letter case, and those of commands, which are made when they are used."""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, Protocol

from app.domain.folding import known_identifier, nearest_identifier
from app.wording.visible import visible_line

_LONG_WORD = re.compile(r"([^\s'\"“”]{60})[^\s'\"“”]{20,}")
_WHOLE = re.compile(r"[+-]?\d{1,40}", re.ASCII)
_OF_READER = tuple(
    (re.compile(pattern, re.DOTALL), said)
    for pattern, said in (
        (r"expected one argument", "it needs a value"),
        (r"expected at least one argument", "it needs one value or more"),
        (r"expected at most one argument", "it takes one value alone"),
        (r"ignored explicit argument .*", "it takes no value"),
        (r"the following arguments are required: (.*)", r"still needed: \1"),
        (r"one of the arguments (.*) is required", r"one of these is needed: \1"),
        (r"not allowed with argument (.*)", r"it cannot be given together with \1"),
        (r"ambiguous option: (.*) could match (.*)", r"\1 can mean \2. Write one of them"),
    )
)
"""What argparse says, and the same in plain words."""
_MOST_LISTED = 20
"""Words that are all said where another one was typed; the help lists more of them."""
_MOST_SAID = 1000
"""Characters of a message; what was typed may be longer."""
_MAY_BE_EMPTY = ("day_phone", "night_phone", "fever_rule", "output", "to")
"""Options whose empty value takes away what was said before, or is refused where a name of a file has to be."""


def whole_number(text: str) -> int:
    """Return a number that is typed as an argument.

    Raises:
        ArgumentTypeError: it is not one.
    """
    if not _WHOLE.fullmatch(text.strip()):
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is not a whole number. Write it in digits, as 12")
    return int(text)


class RootParser(argparse.ArgumentParser):
    """A parser that knows its words in any letter case; its errors show hidden signs and name what was probably meant.

    The words are commands, options, and the values that an option is limited to.
    """

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Parse what is known; an unknown option is an error here, where the options of the command are at hand."""
        given = [self._own_option(one) for one in (sys.argv[1:] if args is None else args)]
        found, rest = super().parse_known_args(given, namespace)
        unknown = next((one for one in rest if one.startswith("--") and one != "--"), "")
        name, options = unknown.partition("=")[0], self._option_string_actions
        near = next((one for one in options if name and one.startswith(name)), nearest_identifier(name, options))
        if near:
            self.error(f"unknown option {name}. Did you mean {near}?")
        return found, rest

    def _refuse_rest(self, rest: list[str]) -> None:
        """End the program where something is left that the command does not take, with how to go on."""
        if not rest:
            return
        said = f"not understood: {' '.join(rest)[:200]}"
        quotes = "" if any(one.startswith("-") for one in rest) else "A text of several words goes in quotes"
        self.error(f"{said}. {quotes}" if quotes else said)

    def _own_option(self, typed: str) -> str:
        """Return an option as it is called here; anything else as it was typed."""
        name, equals, value = typed.partition("=")
        if not name.startswith("--") or name in self._option_string_actions:
            return typed
        options = {one.lower(): one for one in self._option_string_actions}
        return f"{options.get(name.lower(), name)}{equals}{value}"

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Return the values of an argument; a command or another word of a list is found in any letter case.

        What is left out means something else, as the own study, everybody or no hour at all. So an empty value is an
        error, such as that of a variable of a script; but not where it takes away what was said before.
        """
        if action.option_strings and arg_strings == ["--"]:
            value = self._get_value(action, "--")  # as --reason=-- gives it; it would be dropped
            self._check_value(action, value)
            return value
        may_miss = action.option_strings or action.nargs in (argparse.OPTIONAL, argparse.ZERO_OR_MORE)
        if may_miss and action.dest not in _MAY_BE_EMPTY and any(not one.strip() for one in arg_strings):
            it = "the option" if action.option_strings else "it"
            raise argparse.ArgumentError(action, f"the value is empty. Give one, or leave {it} out")
        if action.choices is not None:
            words = [str(one) for one in action.choices]
            first = [known_identifier(one, words) or one for one in arg_strings[:1]]
            is_command = isinstance(action, argparse._SubParsersAction)
            rest = arg_strings[1:] if is_command else [known_identifier(one, words) or one for one in arg_strings[1:]]
            arg_strings = [*first, *rest]
        return super()._get_values(action, arg_strings)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise an error where a word is none of those that the argument can be, with what was probably meant."""
        if action.choices is None or value in action.choices:
            return
        words = [str(one) for one in action.choices]
        is_command = isinstance(action, argparse._SubParsersAction) and action.dest == "command"
        said = f"there is no command “{value}”" if is_command else f"it cannot be “{value}”"
        near = nearest_identifier(str(value), words)
        said += f". Did you mean “{near}”?" if near else "."
        listed = f" Possible: {', '.join(words)}" if len(words) <= _MOST_LISTED else ""
        raise argparse.ArgumentError(None if is_command else action, said + listed)

    def error(self, message: str) -> NoReturn:
        """End the program with a message on standard error, and where more is to be read."""
        said = message.removeprefix("argument ")
        for pattern, words in _OF_READER:
            said = pattern.sub(words, said)
        said = _LONG_WORD.sub(r"\1…", said)
        said = said if len(said) <= _MOST_SAID else f"{said[:_MOST_SAID]}…"
        end = "" if said.endswith(("?", ".")) else "."
        super().error(visible_line(f"{said}{end} See {self.prog} --help"))


class CommandParser(RootParser):
    """The parser of one command. It gets its arguments when it is used first: of a hundred a command line uses one."""

    def __init__(self, **options: Any) -> None:
        """Keep the options of `ArgumentParser`."""
        self._options = options
        self._waiting: list[Callable[[], object]] | None = []
        self._takes: Mapping[str, tuple[str, ...]] = {}
        self._in_turn = False

    def when_used(self, work: Callable[[], object]) -> None:
        """Do some work, as adding arguments, when this parser is used first."""
        if self._waiting is None:
            work()
        else:
            self._waiting.append(work)

    def add_argument(self, *names: Any, **options: Any) -> Any:
        """Add an argument when this parser is used first."""
        add = super().add_argument
        return add(*names, **options) if self._waiting is None else self._waiting.append(lambda: add(*names, **options))

    def takes(self, **arguments: tuple[str, ...]) -> None:
        """Limit what may be given with some words of the argument `action` to these arguments, by their names."""
        self._takes = arguments

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Parse what is known; what is left is an error. Arguments and options may come in any order."""
        if self._in_turn:
            return super().parse_known_args(args, namespace)  # type: ignore[no-untyped-call]
        found, rest = super().parse_known_args(args, namespace)  # type: ignore[no-untyped-call]
        if rest and self._subparsers is None and not any(one.startswith("-") for one in rest):
            # Arguments that may be left out count as left out before the first option.
            self._in_turn = True
            try:
                found, rest = self.parse_known_intermixed_args(args)
            finally:
                self._in_turn = False
        if self._subparsers is None:
            self._refuse_rest(rest)
            found.without_effect = self._without_effect(found)
        return found, rest

    def _without_effect(self, found: argparse.Namespace) -> str:
        """Return the name of an argument that was given and would have no effect; empty where each has one."""
        known = self._takes.get(getattr(found, "action", ""))
        for action in self._actions if known is not None else ():
            given = getattr(found, action.dest, action.default)
            if action.dest not in (*(known or ()), *_ALWAYS) and given != action.default:
                return "/".join(action.option_strings) or str(action.metavar)
        return ""

    def __getattr__(self, name: str) -> Any:
        """Make the parser, as something is asked of it that only a made one has."""
        waiting = self.__dict__.get("_waiting")
        if waiting is None:
            raise AttributeError(name)
        self._waiting = None
        super().__init__(**self._options)
        for work in waiting:
            work()
        return getattr(self, name)


_ALWAYS = ("action", "help", "study", "today", "json", "sure")
"""Arguments that each command has, or that do no harm."""


class MakeCommand(Protocol):
    """A function that adds a command, with what it is for and more about it."""

    def __call__(self, name: str, short: str, text: str = "") -> CommandParser:
        """Add the command and return its parser."""
