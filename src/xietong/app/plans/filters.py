"""What to list and in which order: filters, sorting and pages as conditions of a query."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, false, or_

from xietong.app.access import prefix
from xietong.app.plans.rows import REVIEWED
from xietong.app.problems import problem
from xietong.store.models import Clause, ClauseUnit, Document, Target
from xietong.vocab.departments import function_of

AnySelect = Select[*tuple[Any, ...]]
MAX_PER_PAGE = 1000
TEXT_COLUMNS = {
    "clauses": ("heading", "text"),
    "targets": ("indicator", "subject", "quote"),
    "milestones": ("indicator", "quote"),
    "projects": ("box", "group", "name"),
}


@dataclass(frozen=True)
class Filter:
    """What to list; None leaves it open.

    ``region`` is an adcode (with all that lies in it) or part of a name; ``plan`` a document's
    code, id or part of its title; ``unit``, ``indicator`` and ``text`` parts of what is printed;
    ``clause`` the printed number, with the clauses below it; ``function`` what a responsible unit
    does, by id or name (``ecology_environment``, 生态环境), across levels and reforms of names.
    """

    region: str | None = None
    year: int | None = None
    indicator: str | None = None
    unit: str | None = None
    clause: str | None = None
    plan: str | None = None
    plan_type: str | None = None
    level: str | None = None
    text: str | None = None
    status: str | None = None
    lead: bool | None = None
    function: str | None = None


ALL = Filter()
FILTER_NAMES = tuple(field.name for field in fields(Filter))


def document_conditions(where: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if where.region:
        found.append(
            Document.adcode.startswith(prefix(where.region), autoescape=True)
            if where.region.isascii() and where.region.isdecimal()
            else Document.region.contains(where.region, autoescape=True)
        )
    if where.plan:
        found.append(
            or_(
                Document.code == where.plan,
                cast(Document.id, String) == where.plan,
                Document.title.contains(where.plan, autoescape=True),
            )
        )
    if where.plan_type:
        found.append(Document.plan_type == where.plan_type)
    if where.level:
        found.append(Document.level == where.level)
    return found


def has_function(unit: str, function: str) -> bool:
    """Whether a responsible unit serves this function of government; unknown units serve none.

    >>> has_function("市生态环境局莱芜分局", "生态环境"), has_function("某公司", "生态环境")
    (True, False)
    """
    found = function_of(unit)
    return found is not None and function in (found.function, found.zh, found.en)


def conditions(table: str, where: Filter, names: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """What rows of this table must meet; ``names`` are the units that serve ``where.function``.

    A clause meets ``year`` and ``indicator`` by a target in it; a project has none of year,
    indicator, clause and unit, so that asking for one of them finds no project.
    """
    model: Any = REVIEWED[table]
    found: list[ColumnElement[bool]] = []
    if where.status:
        found.append(model.status == where.status)
    if where.text:
        parts = [getattr(model, column) for column in TEXT_COLUMNS[table]]
        found.append(or_(*(part.contains(where.text, autoescape=True) for part in parts)))
    of_clause = where.clause, where.unit, where.function, where.lead, where.year, where.indicator
    if table == "projects":
        return found if of_clause == (None,) * 6 else [*found, false()]
    if where.clause:
        below = model.clause.startswith(where.clause + ".", autoescape=True)
        found.append(or_(model.clause == where.clause, below))
    if where.year is not None or where.indicator:
        of_target = Target if table == "clauses" else model
        meets = _year_and_indicator(of_target, where)
        same = and_(Target.version_id == model.version_id, Target.clause == model.clause)
        found += [exists().where(same, *meets)] if table == "clauses" else meets
    if where.unit or where.function or where.lead is not None:
        found.append(_responsible(table, model, where, names))
    return found


def _year_and_indicator(model: Any, where: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if where.year is not None:
        found.append(model.year == where.year)
    if where.indicator:
        named = model.indicator.contains(where.indicator, autoescape=True)
        known = [model.indicator_id == where.indicator] if model is Target else []
        found.append(or_(named, *known))
    return found


def _responsible(
    table: str, model: Any, where: Filter, names: Sequence[str]
) -> ColumnElement[bool]:
    """Rows of clauses for which a unit of this name is responsible."""
    conditions: list[ColumnElement[bool]] = []
    if where.unit:
        conditions.append(ClauseUnit.unit.contains(where.unit, autoescape=True))
    if where.function:
        conditions.append(ClauseUnit.unit.in_(names))
    if where.lead is not None:
        conditions.append(ClauseUnit.lead.is_(where.lead))
    if table == "clauses":
        return exists().where(ClauseUnit.clause_id == model.id, *conditions)
    clause = and_(Clause.version_id == model.version_id, Clause.clause == model.clause)
    return exists().where(clause, ClauseUnit.clause_id == Clause.id, *conditions)


def order_by(sort: str | None, columns: dict[str, Any], *default: Any) -> Any:
    if not sort:
        return default
    key, down = sort_key(sort, tuple(columns))
    column = columns[key]
    return ((column.desc() if down else column.asc()).nulls_last(), *default)


def sort_key(sort: str, columns: tuple[str, ...]) -> tuple[str, bool]:
    key, down = sort.removeprefix("-"), sort.startswith("-")
    if key not in columns:
        raise problem("bad_sort", column=key, columns="、".join(columns))
    return key, down


def paged(query: AnySelect, page: int, per_page: int | None) -> AnySelect:
    check_page(page, per_page)
    return query.limit(per_page).offset((page - 1) * per_page) if per_page else query


def check_page(page: int, per_page: int | None) -> None:
    if not 1 <= page < 10**9 or (per_page is not None and not 1 <= per_page <= MAX_PER_PAGE):
        raise problem("bad_page", limit=MAX_PER_PAGE)
