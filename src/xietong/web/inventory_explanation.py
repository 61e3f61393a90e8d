"""One figure of the inventory explained: activity × factors × controls, each with its source."""

from typing import Any

from nicegui import ui

from xietong.app.pages_inventory import explained, fuel_names, sector_names
from xietong.web.visit import Visit


def show_explanation(
    visit: Visit, year: int, column: str, sector: str = "", fuel: str = ""
) -> None:
    """The explanation in a dialog; the largest rows first."""
    with visit.telling():
        found = explained(visit.desk(), year, column, sector, fuel)
        with (
            ui.dialog(value=True),
            ui.element("div").classes("xt-dialog wide").props("data-mark=explained") as box,
        ):
            _head(visit, found, year, sector, fuel)
            for row in found["rows"]:
                _row(visit, row, found["unit"])
            left = found["rows_in_all"] - len(found["rows"])
            if left > 0:
                ui.label(visit.t("inventory.more_rows", n=left)).classes("xt-note")
        box.props("role=document")


def _head(visit: Visit, found: dict[str, Any], year: int, sector: str, fuel: str) -> None:
    names = [
        sector_names()[visit.language].get(sector, sector),
        fuel_names()[visit.language].get(fuel, fuel),
        found["species"],
        str(year),
    ]
    ui.label(" · ".join(name for name in names if name)).classes("xt-h2")
    total = "NE" if found["total"] is None else f"{found['total']:,.4g} {found['unit']}"
    said = visit.t(
        "inventory.explained", total=total, rows=found["rows_in_all"], ne=found["not_estimated"]
    )
    ui.label(said).classes("xt-note")


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
    value = "NE" if row["value"] is None else f"{row['value']:,.6g} {unit}"
    with ui.expansion(f"{name or row['method']}: {value}", value=True).classes("xt-wide"):
        amounts = {
            key: found
            for key, found in (activity | row["quantities"]).items()
            if key not in ("region", "year", "sector", "fuel", "facility") and found is not None
        }
        words = ", ".join(
            f"{key} = {found:,.6g}" if isinstance(found, float) else f"{key} = {found}"
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
