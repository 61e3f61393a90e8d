"""The examples of the documentation are tests.

``python`` blocks are run (``>>>`` lines compared). ``console`` blocks that hold a ``$ xietong``
line are run command by command in a temporary folder, one for each page (the sample plan lies there), and what they print must
be what the page shows; ``...`` stands for anything. A status other than 0 ends the output as ``[exit 1]``.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

collect_ignore = ["conf.py", "reference_pages.py"]
SAMPLES = Path(__file__).parent.parent / "src/xietong/plans/sample"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def split_commands(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    pairs: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            pairs.append((line[2:], ""))
        elif pairs and pairs[-1][0].endswith("\\"):
            pairs[-1] = (f"{pairs[-1][0]}\n{line}", "")
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}{line}\n")
    return pairs


def split_status(expected: str) -> tuple[str, int]:
    """The output that a page shows, and the status: 0 unless it ends with ``[exit 1]``."""
    found = re.search(r"^\[exit (\d+)\]\s*\Z", expected, re.MULTILINE)
    return (expected[: found.start()], int(found[1])) if found else (expected, 0)


def run(command: str, folder: str) -> tuple[str, int]:
    """What a command prints on a plain terminal, messages included, and its exit status."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XIETONG", "COV", "PYTEST"))}
    scripts = str(Path(sys.executable).parent)
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=kept
        | {
            "PATH": f"{scripts}{os.pathsep}{kept.get('PATH', '')}",
            "PYTHONUTF8": "1",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "TERM": "dumb",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    return done.stdout.decode("utf-8").replace("\ufeff", ""), done.returncode  # no mark is seen


def check_console(example: Example) -> str | None:
    """Run one block; the difference, if there is one."""
    pairs = split_commands(example.parsed)
    if not any(re.search(r"(^|[;&|] *)xietong\b", command) for command, _ in pairs):
        return None
    folder = example.namespace["folder"]
    for command, shown in pairs:
        expected, wanted = split_status(shown)
        printed, status = run(command, folder)
        same = doctest.OutputChecker().check_output(expected, printed, FLAGS)
        if status != wanted or not same:
            return f"$ {command}\nthe page shows:\n{shown}\nprinted, exit {status}:\n{printed}"
    return None


def make_folder(namespace: dict[str, Any]) -> None:
    """A temporary folder for the commands of one page, with the sample plan in its formats."""
    namespace["folder"] = tempfile.mkdtemp(prefix="xietong-docs-")
    for sample in SAMPLES.glob("sample.*"):
        shutil.copy(sample, namespace["folder"])


def remove_folder(namespace: dict[str, Any]) -> None:
    """Remove the page's folder."""
    shutil.rmtree(namespace["folder"], ignore_errors=True)


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        CodeBlockParser(language="console", evaluator=check_console),
    ],
    patterns=["**/*.md", "*.md"],
    excludes=["_build/*", "_build/**/*", "reference/generated/*", "reference/generated/**/*"],
    setup=make_folder,
    teardown=remove_folder,
).pytest()
