"""The page of the catalogue says what the tables hold: measures by sector, costs, sources, the readings."""

import re
from pathlib import Path

from tests.measures.test_shipped_measures import has_cost, own, sourced

from xietong.measures.measure import Measure
from xietong.measures.shipped import catalogue
from xietong.vocab import sectors
from xietong.vocab.tree import line

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "measure-catalogue.md"
GROUPS = {  # row of the page: the sectors it takes, the first that fits
    "农业": ("agriculture",),
    "建筑": ("residential", "services", "heat_supply"),
    "电力": ("power_heat",),
    "交通": ("transport", "construction"),
    "废物与水": ("waste",),
    "含氟气体": ("fluorinated_use",),
    "土地与海洋": ("land", "mariculture", "natural_vegetation"),
    "扬尘": ("dust",),
    "工业": ("industry", "energy_processing", "oil_storage"),
}


def group(one: Measure) -> str:
    """The row of the page that a measure stands in."""
    above = set(line(one.sector, sectors.parents()))
    return next(name for name, words in GROUPS.items() if above & set(words))


def counted() -> dict[str, tuple[int, int, int, int]]:
    """By row: measures, those with a cost, with a complete cost, with effect and cost from sources."""
    found: dict[str, list[Measure]] = {name: [] for name in GROUPS}
    for one in catalogue().values():
        found[group(one)].append(one)
    return {
        name: (
            len(members),
            sum(map(has_cost, members)),
            sum(map(complete, members)),
            sum(map(sourced, members)),
        )
        for name, members in found.items()
    }


def complete(one: Measure) -> bool:
    """May the measure take part in an optimisation?"""
    if "annual_cny_per_year" in one.cost:
        return True
    parts = {"investment_cny", "om_cny_per_year", "saving_cny_per_year"} <= set(one.cost)
    return parts and ("life_years" in one.cost or one.cost["investment_cny"].value == 0)


def test_the_table_of_the_page_is_that_of_the_catalogue() -> None:
    rows = re.findall(
        r"^\| (\S+) · [^|]+ \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    printed = {name: tuple(map(int, numbers)) for name, *numbers in rows}
    made = counted()
    made["合计"] = tuple(map(sum, zip(*made.values(), strict=True)))  # type: ignore[assignment]
    assert printed == made


def test_ten_measures_are_read_critically_and_exist() -> None:
    text = PAGE.read_text(encoding="utf-8")
    read = re.findall(r"^### .*`([a-z0-9-]+)`", text, re.MULTILINE)
    assert len(read) == len(set(read)) >= 10
    assert set(read) <= set(catalogue())
    for part in text.split("\n### ")[1:11]:
        assert len(part) > 200, part[:60]


def test_measures_named_on_the_page_exist() -> None:
    """A word in backticks that looks like an id is one, or a column, table or value of the sheets."""
    known = set(catalogue())
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", PAGE.read_text(encoding="utf-8")))
    assert named - known <= {"ceiling-open", "derived-fuel-cost", "epa-cost-ipm", "sph-case"}


def test_what_has_no_effect_of_its_own_rests_on_the_inventory() -> None:
    """Such a measure changes a keyed choice, and the inventory's parameters say what that does."""
    for one in catalogue().values():
        if not own(one.effect.values()):
            assert any(edit.to or edit.edit == "scale" for edit in one.edits), one.id
