"""Small plans made by hand; ``plan(…)`` changes what a test is about."""

from dataclasses import replace
from typing import Any

from xietong.plans.model import (
    Citation,
    Clause,
    Meta,
    Milestone,
    Plan,
    Project,
    Region,
    Section,
    Target,
)

META = Meta(
    title="乙市减污降碳协同增效实施方案",
    doc_number="乙环发〔2024〕1号",
    issuers=("乙市生态环境局",),
    issue_date="2024-04-18",
    region=Region("370200", "乙市", "city"),
    plan_type="减污降碳",
    cites=(Citation("甲省方案", "甲环发〔2023〕1号"),),
)
CLAUSES = (
    Clause("1.1", "1.1", "推动能源转型", "到2025年……", ("市能源局", "市发改委"), ("市能源局",)),
    Clause("1.2", "1.2", "推进建筑节能", "到2025年……", ("市住建局",), (), True),
    Clause("1.3", "1.3", "加强宣传", "……"),
)


def target(clause: str, indicator: str, value: Any, **more: Any) -> Target:
    """A target whose other columns do not matter."""
    facts = {
        "year": 2025,
        "indicator_id": None,
        "subject": None,
        "subjects": (),
        "operator": "reach",
        "unit": "%",
        "baseline_year": None,
        "direction": "increase",
        "measure": None,
        "hedge": ("力争",),
        "quote": f"{indicator}达到{value}%",
    }
    return Target(clause=clause, indicator=indicator, value=value, **(facts | more))


TARGETS = (
    target("1.1", "非化石能源占比", 15.0),
    target("1.2", "可再生能源替代率", (8.0, 10.0), operator="range"),
)


def plan(**changed: Any) -> Plan:
    """A city's plan of three clauses, two targets, one milestone and one project."""
    whole = Plan(
        meta=META,
        sections=(Section("1", "主要任务"),),
        clauses=CLAUSES,
        targets=TARGETS,
        milestones=(Milestone("1.1", 2030, "peak", "碳达峰", "2030年前碳达峰"),),
        projects=(Project("专栏1", "氢能", "氢进万家"),),
        warnings=("第3页有一行读不清",),
        source="乙市.docx",
        sha256="a" * 64,
    )
    return replace(whole, **changed)
