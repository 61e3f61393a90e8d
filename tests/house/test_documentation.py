"""Is it documented? Asked of commands, make targets and extras."""

import re
import tomllib
from pathlib import Path

import pytest

from xietong.cli.tree import Command, commands

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")


def _pages() -> str:
    """The pages written by hand, one text."""
    pages = [p for p in (ROOT / "docs").rglob("*.md") if not {"_build", "generated"} & set(p.parts)]
    return "\n".join(p.read_text(encoding="utf-8") for p in pages)


def _make_targets(text: str) -> set[str]:
    return set(re.findall(r"\bmake ([a-z][a-z-]*)", text))


def _xietong_commands(text: str) -> set[str]:
    return set(re.findall(r"`(xietong(?: [a-z][a-z-]*)+)", text))


@pytest.mark.parametrize("command", list(commands()), ids=lambda c: c.line)
def test_command_says_what_it_does(command: Command) -> None:
    assert command.help.strip(), f"`{command.line}` has no help"


@pytest.mark.parametrize("command", [c for c in commands() if not c.is_group], ids=lambda c: c.line)
def test_command_is_documented(command: Command) -> None:
    shown = command.line in _pages()
    assert shown, f"no page below docs/ shows `{command.line}`"


@pytest.mark.parametrize("command", [c for c in commands() if not c.is_group], ids=lambda c: c.line)
def test_help_opens_with_a_line_to_copy(command: Command) -> None:
    first = command.help.strip().splitlines()[0]
    assert first.startswith(command.line), f"`{command.line} --help` opens with: {first}"


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_make_targets_named_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M))
    assert _make_targets((ROOT / name).read_text(encoding="utf-8")) - targets == set()


def test_readmes_name_the_same_commands() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    assert _make_targets(english) == _make_targets(chinese) >= {"demo", "test"}
    assert _xietong_commands(english) == _xietong_commands(chinese)


@pytest.mark.parametrize("name", READMES)
def test_readme_names_only_commands_that_exist(name: str) -> None:
    named = _xietong_commands((ROOT / name).read_text(encoding="utf-8"))
    assert named - {command.line for command in commands()} == set()


def test_extras_named_exist() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = set(tomllib.load(file)["project"]["optional-dependencies"])
    text = _pages() + "".join((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    named = {
        e.strip() for group in re.findall(r"xietong\[([\w, ]+)\]", text) for e in group.split(",")
    }
    assert named - extras == set()
