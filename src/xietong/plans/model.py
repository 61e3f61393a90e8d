"""What a plan document becomes: one small record per section, clause, target, milestone, project.

Grain: one ``Plan`` per document; its tuples are the rows of the tables ``clause``, ``target``,
``milestone`` and ``plan_project``. ``Plan.as_dict`` gives the keys of ``xietong plan parse --json``.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Citation:
    """Another document named in this one."""

    title: str
    doc_number: str | None = None


@dataclass(frozen=True)
class Region:
    """The place that the plan is for; ``adcode`` after GB/T 2260."""

    adcode: str | None
    name: str | None
    level: str | None  # country | province | city | district


@dataclass(frozen=True)
class Meta:
    """Who issued what, when, for which place."""

    title: str | None
    doc_number: str | None
    issuers: tuple[str, ...]
    issue_date: str | None  # ISO
    region: Region
    plan_type: str  # 减污降碳 | 碳达峰 | other
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading that is not a clause: 总体要求, 主要目标, the lead-in of a group of works.

    ``text`` is what stands between it and the next heading; empty in a plan of the library.
    """

    id: str
    heading: str
    text: str = ""


@dataclass(frozen=True)
class Clause:
    """The leaf heading that carries the responsibility bracket.

    ``id`` is the printed number, ``id_positional`` the position within the chapter; ``units`` stand in
    printed order, ``lead`` holds those marked 牵头, ``open_list`` is true where the list ends in 等.
    """

    id: str
    id_positional: str
    heading: str
    text: str
    units: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    open_list: bool = False


@dataclass(frozen=True)
class Target:
    """One printed number that is to be reached.

    ``clause`` is a clause id, or a section's heading outside clauses. ``value`` and ``unit`` as
    printed; a range has two values; a fall is a positive number with direction ``decrease``.
    """

    clause: str
    year: int | None
    indicator: str
    indicator_id: str | None
    subject: str | None
    subjects: tuple[str, ...]
    operator: str  # ~ >= <= range reach =
    value: float | tuple[float, float]
    unit: str
    baseline_year: int | None
    direction: str | None  # increase | decrease | level
    measure: str | None  # increment | annual_growth
    hedge: tuple[str, ...]
    quote: str


@dataclass(frozen=True)
class Milestone:
    """A requirement without a number, or with none or all in words."""

    clause: str
    year: int | None
    kind: str  # peak zero full_coverage phase_out delegated qualitative
    indicator: str
    quote: str


@dataclass(frozen=True)
class Project:
    """One entry of a 专栏 box."""

    box: str
    group: str | None
    name: str


@dataclass(frozen=True)
class Plan:
    """Everything read from one document. ``warnings`` says what was doubtful or repaired."""

    meta: Meta
    sections: tuple[Section, ...] = ()
    clauses: tuple[Clause, ...] = ()
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    projects: tuple[Project, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str | None = field(default=None, compare=False)  # file name
    sha256: str | None = field(default=None, compare=False)  # of the file's bytes

    def as_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, ready for JSON."""
        return asdict(self)
