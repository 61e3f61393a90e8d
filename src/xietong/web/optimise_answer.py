"""An answer on the page: in words, who does what, totals against targets, shadow prices, conflicts."""

from typing import Any

from nicegui import ui

from xietong.app.problems import in_language
from xietong.optimise.quantities import shown
from xietong.optimise.words import money, number
from xietong.web import optimise_charts as charts
from xietong.web.chart import Figure, chart
from xietong.web.grid import grid, nothing
from xietong.web.tiles import tiles
from xietong.web.visit import Visit

GAP = "margin-top: 18px"


def show_answer(visit: Visit, found: dict[str, Any]) -> None:
    """One answer; an impossible one says which targets conflict and shows the nearest possible."""
    possible = found["status"] != "infeasible"
    part = found if possible else found.get("nearest", {})
    with ui.element("div").props("data-mark=answer").classes("xt-answer"):
        ui.label(visit.t("optimise.answer", name=found["kept"])).classes("xt-h2")
        _head(visit, found, part)
        _words(visit, found, possible)
        if part.get("choices"):
            if not possible:
                ui.label(visit.t("optimise.nearest")).classes("xt-h2").style(GAP)
            _totals(visit, found, part)
            _mix(visit, found, part)
        else:
            nothing(visit, "empty.mix")
        if possible:
            _prices(visit, found)
        _cautions(visit, found)


def _head(visit: Visit, found: dict[str, Any], part: dict[str, Any]) -> None:
    cost, language = part.get("cost"), visit.language
    told = "–" if cost is None else money(cost, language)
    figures: list[tuple[str, str, None]] = [
        (visit.t(f"optimise_status.{found['status']}"), visit.t("optimise.status"), None),
        (told, visit.t("optimise.cost_per_year"), None),
    ]
    for name in found["asked"]["targets"]:
        one = part.get("totals", {}).get(name)
        if one and one["baseline"]:
            cut = f"−{100 * one['reduced'] / one['baseline']:.1f}%"
            figures.append((cut, f"{shown(name, language)} · {found['asked']['year']}", None))
    tiles(figures, language)


def _words(visit: Visit, found: dict[str, Any], possible: bool) -> None:
    if possible:
        for one in found["words"]:
            ui.label(one[visit.language]).classes("xt-line")
        return
    with ui.element("section").classes("xt-card").props("data-mark=conflict"):
        ui.label(visit.t("optimise.conflict")).classes("xt-h2")
        for one in found["words"]:
            ui.label(one[visit.language]).classes("xt-line")
        rows = [
            row
            | {
                "said": visit.t("optimise.budget_row") if row["kind"] == "budget" else row["target"],
                "conflicting": row["in_conflict"],
                "short_by": _rounded(row["short_by"]),
                "wanted": _rounded(row["wanted"]),
                "possible": _rounded(row["possible"]),
                "alone": _rounded(row["reachable_alone"]),
            }
            for row in found["conflicts"]
        ]  # fmt: skip
        if rows:
            grid(visit, "optimise_conflicts", rows, name="conflicts")


def _totals(visit: Visit, found: dict[str, Any], part: dict[str, Any]) -> None:
    """Every quantity: base year, target, sum of the measures, and what they do when run together."""
    asked, rows = found["asked"]["targets"], []
    for name, one in part["totals"].items():
        base, together = one["baseline"], found["joint"].get(name)
        cut = asked.get(name)
        needed = None if cut is None or base is None else base * cut / 100
        rows.append(
            {
                "quantity": shown(name, visit.language),
                "unit": one["unit"],
                "baseline": _rounded(base),
                "needed": _rounded(needed),
                "reduced": _rounded(one["reduced"]),
                "percent": None if not base else round(100 * one["reduced"] / base, 1),
                "together": _rounded(together),
                "met": needed is not None and together is not None and together >= needed * 0.999,
                "touched": _percent(found["touched"].get(name), base),
            }
        )
    rows.sort(key=lambda row: row["needed"] is None)
    ui.label(visit.t("optimise.totals")).classes("xt-h2").style(GAP)
    alone = () if found["joint"] else ("together", "met", "touched")
    grid(visit, "optimise_totals", rows, name="totals", hidden=alone)
    if alone:
        ui.element("div").style(GAP)
        return
    ui.label(visit.t("optimise.together_note")).classes("xt-note").style("margin: 8px 0 16px")


