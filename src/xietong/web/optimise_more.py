"""The front between costs, CO2e and a pollutant; the strategies side by side; what is kept."""

from typing import Any

from nicegui import ui

from xietong.app import pages_optimise as use
from xietong.optimise.quantities import shown
from xietong.optimise.words import money
from xietong.web import optimise_charts as charts
from xietong.web.chart import Figure, chart
from xietong.web.grid import grid, nothing
from xietong.web.later import later
from xietong.web.visit import Visit

BIG = 1e8  # CNY


def show_front(visit: Visit, found: dict[str, Any]) -> None:
    """Each point is an answer that no other beats in cost, CO2e and the pollutant at once."""
    told = found["pareto"]
    if not told or not told["points"]:
        nothing(visit, f"optimise_why.{found['no_pareto'] or 'needs_two'}")
        return
    column, base = told["pollutant"], found["baseline"]
    rows = [
        {
            "cost": round(one["values"]["cost"] / BIG, 2) + 0.0,
            "co2e": round(100 * one["values"]["co2e_t"] / base["co2e_t"], 2) + 0.0,
            "pollutant": round(100 * one["values"][column] / base[column], 2) + 0.0,
        }
        for one in told["points"]
    ]
    x, y = shown("co2e_t", visit.language), shown(column, visit.language)
    figure = Figure(
        visit.t("optimise.front_title", x=x, y=y),
        visit.t("optimise.mix_unit", year=found["asked"]["year"]),
        visit.t("optimise.front_note"),
        f"front-{found['kept']}",
        rows,
    )
    points = [(row["co2e"], row["pollutant"], row["cost"]) for row in rows]
    words = visit.t("optimise.hundred_million")
    chart(visit, figure, lambda palette: charts.front(palette, points, x, y, words), height=460)
    grid(visit, "optimise_front", [row | {"what": y} for row in rows], name="front")


def show_strategies(visit: Visit, found: dict[str, Any]) -> None:
    """Carbon first, pollution first, together, greedy: costs, what is missed, what together saves."""
    told = found["strategies"]
    if not told:
        nothing(visit, f"optimise_why.{found['no_strategies'] or 'needs_both'}")
        return
    language, ways = visit.language, told["strategies"]
    names = [one[f"name_{language}"] for one in ways]
    rows = []
    for one, name in zip(ways, names, strict=True):
        saving = next((s for s in told["savings"] if s["against"] == one["strategy"]), None)
        cuts = {
            column: None if not total["baseline"] else round(100 * total["reduced"] / total["baseline"], 1)
            for column, total in one["totals"].items()
        }  # fmt: skip
        rows.append(
            {
                "strategy": name,
                "cost": round(one["cost"] / BIG, 2),
                "idle": round(one["idle_cny"] / BIG, 2),
                "saved": None
                if saving is None or saving["money_cny"] is None
                else round(saving["money_cny"] / BIG, 2),
                "missed": "、".join(one["missed"]) or visit.t("optimise.none_missed"),
            }
            | {column: cuts.get(column) for column in ("co2e_t", "so2_t", "nox_t", "pm25_t")}
        )
    figure = Figure(
        visit.t("optimise.strategies_title"),
        visit.t("optimise.hundred_million"),
        visit.t("optimise.strategies_note"),
        f"strategies-{found['kept']}",
        rows,
    )
    at_work = [row["cost"] - row["idle"] for row in rows]
    idle = [row["idle"] for row in rows]
    words = visit.t("optimise.at_work"), visit.t("optimise.idle")
    chart(
        visit,
        figure,
        lambda palette: charts.cost_bars(palette, names, at_work, idle, words),
        height=280,
    )
    with ui.element("div").style("margin: 14px 0"):
        for one in told["words"]:
            ui.label(one[language]).classes("xt-line")
    grid(visit, "optimise_strategies", rows, name="strategies")


def show_kept(visit: Visit, opened: Any) -> None:
    """What is kept: open, compare two, delete."""
    rows = use.kept(visit.desk())
    if not rows:
        nothing(visit, "empty.kept_mixes")
        return
    shown_rows = [
        row
        | {
            "status": visit.t(f"optimise_status.{row['status']}") if row["status"] else "",
            "cost": None if row["cost"] is None else round(row["cost"] / BIG, 2),
            "said": ", ".join(f"{shown(k, visit.language)} −{v:g}%" for k, v in row["targets"].items()),
        }
        for row in rows
    ]  # fmt: skip
    ui.label(visit.t("optimise.click_kept")).classes("xt-note")
    grid(visit, "optimise_kept", shown_rows, name="kept", on_open=lambda row: opened(row["kept"]))
    names = [row["kept"] for row in rows if row["kind"] == use.KIND]
    if visit.may("data.submit"):
        _delete(visit, [row["kept"] for row in rows])
    if len(names) > 1:
        _compare(visit, names)


def _delete(visit: Visit, names: list[str]) -> None:
    def gone() -> None:
        with visit.telling():
            use.forget(visit.desk(), str(chosen.value))
            visit.remember(result=None)
            ui.navigate.to(visit.here())

    with ui.element("div").classes("xt-filters"):
        chosen = (
            ui.select(names, value=names[-1], label=visit.t("optimise.which"))
            .props("dense outlined options-dense data-mark=choose-delete")
            .classes("xt-filter synergy")
        )
        ui.button(visit.t("optimise.delete"), icon="delete", on_click=gone).props(
            "flat dense no-caps data-mark=delete-mix"
        )


def _compare(visit: Visit, names: list[str]) -> None:
    ui.label(visit.t("optimise.compare")).classes("xt-h2").style("margin-top: 22px")
    sides = {
        side: visit.query.get(side, "") if visit.query.get(side, "") in names else names[at]
        for at, side in enumerate(use.SIDES)
    }

    def field(side: str) -> None:
        def take(event: Any) -> None:
            sides[side] = event.value
            visit.remember(**{side: event.value})
            drawn.refresh()

        ui.select(names, value=sides[side], label=visit.t(f"inventory.{side}")).props(
            f"dense outlined options-dense data-mark=side-{side}"
        ).classes("xt-filter synergy").on_value_change(take)

    with ui.element("div").classes("xt-filters"):
        for side in use.SIDES:
            field(side)

    @ui.refreshable
    def drawn() -> None:
        later(
            visit,
            lambda: use.compared(visit.desk(), sides["left"], sides["right"]),
            lambda found: _two(visit, found),
        )

    drawn()


def _two(visit: Visit, found: dict[str, Any]) -> None:
    with ui.element("div").props("data-mark=compared"):
        for side in use.SIDES:
            cost, status = found["cost"][side], found["status"][side]
            told = "–" if cost is None else money(cost, visit.language)
            ui.label(f"{found[side]} · {visit.t(f'optimise_status.{status}')} · {told}").classes(
                "xt-line"
            )
        rows = [
            row
            | {"quantity": shown(row["column"], visit.language)}
            | {side: None if row[side] is None else float(f"{row[side]:.4g}") for side in use.SIDES}
            for row in found["totals"]
        ]
        grid(visit, "optimise_two", rows, name="compared-totals")
        mix = [
            {
                "measure": row["name"] if visit.language == "zh" else row["name_en"],
                "left_share": round(100 * row["left_share"], 1),
                "right_share": round(100 * row["right_share"], 1),
                "left_cost": round(row["left_cost"] / 1e4, 1),
                "right_cost": round(row["right_cost"] / 1e4, 1),
            }
            for row in found["mix"]
        ]
        grid(visit, "optimise_two_mix", mix, name="compared-mix", empty="empty.mix")
