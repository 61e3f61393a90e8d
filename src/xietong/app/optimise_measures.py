"""Use case: the least-cost mix of the catalogue's measures on a workspace's inventory, by command."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from xietong.app import optimise as use
from xietong.app.inventory import in_memory
from xietong.app.inventory_files import find_folder, load, regions_of
from xietong.app.pages_optimise import KIND, solved, wanted_of
from xietong.app.pages_optimise_measures import offer
from xietong.errors import InputError


def optimise_measures(
    targets: Mapping[str, float],
    folder: Path | None = None,
    *,
    example: bool = False,
    year: int | None = None,
    region: str = "",
    budget_cny: float | None = None,
    save: str | None = None,
    replace: bool = False,
    on_progress: Callable[[float, str], None] = lambda *_: None,
) -> dict[str, Any]:
    """Cuts of the inventory's own year in per cent, met at least cost by measures with a sourced cost.

    ``targets``: quantity (``co2e``, a pollutant) → per cent of the year's emission. Keys as ``optimise run``, and
    ``took_part``, ``applied``, ``touched`` and ``baseline`` [t], ``joint`` (the mix run on the inventory as a
    whole), ``strategies``. An infeasible problem is answered, not refused; wrong input is refused at once.
    """
    root = find_folder(folder, example)
    loaded = load(root)
    there = regions_of(loaded)
    if not there or (region and region not in there):
        raise InputError(f"没有清单 · no inventory {region}: {', '.join(there) or '–'}")
    years = sorted({int(y) for t in in_memory(loaded).values() for y in t["year"].drop_nulls()})
    chosen = years[-1] if year is None else year
    if chosen not in years:
        raise InputError(f"{chosen} 年没有清单 · no inventory of that year; 有 there is: {years}")
    wanted = wanted_of(
        {"year": chosen, "region": region, "targets": dict(targets), "budget_cny": budget_cny}
    )
    found = offer(
        root, chosen, [region] if region else there, lambda s, told: on_progress(0.3 * s, told)
    )
    result = solved(found, wanted, lambda s, told: on_progress(0.3 + 0.7 * s, told))
    if save is not None:
        use.keep(root, save, KIND, result | {"by": "", "regions": sorted(there)}, replace)
    return result
