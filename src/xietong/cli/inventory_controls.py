"""``xietong inventory controls``: what pollution control costs in carbon."""

from typing import Annotated, Any

import typer

from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption, show_json, show_rows

ENERGY = ("electricity_t", "steam_t", "fuel_t")
SHOWN = ("direct_t", "n2o_t", "energy_t", "reagents_t", "co2e_t")


def controls(
    *,
    workspace: WorkspaceOption = None,
    example: Annotated[
        bool, typer.Option("--example", help="用随软件的示例 · the example")
    ] = False,
    gwp: Annotated[str | None, typer.Option(help="SAR, AR4, AR5, AR6")] = None,
    year: Annotated[int | None, typer.Option(help="只算一年 · one year only")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="列出每一项的数量、参数与出处 · amounts and sources")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong inventory controls --workspace W --explain

    治理设施自身的碳：每去除 1 千克污染物排放多少千克 CO2e · kg CO2e per kg of pollutant removed.
    """
    from xietong.app.inventory_controls import report_controls

    changed = {} if gwp is None else {"gwp": gwp}
    report = report_controls(
        workspace, example=example, changed=changed, year=year, explain=explain
    )
    if as_json:
        show_json(report)
        return
    if as_csv:
        rows = [
            {name: cell for name, cell in row.items() if name != "items"} for row in report["rows"]
        ]
        show_rows(rows, (), as_csv=True)
        return
    columns = ["year", "source", "device", "pollutant", "removed_t", *SHOWN]
    columns += ["kg_co2e_per_kg", "weak_share", "not_estimated"]
    show_rows([_shown(row) for row in report["rows"]], columns)
    if explain:
        _print_items(report["rows"])
    typer.echo(report["allocation"], err=True)
    typer.echo(
        "≥ 有未估算的项，为下限 a lower bound · energy（用电、蒸汽、燃料表中的燃气）与 reagents 是备忘，不计入直接排放 memo items "
        f"· GWP {report['gwp']}",
        err=True,
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    from xietong.cli.inventory import percent, tonnes

    bound = "≥ " if row["not_estimated"] else ""
    energy = [row[name] for name in ENERGY if row[name] is not None]
    cells = {**row, "energy_t": sum(energy) if energy else None}
    return {
        **row,
        "source": row["facility"] or row["source_sector"],
        **{name: tonnes(cells[name]) for name in ("removed_t", *SHOWN)},
        "kg_co2e_per_kg": None
        if row["kg_co2e_per_kg"] is None
        else f"{bound}{row['kg_co2e_per_kg']:.3g}",
        "weak_share": percent(row["weak_share"]),
    }


def _print_items(rows: list[dict[str, Any]]) -> None:
    from xietong.cli.inventory import tonnes

    for row in rows:
        typer.echo(f"\n{row['year']} {row['facility'] or row['source_sector']} {row['device']}")
        for item in row["items"]:
            amount = (
                "未填 not given"
                if item["amount"] is None
                else f"{item['amount_name']} {item['amount']:,.6g}"
            )
            value = tonnes(item["co2e_t"]) or "未估算 NE"
            typer.echo(f"  {item['item']}: {value} t CO2e = {amount} [{item['evidence']}]")
            for name, share in item["measured"].items():
                typer.echo(f"    × {name} = {share:g}（实测 measured）")
            for factor in item["factors"]:
                typer.echo(
                    f"    × {factor['parameter']} = {factor['value']:g} {factor['unit']} [{factor['confidence']}]"
                )
                typer.echo(
                    f"        {factor['source_title']}：{factor['locator']}（{factor['row']}）"
                )
