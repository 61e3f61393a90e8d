"""The tree of commands, for the documentation and for tests that ask each command: are you documented?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import typer

from xietong.cli.main import app


@dataclass(frozen=True)
class Command:
    """One command: its words, as typed, and what it says of itself."""

    words: tuple[str, ...]
    is_group: bool
    help: str
    usage: str

    @property
    def line(self) -> str:
        """As a person types it: ``xietong plan parse``."""
        return " ".join(self.words)


def commands() -> Iterator[Command]:
    """Every command and group, parents first, imported for real.

    Examples
    --------
    >>> next(commands()).line
    'xietong'
    """
    yield from _walk(typer.main.get_command(app), ("xietong",), None)


def _walk(command: Any, words: tuple[str, ...], parent: Any) -> Iterator[Command]:
    context = typer.Context(command, info_name=words[-1], parent=parent, terminal_width=96)
    command.rich_markup_mode = None  # plain text, returned and not printed
    names = command.list_commands(context) if hasattr(command, "list_commands") else []
    yield Command(words, bool(names), command.help or "", command.get_help(context))
    for name in names:
        _, child, _ = command.resolve_command(context, [name])
        yield from _walk(child, (*words, name), context)
