"""``xietong inventory wastewater``: the month table of wastewater plants."""

from typing import Annotated, Any

import typer

from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption, show_json, show_rows

YEAR_TOTAL = "全年"
SHOWN = (
    "direct_co2e_t",
    "electricity_co2e_t",
    "reagents_co2e_t",
    "total_co2e_t",
    "avoided_energy_co2e_t",
    "avoided_reuse_co2e_t",
)
COLUMNS = (
    "month",
    "water_1e4m3",
    "cod_removed_t",
    "tn_removed_t",
    *SHOWN,
    "total_kg_per_m3",
    "total_kg_per_kg_cod",
    "not_estimated",
)
TITLES = {
    "month": "月",
    "water_1e4m3": "水量 万m3",
    "cod_removed_t": "COD 去除 t",
    "tn_removed_t": "TN 去除 t",
    "direct_co2e_t": "直接 tCO2e",
    "electricity_co2e_t": "用电 tCO2",
    "reagents_co2e_t": "药剂 tCO2",
    "total_co2e_t": "合计 tCO2e",
    "avoided_energy_co2e_t": "电热替代 tCO2",
    "avoided_reuse_co2e_t": "再生水替代 tCO2",
    "total_kg_per_m3": "kgCO2e/m3",
    "total_kg_per_kg_cod": "kgCO2e/kgCOD",
    "not_estimated": "未估算",
}


def wastewater(
    *,
    workspace: WorkspaceOption = None,
    family: Annotated[
        str | None,
        typer.Option(
            help="CH4、N2O 系数集 ipcc-2019, ipcc-2006, provincial-2025, provincial-2011, cai-2015"
        ),
    ] = None,
    electricity: Annotated[str | None, typer.Option(help="电力因子清单 · list of factors")] = None,
    gwp: Annotated[str | None, typer.Option(help="SAR, AR4, AR5, AR6")] = None,
    year: Annotated[int | None, typer.Option(help="只算一年 · one year only")] = None,
    facility: Annotated[str | None, typer.Option(help="只列一个厂 · one plant only")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong inventory wastewater --workspace W --year 2023

    污水处理厂月表：去除量、各部分排放、每立方米与每千克 COD 的排放，替代量单列 · a plant's months.
    """
    from xietong.app.inventory_wastewater import report_wastewater

    named = {"water/treatment": family, "electricity": electricity, "gwp": gwp}
    changed = {name: value for name, value in named.items() if value is not None}
    answer = report_wastewater(workspace, changed=changed, year=year, facility=facility)
    if as_json:
        show_json(answer)
        return
    if as_csv:
        show_rows(
            [{**row, "not_estimated": "|".join(row["not_estimated"])} for row in answer["rows"]],
            (),
            as_csv=True,
        )
        return
    names = {one["part"]: one["name_zh"] for one in answer["parts"]}
    for plant in dict.fromkeys((row["facility"], row["year"]) for row in answer["rows"]):
        months = [row for row in answer["rows"] if (row["facility"], row["year"]) == plant]
        typer.echo(f"{plant[0]} {plant[1]}")
        show_rows([_shown(row, names) for row in months], COLUMNS, titles=TITLES)
    typer.echo(
        f"{answer['programme']} · {answer['electricity']} · GWP {answer['gwp']} · "
        "合计不含替代量，未估算的部分不在合计中 · avoided and not estimated parts are in no total",
        err=True,
    )


def _shown(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A row for the eye: three figures, the year named, gaps by name."""
    figures = {
        name: None if row[name] is None else float(f"{row[name]:.4g}")
        for name in COLUMNS
        if isinstance(row.get(name), float)
    }
    return {
        **row,
        **figures,
        "month": YEAR_TOTAL if row["month"] is None else row["month"],
        "not_estimated": "、".join(names[part] for part in row["not_estimated"]),
    }
