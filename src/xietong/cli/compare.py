"""``xietong plan compare``: what became of a plan in another one, and where the two disagree."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import typer

from xietong.cli.show import CsvOption, JsonOption, XlsxOption, show_json, show_rows

Table = Literal["conflicts", "changes", "alignment", "units"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "conflicts": ("程度", "种类", "指标", "年份", "左", "右", "条款", "说明"),
    "changes": ("去向", "指标", "左", "右", "条款", "说明"),
    "alignment": ("relation", "left", "right", "score", "note"),
    "units": ("kind", "function", "left", "right", "left_units", "right_units", "note"),
}
TITLES = {
    "relation": "关系", "left": "左", "right": "右", "score": "相似度", "note": "说明", "kind": "种类",
    "function": "职能", "left_units": "左单位", "right_units": "右单位",
}  # fmt: skip
HEADS = {"conflicts": "不一致 conflicts", "changes": "目标去向 target changes",
         "alignment": "条款对应 alignment", "units": "责任单位 units"}  # fmt: skip


def compare(
    plans: Annotated[
        list[str] | None,
        typer.Argument(help="两份规划：文件或内置编号 · two plans, files or ids; more with --all"),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="两两比较所列规划，不列则为内置文件库 · every pair")
    ] = False,
    table: Annotated[Table | None, typer.Option(help="只看一张表 · one table only")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong plan compare shandong-peak jinan-peak

    比较两份规划：条款对应、目标去向、不一致、责任单位。Compare two plans: clauses aligned, what became of each
    target, conflicts ranked by severity, responsible units that differ.
    """
    from xietong.app.comparison import compare_many, compare_named, rows_of
    from xietong.errors import XietongError

    names = plans or []
    if not everything and len(names) != 2:
        raise typer.BadParameter(
            "请给出两份规划，或加 --all 两两比较。Give two plans, or --all for every pair.",
            param_hint="PLANS",
        )
    try:
        found = compare_many(names) if everything else (compare_named(names[0], names[1]),)
    except XietongError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if as_json:
        data = [one.as_dict() for one in found]
        show_json(data if everything else data[0])
    elif as_csv or xlsx:
        rows = [row for one in found for row in rows_of(one, table or "conflicts")]
        show_rows(rows, (), as_csv=as_csv, xlsx=xlsx)
    else:
        for one in found:
            _show(one, [table] if table else ["changes", "conflicts"])


def _show(one: Any, tables: Sequence[str]) -> None:
    from xietong.app.comparison import RELATIONS, SEVERITIES, rows_of

    typer.echo(f"\n{one.left} → {one.right}")
    for note in one.notes:
        typer.echo(f"  注意 {note}", err=True)
    counts = [Counter(getattr(row, key) for row in rows) for rows, key in (
        (one.alignment, "relation"), (one.target_changes, "relation"), (one.conflicts, "severity"))]  # fmt: skip
    words = {**RELATIONS, **SEVERITIES}
    for head, count in zip(("条款", "目标", "不一致"), counts, strict=True):
        typer.echo(f"  {head}  " + " · ".join(f"{words[k]} {n}" for k, n in count.items()))
    for table in tables:
        rows = [_plain(row, table) for row in rows_of(one, table)]
        typer.echo(f"\n{HEADS[table]}")
        show_rows(rows, COLUMNS[table], titles=TITLES)


def _plain(row: dict[str, Any], table: str) -> dict[str, Any]:
    """A row for people: both sides in one cell each, words in Chinese."""
    from xietong.app.comparison import KINDS, RELATIONS, SEVERITIES

    row = {key: RELATIONS.get(value, value) if isinstance(value, str) else value
           for key, value in row.items()}  # fmt: skip
    note = row["note"].split(" · ")[0]  # the Chinese half
    if table not in ("conflicts", "changes"):
        return {**row, "note": note}
    places = f"{row['left_clause'] or '–'} → {row['right_clause'] or '–'}"
    plain = {"左": _side(row, "left"), "右": _side(row, "right"), "条款": places}
    if table == "changes":
        return {"去向": row["relation"], "指标": row["indicator"], "说明": note, **plain}
    return {
        "程度": SEVERITIES[row["severity"]],
        "种类": KINDS[row["kind"]],
        "指标": row["indicator"],
        "年份": row["year"],
        "说明": note,
        **plain,
    }


def _side(row: dict[str, Any], side: str) -> str:
    value = row[f"{side}_said"] or f"{row[side + '_value']}{row[side + '_unit']}"
    year = row[f"{side}_year"]
    return f"{value}（{year}）" if value and year else value
