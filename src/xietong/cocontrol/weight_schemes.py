"""Named weight schemes that make one figure of many pollutants."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from xietong import params
from xietong.errors import InputError

KG_PER_T = 1000.0
CARBON = "co2e"
SCHEMES = (
    "tax-equivalents",
    "tax-equivalents-extended",
    "tax-price",
    "acidification",
    "ozone",
    "particles",
)


@dataclass(frozen=True)
class Scheme:
    """``weights`` per unit of a species' column (tonne; mercury kg), in ``unit``.

    ``weak`` lists species whose weight is not verified; ``sources`` names where weights come from.
    The weight of the gases together stands under ``co2e``.
    """

    name: str
    unit: str
    weights: Mapping[str, float]
    sources: tuple[str, ...]
    weak: tuple[str, ...] = ()


def tax_equivalents(name: str = "tax-law", workspace: Path | None = None) -> Scheme:
    """Weights in pollutant equivalents (thousand): 1/当量值, t of equivalents per t.

    >>> round(tax_equivalents().weights["so2_t"], 4)
    1.0526
    """
    rows = params.load("valuation/equivalents", programme=name, workspace=workspace).rows
    weights = {
        row["species"]: _tonnes(row["species"]) / row["value"] / KG_PER_T
        for row in rows.iter_rows(named=True)
    }
    label = "tax-equivalents" if name == "tax-law" else "tax-equivalents-extended"
    return Scheme(label, "千污染当量 thousand equivalents", weights, *_account(rows))


def tax_price(
    region: str,
    date: datetime.date,
    carbon_cny_per_t: float | None = None,
    workspace: Path | None = None,
) -> Scheme:
    """Weights in CNY per tonne: tax rate per equivalent over the equivalent; gases at a carbon price.

    ``region`` is an adcode (a city takes its province's rates), ``date`` the day of rates and price.
    Without rates there the scheme has no weights of pollutants. Without ``carbon_cny_per_t`` the
    closing price in force is taken.

    >>> scheme = tax_price("371500", datetime.date(2026, 1, 1), 100.0)
    >>> round(scheme.weights["so2_t"], 1), scheme.weights["co2e"]
    (6315.8, 100.0)
    """
    keys = pl.DataFrame(
        {"region": region, "species": list(_kg("tax-law-extended", workspace))},
    )
    rates = params.load(
        "valuation/tax_rates", keys=keys, years=[date.year], workspace=workspace
    ).rows
    kg = _kg("tax-law", workspace)
    weights = {
        row["species"]: row["value"] * _tonnes(row["species"]) / kg[row["species"]]
        for row in rates.iter_rows(named=True)
        if row["species"] in kg
    }
    sources, weak = _account(rates)
    price, priced = carbon_price(date, carbon_cny_per_t, workspace)
    if price is not None:
        weights[CARBON] = price
    return Scheme("tax-price", "CNY", weights, tuple(sorted({*sources, priced})), weak)


def carbon_price(
    date: datetime.date, given: float | None = None, workspace: Path | None = None
) -> tuple[float | None, str]:
    """CNY per t CO2 and where it is from: the one given, else the last closing price known.

    >>> carbon_price(datetime.date(2026, 1, 1))
    (97.49, 'carbon-market-report-2025')
    """
    if given is not None:
        return given, "given"
    found = params.on("valuation/carbon_price", date, workspace=workspace).rows
    row = found.filter(pl.col("market") == "national")
    if row.is_empty():
        return None, "none"
    return float(row["value"].item()), str(row["source"].item())


def potential(name: str, workspace: Path | None = None) -> Scheme:
    """Acidification, ozone or particle formation potentials.

    >>> potential("ozone").weights["nox_t"]
    1.22
    """
    rows = params.load("valuation/potentials", programme=name, workspace=workspace).rows
    scale = KG_PER_T if name == "acidification" else 1.0
    units = {"acidification": "mol H+", "ozone": "t NMVOC-eq", "particles": "t PM10-eq"}
    weights = {row["species"]: row["value"] * scale for row in rows.iter_rows(named=True)}
    return Scheme(name, units[name], weights, *_account(rows))


def given_weights(table: pl.DataFrame, name: str = "damage-cost") -> Scheme:
    """A scheme of one's own: ``species``, ``weight`` (per t), ``unit``, ``source``; one unit for all.

    >>> own = given_weights(pl.DataFrame({"species": ["so2_t"], "weight": [20000.0], "unit": ["CNY"], "source": ["report 3"]}))
    >>> own.weights, own.sources
    ({'so2_t': 20000.0}, ('report 3',))
    """
    units = table["unit"].unique().to_list()
    if len(units) != 1:
        raise InputError(
            f"权重表单位不一（weights with several units）: {', '.join(map(str, units))}。请统一 use one"
        )
    weights = dict(zip(table["species"], table["weight"], strict=True))
    return Scheme(name, str(units[0]), weights, tuple(sorted(set(table["source"]))))


def scheme(
    name: str,
    region: str,
    date: datetime.date,
    carbon_cny_per_t: float | None = None,
    workspace: Path | None = None,
) -> Scheme:
    """A scheme by its name; ``InputError`` names those that exist.

    >>> scheme("particles", "370000", datetime.date(2026, 1, 1)).unit
    't PM10-eq'
    """
    if name == "tax-equivalents":
        return tax_equivalents(workspace=workspace)
    if name == "tax-equivalents-extended":
        return tax_equivalents("tax-law-extended", workspace)
    if name == "tax-price":
        return tax_price(region, date, carbon_cny_per_t, workspace)
    if name in SCHEMES:
        return potential(name, workspace)
    raise InputError(
        f"没有权重方案 {name!r}（no such weight scheme）。可用 known: {', '.join(SCHEMES)}；"
        "损害成本请用 --weights 给表 damage costs: give a table with --weights"
    )


def _kg(name: str, workspace: Path | None) -> dict[str, float]:
    rows = params.load("valuation/equivalents", programme=name, workspace=workspace).rows
    return dict(zip(rows["species"], rows["value"], strict=True))


def _tonnes(species: str) -> float:
    return 1.0 if species.endswith("_kg") else KG_PER_T


def _account(rows: pl.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    weak = rows.filter(pl.col("confidence") == "K")["species"].unique().sort()
    return tuple(rows["source"].unique().sort()), tuple(weak)
