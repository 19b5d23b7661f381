"""Parsers that know their words in any letter case, and those of commands, which are made when they are used."""

import argparse
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from app.domain.folding import known_identifier, nearest_identifier
from app.wording.visible import visible_line

_INVALID = re.compile(r"invalid choice: '(.*?)' \(choose from (.*)\)", re.DOTALL)

_NEVER_EMPTY = ("study", "today", "protocol")


class RootParser(argparse.ArgumentParser):
    """A parser that knows its words in any letter case; its errors show hidden signs and name what was probably meant.

    The words are commands, options, and the values that an option is limited to.
    """

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Parse what is known; an unknown option is an error here, where the options of the command are at hand."""
        given = [self._own_option(one) for one in (sys.argv[1:] if args is None else args)]
        found, rest = super().parse_known_args(given, namespace)
        unknown = next((one for one in rest if one.startswith("--") and one != "--"), "")
        near = nearest_identifier(unknown.partition("=")[0], self._option_string_actions) if unknown else ""
        if near:
            self.error(f"unknown option {unknown.partition('=')[0]}. Did you mean {near}?")
        return found, rest

    def _own_option(self, typed: str) -> str:
        """Return an option as it is called here; anything else as it was typed."""
        name, equals, value = typed.partition("=")
        if not name.startswith("--") or name in self._option_string_actions:
            return typed
        options = {one.lower(): one for one in self._option_string_actions}
        return f"{options.get(name.lower(), name)}{equals}{value}"

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Return the values of an argument; a command or another word of a list is found in any letter case.

        Where an option that is left out means something else, as the own study, an empty value is an error.
        """
        if action.dest in _NEVER_EMPTY and arg_strings and not arg_strings[0].strip():
            raise argparse.ArgumentError(action, "the value is empty. Give one, or leave the option out")
        if action.choices is not None:
            words = [str(one) for one in action.choices]
            first = [known_identifier(one, words) or one for one in arg_strings[:1]]
            is_command = isinstance(action, argparse._SubParsersAction)
            rest = arg_strings[1:] if is_command else [known_identifier(one, words) or one for one in arg_strings[1:]]
            arg_strings = [*first, *rest]
        return super()._get_values(action, arg_strings)

    def error(self, message: str) -> NoReturn:
        """End the program with a message on standard error."""
        found = _INVALID.search(message)
        near = nearest_identifier(found[1], re.findall(r"'(.*?)'", found[2])) if found else ""
        super().error(visible_line(f"{message}. Did you mean {near!r}?" if near else message))


class CommandParser(RootParser):
    """The parser of one command. It gets its arguments when it is used first: of a hundred a command line uses one."""

    def __init__(self, **options: Any) -> None:
        """Keep the options of `ArgumentParser`."""
        self._options = options
        self._waiting: list[Callable[[], object]] | None = []

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


class MakeCommand(Protocol):
    """A function that adds a command, with what it is for and more about it."""

    def __call__(self, name: str, short: str, text: str = "") -> CommandParser:
        """Add the command and return its parser."""
