"""The runner of console examples: what it takes for a command, an output, a status."""

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def runner():
    spec = importlib.util.spec_from_file_location("docs_conftest", ROOT / "docs/conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _check(runner, folder: Path, text: str) -> str | None:
    return runner.check_console(SimpleNamespace(parsed=text, namespace={"folder": str(folder)}))


def test_commands_with_their_output(runner) -> None:
    block = "$ xietong one\nline\n\nline\n$ two \\\n    --more\n$ three\n[exit 1]\n"
    assert runner.split_commands(block) == [
        ("xietong one", "line\n\nline\n"),
        ("two \\\n    --more", ""),
        ("three", "[exit 1]\n"),
    ]


@pytest.mark.parametrize(
    ("shown", "fine"),
    [
        ("$ xietong --help\n...GROUP...\n", False),
        ("$ xietong --help\n...Usage: xietong...\n", True),
        ("$ xietong --help\n...Usage: xietong...\n[exit 1]\n", False),
        ("$ xietong no-such-command\n...\n", False),
        ("$ xietong no-such-command\n...\n[exit 2]\n", True),
        ("$ xietong --help > help.txt\n$ ls\nhelp.txt\n", True),
        ("$ cd . && xietong --help\n...GROUP...\n", False),
        ("$ make nothing-is-run\n", True),
    ],
)
def test_what_is_shown_must_be_printed(runner, tmp_path: Path, shown: str, fine: bool) -> None:
    assert (_check(runner, tmp_path, shown) is None) is fine
