"""The checks that the house runs on itself: style, types, import ladder, files."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

CHECKS = {
    "ruff check": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "mypy --strict": [BIN / "mypy"],
    "import ladder": [BIN / "lint-imports", "--no-logo"],
}

in_git = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS.keys())
def test_check_passes(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"\n{done.stdout}\n{done.stderr}"


def _check_files():
    spec = importlib.util.spec_from_file_location("check_files", ROOT / "scripts/check_files.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@in_git
def test_no_file_is_too_long_too_large_or_names_a_machine() -> None:
    assert list(_check_files().problems(ROOT)) == []


def test_file_check_notices_each_kind_of_problem(tmp_path: Path) -> None:
    home = "/" + "home/somebody/data.csv"
    files = {
        "src/long.py": "x = 1\n" * 501,
        "src/fine.py": "x = 1\n" * 500,
        "data/large.csv": "1,2,3,4\n" * (1024 * 128 + 1),
        "data/long_table.csv": "1,2\n" * 501,
        "docs/path.md": f"see {home}\n",
        "docs/address.md": f"see https://example.org{home}\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    found = {problem.split(":")[0] for problem in _check_files().problems(tmp_path)}
    assert found == {"src/long.py", "data/large.csv", "docs/path.md"}


def test_only_app_reaches_the_store() -> None:
    import grimp

    graph = grimp.build_graph("xietong")
    store = {m for m in graph.modules if m == "xietong.store" or m.startswith("xietong.store.")}
    importers = {who for module in store for who in graph.find_modules_that_directly_import(module)}
    strangers = {who for who in importers if not who.startswith(("xietong.store", "xietong.app"))}
    assert strangers == set()


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    sources = (ROOT / "src").rglob("*.py")
    assert [str(p) for p in sources if marks.search(p.read_text(encoding="utf-8"))] == []


def test_every_package_has_its_init_file() -> None:
    """Without it the folder is seen neither by the import ladder nor by the documentation."""
    folders = {path.parent for path in (ROOT / "src/xietong").rglob("*.py")}
    assert [str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists()] == []
