"""The plan report: one HTML file that opens anywhere, without a network."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from xietong import __version__
from xietong.plans.model import Plan
from xietong.report import plan_view as view
from xietong.report.comparison import comparison_context


def render_plans(plans: Sequence[Plan], made_on: date | None = None) -> str:
    """Targets side by side, the responsibility matrix, milestones and projects as one HTML page.

    ``plans`` in any order; they are shown from the highest level to the lowest. Works on an empty
    list (the page then says what to do).
    """
    from jinja2 import Environment, PackageLoader, select_autoescape

    environment = Environment(
        loader=PackageLoader("xietong.report"),
        autoescape=select_autoescape(["html", "j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    columns = view.columns(list(plans))
    return environment.get_template("plans.html.j2").render(
        columns=columns,
        themes=view.target_rows(columns),
        matrices=[view.matrix(column) for column in columns],
        **comparison_context(columns),
        projects=[(column, view.project_groups(column.plan)) for column in columns],
        kinds=MILESTONES,
        made_on=(made_on or date.today()).isoformat(),
        version=__version__,
    )


def write_plan_report(plans: Sequence[Plan], path: Path) -> Path:
    """Write the report to ``path``; a half-written file never replaces a good one."""
    text = render_plans(plans)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(path.suffix + ".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return path


MILESTONES = {
    "peak": "达峰",
    "zero": "清零",
    "full_coverage": "全覆盖",
    "phase_out": "退出",
    "delegated": "完成下达任务",
    "qualitative": "定性",
}
