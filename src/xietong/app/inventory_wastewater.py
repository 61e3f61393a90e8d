"""Use case: the month table of the wastewater plants of a workspace."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from xietong.app.inventory import in_memory, opened
from xietong.errors import TableError
from xietong.inventory.wastewater_report import wastewater_parts, wastewater_report


def report_wastewater(
    folder: Path | None = None,
    *,
    changed: Mapping[str, Any] | None = None,
    year: int | None = None,
    facility: str | None = None,
    regions: Collection[str] | None = None,
) -> dict[str, Any]:
    """Months and years of each plant, with the set of factors and the parts by name.

    Keys: ``programme``, ``electricity`` (the list of factors), ``gwp``, ``parts`` (part, group,
    name_zh, name_en), ``rows`` (``month`` null is the year). ``TableError`` where no plant is filled
    in, or none of that name or year.
    """
    _, settings, loaded = opened(folder, changed=changed, regions=regions)
    rows = wastewater_report(in_memory(loaded, year), settings).to_dicts()
    if facility is not None:
        rows = [row for row in rows if row["facility"] == facility]
    if not rows:
        raise TableError(
            f"没有符合的污水处理厂（no such plant or year）: {facility or ''} {year or ''}".rstrip()
        )
    parts = {one.part: one for one in wastewater_parts()}
    return {
        "programme": settings.programme("water/treatment"),
        "electricity": settings.programme("energy/electricity"),
        "gwp": settings.gwp,
        "parts": [
            {"part": name, "group": one.group, "name_zh": one.name_zh, "name_en": one.name_en}
            for name, one in parts.items()
        ],
        "rows": rows,
    }
