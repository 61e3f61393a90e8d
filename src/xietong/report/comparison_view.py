"""What the chapter on comparison shows: how lower plans follow the higher one, and disagreements.

No figure is made here: rows of ``xietong.plans.compare`` are grouped and put in order.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from xietong.plans.compare import Change, Comparison, Conflict, Side, compare_plans
from xietong.plans.compare.model import SEVERITIES, plain_value
from xietong.plans.compare.standing import LEVELS, Standing
from xietong.report.plan_view import Column

RELATIONS = {
    "kept": "保持", "strengthened": "加强", "apportioned": "分解", "replaced": "替换", "weakened": "减弱",
    "dropped": "未承接", "added": "新增",
}  # fmt: skip
FOLLOWED = tuple(name for name in RELATIONS if name != "added")
KINDS = {
    "value": "数值不同", "year": "年份不同", "hedge": "力度不同", "exception": "例外不同", "scope": "范围不同",
    "list": "列举不同", "citation": "引用版本不同",
}  # fmt: skip
SEVERITY = {"high": "高", "medium": "中", "low": "低"}
_RANKS: dict[str, int] = {name: at for at, name in enumerate(SEVERITIES)}
FEW_PLANS = 8  # up to which every pair is compared


@dataclass(frozen=True)
class Gap:
    """Something of the higher plan that the lower one leaves out or says less firmly."""

    what: str
    said: str
    where: str
    quote: str
    relation: str
    now: str = ""
    now_quote: str = ""


@dataclass(frozen=True)
class Followed:
    """How one lower plan follows its higher plan."""

    upper: str
    lower: str
    counts: tuple[tuple[str, str, int], ...]  # relation, its name, number of targets
    total: int
    added: int
    links: tuple[tuple[str, int], ...]  # of clauses
    clauses: tuple[str, ...]  # headings without a partner
    targets: tuple[Gap, ...]
    text_missing: bool


@dataclass(frozen=True)
class Position:
    """One of several ways in which documents state the same thing."""

    said: str
    plans: tuple[str, ...]
    places: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Dispute:
    """All documents on one thing that they state differently."""

    kind: str
    severity: str
    indicator: str
    year: str
    positions: tuple[Position, ...]
    pairs: int


@dataclass(frozen=True)
class Pair:
    """Two documents and their comparison."""

    left: Column
    right: Column
    comparison: Comparison


def followed(columns: Sequence[Column]) -> list[Followed]:
    """For each lower plan its higher plan of the same kind; nothing where there is none."""
    found = []
    for column in columns:
        upper = _upper_of(column, columns)
        if upper is not None:
            found.append(_followed(upper, column))
    return found


def _upper_of(column: Column, columns: Sequence[Column]) -> Column | None:
    level = LEVELS.get(column.level, 9)
    higher = [other for other in columns if LEVELS.get(other.level, 9) < level]
    same = [o for o in higher if o.plan.meta.plan_type == column.plan.meta.plan_type]
    place = (column.plan.meta.region.adcode or "")[:2]
    near = [o for o in same if (o.plan.meta.region.adcode or "").startswith(place)]
    return max(near, key=lambda o: LEVELS.get(o.level, 9), default=None)


def _followed(upper: Column, lower: Column) -> Followed:
    comparison = compare_plans(upper.plan, lower.plan)
    counts = Counter(str(change.relation) for change in comparison.target_changes)
    links = Counter(link.relation for link in comparison.alignment)
    headings = {clause.id: clause.heading for clause in upper.plan.clauses}
    gaps = [c for c in comparison.target_changes if c.relation in ("dropped", "weakened")]
    return Followed(
        upper.short,
        lower.short,
        tuple((name, RELATIONS[name], counts[name]) for name in FOLLOWED if counts[name]),
        sum(counts[name] for name in FOLLOWED),
        counts["added"],
        tuple(links.items()),
        tuple(
            f"{clause} {headings[clause]}"
            for link in comparison.alignment
            if link.relation == "only_left"
            for clause in link.left
        ),
        tuple(_gap(change) for change in gaps),
        bool(comparison.notes),
    )


def _gap(change: Change) -> Gap:
    left = change.left
    assert left is not None
    now = change.right
    return Gap(
        change.indicator,
        _said(left),
        left.clause,
        left.quote,
        RELATIONS[change.relation],
        _said(now) if now else "",
        now.quote if now else "",
    )


def _said(side: Side) -> str:
    return side.said or f"{plain_value(side.value)}{side.unit}"


def disputes(pairs: Iterable[Pair]) -> list[Dispute]:
    """Conflicts of all pairs, those on one thing together: who says what; worst first."""
    groups: dict[tuple[str, str, str], list[tuple[Conflict, str, str]]] = {}
    for pair in pairs:
        for conflict in pair.comparison.conflicts:
            key = (conflict.kind, conflict.indicator, str(conflict.year or ""))
            groups.setdefault(key, []).append((conflict, pair.left.short, pair.right.short))
    found = [_dispute(key, members) for key, members in groups.items()]
    order = list(KINDS)
    return sorted(
        found,
        key=lambda d: (_RANKS[d.severity], order.index(d.kind), -d.pairs),
    )


def _dispute(key: tuple[str, str, str], members: list[tuple[Conflict, str, str]]) -> Dispute:
    positions: dict[str, dict[str, tuple[str, str]]] = {}
    for conflict, left, right in members:
        for side, plan, at in ((conflict.left, left, 0), (conflict.right, right, 1)):
            said = _position(conflict, side, at)
            positions.setdefault(said, {})[plan] = (side.clause, side.quote)
    worst = min((conflict.severity for conflict, _, _ in members), key=_RANKS.__getitem__)
    return Dispute(
        key[0],
        worst,
        key[1],
        key[2],
        tuple(
            Position(
                said,
                tuple(plans),
                tuple(place for place, _ in plans.values()),
                tuple(dict.fromkeys(quote for _, quote in plans.values() if quote)),
            )
            for said, plans in positions.items()
        ),
        len(members),
    )


def _position(conflict: Conflict, side: Side, at: int) -> str:
    """What a side says of the point in dispute: the value, else its half of the note."""
    halves = conflict.note.split(" · ")[0].split(" / ")
    if conflict.basis == "target" and conflict.kind != "value" and len(halves) == 2:
        return halves[at]
    return _said(side) or "未列"


def all_pairs(columns: Sequence[Column]) -> list[Pair]:
    """Every pair of the columns, which stand from the highest level to the lowest.

    In a long list two regions of one level are not held against each other: they bind their own
    ground only, and pairs would grow with the square of the plans.
    """
    few = len(columns) <= FEW_PLANS
    return [
        Pair(one, other, compare_plans(one.plan, other.plan))
        for one, other in combinations(columns, 2)
        if few or not Standing.of(one.plan, other.plan).peers
    ]
