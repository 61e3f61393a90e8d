"""The chapter on comparison as a fragment of HTML, for the plan report and for the web."""

from collections.abc import Sequence
from typing import Any

from xietong.plans.model import Plan
from xietong.report import comparison_duties, comparison_view
from xietong.report.plan_view import Column, columns


def comparison_context(cols: Sequence[Column]) -> dict[str, Any]:
    """What ``comparison.html.j2`` shows, for a template that includes it."""
    pairs = comparison_view.all_pairs(cols)
    return {
        "compared": cols,
        "followed": comparison_view.followed(cols),
        "disputes": comparison_view.disputes(pairs),
        "duties": comparison_duties.duties(cols, [pair.comparison for pair in pairs]),
        "dispute_kinds": comparison_view.KINDS,
        "severity_names": comparison_view.SEVERITY,
    }


def render_comparison(plans: Sequence[Plan]) -> str:
    """How lower plans follow higher ones, where documents disagree, who answers for what.

    A fragment without ``<html>``; its style is ``comparison.css`` in the same folder, on the colours of
    ``plans.css``. One plan or none gives a fragment that says what is missing.
    """
    from jinja2 import Environment, PackageLoader, select_autoescape

    environment = Environment(
        loader=PackageLoader("xietong.report"),
        autoescape=select_autoescape(["html", "j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    context = comparison_context(columns(list(plans)))
    return environment.get_template("comparison.html.j2").render(**context)
