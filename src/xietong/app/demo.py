"""The main job in one go: a workspace, the plan documents read, one report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from xietong.app.desk import Desk
from xietong.app.plans.importing import import_file
from xietong.app.plans.queries import documents, load_plan
from xietong.app.workspace import create_workspace, open_desk
from xietong.errors import XietongError

SAMPLES = ("sample.txt", "sample.docx", "sample.pdf", "sample.html")
REPORT = "规划报告.html"


@dataclass
class Demo:
    """What the demonstration did."""

    folder: Path
    report: Path
    imports: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    plans: list[dict[str, Any]] = field(default_factory=list)


def run_demo(
    folder: Path | str,
    paths: Sequence[Path],
    progress: Callable[[str], None] = lambda _: None,
) -> Demo:
    """Make a workspace with the compiled library, read ``paths``, and write the report.

    Without paths the sample plan that the project ships is read instead, in all four formats. A
    folder that already is a workspace is used again; a document that cannot be read is named in
    ``problems`` and stops nothing.
    """
    folder = Path(folder)
    if not (folder / "xietong.toml").exists():
        progress("新建工作区并载入内置文件库")
        create_workspace(folder, title="示例：山东", example="shandong")
    desk = open_desk(folder)
    try:
        demo = Demo(folder, folder / "results" / REPORT)
        for path in paths or _samples():
            progress(f"读取 {path.name}")
            try:
                demo.imports.append({"file": path.name, **import_file(desk, path)})
            except XietongError as error:
                demo.problems.append(str(error))
        progress("写报告")
        demo.plans = documents(desk).items
        write_report(desk, demo.report)
        return demo
    finally:
        desk.workspace.close()


def write_report(desk: Desk, path: Path) -> Path:
    """The plan report on all documents of the workspace, as people left them."""
    from xietong.report.plan_report import write_plan_report

    plans = [load_plan(desk, row["id"]) for row in documents(desk).items]
    return write_plan_report(plans, path)


def _samples() -> list[Path]:
    folder = files("xietong.plans") / "sample"
    return [Path(str(folder / name)) for name in SAMPLES]
