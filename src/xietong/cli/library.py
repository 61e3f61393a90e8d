"""``xietong plan import | list | show | targets | …``: the library of plans of a workspace."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from xietong.cli.show import (
    CsvOption,
    JsonOption,
    WorkspaceOption,
    XlsxOption,
    show_json,
    show_rows,
)

Region = Annotated[str | None, typer.Option(help="行政区划代码或地名 · adcode or name")]
Year = Annotated[int | None, typer.Option(help="目标年 · year")]
Indicator = Annotated[str | None, typer.Option(help="指标名称的一部分 · part of the indicator")]
Unit = Annotated[str | None, typer.Option(help="责任单位名称的一部分 · part of the unit's name")]
ClauseOption = Annotated[str | None, typer.Option("--clause", help="条款编号 · clause number")]
PlanOption = Annotated[
    str | None, typer.Option("--plan", help="规划代号、编号或标题的一部分 · plan")
]
TextOption = Annotated[str | None, typer.Option("--text", help="全文中的字 · words in the text")]
Status = Annotated[str | None, typer.Option(help="extracted | confirmed | corrected | rejected")]
Function = Annotated[
    str | None, typer.Option(help="职能，如 生态环境 · function of the unit, across renamings")
]
Sort = Annotated[
    str | None, typer.Option(help="按列排序，前加 - 为降序 · column, - for descending")
]
Limit = Annotated[int | None, typer.Option(help="最多显示几行 · at most this many rows")]

COLUMNS = {
    "clauses": ("id", "plan", "clause", "heading", "units", "status"),
    "targets": ("id", "plan", "clause", "year", "indicator", "operator", "value", "unit", "status"),
    "milestones": ("id", "plan", "clause", "year", "kind", "indicator", "status"),
    "projects": ("id", "plan", "box", "group", "name", "status"),
}


def register(app: typer.Typer) -> None:
    """Add the library's commands to the ``plan`` group."""
    app.command("import")(import_plans)
    app.command("list")(list_plans)
    app.command("show")(show_plan)
    for name, table, line in (
        ("clauses", "clauses", "条款 · clauses"),
        ("targets", "targets", "目标 · targets"),
        ("milestones", "milestones", "里程碑 · milestones"),
        ("projects", "projects", "专栏项目 · projects"),
    ):
        app.command(name, help=f"xietong plan {name} --region 370200 --json\n\n{line}。")(
            _table_command(table)
        )
    app.command("tasks")(tasks)
    app.command("units")(units)
    app.command("remove")(remove)
    app.command("review")(review)
    app.command("queue")(queue)


