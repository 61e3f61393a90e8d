"""The energy balance closes: parts make their totals, use equals supply."""

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.vocab.sectors import flows

TOLERANCE = 1e-3  # of the larger side
AMOUNTS = ("fuel_t", "gas_1e4m3", "energy_gj", "electricity_mwh")


def balance_closure(material: Material) -> list[Finding]:
    """An error for each fuel whose printed total differs from its parts by more than 0.1 %."""
    if material.balance is None:
        return []
    table = material.balance.with_columns(
        amount=pl.coalesce(name for name in AMOUNTS if name in material.balance.columns)
    )
    findings = []
    for (region, year, fuel), part in table.group_by("region", "year", "fuel", maintain_order=True):
        values = {name: value or 0.0 for name, value in part.select("flow", "amount").iter_rows()}
        for total, parts in sums().items():
            if total not in values or not any(one in values for one in parts):
                continue
            made, printed = sum(values.get(one, 0.0) for one in parts), values[total]
            scale = max(abs(made), abs(printed), *(abs(values.get(one, 0.0)) for one in parts))
            if abs(made - printed) > TOLERANCE * scale:
                findings.append(
                    Finding(
                        "balance-closure",
                        "error",
                        f"{year} {total}: 合计与分项不符 the total differs from its parts",
                        region=str(region),
                        fuel=str(fuel),
                        value=printed,
                        expected=made,
                    )
                )
    return findings


def sums() -> dict[str, list[str]]:
    """Each total line and the lines that make it.

    >>> sums()["residential"]
    ['residential_urban', 'residential_rural']
    """
    kinds: dict[str, list[str]] = {}
    for one in flows():
        kinds.setdefault(one.kind, []).append(one.flow)
    return {
        "primary_supply": kinds["supply"],
        "transformation_total": kinds["transformation"],
        "residential": ["residential_urban", "residential_rural"],
        "final_total": kinds["final"],
    }
