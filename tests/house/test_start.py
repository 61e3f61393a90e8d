"""Help is instant, and the core needs none of the heavy libraries."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
LIMIT_S = 0.4
HEAVY = {
    "bs4",
    "docx",
    "fastapi",
    "highspy",
    "linopy",
    "matplotlib",
    "nicegui",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "pypdf",
    "pyspark",
    "scipy",
    "sqlalchemy",
    "starlette",
    "statsmodels",
    "xarray",
}


def _processor_seconds(command: list[str]) -> float:
    """Processor time of a command: what the machine does besides does not count."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs wait4")
def test_help_is_instant() -> None:
    best = min(_processor_seconds([str(BIN / "xietong"), "--help"]) for _ in range(5))
    assert best < LIMIT_S


@pytest.mark.parametrize("module", ["xietong", "xietong.cli.main", "xietong.plans"])
def test_core_import_is_light(module: str) -> None:
    code = f"import sys, {module}; print(' '.join({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()


def test_help_itself_imports_no_group() -> None:
    code = (
        "import sys\n"
        "from xietong.cli import main\n"
        "sys.argv = ['xietong', '--help']\n"
        "try:\n    main.app()\n"
        "except SystemExit:\n    pass\n"
        "groups = {target.partition(':')[0] for _, _, target in main.GROUPS}\n"
        "print(sorted(groups & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