def import_plans(
    files: Annotated[list[Path], typer.Argument(help="规划文件 · plan documents")],
    preview: Annotated[bool, typer.Option("--preview", help="只看不存 · store nothing")] = False,
    reread: Annotated[
        bool, typer.Option("--reread", help="同一文件用新程序重读 · read a known file again")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong plan import 方案.docx

    规划入库：同一文件再次导入不改变任何内容，新版本列出差异。Store plans; a new edition shows its difference.
    """
    from xietong.app.plans.importing import import_file, preview_file
    from xietong.app.workspace import open_desk
    from xietong.errors import XietongError

    desk = open_desk(workspace)
    results, failed = [], []
    for file in files:
        try:
            found = preview_file(desk, file) if preview else import_file(desk, file, reread=reread)
        except XietongError as error:
            failed.append(str(error))
            continue
        results.append({"file": file.name, **found})
        if not as_json:
            _tell_import(results[-1])
    if as_json:
        show_json(results)
    if failed:
        typer.echo("\n".join(failed), err=True)
        raise typer.Exit(1)


def remove(
    plan: Annotated[str, typer.Argument(help="规划代号或编号 · code or id")],
    reason: Annotated[str, typer.Option("--reason", help="理由 · reason")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 · do not ask")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong plan remove qingdao-synergy --reason 重复导入

    从规划库删除一份规划：先列出随之消失的内容，确认后删除，审计留痕；原文件不动。Take a plan out of the library;
    what goes with it is told first.
    """
    from xietong.app.plans.removal import remove_document, what_hangs_on
    from xietong.app.workspace import open_desk

    desk = open_desk(workspace)
    told = what_hangs_on(desk, plan)
    cited = "、".join(told["cited_by"]) or "–"
    typer.echo(
        f"{told['plan']} {told['title']}\n"
        f"版本 editions {told['versions']}  条款 {told['clauses']}  目标 {told['targets']}  "
        f"里程碑 {told['milestones']}  项目 {told['projects']}  人工复核 decisions {told['reviews']}  "
        f"任务 tasks {told['tasks']}\n被引用 cited by: {cited}",
        err=True,
    )
    if not yes and not typer.confirm("删除？Remove it?", err=True):
        raise typer.Exit(1)
    done = remove_document(desk, told["document"], reason, expected_lock=told["lock"])
    if as_json:
        show_json(done)


def list_plans(
    region: Region = None,
    plan_type: Annotated[str | None, typer.Option("--type", help="减污降碳 | 碳达峰")] = None,
    text: TextOption = None,
    sort: Sort = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong plan list

    已入库的规划 · the plans of the library.
    """
    from xietong.app.plans.filters import Filter
    from xietong.app.plans.queries import documents
    from xietong.app.workspace import open_desk

    where = Filter(region=region, plan_type=plan_type, text=text)
    found = documents(open_desk(workspace), where, sort=sort)
    columns = ("id", "code", "title", "doc_number", "issue_date", "region", "version")
    show_rows(found.items, columns, as_json=as_json, as_csv=as_csv, xlsx=xlsx)


def show_plan(
    plan: Annotated[str, typer.Argument(help="规划代号或编号 · code or id")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong plan show qingdao-synergy

    一份规划：文号、版本、引用、条款 · one plan with its editions, citations and clauses.
    """
    from xietong.app.plans.filters import Filter
    from xietong.app.plans.queries import document, rows
    from xietong.app.workspace import open_desk

    desk = open_desk(workspace)
    found = document(desk, plan)
    if as_json:
        show_json(found)
        return
    for key in ("title", "doc_number", "issue_date", "region", "plan_type", "version", "source"):
        typer.echo(f"{key}: {found[key] if found[key] is not None else '–'}")
    typer.echo("counts: " + " ".join(f"{k}={v}" for k, v in found["counts"].items()))
    for warning in found["warnings"]:
        typer.echo(f"注意 warning: {warning}", err=True)
    clauses = rows(desk, "clauses", Filter(plan=found["code"])).items
    show_rows(clauses, ("clause", "heading", "units", "lead"))


def tasks(
    region: Region = None,
    unit: Unit = None,
    function: Function = None,
    clause: ClauseOption = None,
    plan: PlanOption = None,
    text: TextOption = None,
    lead: Annotated[bool | None, typer.Option("--lead/--no-lead", help="是否牵头 · leads")] = None,
    sort: Sort = None,
    limit: Limit = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong plan tasks --unit 市生态环境局

    谁负责什么：带责任单位的条款 · clauses with their responsible units.
    """
    from xietong.app.plans import queries
    from xietong.app.plans.filters import Filter
    from xietong.app.workspace import open_desk

    where = Filter(
        region=region,
        unit=unit,
        function=function,
        clause=clause,
        plan=plan,
        text=text,
        lead=lead,
    )
    found = queries.tasks(open_desk(workspace), where, sort=sort, per_page=limit)
    columns = ("plan", "clause", "heading", "units", "lead")
    show_rows(found.items, columns, as_json=as_json, as_csv=as_csv, xlsx=xlsx, total=found.total)


def units(
    region: Region = None,
    unit: Unit = None,
    function: Function = None,
    plan: PlanOption = None,
    sort: Sort = None,
    limit: Limit = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong plan units --region 370200

    各责任单位承担的条款数 · how many clauses each unit answers for.
    """
    from xietong.app.plans import queries
    from xietong.app.plans.filters import Filter
    from xietong.app.workspace import open_desk

    where = Filter(region=region, unit=unit, function=function, plan=plan)
    found = queries.units(open_desk(workspace), where, sort=sort, per_page=limit)
    columns = ("unit", "function", "clauses", "led", "plans")
    show_rows(found.items, columns, as_json=as_json, as_csv=as_csv, xlsx=xlsx, total=found.total)


def review(
    table: Annotated[str, typer.Argument(help="clauses | targets | milestones | projects")],
    ids: Annotated[list[int], typer.Argument(help="行号 · ids of the rows")],
    action: Annotated[str, typer.Option(help="confirm | correct | reject | reopen")],
    value: Annotated[
        list[str] | None, typer.Option("--set", help="列=JSON值，用于更正 · column=JSON value")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="理由 · reason")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong plan review targets 12 --action correct --set value=8 --reason 原文为8%

    人工复核：确认、更正、驳回、重开，全部留痕 · people's word on what was extracted, all of it kept.
    """
    from xietong.app.plans.queries import row
    from xietong.app.plans.review import review_many
    from xietong.app.workspace import open_desk

    desk = open_desk(workspace)
    review_many(desk, table, ids, action, values=_values(value or []), reason=reason)
    items = [row(desk, table, one) for one in ids]
    show_rows(items, COLUMNS[table], as_json=as_json)


def queue(
    region: Region = None,
    plan: PlanOption = None,
    status: Status = None,
    limit: Limit = 50,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong plan queue --plan qingdao-synergy

    待复核的内容 · what still waits for a person.
    """
    from xietong.app.plans import review as subject
    from xietong.app.plans.filters import Filter
    from xietong.app.workspace import open_desk

    where = Filter(region=region, plan=plan, status=status)
    found = subject.queue(open_desk(workspace), where, per_page=limit)
    columns = ("table", "id", "plan", "clause", "indicator", "heading", "value", "unit", "status")
    show_rows(found.items, columns, as_json=as_json, total=found.total)


def _table_command(table: str) -> Callable[..., None]:
    def command(
        region: Region = None,
        year: Year = None,
        indicator: Indicator = None,
        unit: Unit = None,
        function: Function = None,
        clause: ClauseOption = None,
        plan: PlanOption = None,
        text: TextOption = None,
        status: Status = None,
        sort: Sort = None,
        limit: Limit = None,
        workspace: WorkspaceOption = None,
        as_json: JsonOption = False,
        as_csv: CsvOption = False,
        xlsx: XlsxOption = None,
    ) -> None:
        from xietong.app.plans.filters import Filter
        from xietong.app.plans.queries import rows
        from xietong.app.workspace import open_desk

        where = Filter(
            region=region,
            year=year,
            indicator=indicator,
            unit=unit,
            function=function,
            clause=clause,
            plan=plan,
            text=text,
            status=status,
        )
        found = rows(open_desk(workspace), table, where, sort=sort, per_page=limit)
        show_rows(
            found.items,
            COLUMNS[table],
            as_json=as_json,
            as_csv=as_csv,
            xlsx=xlsx,
            total=found.total,
        )

    return command


def _values(pairs: list[str]) -> dict[str, Any]:
    """``value=8`` as {"value": 8}; what is no JSON is text."""
    import json

    values = {}
    for pair in pairs:
        name, _, text = pair.partition("=")
        try:
            values[name.strip()] = json.loads(text)
        except ValueError:
            values[name.strip()] = text
    return values


def _tell_import(result: dict[str, Any]) -> None:
    words = {"new": "新入库", "new_version": "新版本", "unchanged": "没有变化"}
    counts = result["counts"]
    typer.echo(
        f"{result['file']}: {words[result['status']]} {result['status']} → {result['plan'] or '–'}  "
        f"条款 {counts['clauses']} 目标 {counts['targets']} 里程碑 {counts['milestones']} "
        f"项目 {counts['projects']} 责任单位 {counts['units']}"
    )
    for table, found in result["difference"].items():
        numbers = {kind: len(rows) for kind, rows in found.items() if rows}
        if numbers:
            typer.echo(f"  {table}: " + " ".join(f"{k} {n}" for k, n in numbers.items()))
    for warning in result["warnings"]:
        typer.echo(f"  注意 warning: {warning}", err=True)
