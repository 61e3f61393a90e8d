"""``xietong demo``: the main job from files to a report, as a newcomer runs it."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

XIETONG = Path(sys.executable).with_name("xietong")
SAMPLE = Path(str(files("xietong.plans") / "sample"))


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(XIETONG), *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_without_files_the_sample_and_the_library_are_read(tmp_path: Path) -> None:
    done = run("demo", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert [row["status"] for row in result["imports"]] == ["new", *["unchanged"] * 3]
    assert len(result["plans"]) == 6
    assert "云汀" in (tmp_path / result["report"]).read_text(encoding="utf-8")


def test_a_bad_file_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    done = run("demo", empty, SAMPLE / "sample.docx", cwd=tmp_path)
    assert done.returncode == 1
    assert "空.txt" in done.stderr
    assert (tmp_path / "demo/results/规划报告.html").exists()


def test_twice_changes_nothing(tmp_path: Path) -> None:
    run("demo", SAMPLE / "sample.txt", cwd=tmp_path)
    again = json.loads(run("demo", SAMPLE / "sample.txt", "--json", cwd=tmp_path).stdout)
    assert [row["status"] for row in again["imports"]] == ["unchanged"]