def _mix(visit: Visit, found: dict[str, Any], part: dict[str, Any]) -> None:
    language, totals = visit.language, part["totals"]
    wanted = [name for name in found["asked"]["targets"] if totals.get(name, {}).get("baseline")]
    rows = [
        {
            "measure": found["names"].get(one["option"], {}).get(language, one["name"]),
            "share": round(100 * one["share"], 1),
            "cost": round(one["cost_cny"] / 1e4, 1),
            "open": one["option"] in found["open"],
            "source": one["source"],
        }
        | {
            name: _rounded(one["reduced"].get(name)) for name in ("co2e_t", "so2_t", "nox_t", "pm25_t")
        }
        | {"_parts": [100 * one["reduced"].get(name, 0.0) / totals[name]["baseline"] for name in wanted]}
        for one in part["choices"]
        if one["year"] == found["asked"]["year"]
    ]  # fmt: skip
    rows.sort(key=lambda row: -sum(abs(value) for value in row["_parts"]))
    parts: dict[str, list[float]] = {}
    for row in rows:  # a measure may stand at several sources
        if any(abs(value) > 0.005 for value in row["_parts"]):
            before = parts.get(row["measure"], [0.0] * len(wanted))
            parts[row["measure"]] = [x + y for x, y in zip(before, row["_parts"], strict=True)]
    repeated = _twice(rows)
    for row in rows:
        if row["measure"] in repeated:
            row["measure"] = f"{row['measure']} ({row['source']})"
    if parts:
        figure = Figure(
            visit.t("optimise.mix"),
            visit.t("optimise.mix_unit", year=found["asked"]["year"]),
            _source(visit, found),
            f"mix-{found['kept']}",
            [{key: value for key, value in row.items() if key != "_parts"} for row in rows],
        )
        names = [shown(name, language) for name in wanted]
        chart(
            visit,
            figure,
            lambda palette: charts.mix_bars(palette, names, parts, visit.t("optimise.other_measures")),
            height=120 + 56 * len(names),
        )  # fmt: skip
    grid(visit, "optimise_mix", rows, name=f"mix-{found['kept']}")


def _twice(rows: list[dict[str, Any]]) -> set[str]:
    names = [row["measure"] for row in rows]
    return {name for name in names if names.count(name) > 1}


def _source(visit: Visit, found: dict[str, Any]) -> str:
    if found["asked"].get("file"):
        return visit.t("optimise.source_file", file=found["asked"]["file"])
    return visit.t("optimise.source", interest=f"{found['interest']:.0%}")


def _prices(visit: Visit, found: dict[str, Any]) -> None:
    rows = found["shadow_prices"]
    if not rows:
        return
    with ui.element("section").classes("xt-card").style(GAP).props("data-mark=prices"):
        ui.label(visit.t("optimise.prices_title")).classes("xt-h2")
        ui.label(visit.t("optimise.prices_lead")).classes("xt-note")
        for row in rows:
            name = shown(row["what"], visit.language) if row["kind"] == "target" else ""
            if row["kind"] == "target":
                key = "optimise.next_tonne" if row["value"] else "optimise.not_binding"
                said = visit.t(
                    key,
                    name=name,
                    unit=row["unit"].split("/")[1],
                    value=money(row["value"], visit.language),
                )
            else:
                said = visit.t("optimise.budget_price", value=number(row["value"]))
            ui.label(said).classes("xt-line")


def _cautions(visit: Visit, found: dict[str, Any]) -> None:
    """How many measures took part, what stands with one unit, what is not known."""
    said = visit.t("optimise.took_part", n=found["took_part"], of=found["applied"])
    ui.label(said).classes("xt-note").props("data-mark=took-part")
    if found["open"]:
        names = [found["names"][name][visit.language] for name in found["open"]]
        few = ("、" if visit.language == "zh" else ", ").join(names)
        ui.label(visit.t("optimise.open", names=few)).classes("xt-hint warn")
    if found["warnings"]:
        with ui.expansion(visit.t("optimise.warnings", n=len(found["warnings"]))).classes(
            "xt-wide"
        ):
            for one in found["warnings"]:
                ui.label(in_language(one, visit.language)).classes("xt-note")


def _rounded(value: float | None) -> float | None:
    """Four digits: more is not known."""
    return None if value is None else float(f"{value:.4g}")


def _percent(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else round(min(100.0, 100 * part / whole), 1)
