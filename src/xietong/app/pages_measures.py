"""What the page of measures shows: the catalogue on the workspace's inventory, and a measure's sheet."""

from collections.abc import Callable
from typing import Any

from xietong.app.access import require, require_somewhere
from xietong.app.cocontrol_evaluate import choices_of
from xietong.app.desk import Desk
from xietong.app.inventory_files import load, regions_of
from xietong.app.measures import measure_rows, measure_sheet
from xietong.app.measures_evaluate import Asked, evaluate_catalogue

SCHEMES = ("tax-equivalents", "tax-price", "acidification", "ozone", "particles")
GASES = ("co2e", "co2", "ch4", "n2o")
POLLUTANTS = ("nox_t", "so2_t", "pm25_t", "nmvoc_t", "nh3_t", "co_t")


def evaluated(
    desk: Desk,
    *,
    year: int | None = None,
    region: str | None = None,
    ghg: str = "co2e",
    x: str = "pollutant",
    curve: str = "co2e",
    schemes: tuple[str, ...] = ("tax-equivalents", "tax-price"),
    progress: Callable[[int, int], None] = lambda *_: None,
) -> dict[str, Any]:
    """The catalogue on the inventory of a year, keys as ``cocontrol evaluate --json``.

    ``AccessError`` where the person may not read a region that is in it.
    """
    require_somewhere(desk.actor, "data.read")
    root = desk.workspace.root
    for one in [region] if region else regions_of(load(root)):
        require(desk.actor, "data.read", region=one)
    asked = Asked(folder=root, year=year, region=region or None, progress=progress)
    return evaluate_catalogue(asked, choices_of(ghg=ghg, x=x, curve=curve, schemes=schemes))


def places_of_measures(desk: Desk) -> dict[str, list[Any]]:
    """Years and regions of the inventory to choose from."""
    from xietong.app.pages_inventory import places

    found = places(desk)
    return {"years": found["years"], "regions": list(found["regions"].items())}


def listed(desk: Desk) -> list[dict[str, Any]]:
    """The catalogue as rows."""
    require(desk.actor, "plan.read")
    return measure_rows(desk.workspace.root)


def sheet(desk: Desk, measure: str) -> dict[str, Any]:
    """One measure: its edits, its values, the source of each."""
    require(desk.actor, "plan.read")
    return measure_sheet(measure, desk.workspace.root)
