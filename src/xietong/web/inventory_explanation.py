"""One figure of the inventory explained: activity × factors × controls, each with its source."""

from typing import Any

from nicegui import ui

from xietong.app.pages_inventory import GASES, View, explained, fuel_names, gases, sector_names
from xietong.vocab.species import find_species
from xietong.web.later import later
from xietong.web.visit import Visit


def show_explanation(
    visit: Visit, view: View, column: str, sector: str = "", fuel: str = ""
) -> None:
    """The explanation in a dialog; the largest rows first. CO2 equivalents open to their gases first."""
    with (
        ui.dialog(value=True),
        ui.element("div").classes("xt-dialog wide").props("data-mark=explained role=document"),
    ):
        area = ui.element("div")

    def one_gas(name: str) -> None:
        area.clear()
        with area:
            later(
                visit,
                lambda: explained(visit.desk(), view, name, sector, fuel),
                lambda found: _show(visit, view, found, sector, fuel),
            )

    if column != GASES:
        one_gas(column)
        return

    def choose(found: list[dict[str, Any]]) -> None:
        ui.label(_title(visit, view, "CO2e", sector, fuel)).classes("xt-h2")
        ui.label(visit.t("inventory.gases_of", total=mass(sum(one["value"] for one in found))))
        stack = ui.element("div").classes("xt-stack")
        for one in found:
            gas = find_species(one["species"])
            said = visit.t(
                "inventory.gas_part",
                gas=gas.formula,
                tonnes=mass(one["value"] / one["gwp"]),
                gwp=f"{one['gwp']:g}",
                set=one["gwp_set"],
                value=mass(one["value"]),
            )
            with stack:
                ui.button(said, on_click=lambda name=one["species"]: one_gas(name)).props(
                    f"flat dense no-caps align=left data-mark=gas-{one['species']}"
                )

    with area:
        later(visit, lambda: gases(visit.desk(), view, sector, fuel), choose)


def mass(value: float) -> str:
    """A figure for the eye: whole from 1000 up, four digits below.

    >>> mass(96_471_622.1), mass(29.4251), mass(0.00098)
    ('96,471,622', '29.43', '0.00098')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _title(visit: Visit, view: View, species: str, sector: str, fuel: str) -> str:
    names = [
        sector_names()[visit.language].get(sector, sector),
        fuel_names()[visit.language].get(fuel, fuel),
        species,
        str(view.year),
        view.region,
        view.programme,
    ]
    return " · ".join(name for name in names if name)


def _show(visit: Visit, view: View, found: dict[str, Any], sector: str, fuel: str) -> None:
    ui.label(_title(visit, view, found["species"], sector, fuel)).classes("xt-h2")
    total = "NE" if found["total"] is None else f"{mass(found['total'])} {found['unit']}"
    said = visit.t(
        "inventory.explained", total=total, rows=found["rows_in_all"], ne=found["not_estimated"]
    )
    ui.label(said).classes("xt-note")
    for row in found["rows"]:
        _row(visit, row, found["unit"])
    left = found["rows_in_all"] - len(found["rows"])
    if left > 0:
        ui.label(visit.t("inventory.more_rows", n=left)).classes("xt-note")


def _row(visit: Visit, row: dict[str, Any], unit: str) -> None:
    language = visit.language
    activity = row["activity"]
    name = " · ".join(
        part
        for part in (
            sector_names()[language].get(activity.get("sector", ""), ""),
            fuel_names()[language].get(activity.get("fuel", ""), ""),
            str(activity.get("facility") or ""),
        )
        if part
    )
    value = "NE" if row["value"] is None else f"{mass(row['value'])} {unit}"
    with ui.expansion(f"{name or row['method']}: {value}", value=True).classes("xt-wide"):
        amounts = {
            key: found
            for key, found in (activity | row["quantities"]).items()
            if key not in ("region", "year", "sector", "fuel", "facility") and found is not None
        }
        words = ", ".join(
            f"{key} = {mass(found)}" if isinstance(found, float) else f"{key} = {found}"
            for key, found in amounts.items()
        )
        ui.label(words).classes("xt-note")
        with ui.element("ul").classes("xt-alerts"):
            for factor in (*row["factors"], *row["controls"]):
                with ui.element("li"):
                    ui.label(_factor(factor)).classes("xt-hint")
        if row["missing"]:
            missing = "、".join(str(one) for one in row["missing"])
            ui.label(visit.t("inventory.missing", names=missing)).classes("xt-hint warn")


def _factor(factor: dict[str, Any]) -> str:
    value = factor.get("value")
    shown = f"{value:g}" if isinstance(value, int | float) else str(value)
    unit = factor.get("unit") or ""
    parts = [
        f"{factor.get('parameter', factor.get('device', ''))} = {shown} {'' if unit == '1' else unit}",
        factor.get("source_title") or factor.get("source") or "",
        factor.get("locator") or "",
        factor.get("confidence") or "",
        factor.get("how") or "",
    ]
    return " · ".join(str(part).strip() for part in parts if part)
