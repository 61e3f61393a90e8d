"""Steel counted twice is found, and only then."""

from types import SimpleNamespace
from typing import Any, cast

import polars as pl

from xietong.inventory.checks.finding import Material
from xietong.inventory.checks.metals_twice import metals_twice

WHERE = {"region": "371100", "year": 2024}
COKE = {**WHERE, "sector": "steel_processes", "direction": "in", "material": "fuel", "fuel": "coke"}


def found(**tables: dict[str, Any]) -> list[str]:
    activity = {name: pl.DataFrame([row]) for name, row in tables.items()}
    return [one.check for one in metals_twice(cast(Material, SimpleNamespace(activity=activity)))]


def test_fuel_of_a_balance_burnt_too() -> None:
    assert found(steel_balance=COKE, fuel_use={**WHERE, "sector": "steel", "fuel": "coke"}) == [
        "steel-fuel-twice"
    ]


def test_gas_made_inside_burnt_too() -> None:
    gas = {**WHERE, "sector": "steel", "fuel": "blast_furnace_gas"}
    assert found(steel_balance=COKE, fuel_use=gas) == ["steel-fuel-twice"]


def test_other_sector_and_other_fuel_are_no_finding() -> None:
    for sector, fuel in (("chemicals", "coke"), ("steel", "diesel")):
        assert not found(steel_balance=COKE, fuel_use={**WHERE, "sector": sector, "fuel": fuel})


def test_route_beside_a_balance() -> None:
    route = {**WHERE, "product": "steel_route"}
    assert found(industrial_output=route, steel_balance=COKE) == ["steel-route-twice"]
    assert not found(industrial_output={**route, "product": "lime"}, steel_balance=COKE)
