"""Every command and its options, read off the parser."""

import argparse
from collections.abc import Iterator


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands that may follow."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found.update(action.choices)
    return found


def every(parser: argparse.ArgumentParser, *before: str) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """The parser and those of all its commands, each with the words that lead to it."""
    yield before, parser
    for name, one in commands_of(parser).items():
        yield from every(one, *before, name)
